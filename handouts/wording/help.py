"""Whom to ask: the clinic, organisations, and whether the sheet is up to date."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.clinic import Clinic, Phone
from handouts.document import Inlines, LineBreak, Resource, Words
from handouts.languages import Language
from handouts.wording.addresses import phone_link, shown_address

TO_WRITE_ON = ("clinic_name", "phone", "hours")  # what a sheet without a clinic has lines for


def phone_label(phone: Phone, clinic: Clinic, language: Language) -> Words:
    """What the line is for, in the clinic's language; or "Phone", in the sheet's."""
    if phone.label:
        return Words(phone.label, language=clinic.language)
    return Words(language.word("phone"))


def by_country(resources: Sequence[Resource]) -> dict[str, list[Resource]]:
    """The organisations by the code of their country."""
    found: dict[str, list[Resource]] = {}
    for resource in resources:
        found.setdefault(resource.country, []).append(resource)
    return found


def resource_content(resource: Resource, facts: str) -> Inlines:
    """Name, address and phone; ``facts`` is the language of names that do not tell theirs."""
    content: list[Words | LineBreak] = [
        Words(resource.name, language=resource.language or facts, span=resource.span),
        LineBreak(resource.span),
        Words(shown_address(resource.url), link=resource.url, span=resource.span),
    ]
    if resource.phone:
        number = Words(resource.phone, link=phone_link(resource.phone), span=resource.span)
        content += [LineBreak(resource.span), number]
    return tuple(content)


def check_words(clinic: Clinic | None, language: Language) -> str:
    """How to learn whether there is a newer sheet: by the clinic's address for it, or by asking."""
    if clinic is None or not clinic.check_address:
        return language.word("check_ask")
    return language.word("check_scan", address=shown_address(clinic.check_address))
