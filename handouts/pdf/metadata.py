"""What the file says about itself: XMP, document information and output intent.

XMP: ISO 32000-1, 14.3.2; ISO 19005-2, 6.6. PDF/UA's identifier (ISO 14289-1, 5) is no part of
PDF/A's schemas, so the packet describes it. Dates are the content's, never the clock's; what has
none gets none.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from html import escape  # xml.sax.saxutils would bring urllib with it, 40 ms
from pathlib import Path

from handouts import __version__
from handouts.layout.pages import Sheet
from handouts.pdf.body import Body
from handouts.pdf.objects import text_string

PRODUCER = f"Patient Handouts {__version__}"

_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
{properties}
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def add_metadata(sheet: Sheet, body: Body) -> int:
    """Add the XMP stream; gives its number."""
    title_language = sheet.title_language or sheet.language
    properties = [
        "<dc:title>" + _alternatives(sheet.title, title_language) + "</dc:title>",
        f"<dc:language><rdf:Bag><rdf:li>{escape(sheet.language)}</rdf:li></rdf:Bag></dc:language>",
    ]
    if sheet.author:
        author = escape(sheet.author)
        properties.append(f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>")
    if sheet.subject:
        about = _alternatives(sheet.subject, title_language)
        properties.append(f"<dc:description>{about}</dc:description>")
    if sheet.keywords:
        words = "".join(f"<rdf:li>{escape(word)}</rdf:li>" for word in sheet.keywords)
        properties.append(f"<dc:subject><rdf:Bag>{words}</rdf:Bag></dc:subject>")
        properties.append(f"<pdf:Keywords>{escape(', '.join(sheet.keywords))}</pdf:Keywords>")
    if sheet.revised is not None:
        stamp = f"{sheet.revised.isoformat()}T00:00:00Z"
        properties.append(f"<xmp:CreateDate>{stamp}</xmp:CreateDate>")
        properties.append(f"<xmp:ModifyDate>{stamp}</xmp:ModifyDate>")
    properties.append(f"<pdf:Producer>{PRODUCER}</pdf:Producer>")
    packet = _PACKET.format(properties="\n".join(properties))
    return body.add_stream(packet.encode(), b"/Type/Metadata/Subtype/XML")


def information(sheet: Sheet) -> bytes:
    """The document information dictionary (14.3.3), for readers that know no XMP."""
    entries = {
        b"Title": text_string(sheet.title),
        b"Author": text_string(sheet.author),
        b"Subject": text_string(sheet.subject),
        b"Keywords": text_string(", ".join(sheet.keywords)),
        b"Producer": text_string(PRODUCER),
        b"CreationDate": _date(sheet.revised),
        b"ModDate": _date(sheet.revised),
    }
    return b"<<%s>>" % b"".join(
        [b"/%s%s" % (key, value) for key, value in entries.items() if value != b"()"]
    )


def add_output_intent(body: Body) -> bytes:
    """Add the sRGB profile; gives the output intent (14.11.5)."""
    profile = body.add_stream(_profile(), b"/N 3")
    return (
        b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
        b"/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>" % profile
    )


@cache
def _profile() -> bytes:
    """The sRGB profile, kept as a file so that no other version of its maker gives other bytes.

    Made by ``PIL.ImageCms.createProfile("sRGB")`` (Little CMS 2.19), its date set to 2000-01-01.
    """
    return Path(__file__).with_name("srgb.icc").read_bytes()


def _alternatives(text: str, language: str) -> str:
    """A text in its language, which also stands for every other one."""
    return "<rdf:Alt>{}</rdf:Alt>".format(
        "".join(
            f'<rdf:li xml:lang="{escape(tag)}">{escape(text)}</rdf:li>'
            for tag in ("x-default", language)
        )
    )


def _date(day: date | None) -> bytes:
    return b"(D:%s000000Z)" % day.strftime("%Y%m%d").encode() if day is not None else b"()"
