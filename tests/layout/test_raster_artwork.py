import io
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageStat

from handouts.diagnostics import ContentError, HandoutError
from handouts.layout.pages import Raster
from handouts.layout.raster_artwork import JPEG_DPI, PRINT_DPI, read_raster

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def scene(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> Image.Image:
    """Blue at the upper left, fading to white: not the same from any two sides."""
    image = Image.linear_gradient("L").resize(size)
    turned = Image.linear_gradient("L").rotate(90).resize(size)
    blue = Image.new("L", size, 200)
    return Image.merge("RGB", (image, turned, blue)).convert(mode)


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def pixels(raster: Raster) -> Image.Image:
    if raster.is_jpeg:
        return Image.open(io.BytesIO(raster.samples))
    mode = {1: "L", 3: "RGB"}[raster.channels]
    return Image.frombytes(mode, (raster.width, raster.height), raster.samples)


def difference(one: Image.Image, other: Image.Image) -> float:
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)


def png(width: int, height: int, rows: bytes, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG file of given header and unpacked rows."""

    def chunk(name: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + check

    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    packed = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + packed + chunk(b"IEND", b"")


# --- what a picture becomes ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "channels"), [("RGB", 3), ("L", 1), ("1", 1), ("P", 3), ("RGBA", 3), ("LA", 1)]
)
def test_a_png_keeps_its_pixels(mode: str, channels: int) -> None:
    image = scene(mode)
    raster = read_raster(saved(image), "a.png")
    assert (raster.width, raster.height, raster.channels) == (60, 40, channels)
    assert not raster.is_jpeg
    assert difference(pixels(raster), image.convert("RGB" if channels == 3 else "L")) == 0


def test_sixteen_bit_gray_is_scaled_and_not_cut_off() -> None:
    image = Image.new("I;16", (2, 1))
    image.putpixel((0, 0), 65535)
    image.putpixel((1, 0), 0x4000)
    assert read_raster(saved(image), "a.png").samples == bytes([255, 63])


def test_sixteen_bit_colour_becomes_eight_bit() -> None:
    row = b"\0" + struct.pack(">3H", 0xFFFF, 0x8000, 0)
    raster = read_raster(png(1, 1, row, depth=16, colour=2), "a.png")
    assert raster.samples == bytes([255, 128, 0])


def test_transparency_is_laid_on_white() -> None:
    image = Image.new("RGBA", (2, 1), (200, 0, 0, 0))
    image.putpixel((1, 0), (200, 0, 0, 128))
    raster = read_raster(saved(image), "a.png")
    assert raster.samples == bytes([255, 255, 255, 227, 127, 127])


def test_a_transparent_colour_of_a_palette_becomes_white() -> None:
    image = Image.new("P", (2, 1))
    image.putpalette([9, 9, 9, 40, 50, 60])
    image.putpixel((1, 0), 1)
    raster = read_raster(saved(image, transparency=0), "a.png")
    assert raster.samples == bytes([255, 255, 255, 40, 50, 60])


def test_transparent_gray_stays_gray() -> None:
    image = Image.new("LA", (1, 1), (0, 128))
    assert read_raster(saved(image), "a.png").samples == bytes([127])


def test_a_baseline_jpeg_is_kept_as_it_is() -> None:
    data = saved(scene(), "JPEG")
    raster = read_raster(data, "a.jpg")
    assert raster == Raster(60, 40, 3, data, is_jpeg=True)
    gray = saved(scene("L"), "JPEG")
    assert read_raster(gray, "a.jpg") == Raster(60, 40, 1, gray, is_jpeg=True)


def test_what_a_camera_notes_about_place_and_time_is_left_out() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Jane Doe"
    exif.get_ifd(0x8825)[1] = "N"
    data = saved(scene(), "JPEG", exif=exif, comment=b"ward 3", icc_profile=SRGB)
    raster = read_raster(data + b"a video after the end", "a.jpg")
    assert raster.samples == saved(scene(), "JPEG")


def test_a_progressive_jpeg_becomes_baseline_and_looks_the_same() -> None:
    data = saved(scene(), "JPEG", progressive=True)
    raster = read_raster(data, "a.jpg")
    shown = pixels(raster)
    assert "progressive" not in shown.info
    assert difference(shown, Image.open(io.BytesIO(data))) < 1


def test_a_jpeg_whose_colours_are_not_marked_is_packed_again() -> None:
    plain = saved(scene(), "JPEG")
    unmarked = plain[:2] + plain[plain.index(b"\xff\xdb") :]
    raster = read_raster(unmarked, "a.jpg")
    assert raster.samples.startswith(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    assert difference(pixels(raster), scene()) < 3


def test_a_cmyk_jpeg_becomes_rgb() -> None:
    data = saved(scene("CMYK"), "JPEG", quality=95)
    raster = read_raster(data, "a.jpg")
    assert (raster.channels, raster.is_jpeg) == (3, True)
    assert difference(pixels(raster), scene()) < 3


@pytest.mark.parametrize("turned", range(2, 9))
def test_a_photograph_stands_upright(turned: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turned
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    held = scene().transpose(undo[turned])
    raster = read_raster(saved(held, "JPEG", exif=exif, quality=95), "a.jpg")
    assert (raster.width, raster.height) == (60, 40)
    assert difference(pixels(raster), scene()) < 3


def test_broken_camera_notes_do_not_spoil_a_photograph() -> None:
    data = saved(scene(), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x09\0\x0f\x01\x02\0\xff\xff")
    assert read_raster(data, "a.jpg").samples == saved(scene(), "JPEG")


# --- colour profiles -------------------------------------------------------------------------


RED_IS_GREEN = (
    SRGB.replace(b"rXYZ", b"tXYZ", 1)
    .replace(b"gXYZ", b"rXYZ", 1)
    .replace(b"tXYZ", b"gXYZ", 1)
    .replace("sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be"))
)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_an_embedded_profile_is_brought_to_srgb(kind: str) -> None:
    image = Image.new("RGB", (8, 8), (220, 20, 20))
    data = saved(image, kind, icc_profile=RED_IS_GREEN)
    shown = pixels(read_raster(data, "a")).getpixel((4, 4))
    assert shown == pytest.approx((20, 220, 20), abs=8)


def test_a_transparent_picture_with_a_profile_is_brought_to_srgb() -> None:
    image = Image.new("RGBA", (1, 1), (220, 20, 20, 255))
    raster = read_raster(saved(image, icc_profile=RED_IS_GREEN), "a.png")
    assert list(raster.samples) == pytest.approx([20, 220, 20], abs=8)


@pytest.mark.parametrize(
    ("mode", "profile"), [("RGB", SRGB), ("RGB", b"no profile"), ("L", RED_IS_GREEN)]
)
def test_a_profile_that_says_nothing_new_changes_nothing(mode: str, profile: bytes) -> None:
    image = scene(mode)
    raster = read_raster(saved(image, icc_profile=profile), "a.png")
    assert difference(pixels(raster), image) == 0


# --- size ------------------------------------------------------------------------------------


def test_a_picture_is_sampled_down_to_what_print_can_show() -> None:
    raster = read_raster(saved(scene(size=(1200, 800))), "a.png", 144, 300)
    assert (raster.width, raster.height) == (2 * PRINT_DPI, 2 * PRINT_DPI * 800 // 1200)


def test_the_tighter_side_of_the_box_decides() -> None:
    raster = read_raster(saved(scene(size=(1200, 800))), "a.png", 288, 48)
    assert raster.height == 48 * PRINT_DPI // 72


def test_a_picture_is_never_sampled_up() -> None:
    raster = read_raster(saved(scene()), "a.png", 600, 600)
    assert (raster.width, raster.height) == (60, 40)


def test_a_jpeg_a_little_finer_than_print_is_kept() -> None:
    data = saved(scene(size=(JPEG_DPI, 100)), "JPEG")
    assert read_raster(data, "a.jpg", 72, 72).samples == data
    smaller = read_raster(data, "a.jpg", 71, 72)
    assert (smaller.is_jpeg, smaller.width) == (True, PRINT_DPI * 71 // 72)
    assert len(smaller.samples) < len(data)


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = saved(scene(size=(900, 600)), "JPEG")
    assert read_raster(data, "a.jpg", 72, 72) == read_raster(data, "b.jpg", 72, 72)


# --- bad input -------------------------------------------------------------------------------


def refusal(data: bytes) -> str:
    with pytest.raises(ContentError) as caught:
        read_raster(data, "bad.png")
    (problem,) = caught.value.diagnostics
    assert problem.span.file == "bad.png"
    assert problem.hint
    return problem.message


@pytest.mark.parametrize("side", [5_001, 10_000, 15_000, 60_000])
def test_a_bomb_is_refused_before_it_is_unpacked(side: int) -> None:
    assert refusal(png(side, side, b"")) == "the picture has more than 25 million pixels"


def test_a_picture_that_claims_more_than_it_holds_is_refused() -> None:
    assert refusal(png(4_000, 4_000, b"\0" * 100)) == "the picture is broken or cut short"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_picture_cut_short_is_refused(kind: str, part: float) -> None:
    data = saved(scene(size=(300, 200)), kind)
    assert refusal(data[: int(len(data) * part)]) == "the picture is broken or cut short"


def test_a_picture_without_size_is_refused() -> None:
    assert refusal(png(0, 5, b"")) == "the picture is broken or cut short"


def test_a_picture_with_flipped_bits_is_refused() -> None:
    data = bytearray(saved(scene()))
    data[len(data) // 2] ^= 0x55
    assert refusal(bytes(data)) == "the picture is broken or cut short"


def test_a_picture_of_a_hidden_kind_is_refused() -> None:
    assert refusal(saved(scene(), "GIF")) == "the picture is broken or cut short"


def test_an_animated_picture_is_refused() -> None:
    frames = [scene(), scene().rotate(180)]
    data = saved(frames[0], "PNG", save_all=True, append_images=frames[1:])
    assert refusal(data) == "the picture is animated"


@settings(deadline=None)
@given(st.data())
def test_a_damaged_picture_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(["PNG", "JPEG"]))
    whole = saved(scene(), kind, icc_profile=SRGB)
    start = data.draw(st.integers(8, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 30)))
    damaged = whole[:start] + data.draw(st.binary(max_size=12)) + whole[end:]
    try:
        raster = read_raster(damaged, "damaged")
    except HandoutError:
        return
    assert raster.is_jpeg or len(raster.samples) == raster.width * raster.height * raster.channels
