"""What a drawing is refused for: each by file, line and column, with what to do."""

import pytest

from handouts.diagnostics import ContentError, Diagnostic
from handouts.layout.svg import operators, tree
from handouts.layout.svg.drawing import read_drawing

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
HEAD += 'viewBox="0 0 9 9">'
SQUARE = '<rect width="9" height="9"/>'


def faults_of(text: str | bytes) -> tuple[Diagnostic, ...]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(ContentError) as caught:
        read_drawing(data, "drawing.svg")
    return caught.value.diagnostics


def fault(body: str) -> Diagnostic:
    """The one fault of a drawing whose second line is ``body``."""
    (found,) = faults_of(f"{HEAD}\n  {body}\n{SQUARE}</svg>")
    assert str(found.span) == "drawing.svg:2:3"
    assert found.hint
    return found


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<script>alert(1)</script>", "<script> is not allowed in a drawing"),
        ('<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>', "<script> is not allowed"),
        ("<foreignObject/>", "<foreignObject> is not allowed in a drawing"),
        ('<image href="data:image/png;base64,AAAA"/>', "<image> is not allowed in a drawing"),
        ('<rect onclick="alert(1)"/>', "<rect> has the event attribute onclick"),
        ('<g onLoad="alert(1)"/>', "<g> has the event attribute onLoad"),
        ('<g xml:base="https://example.org/"/>', "<g> has xml:base"),
        (
            '<rect fill="url(https://example.org/paint.svg#a)"/>',
            '<rect> refers to "https://example.org/paint.svg#a", outside the drawing',
        ),
        ("<style>@import url(https://example.org/a.css);</style>", '"https://example.org/a.css"'),
        ("<style>@font-face{src:url( 'a.woff' )}</style>", '<style> refers to "a.woff"'),
        ('<defs><filter><feImage href="a.png"/></filter></defs>', '<feImage> refers to "a.png"'),
        ('<use href="other.svg#a"/>', '<use> refers to "other.svg#a"'),
        ('<use xlink:href="file:///etc/hosts"/>', '<use> refers to "file:///etc/hosts"'),
        ("<?xml-stylesheet href='a.css'?>", "a style sheet outside the file"),
    ],
)
def test_what_could_act_or_reach_outside_is_refused_wherever_it_stands(
    body: str, message: str
) -> None:
    found = faults_of(f"{HEAD}\n  {body}\n{SQUARE}</svg>")
    assert any(message in problem.message for problem in found)
    assert found[0].span.line == 2
    assert all(problem.hint for problem in found)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<text>Axon</text>", "<text> cannot be drawn"),
        ("<svg/>", "<svg> cannot be drawn"),
        ("<switch/>", "<switch> cannot be drawn"),
        ('<animate attributeName="x"/>', "<animate> cannot be drawn"),
        ('<g opacity="0.5"/>', '<g> has opacity "0.5", which cannot be drawn'),
        ('<g style="fill-opacity:50%"/>', '<g> has fill-opacity "50%", which cannot be drawn'),
        ('<g mask="url(#m)"/>', '<g> has mask "url(#m)", which cannot be drawn'),
        ('<g filter="url(#f)"/>', '<g> has filter "url(#f)", which cannot be drawn'),
        ('<g fill="url(#a)"/>', '<g> has fill "url(#a)", which is a gradient or a pattern'),
        ('<g fill="rgba(0,0,0,.5)"/>', "which is not an opaque colour"),
        ('<g fill="#12345678"/>', "which is not an opaque colour"),
        ('<g fill="rgb(1,2)"/>', "which is not an opaque colour"),
        ('<g fill="teal!important"/>', "which is not an opaque colour"),
        ('<g stroke-width="-1"/>', 'has stroke-width "-1", which is negative'),
        ('<g stroke-width="5%"/>', "which is not a length in px, pt, mm, cm or in"),
        ('<g stroke-linejoin="arcs"/>', 'has stroke-linejoin "arcs", which cannot be drawn'),
        ('<g stroke-miterlimit="0"/>', "which is less than 1"),
        ('<g stroke-dasharray="2 -1"/>', "which is negative"),
        ('<g marker-end="url(#arrow)"/>', 'has marker-end "url(#arrow)"'),
        ('<g style="mix-blend-mode:multiply"/>', 'has mix-blend-mode "multiply"'),
        ('<g paint-order="stroke"/>', 'has paint-order "stroke"'),
        ('<g style="transform:scale(2)"/>', 'has transform "scale(2)"'),
        ('<path pathLength="3" d="M0 0"/>', "<path> has pathLength, which cannot be drawn"),
        ('<g systemLanguage="en"/>', "<g> has systemLanguage, which cannot be drawn"),
        ('<g clip-path="circle(3)"/>', 'has clip-path "circle(3)", which is none'),
        ('<g clip-path="url(#x)"/>', 'has clip-path "url(#x)", which is none'),
        ('<g transform="turn(3)"/>', "<g> has a transform that is not a list of transforms"),
        ('<g transform="scale(2"/>', "<g> has a transform that is not a list of transforms"),
        ('<rect width="-1" height="2"/>', "<rect> has a shape that has a negative size"),
        ('<circle r="1e99"/>', "<circle> has a shape that is too large a number"),
        ('<path d="L1 1"/>', "<path> has a shape that does not start with M"),
        ('<polygon points="1 2 3"/>', "has a shape that has an odd number of coordinates"),
        ('<use href="#nothing"/>', "<use> refers to nothing in the drawing"),
        ("<use/>", "<use> refers to nothing in the drawing"),
        ("<style>path{fill:red}</style>", '<style> has the rule "path"'),
        ("<style>@media print{.a{fill:red}}</style>", '<style> has the rule "@media print"'),
        ('<rect id="label-a" width="0" height="3"/>', '"label-a" is turned or without size'),
        (
            '<rect id="label-a" width="3" height="3" transform="rotate(9)"/>',
            '"label-a" is turned or without size',
        ),
        (
            '<rect id="label-a" width="3" height="3" text-anchor="left"/>',
            'has text-anchor "left"',
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name_and_place(body: str, message: str) -> None:
    assert message in fault(body).message


def test_a_symbol_is_refused_where_it_is_used() -> None:
    found = fault('<use href="#s"/><symbol id="s"><rect width="1" height="1"/></symbol>')
    assert found.message == "<use> refers to <symbol>"


@pytest.mark.parametrize(
    "content",
    [
        SQUARE + SQUARE,
        "<g/>",
        "",
        f'<use href="#g"/><g id="g">{SQUARE}</g>',
        '<use href="#nothing"/>',
    ],
)
def test_a_clip_path_holds_one_shape(content: str) -> None:
    (found, *_) = faults_of(
        f'{HEAD}<clipPath id="c">{content}</clipPath><g clip-path="url(#c)"/>{SQUARE}</svg>'
    )
    assert "does not hold exactly one shape" in found.message


def test_two_labels_of_one_name_are_refused() -> None:
    label = '<rect id="label-a" width="3" height="3"/>'
    (found,) = faults_of(f"{HEAD}{label}\n{label}{SQUARE}</svg>")
    assert found.message == '<rect> "label-a" stands in the drawing twice'
    assert found.span.line == 2


def test_all_faults_are_told_at_once_and_each_kind_once() -> None:
    lines = [HEAD, "<text/>", '<g opacity=".5"/>', "<text/>", "<script/>", "<text/>", "</svg>"]
    found = faults_of("\n".join(lines))
    assert [(problem.span.line, problem.message) for problem in found] == [
        (5, "<script> is not allowed in a drawing"),
        (2, "<text> cannot be drawn (and so in 2 other places)"),
        (3, '<g> has opacity ".5", which cannot be drawn'),
    ]


def test_what_nothing_uses_or_nobody_sees_does_no_harm() -> None:
    body = "<defs><linearGradient><stop/></linearGradient><text>x</text><mask/></defs>"
    body += '<style>.unused{filter:url(#f)}</style><g display="none"><text/></g>'
    body += '<metadata><x:a xmlns:x="x" href="https://example.org" onclick="x"/></metadata>'
    assert read_drawing(f"{HEAD}{body}{SQUARE}</svg>".encode(), "a").artwork.width == 6.75


# --- files that are no drawing ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("<html/>", "the file holds <html>, not an SVG drawing", 1),
        ("<svg/>", "the file holds <svg>, not an SVG drawing", 1),
        (HEAD + "\n<g></svg>", "the drawing is not well-formed XML: mismatched tag", 2),
        (HEAD + "&nbsp;</svg>", "the drawing is not well-formed XML: undefined entity", 1),
        ("<!DOCTYPE svg>" + HEAD + "&a;</svg>", "not well-formed XML: undefined entity", 1),
        (HEAD, "the drawing is not well-formed XML: no element found", 1),
        (HEAD + "</svg>", "<svg> paints nothing", 1),
        ('<?xml version="1.0" encoding="klingon"?>' + HEAD + "</svg>", "decoded", 1),
        ('<?xml version="1.0" encoding="big5"?>' + HEAD + "</svg>", "decoded", 1),
        (HEAD.replace("0 0 9 9", "0 0 0 9") + SQUARE + "</svg>", "<svg> has no size", 1),
        (HEAD.replace("0 0 9 9", "0 0 9") + SQUARE + "</svg>", "<svg> has no size", 1),
        (HEAD.replace("viewBox", 'width="-5" viewBox') + SQUARE + "</svg>", "has no size", 1),
        (HEAD.replace("viewBox", "data-box") + SQUARE + "</svg>", "<svg> has no size", 1),
        (HEAD.replace("viewBox", 'width="2e6" viewBox') + SQUARE + "</svg>", "too large", 1),
        (HEAD.replace("0 0 9 9", "0 0 1e-9 1e-9") + SQUARE + "</svg>", "too small", 1),
        (HEAD.replace("0 0 9 9", "a b") + SQUARE + "</svg>", "has a size that is not a list", 1),
        (
            HEAD.replace("viewBox", 'width="9" height="3" preserveAspectRatio="xMinYMin" viewBox')
            + SQUARE
            + "</svg>",
            'has preserveAspectRatio "xMinYMin"',
            1,
        ),
    ],
)
def test_a_file_that_is_no_drawing_is_refused(text: str, message: str, line: int) -> None:
    (found,) = faults_of(text)
    assert message in found.message
    assert found.span.line == line


# --- bombs -----------------------------------------------------------------------------------


def test_entities_are_refused_before_one_exists() -> None:
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    (found,) = faults_of(f"<!DOCTYPE svg [{entities}]>{HEAD}<text>&i;</text></svg>")
    assert "declares a document type of its own" in found.message


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE svg SYSTEM "file:///etc/hosts">',
        '<!DOCTYPE svg PUBLIC "-//Other//DTD" "https://example.org/a.dtd">',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hosts">]>',
        '<!-- <!DOCTYPE svg> --><!DOCTYPE svg [<!ENTITY a "b">]>',
    ],
)
def test_document_types_that_could_declare_something_are_refused(doctype: str) -> None:
    (found,) = faults_of(f"{doctype}{HEAD}{SQUARE}</svg>")
    assert "declares a document type of its own" in found.message


def test_a_shape_inside_itself_is_refused() -> None:
    found = faults_of(f'{HEAD}<g id="a"><use href="#a"/></g></svg>')
    assert found[0].message == "<use> repeats itself inside itself"


def test_use_that_doubles_again_and_again_is_refused() -> None:
    groups = "".join(
        f'<g id="g{step + 1}"><use href="#g{step}"/><use href="#g{step}"/></g>'
        for step in range(40)
    )
    body = f'<defs><g id="g0">{SQUARE}</g>{groups}</defs><use href="#g40"/>'
    (found,) = faults_of(f"{HEAD}{body}</svg>")
    assert "is drawn too often or too deep inside others" in found.message


def test_a_long_path_used_often_is_refused() -> None:
    body = f'<path id="p" d="M0 0{"h1v1" * 20_000}"/>' + '<use href="#p"/>' * 100
    (found,) = faults_of(f"{HEAD}{body}</svg>")
    assert found.message == "<path> makes the drawing too large for a sheet"


def test_too_many_and_too_deep_elements_are_refused() -> None:
    (many,) = faults_of(f"{HEAD}{'<g/>' * tree.MAX_ELEMENTS}</svg>")
    assert many.message == "the drawing has more than 20,000 elements"
    (deep,) = faults_of(f"{HEAD}{'<g>' * 100}{'</g>' * 100}</svg>")
    assert deep.message == "elements are nested more than 64 deep"


def test_a_drawing_that_grows_beyond_numbers_is_refused() -> None:
    nested = '<g transform="scale(1e9)">' * 40 + SQUARE + "</g>" * 40
    (found,) = faults_of(f"{HEAD}{nested}</svg>")
    assert found.message == "<rect> reaches too far outside the drawing"


def test_the_limits_leave_room_for_real_drawings() -> None:
    shapes = "".join(f'<circle cx="{n % 9}" cy="4" r="1"/>' for n in range(4_000))
    operators_size = len(read_drawing(f"{HEAD}{shapes}</svg>".encode(), "a").artwork.operators)
    assert 400_000 < operators_size < operators.MAX_BYTES
