"""Where a link may lead: https, http, mailto and tel, each written whole."""

from __future__ import annotations

import re

from handouts.diagnostics import SourceSpan
from handouts.reading.report import Report

_FORMS = {
    "https": (r"https://[^\s/.<>\"]+\.[^\s<>\"]+", "https://www.example.org/page"),
    "http": (r"http://[^\s/.<>\"]+\.[^\s<>\"]+", "https://www.example.org/page"),
    "mailto": (r"mailto:[^\s@<>\"]+@[^\s@<>\"]+", "mailto:nurse@example.org"),
    "tel": (r"tel:\+?[0-9().\-]+", "tel:+1-212-555-0142"),
}
WEB = ("https", "http")
ALL = tuple(_FORMS)


def check_link(
    address: str, span: SourceSpan, report: Report, schemes: tuple[str, ...] = ALL
) -> bool:
    """Whether the address may be used; the report says why not, and warns of plain http."""
    if not address:
        report.error("a link has no address", span, hint="write [words](https://...)")
        return False
    scheme = address.partition(":")[0].lower() if ":" in address else ""
    if scheme not in schemes:
        report.error(
            f'"{address}" is not an address that a link may lead to',
            span,
            hint=f"write it whole, such as {_FORMS[schemes[0]][1]}; "
            f"a link starts with {', '.join(schemes)}",
        )
        return False
    pattern, example = _FORMS[scheme]
    rest = address[len(scheme) :]
    if not re.fullmatch(pattern, scheme + rest):
        report.error(
            f'"{address}" is not a whole address', span, hint=f"write it such as {example}"
        )
        return False
    if scheme == "http":
        report.warning(
            f"{address} is not encrypted", span, hint="write https:// if the site answers to it"
        )
    return True
