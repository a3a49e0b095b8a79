"""What stands between the opening of the page and its end, for each kind of edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handouts.clinic import Clinic
from handouts.diagnostics import NotFoundError
from handouts.document import Checklist, EasyRead, EasySection, Handout, Section, TeachBack, Words
from handouts.edition import Shows
from handouts.patient import Patient
from handouts.web.blocks import blocks, numbered, tasks
from handouts.web.front import at_a_glance, contact, for_patient, not_translated, part
from handouts.web.inlines import inline, phrase
from handouts.web.markup import NOTHING, Markup, block, element, lines
from handouts.web.pictures import alone, figure
from handouts.web.speech import Speech
from handouts.wording.blocks import credit, heading_of
from handouts.wording.editions import (
    one_of_each_maker,
    questions,
    uncited,
)
from handouts.wording.help import by_country, resource_content
from handouts.wording.references import reference_entries

Body = Callable[[Handout, Clinic | None, Patient, Speech], Markup]


def _whole(handout: Handout, clinic: Clinic | None, patient: Patient, speech: Speech) -> Markup:
    glance = handout.at_a_glance
    return lines(
        at_a_glance(glance, speech) if glance is not None else NOTHING,
        _boxes(clinic, patient, speech),
        *(_section(handout, section, speech) for section in handout.sections),
        _resources(handout, speech) if handout.resources else NOTHING,
        _references(handout, speech) if handout.references else NOTHING,
    )


def _summary(handout: Handout, clinic: Clinic | None, patient: Patient, speech: Speech) -> Markup:
    """At a glance, a check-list, and questions to answer in one's own words."""
    glance, checklist = handout.at_a_glance, handout.checklist
    asked = questions(handout, speech.language, speech.voice.emergency_number)
    return lines(
        at_a_glance(uncited(glance), speech, ticks=checklist is None) if glance else NOTHING,
        _boxes(clinic, patient, speech),
        _listed("checklist", checklist, speech) if checklist is not None else NOTHING,
        _listed("teach_back", asked, speech),
    )


def _easy_read(handout: Handout, clinic: Clinic | None, patient: Patient, speech: Speech) -> Markup:
    """Short sentences, each with its picture."""
    easy = handout.easy_read
    if easy is None:
        return _boxes(clinic, patient, speech)
    return lines(
        not_translated(easy.language, speech),
        *(_easy_section(section, easy, speech) for section in easy.sections),
        _boxes(clinic, patient, speech),
        *(
            element(
                "p",
                inline(credit(picture, handout.source_language, speech.language), speech),
                class_="credit",
            )
            for picture in one_of_each_maker(easy)
        ),
    )


BODIES: Mapping[Shows, Body] = {
    Shows.WHOLE: _whole,
    Shows.SUMMARY: _summary,
    Shows.EASY_READ: _easy_read,
}


def _boxes(clinic: Clinic | None, patient: Patient, speech: Speech) -> Markup:
    """What concerns this patient, where the edition has a place for it, and the clinic."""
    has_place = speech.edition.places.patient > 0
    return lines(for_patient(patient, speech) if has_place else NOTHING, contact(clinic, speech))


def _section(handout: Handout, section: Section, speech: Speech) -> Markup:
    own = speech.inside(section.language)
    heading = element("h2", phrase(heading_of(section, own.language), own))
    content = blocks(section.blocks, own)
    pictures: list[Markup] = []
    for picture in handout.pictures:
        if picture.place == section.id:
            if picture.language != section.language:
                pictures.append(not_translated(picture.language, speech))
            inner = speech.inside(picture.language)
            shown = figure(picture, handout.source_language, inner)
            attributes = speech.attributes(picture.language)
            pictures.append(block("div", shown, **attributes) if attributes else shown)
    attributes = speech.attributes(section.language)
    if not attributes:
        return part(heading, content, *pictures, name=section.id, kind="topic")
    text = block("div", content, class_="text")
    own_part = block("div", heading, text, class_="topic", **attributes)
    below = block("div", block("div", *pictures, class_="text"), class_="topic")
    return block(
        "section",
        not_translated(section.language, speech),
        own_part,
        below if pictures else NOTHING,
        id=section.id,
    )


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
    return part(heading, *countries, kind="resources")


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
    return part(heading, listed, kind="references")


def _listed(key: str, listed: Checklist | TeachBack, speech: Speech) -> Markup:
    """Tasks to tick or numbered questions, below a heading of the program's own."""
    own, attributes = speech.inside(listed.language), speech.attributes(listed.language)
    heading = element("h2", phrase(speech.word(key), speech))
    if isinstance(listed, Checklist):
        content = tasks(listed.items, own)
    else:
        content = numbered(listed.questions, own)
    if attributes:
        content = block("div", content, **attributes)
    return part(heading, not_translated(listed.language, speech), content, kind="topic")


def _easy_section(section: EasySection, easy: EasyRead, speech: Speech) -> Markup:
    own, attributes = speech.inside(easy.language), speech.attributes(easy.language)
    said = [
        block("div", alone(each.picture), element("p", inline(each.text, own)), class_="statement")
        for each in section.statements
    ]
    heading = element("h2", phrase(section.heading, own))
    return block("section", heading, *said, class_="easy", **attributes)
