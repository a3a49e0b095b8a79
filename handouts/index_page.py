"""The index as a web page: one file that needs no other and no network.

It has the words and the order of the index that is a sheet. All that authors wrote is escaped, and
the page's own policy (CSP, level 3) lets nothing run or load even so.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

from handouts.checking.contrast import hexadecimal, inks
from handouts.clinic import Clinic, Phone
from handouts.inks import Ink
from handouts.languages import Language, Languages
from handouts.listing import Index, IndexEntry, Listing, facts_of, file_link, listings
from handouts.wording.addresses import phone_link

_PAGE = """\
<!DOCTYPE html>
<html {own}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · {clinic}</title>
<style>{style}</style>
</head>
<body>
<header>
<p class="clinic"{clinics_own}>{clinic}</p>
<div>
{phones}
</div>
</header>
<main>
<h1>{title}</h1>
{contents}
{listings}
</main>
</body>
</html>
"""

# Sizes are in rem, so that the page follows the reader's type size; nothing has a fixed width.
_STYLE = """
:root {{ font: 112.5%/1.5 "Atkinson Hyperlegible Next", system-ui, sans-serif; color: {TEXT};
  background: {PAPER} }}
:lang(ur) {{ line-height: 2.2 }}
body {{ max-width: 46rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere }}
header, header div, nav ul, section li {{ display: flex; flex-wrap: wrap; gap: 0 1.25rem;
  align-items: baseline }}
header {{ justify-content: space-between; border-block-end: 0.15rem solid {ACCENT};
  padding-block-end: 0.5rem }}
header p {{ margin: 0 }}
.clinic {{ font-weight: bold; color: {ACCENT} }}
h1, h2 {{ color: {ACCENT}; line-height: 1.25; margin: 0 }}
h1 {{ font-size: 1.75rem; margin-block: 1.25rem 0.75rem }}
h2 {{ font-size: 1.2rem }}
h2:lang(ur) {{ line-height: 2.2 }}
a {{ color: {ACCENT}; text-underline-offset: 0.2em }}
a:focus-visible {{ outline: 0.15rem solid {ACCENT}; outline-offset: 0.15rem }}
ul {{ list-style: none; margin: 0; padding: 0 }}
nav a {{ display: inline-block; padding-block: 0.2rem }}
section {{ border-block-start: 1px solid {RULE}; margin-block-start: 1.25rem;
  padding-block-start: 0.75rem }}
section li {{ padding-block: 0.3rem }}
section a {{ flex: 1 1 18rem }}
.facts {{ flex: 0 1 11rem; font-size: 0.85rem; color: {MUTED} }}
@media print {{
  @page {{ margin: 15mm }}
  :root {{ font-size: 11pt }}
  body {{ max-width: none; padding: 0 }}
  nav {{ display: none }}
  a {{ text-decoration: none }}
  h2 {{ break-after: avoid }}
  li {{ break-inside: avoid }}
}}
"""


def index_page(index: Index, clinic: Clinic, languages: Languages) -> bytes:
    """The index of the clinic's sheets in HTML and UTF-8, to lie where its PDF lies.

    Raises:
        ClinicError: a colour of the clinic is none.
        NotFoundError: there are no words in the language of the index, the clinic or an entry.
    """
    own = languages.language(index.language)
    found = listings(index, languages)
    colours = map(hexadecimal, inks(clinic.palette))
    style = _STYLE.format(**{ink.name: colour for ink, colour in zip(Ink, colours, strict=True)})
    digest = b64encode(sha256(style.encode()).digest()).decode()
    clinics = languages.language(clinic.language)
    return _PAGE.format(
        own=_spoken(own),
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'",
        style=style,
        title=escape(own.word("index_title")),
        clinic=escape(clinic.name),
        clinics_own=f" {_spoken(clinics)}" if clinics != own else "",
        phones="\n".join(_phone(phone, own, clinics) for phone in clinic.phones),
        contents=_contents(found) if len(found) > 1 else "",
        listings="\n".join(_listing(listing, own) for listing in found),
    ).encode()


def _spoken(language: Language) -> str:
    """The attributes that say in which language, and which way, an element runs."""
    return f'lang="{language.tag}" dir="{"rtl" if language.right_to_left else "ltr"}"'


def _phone(phone: Phone, own: Language, clinics: Language) -> str:
    label, language = (phone.label, clinics) if phone.label else (own.word("phone"), own)
    number = f'<a href="{escape(phone_link(phone.number))}" dir="ltr">{escape(phone.number)}</a>'
    return f"<p><span {_spoken(language)}>{escape(label)}</span> {number}</p>"


def _contents(found: tuple[Listing, ...]) -> str:
    """Ways to each language, by the name that its readers look for."""
    lines = [
        f'<li><a href="#{listing.language.tag}" {_spoken(listing.language)}>'
        f"{escape(listing.language.name)}</a></li>"
        for listing in found
    ]
    return "\n".join(["<nav><ul>", *lines, "</ul></nav>"])


def _listing(listing: Listing, own: Language) -> str:
    tag = listing.language.tag
    return "\n".join(
        [
            f'<section id="{tag}" {_spoken(listing.language)}>',
            f"<h2>{_heading(listing, own)}</h2>",
            '<ul role="list">',  # without markers, Safari takes it for none
            *(_item(entry, own) for entry in listing.entries),
            "</ul>",
            "</section>",
        ]
    )


def _heading(listing: Listing, own: Language) -> str:
    name = escape(listing.language.name)
    if not listing.name:
        return name
    marks = {"own": "\ue000", "name": "\ue001"}  # private-use characters, never in a phrase
    phrase = escape(own.word("index_language", **marks))
    other = f"<span {_spoken(own)}>{escape(listing.name)}</span>"
    return phrase.replace(marks["own"], name).replace(marks["name"], other)


def _item(entry: IndexEntry, own: Language) -> str:
    facts = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts_of(entry, own))
    link = f'<a href="{escape(file_link(entry.file))}">{escape(entry.title)}</a>'
    # They stand at the start of their column as the title's language has it.
    return f'<li>{link} <span class="facts"><span {_spoken(own)}>{facts}</span></span></li>'
