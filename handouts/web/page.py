"""The web twin as a whole: one file that needs no other and no network.

It has the words of the sheet in the order of its structure, and the same ids. ``main`` is what the
sheet has in its structure; ``header`` and ``footer`` are the running head and foot of the sheet,
which are artifacts there. All that authors wrote is escaped, and the page's own policy (CSP, level
3) lets nothing run or load even so.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from handouts.clinic import Clinic
from handouts.document import Words
from handouts.fingerprint import short_code
from handouts.patient import Patient
from handouts.preparing import Prepared
from handouts.web.bodies import BODIES
from handouts.web.front import about, opening
from handouts.web.inlines import inline, phrase
from handouts.web.markup import NOTHING, Markup, block, element, joined, lines, text
from handouts.web.pictures import logo
from handouts.web.speech import Speech, spoken_in
from handouts.web.style import style_of
from handouts.wording.addresses import phone_link
from handouts.wording.foot import Foot, foot_of
from handouts.wording.references import number_references
from handouts.wording.voice import Voice

_DOCTYPE = Markup("<!DOCTYPE html>")


def web_page(prepared: Prepared, patient: Patient | None = None) -> str:
    """The handout in HTML, with what is known of a patient or with lines to write on.

    Raises:
        ContentError: a picture is broken, or its labels and their words do not agree.
        ClinicError: the logo cannot be used.
        LayoutError: the address for checking is too long for its QR code.
    """
    handout, clinic, language = prepared.handout, prepared.clinic, prepared.language
    code = short_code(handout)
    voice = Voice(
        language, prepared.languages, prepared.emergency_number, number_references(handout)
    )
    speech = Speech(voice, prepared.edition, {language.tag: language})
    foot = foot_of(handout, code, language)
    body = block(
        "body",
        _header(clinic, speech),
        block(
            "main",
            opening(handout, prepared.notice, speech),
            BODIES[prepared.edition.shows](handout, clinic, patient or Patient(), speech),
            about(handout, clinic, code, speech),
        ),
        _footer(foot, speech),
    )
    style = style_of(prepared, foot, speech.spoken)
    title = element("title", text(handout.title))
    html = block("html", _head(title, handout.author, style), body, **spoken_in(language))
    return lines(_DOCTYPE, html) + "\n"


def _head(title: Markup, author: str, style: str) -> Markup:
    """Style sheets are raw text in HTML: nothing is escaped there, and no ``<`` comes up in it."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    return block(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="author", content=author),
        title,
        element("style", Markup(style)),
    )


def _header(clinic: Clinic | None, speech: Speech) -> Markup:
    """Logo, name and main phone number."""
    if clinic is None:
        return NOTHING
    number = clinic.phones[0].number
    return block(
        "header",
        element("p", logo(clinic), phrase(clinic.name, speech, clinic.language), class_="clinic"),
        element("p", inline((Words(number, link=phone_link(number)),), speech)),
    )


def _footer(foot: Foot, speech: Speech) -> Markup:
    said = [inline((words,), speech, apart=True) for words in (foot.title, *foot.facts)]
    drafts = (element("p", element("strong", phrase(words, speech))) for words in foot.drafts)
    return block("footer", element("p", joined(said, text(" · "))), *drafts)
