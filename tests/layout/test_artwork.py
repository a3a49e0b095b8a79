import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from handouts.diagnostics import ClinicError, ContentError, SourceSpan, located
from handouts.layout import artwork
from handouts.layout.artwork import load_artwork, load_drawing
from handouts.layout.pages import Raster, Vector

PICTURES = Path(__file__).parents[1] / "data" / "pictures"
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
)


def image_file(kind: str, size: tuple[int, int] = (6, 4)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, kind)
    return stream.getvalue()


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


Writer = Callable[[str, bytes], Path]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("logo.png", SVG, Vector),
        ("logo", b"\xef\xbb\xbf\n  " + SVG, Vector),
        ("logo.svg", image_file("PNG"), Raster),
        ("logo.txt", image_file("JPEG"), Raster),
    ],
)
def test_the_content_and_not_the_name_says_what_a_file_is(
    name: str, content: bytes, kind: type, written: Writer
) -> None:
    assert isinstance(load_artwork(written(name, content)), kind)


def test_a_labelled_drawing_comes_with_its_places(written: Writer) -> None:
    label = b'<rect id="label-axon" width="4" height="4"/></svg>'
    path = written("a.svg", SVG.replace(b"</svg>", label))
    assert list(load_drawing(path).labels) == ["axon"]
    assert load_drawing(path).artwork is load_artwork(path)


def test_a_picture_of_pixels_has_no_label_places(written: Writer) -> None:
    assert load_drawing(written("a.png", image_file("PNG"))).labels == {}


def test_pixels_are_fitted_to_the_box(written: Writer) -> None:
    path = written("a.png", image_file("PNG", (800, 400)))
    assert load_artwork(path, 72, 72) == Raster(300, 150, 3, bytes([0, 128, 128]) * 45_000)
    assert load_artwork(path).width == 800


# --- what was read before --------------------------------------------------------------------


def test_the_same_bytes_for_the_same_box_are_the_same_object(written: Writer) -> None:
    one, other = written("one.svg", SVG), written("other.svg", SVG)
    assert load_artwork(one) is load_artwork(other, 50, 50)
    photo = written("a.png", image_file("PNG", (900, 900)))
    assert load_artwork(photo, 72, 72) is load_artwork(photo, 72, 72)
    assert load_artwork(photo, 72, 72) is not load_artwork(photo, 36, 36)


def test_a_changed_file_is_read_again(written: Writer) -> None:
    before = load_artwork(written("a.svg", SVG))
    after = load_artwork(written("a.svg", SVG.replace(b"9 9", b"9 5")))
    assert (before.height, after.height) == (6.75, 3.75)


def test_what_was_read_is_kept_within_a_bound(
    written: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artwork, "_recent", artwork._Recent(100))
    paths = [written(f"{n}.png", image_file("PNG", (n, 4))) for n in (2, 3, 4, 5)]
    first = load_artwork(paths[0])
    load_artwork(paths[1])
    assert load_artwork(paths[0]) is first  # 24 and 36 bytes are kept
    load_artwork(paths[2])  # 48 more: the one that waited longest goes
    assert load_artwork(paths[0]) is first
    load_artwork(paths[3])
    assert load_artwork(paths[2]) is not load_artwork(paths[0])
    assert sum(map(artwork._weight, artwork._recent._drawings.values())) <= 100
    huge = written("huge.png", image_file("PNG", (9, 9)))
    assert load_artwork(huge) is not load_artwork(huge)


# --- bad input -------------------------------------------------------------------------------


def test_faults_name_the_picture_and_the_caller_chooses_the_error(written: Writer) -> None:
    path = written("logo.svg", SVG.replace(b"<rect", b"\n<text/><script/><rect"))
    with pytest.raises(ClinicError) as caught, located(SourceSpan("clinic.yaml", 7, 3)):
        load_artwork(path, error=ClinicError)
    assert [str(problem.span) for problem in caught.value.diagnostics] == [
        f"{path}:2:8",
        f"{path}:2:1",
    ]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.png", b"", "the picture file is empty"),
        ("words.png", b"not a picture", "the file is no picture, not PNG, JPEG or SVG"),
        ("page.svg", b"<html></html>", "the file holds <html>, not an SVG drawing"),
        ("a.png", image_file("GIF"), "the file is a GIF file, not PNG, JPEG or SVG"),
        ("a.jpg", image_file("WEBP"), "the file is a WebP file, not PNG, JPEG or SVG"),
        ("a.tif", image_file("TIFF"), "the file is a TIFF file, not PNG, JPEG or SVG"),
        ("a.bmp", image_file("BMP"), "the file is a BMP file, not PNG, JPEG or SVG"),
        ("logo.ai", b"%PDF-1.5 ...", "the file is a PDF or Illustrator file"),
        ("logo.eps", b"%!PS-Adobe-3.0", "the file is an EPS file"),
        ("logo.psd", b"8BPS\0\1", "the file is a Photoshop file"),
        ("logo.svgz", b"\x1f\x8b\x08\0", "the file is a compressed SVG file"),
        ("utf16.svg", SVG.decode().encode("utf-16"), "the file is no picture"),
        ("cut.png", image_file("PNG")[:-30], "the picture is broken or cut short"),
        ("cut.jpg", image_file("JPEG")[:300], "the picture is broken or cut short"),
        ("cut.svg", SVG[:-9], "the drawing is not well-formed XML: unclosed token"),
        ("fat.svg", SVG + b" " * 2_000_000, "the picture file is over 2 MB"),
        ("fat.png", image_file("PNG") + b"\0" * 10_000_000, "the picture file is over 10 MB"),
        ("fat.txt", b"x" * 10_000_001, "the picture file is over 10 MB"),
    ],
)
def test_a_file_that_is_no_good_picture_is_refused(
    name: str, content: bytes, message: str, written: Writer
) -> None:
    path = written(name, content)
    with pytest.raises(ContentError) as caught:
        load_artwork(path)
    (problem,) = caught.value.diagnostics
    assert message in problem.message
    assert problem.span.file == str(path)
    assert problem.hint


def refusal(path: Path) -> str:
    with pytest.raises(ContentError) as caught:
        load_artwork(path)
    (problem,) = caught.value.diagnostics
    assert problem.span == SourceSpan(str(path))
    return problem.message


def test_a_missing_picture_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.png") == "there is no such picture"
    assert refusal(tmp_path / ("long" * 100)).startswith(
        ("there is no such picture", "the picture cannot be read: file name too long")
    )


def test_what_is_not_a_plain_file_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "the picture is not a file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert refusal(tmp_path / "pipe.png") == "the picture is not a file"


def test_a_picture_that_may_not_be_read_is_refused(
    written: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = written("a.svg", SVG)
    monkeypatch.setattr(Path, "open", denied)
    assert refusal(path) == "the picture cannot be read: permission denied"
