"""The parts of the page from top to bottom, in the order of the sheet's structure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handouts.clinic import Clinic
from handouts.diagnostics import NotFoundError
from handouts.document import AtAGlance, Handout, Inlines, Notice, Section, Words
from handouts.web.blocks import blocks, labelled
from handouts.web.inlines import inline, phrase
from handouts.web.markup import LINE_BREAK, NOTHING, Markup, block, element, joined, lines
from handouts.web.pictures import code_picture, figure
from handouts.web.speech import Speech
from handouts.wording.addresses import phone_link, shown_address
from handouts.wording.blocks import emergency_label, heading_of
from handouts.wording.facts import doubts, facts_of
from handouts.wording.front import byline, draft_lines, untranslated
from handouts.wording.help import (
    TO_WRITE_ON,
    by_country,
    check_words,
    phone_label,
    resource_content,
)
from handouts.wording.references import reference_entries


def parts(
    handout: Handout, clinic: Clinic | None, code: str, notice: Notice | None, speech: Speech
) -> Markup:
    """Everything that is in the structure of the sheet."""
    return lines(
        _notice(notice, speech) if notice is not None else NOTHING,
        _title(handout, speech),
        _glance(handout.at_a_glance, speech) if handout.at_a_glance is not None else NOTHING,
        _contact(clinic, speech),
        *(_section(handout, section, speech) for section in handout.sections),
        _resources(handout, speech) if handout.resources else NOTHING,
        _references(handout, speech) if handout.references else NOTHING,
        _about(handout, clinic, code, speech),
    )


def _part(heading: Markup, *content: Markup, name: str | None = None, kind: str) -> Markup:
    """A heading and, in an element of its own so that it can stand beside it, what it heads."""
    return block("section", heading, block("div", *content, class_="text"), id=name, class_=kind)


# --- above the sections ----------------------------------------------------------------------


def _notice(notice: Notice, speech: Speech) -> Markup:
    own = speech.inside(notice.language)
    said = (element("p", phrase(words, own)) for words in notice.lines)
    return block("div", *said, class_="notice for-reader", **speech.attributes(notice.language))


def _untranslated(tag: str, speech: Speech) -> Markup:
    words = untranslated(tag, speech.language)
    return element("p", phrase(words, speech), class_="notice") if words else NOTHING


def _title(handout: Handout, speech: Speech) -> Markup:
    tag = handout.title_language
    title = phrase(handout.title, speech.inside(tag))
    return lines(
        _untranslated(tag, speech),
        element("h1", title, **speech.attributes(tag)),
        element("p", inline(byline(handout, speech.language), speech), class_="byline"),
        *(
            element("p", phrase(words, speech), class_="draft")
            for words in draft_lines(handout, speech.language)
        ),
    )


def _glance(glance: AtAGlance, speech: Speech) -> Markup:
    own = speech.inside(glance.language)
    heading = element("h2", phrase(own.word("at_a_glance"), own))
    lead = element("p", inline(glance.summary, own), class_="lead")
    inside = [block("div", heading, lead, class_="part")]
    for name, contents in (("do", glance.do), ("call", glance.call)):
        if contents:
            inside.append(_group(own.word(name), name, contents, own, "part"))
    if glance.emergency:
        words = emergency_label(own.language, own.voice.emergency_number)
        inside.append(_group(words, "emergency", glance.emergency, own, "part emergency"))
    return block(
        "section",
        _untranslated(glance.language, speech),
        block("div", *inside, class_="glance", **speech.attributes(glance.language)),
    )


def _group(words: str, icon: str, contents: Iterable[Inlines], speech: Speech, kind: str) -> Markup:
    items = (element("li", inline(content, speech)) for content in contents)
    return block("div", labelled(words, icon, speech), block("ul", *items), class_=kind)


def _contact(clinic: Clinic | None, speech: Speech) -> Markup:
    heading = element("h2", phrase(speech.word("contact"), speech))
    if clinic is None:
        blanks = (
            element("p", element("span", phrase(speech.word(key), speech))) for key in TO_WRITE_ON
        )
        return _part(heading, *blanks, kind="contact blanks")
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
    return _part(heading, block("div", *phones), whose, kind="contact")


def _stacked(texts: Sequence[str], tag: str, speech: Speech) -> Markup:
    """Lines in the language ``tag``, one below the other."""
    if not texts:
        return NOTHING
    return element("p", joined((phrase(words, speech, tag) for words in texts), LINE_BREAK))


# --- the sections ----------------------------------------------------------------------------


def _section(handout: Handout, section: Section, speech: Speech) -> Markup:
    own = speech.inside(section.language)
    heading = element("h2", phrase(heading_of(section, own.language), own))
    content = blocks(section.blocks, own)
    pictures: list[Markup] = []
    for picture in handout.pictures:
        if picture.place == section.id:
            if picture.language != section.language:
                pictures.append(_untranslated(picture.language, speech))
            inner = speech.inside(picture.language)
            shown = figure(picture, handout.source_language, inner)
            attributes = speech.attributes(picture.language)
            pictures.append(block("div", shown, **attributes) if attributes else shown)
    attributes = speech.attributes(section.language)
    if not attributes:
        return _part(heading, content, *pictures, name=section.id, kind="topic")
    text = block("div", content, class_="text")
    own_part = block("div", heading, text, class_="topic", **attributes)
    below = block("div", block("div", *pictures, class_="text"), class_="topic")
    return block(
        "section",
        _untranslated(section.language, speech),
        own_part,
        below if pictures else NOTHING,
        id=section.id,
    )


# --- below them ------------------------------------------------------------------------------


def _resources(handout: Handout, speech: Speech) -> Markup:
    countries = []
    for country, resources in by_country(handout.resources).items():
        items = (
            element("li", inline(resource_content(resource, handout.source_language), speech))
            for resource in resources
        )
        name = element("h3", phrase(speech.language.country(country), speech))
        countries.append(block("div", name, block("ul", *items, role="list")))
    heading = element("h2", phrase(speech.word("resources"), speech))
    return _part(heading, *countries, kind="resources")


def _references(handout: Handout, speech: Speech) -> Markup:
    """Each entry runs as the words of its source do, where the program knows their language."""
    entries = []
    for _, reference, content in reference_entries(
        handout, dict(speech.voice.numbers), speech.language
    ):
        first = content[0]
        tag = first.language if isinstance(first, Words) else ""
        try:
            own, attributes = speech.inside(tag), speech.attributes(tag)
        except NotFoundError:
            own, attributes = speech, {}
        entries.append(
            element("li", inline(content, own), id=f"reference-{reference.id}", **attributes)
        )
    heading = element("h2", phrase(speech.word("references"), speech))
    listed = block("ol", *entries, class_=f"entries {speech.list_style()}")
    return _part(heading, listed, kind="references")


def _about(handout: Handout, clinic: Clinic | None, code: str, speech: Speech) -> Markup:
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
    return _part(heading, *warnings, halves, kind="about")


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
