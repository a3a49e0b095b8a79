"""What every edition of the page has: its opening, the boxes of patient and clinic, its end."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.clinic import Clinic
from handouts.document import AtAGlance, Handout, Notice, Words
from handouts.patient import Patient
from handouts.web.blocks import bullets, labelled, tasks
from handouts.web.inlines import inline, phrase
from handouts.web.markup import LINE_BREAK, NOTHING, Markup, block, element, joined, lines
from handouts.web.pictures import code_picture
from handouts.web.speech import Speech
from handouts.wording.addresses import phone_link, shown_address
from handouts.wording.blocks import emergency_label
from handouts.wording.facts import doubts, facts_of
from handouts.wording.front import byline, draft_lines, untranslated
from handouts.wording.help import TO_WRITE_ON, check_words, phone_label
from handouts.wording.patient import FIELDS, values_of


def part(heading: Markup, *content: Markup, name: str | None = None, kind: str) -> Markup:
    """A heading and, in an element of its own so that it can stand beside it, what it heads."""
    return block("section", heading, block("div", *content, class_="text"), id=name, class_=kind)


def not_translated(tag: str, speech: Speech) -> Markup:
    """What stands above a part that is in the language ``tag``, if that is another one."""
    words = untranslated(tag, speech.language)
    return element("p", phrase(words, speech), class_="notice") if words else NOTHING


def opening(handout: Handout, notice: Notice | None, speech: Speech) -> Markup:
    """A notice to the reader above all else, the title, whose text it is, what is a draft."""
    return lines(
        _notice(notice, speech) if notice is not None else NOTHING, _title(handout, speech)
    )


def _notice(notice: Notice, speech: Speech) -> Markup:
    own = speech.inside(notice.language)
    said = (element("p", phrase(words, own)) for words in notice.lines)
    return block("div", *said, class_="notice for-reader", **speech.attributes(notice.language))


def _title(handout: Handout, speech: Speech) -> Markup:
    tag = handout.title_language
    title = phrase(handout.title, speech.inside(tag))
    return lines(
        not_translated(tag, speech),
        element("h1", title, **speech.attributes(tag)),
        element("p", inline(byline(handout, speech.language), speech), class_="byline"),
        *(
            element("p", phrase(words, speech), class_="draft")
            for words in draft_lines(handout, speech.language)
        ),
    )


def at_a_glance(glance: AtAGlance, speech: Speech, *, ticks: bool = False) -> Markup:
    """With ``ticks``, what to do has boxes to tick in place of bullets."""
    own = speech.inside(glance.language)
    heading = element("h2", phrase(own.word("at_a_glance"), own))
    lead = element("p", inline(glance.summary, own), class_="lead")
    inside = [block("div", heading, lead, class_="part")]
    for name, contents in (("do", glance.do), ("call", glance.call)):
        if contents:
            listed = (tasks if ticks and name == "do" else bullets)(contents, own)
            label = labelled(own.word(name), name, own)
            inside.append(block("div", label, listed, class_="part"))
    if glance.emergency:
        words = emergency_label(own.language, own.voice.emergency_number)
        label = labelled(words, "emergency", own)
        listed = bullets(glance.emergency, own)
        inside.append(block("div", label, listed, class_="part emergency"))
    return block(
        "section",
        not_translated(glance.language, speech),
        block("div", *inside, class_="glance", **speech.attributes(glance.language)),
    )


def for_patient(patient: Patient, speech: Speech) -> Markup:
    """What is known of the patient, and lines to write on for the rest."""
    values = values_of(patient, speech.language)
    fields = [_field(key, (values[key],) if values[key] else (), speech) for key in FIELDS]
    heading = element("h2", phrase(speech.word("for_you"), speech))
    listed = block("dl", *fields, _field("notes", patient.notes, speech))
    return part(heading, listed, kind="contact patient")


def _field(key: str, values: Sequence[str], speech: Speech) -> Markup:
    told = [
        element("dd", inline((Words(value),), speech, apart=True), class_="told")
        for value in values
    ]
    label = element("dt", phrase(speech.word(key), speech))
    return block("div", label, *(told or [element("dd", class_="to-write-on")]))


def contact(clinic: Clinic | None, speech: Speech) -> Markup:
    heading = element("h2", phrase(speech.word("contact"), speech))
    if clinic is None:
        blanks = (
            element("p", element("span", phrase(speech.word(key), speech))) for key in TO_WRITE_ON
        )
        return part(heading, *blanks, kind="contact blanks")
    phones = [
        lines(
            element("p", inline((phone_label(phone, clinic, speech.language),), speech)),
            element(
                "p",
                inline((Words(phone.number, link=phone_link(phone.number)),), speech),
                class_="phone",
            ),
        )
        for phone in clinic.phones
    ]
    web = (Words(shown_address(clinic.web), link=clinic.web),)
    whose = block(
        "div",
        element("p", element("strong", phrase(clinic.name, speech, clinic.language))),
        _stacked(clinic.address, clinic.language, speech),
        _stacked(clinic.hours, clinic.language, speech),
        element("p", inline(web, speech, apart=True)) if clinic.web else NOTHING,
    )
    return part(heading, block("div", *phones), whose, kind="contact")


def _stacked(texts: Sequence[str], tag: str, speech: Speech) -> Markup:
    """Lines in the language ``tag``, one below the other."""
    if not texts:
        return NOTHING
    return element("p", joined((phrase(words, speech, tag) for words in texts), LINE_BREAK))


def about(handout: Handout, clinic: Clinic | None, code: str, speech: Speech) -> Markup:
    language = speech.language
    warnings = [
        element("p", element("strong", phrase(words, speech)))
        for words in doubts(handout, speech.edition.shows, language)
    ]
    facts = [
        block(
            "div",
            element("dt", phrase(label, speech)),
            element("dd", inline(value, speech, apart=True)),
        )
        for label, value in facts_of(handout, code, language)
    ]
    heading = element("h2", phrase(speech.word("about"), speech))
    halves = block("div", block("dl", *facts), _check(clinic, speech), class_="halves")
    return part(heading, *warnings, halves, kind="about")


def _check(clinic: Clinic | None, speech: Speech) -> Markup:
    """Whether the sheet is up to date; the address leads there, and so does the code in print."""
    question = _strong(speech.word("check"), speech)
    words = check_words(clinic, speech.language)
    address = clinic.check_address if clinic is not None else ""
    if not address:
        return block("div", question, element("p", phrase(words, speech)))
    shown = shown_address(address)
    before, _, behind = words.partition(shown)
    linked = (Words(before), Words(shown, link=address), Words(behind))
    alt = speech.word("check_picture", address=shown)
    answer = element("p", inline(linked, speech))
    return block("div", question, block("div", code_picture(address, alt), answer, class_="check"))


def _strong(words: str, speech: Speech) -> Markup:
    return element("p", element("strong", phrase(words, speech)))
