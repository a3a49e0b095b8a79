"""A small tagged file written by hand, so that a test can plant exactly one fault in it.

``objects()`` holds every object of the file under a name, as PDF text in which ``@name`` stands for
a reference to that object. ``write`` numbers them and adds the cross-reference table.

    faulty = objects()
    faulty["figure"] = faulty["figure"].replace("/Alt (A square)", "")
    write(faulty)
"""

from __future__ import annotations

import io
import re
from functools import cache

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import ImageCms

CHARACTERS = "".join(map(chr, range(32, 127)))  # the glyph after .notdef is the space
UNITS_PER_EM = 2000
_LONG_AGO = 3_029_529_600  # 2000-01-01, in seconds since 1904
WIDTHS = (700, *(500 + 10 * i for i in range(len(CHARACTERS))))  # thousandths of the type size


def codes(text: str) -> str:
    """The text as a string operand, in the two-byte codes of the font."""
    return "<" + "".join(f"{ord(character) - 31:04X}" for character in text) + ">"


def stream(dictionary: str, data: str) -> str:
    """A stream object; ``write`` adds its length."""
    return f"<< {dictionary} >>\nstream\n{data}\nendstream"


def objects() -> dict[str, str]:
    """A conforming file of two pages (PDF/UA-1 and PDF/A-2a), its text being Latin-1."""
    return {
        "catalog": "<< /Type /Catalog /Pages @pages /StructTreeRoot @tree"
        " /MarkInfo << /Marked true >> /Lang (en) "
        " /ViewerPreferences << /DisplayDocTitle true >> /Metadata @metadata"
        " /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB)"
        " /DestOutputProfile @profile >>] >>",
        "pages": "<< /Type /Pages /Kids [@page1 @page2] /Count 2 >>",
        "page1": _page(0, "@content1", "/Annots [@annotation]"),
        "page2": _page(1, "@content2", ""),
        "content1": stream("", _CONTENT_1),
        "content2": stream("", _CONTENT_2),
        "panel": stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 200 50] /StructParents 2"
            " /Resources @resources",
            f"/P <</MCID 0>> BDC BT /F1 12 Tf 2 20 Td {codes('Call us')} Tj ET EMC",
        ),
        "resources": "<< /Font << /F1 @font >> /XObject << /Panel @panel >>"
        " /Properties << /Cell << /MCID 4 >> >> >>",
        "annotation": "<< /Type /Annot /Subtype /Link /Rect [72 500 200 520] /F 4 /Border [0 0 0]"
        " /StructParent 3 /Contents (Our page at example.org)"
        " /A << /S /URI /URI (https://example.org/) >> >>",
        "tree": "<< /Type /StructTreeRoot /K @document /ParentTree @parents"
        " /ParentTreeNextKey 4 >>",
        "parents": "<< /Nums ["
        "0 [@heading @paragraph @label @body @cell @figure @see @link @see @dose]"
        " 1 [@paragraph] 2 [@call] 3 @link] >>",
        "document": _element(
            "Document", "tree", "[@heading @paragraph @list @table @figure @see @div]"
        ),
        "heading": _element("H1", "document", "0", "/Pg @page1"),
        "paragraph": _element(
            "P", "document", "[1 << /Type /MCR /Pg @page2 /MCID 0 >>]", "/Pg @page1"
        ),
        "list": _element("L", "document", "@item", "/A << /O /List /ListNumbering /Disc >>"),
        "item": _element("LI", "list", "[@label @body]"),
        "label": _element("Lbl", "item", "2", "/Pg @page1"),
        "body": _element("LBody", "item", "[3]", "/Pg @page1"),
        "table": _element("Table", "document", "[@row1 @row2]"),
        "row1": _element("TR", "table", "@cell"),
        "row2": _element("TR", "table", "@dose"),
        "cell": _element("TH", "row1", "4", "/Pg @page1 /A << /O /Table /Scope /Column >>"),
        "dose": _element("TD", "row2", "9", "/Pg @page1"),
        "figure": _element(
            "Figure",
            "document",
            "5",
            "/Pg @page1 /Alt (A square) /A << /O /Layout /BBox [72 530 92 550] >>",
        ),
        "see": _element("P", "document", "[6 @link 8]", "/Pg @page1"),
        "link": _element("Link", "see", "[7 << /Type /OBJR /Obj @annotation >>]", "/Pg @page1"),
        "div": _element("Div", "document", "@call", "/Lang (en-GB)"),
        "call": _element("P", "div", "<< /Type /MCR /Pg @page2 /Stm @panel /MCID 0 >>"),
        "font": "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Boxes /Encoding /Identity-H"
        " /DescendantFonts [@cidfont] /ToUnicode @tounicode >>",
        "cidfont": "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Boxes"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        " /FontDescriptor @descriptor"
        f" /CIDToGIDMap /Identity /W [0 [{' '.join(map(str, WIDTHS))}]] >>",
        "descriptor": "<< /Type /FontDescriptor /FontName /ABCDEF+Boxes /Flags 4"
        " /FontBBox [0 0 1000 700] /ItalicAngle 0 /Ascent 700 /Descent 0 /CapHeight 700 /StemV 80"
        " /FontFile2 @fontfile >>",
        "fontfile": stream("", _font().decode("latin-1")),
        "tounicode": stream("", _TO_UNICODE),
        "profile": stream("/N 3", _profile().decode("latin-1")),
        "metadata": stream("/Type /Metadata /Subtype /XML", _METADATA),
    }


def write(objects: dict[str, str]) -> bytes:
    """The bytes of the file. The first object is the catalog."""
    numbers = {name: number for number, name in enumerate(objects, start=1)}

    def numbered(body: str) -> str:
        head, keyword, data = body.partition("\nstream\n")
        if keyword:
            length = len(data.removesuffix("\nendstream"))
            head = head.removesuffix(">>") + f"/Length {length} >>"
        return re.sub(r"@(\w+)", lambda m: f"{numbers[m[1]]} 0 R", head) + keyword + data

    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for name, body in objects.items():
        offsets.append(len(out))
        out += f"{numbers[name]} 0 obj\n{numbered(body)}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    out += (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {size} /Root 1 0 R /ID [<00> <00>] >>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode("latin-1")
    return bytes(out)


def _page(number: int, content: str, more: str) -> str:
    return (
        f"<< /Type /Page /Parent @pages /MediaBox [0 0 612 792] /Resources @resources"
        f" /StructParents {number} /Tabs /S /Contents {content} {more} >>"
    )


def _element(tag: str, parent: str, kids: str, more: str = "") -> str:
    return f"<< /Type /StructElem /S /{tag} /P @{parent} /K {kids} {more} >>"


_CONTENT_1 = f"""/Artifact <</Type /Pagination /Subtype /Header>> BDC
BT /F1 9 Tf 72 760 Td {codes("Clinic")} Tj ET 72 750 468 1 re f EMC
/H1 <</MCID 0>> BDC BT /F1 24 Tf 72 700 Td {codes("Asthma")} Tj ET EMC
/P <</MCID 1>> BDC BT /F1 12 Tf 14 TL 72 660 Td [{codes("Breathe")} -30 {codes(" out ")}] TJ ET EMC
/Lbl <</MCID 2>> BDC BT /F1 12 Tf 72 640 Td {codes("-")} Tj ET EMC
/LBody <</MCID 3>> BDC BT /F1 12 Tf 90 640 Td {codes("Rest.")} Tj ET EMC
/TH /Cell BDC BT /F1 12 Tf 72 600 Td {codes("Dose")} Tj ET EMC
/TD <</MCID 9>> BDC BT /F1 12 Tf 72 580 Td {codes("2 mg")} Tj ET EMC
/Figure <</MCID 5>> BDC 72 530 20 20 re f EMC
BT /F1 12 Tf 72 505 Td
/P <</MCID 6>> BDC {codes("See ")} Tj EMC
/Link <</MCID 7>> BDC {codes("our page")} Tj EMC
/P <</MCID 8>> BDC {codes(".")} Tj EMC
ET"""
_CONTENT_2 = f"""/Artifact <</Type /Pagination /Subtype /Header>> BDC
BT /F1 9 Tf 72 760 Td {codes("Clinic")} Tj ET EMC
/P <</MCID 0>> BDC BT /F1 12 Tf 72 700 Td {codes("and in.")} Tj ET EMC
q 1 0 0 1 72 100 cm /Panel Do Q"""

_TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
1 beginbfchar
<0001> <0020>
endbfchar
2 beginbfrange
<0002> <0003> [<0021> <0022>]
<0004> <005F> <0023>
endbfrange
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""

_METADATA = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Asthma</rdf:li></rdf:Alt></dc:title>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@cache
def _font() -> bytes:
    """A TrueType font in which each character is a box."""
    names = [".notdef", *(f"box{i}" for i in range(len(CHARACTERS)))]
    advances = [width * UNITS_PER_EM // 1000 for width in WIDTHS]
    builder = FontBuilder(UNITS_PER_EM, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): name for c, name in zip(CHARACTERS, names[1:], strict=True)})
    builder.setupGlyf({name: _box(width) for name, width in zip(names, advances, strict=True)})
    builder.setupHorizontalMetrics({n: (a, 0) for n, a in zip(names, advances, strict=True)})
    builder.setupHorizontalHeader(ascent=1400, descent=0)
    builder.setupOS2()
    builder.setupPost()
    builder.updateHead(created=_LONG_AGO, modified=_LONG_AGO)
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def _box(width: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 1400), (width - 100, 1400), (width - 100, 0)):
        pen.lineTo(corner)
    pen.closePath()
    return pen.glyph()


@cache
def _profile() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:24] + bytes(12) + profile[36:]  # Pillow dates it by the clock
