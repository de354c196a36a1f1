"""Colours of pictures: of whatever bits and profiles they come, readers see the right ones."""

from __future__ import annotations

import struct
import zlib

import pytest
from PIL import Image, ImageCms

from sitegen.outputs import Form
from tests.colour_profiles import gray_profile, ink_profile, wide_gamut
from tests.picture_files import as_png, chunk, corners, near, one, pixel, read, saved, smooth


def test_cmyk_is_shown_as_it_is_printed() -> None:
    """Also as Photoshop writes it, with Adobe's marker and its ink turned around."""
    red = Image.new("CMYK", (64, 48), (0, 255, 255, 0))
    for format in ("JPEG", "TIFF"):
        result = as_png(saved(red, format))
        assert result.mode == "RGB" and near(pixel(result), (255, 0, 0), 6)


@pytest.mark.parametrize("format", ["JPEG", "TIFF"])
def test_a_profile_of_cmyk_is_used(format: str) -> None:
    """One whose red is Lab's (45.1, 62, 42); no plain formula gives that."""
    red = Image.new("CMYK", (64, 48), (0, 255, 255, 0))
    result = pixel(as_png(saved(red, format, icc_profile=ink_profile((115, 190, 170)))))
    assert near(result, (201, 40, 41), 4)


def test_lab_is_shown() -> None:
    profiles = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    red = Image.new("RGB", (64, 48), (208, 32, 32))
    lab = ImageCms.profileToProfile(red, *profiles, outputMode="LAB")
    assert lab is not None
    assert near(pixel(as_png(saved(lab, "TIFF"))), (208, 32, 32), 4)


def test_a_broken_or_foreign_profile_is_ignored() -> None:
    image = Image.new("RGB", (64, 48), (10, 200, 30))
    cut = wide_gamut()[:200]
    for profile in (b"", b"profile", cut, gray_profile(1.0), b"\0" * 3000):
        for format in ("JPEG", "PNG"):
            found = pixel(as_png(saved(image, format, icc_profile=profile)))
            assert near(found, (10, 200, 30), 4)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_other_colours_become_srgb(format: str) -> None:
    """By Adobe RGB's primaries and a gamma of 2.2: sRGB's (144, 144, 144) stays, green grows."""
    image = Image.new("RGB", (64, 48), (100, 150, 100))
    result = as_png(saved(image, format, icc_profile=wide_gamut()))
    assert "icc_profile" not in result.info
    assert near(pixel(result), (66, 151, 97), 5), pixel(result)
    gray = Image.new("RGB", (64, 48), (128, 128, 128))
    assert near(pixel(as_png(saved(gray, format, icc_profile=wide_gamut()))), (128, 128, 128))


def test_transparency_survives_other_colours() -> None:
    image = Image.new("RGBA", (64, 48), (100, 150, 100, 90))
    result = as_png(saved(image, "PNG", icc_profile=wide_gamut()))
    assert near(pixel(result, mode="RGBA"), (66, 151, 97, 90), 5)


def test_gray_with_a_profile_of_its_own_is_shown_rightly() -> None:
    gray = Image.new("L", (64, 48), 55)
    result = as_png(saved(gray, "PNG", icc_profile=gray_profile(1.0)))
    # Linear 55/255 is 0.2157; sRGB writes that as 128.
    assert result.mode == "L" and near(pixel(result), (128, 128, 128), 3)


def _deep(mode: str, value: float) -> Image.Image:
    image = Image.new(mode, (64, 48), int(value) if mode != "F" else value)
    image.paste(0, (32, 0, 64, 48))
    return image


@pytest.mark.parametrize(
    "image, format, dark, light",
    [
        (_deep("I;16", 0x8000), "PNG", 128, 0),
        (_deep("I;16", 0xFFFF), "TIFF", 255, 0),
        (_deep("F", 0.5), "TIFF", 128, 0),
        (_deep("F", 200.0), "TIFF", 200, 0),
        (_deep("F", -5.0), "TIFF", 0, 0),
        (_deep("F", float("nan")), "TIFF", 0, 0),
        (_deep("I", 70_000), "TIFF", 255, 0),
        (_deep("1", 1), "PNG", 255, 0),
        (_deep("1", 1), "TIFF", 255, 0),
        (_deep("L", 77), "BMP", 77, 0),
    ],
)
def test_many_bits_few_bits_and_floats_are_shown(
    image: Image.Image, format: str, dark: int, light: int
) -> None:
    data = saved(image, format)
    for width, height in ((64, 48), (8, 6)):
        result = as_png(data, width, height)
        assert near(pixel(result, 0.2), (dark,) * 3) and near(pixel(result, 0.9), (light,) * 3)


def test_sixteen_bits_of_three_colours_are_shown() -> None:
    row = b"\0" + (b"\xff\xff" + b"\x80\x00" + b"\x00\x00") * 8
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 4, 16, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(row * 4)) + chunk(b"IEND", b"")
    result = as_png(b"\x89PNG\r\n\x1a\n" + head + body, 8, 4)
    assert near(pixel(result), (255, 128, 0))


def _glass(mode: str) -> bytes:
    """Red on the left, to be seen through on the right."""
    image = Image.new("RGBA", (64, 48), (0, 0, 0, 0))
    image.paste((208, 32, 32, 255), (0, 0, 32, 48))
    if mode == "P":
        flat = Image.new("P", (64, 48), 1)
        flat.putpalette([208, 32, 32, 0, 0, 0])
        flat.paste(0, (0, 0, 32, 48))
        return saved(flat, "PNG", transparency=1)
    if mode == "key":
        return saved(image.convert("RGB"), "PNG", transparency=(0, 0, 0))
    return saved(image.convert(mode), "PNG")


@pytest.mark.parametrize("mode", ["P", "RGBA", "LA", "key"])
def test_what_can_be_seen_through_is_kept_or_white(mode: str) -> None:
    data = _glass(mode)
    for format in ("png", "webp", "avif"):
        result = read(one(data, Form(format, 32, 24, 90)))
        assert pixel(result, 0.9, mode="RGBA")[3] <= 2 and pixel(result, 0.2, mode="RGBA")[3] >= 253
    for form in (Form("jpeg", 32, 24, 90), Form("png", 32, 24, opaque=True)):
        result = read(one(data, form))
        assert result.mode in {"RGB", "L"} and near(pixel(result, 0.9), (255, 255, 255), 4)
        if mode != "LA":
            assert near(pixel(result, 0.2), (208, 32, 32), 9)


def test_drawings_lose_nothing_and_photographs_lose_what_is_not_seen() -> None:
    plot = corners().convert("P", palette=Image.Palette.ADAPTIVE)
    drawn = one(saved(plot, "PNG"), Form("webp", 64, 48, 75))
    assert drawn[12:16] == b"VP8L"
    assert one(saved(smooth(), "JPEG"), Form("webp", 64, 48, 75))[12:16] == b"VP8 "
    sampling = [
        read(one(data, Form("jpeg", 64, 48, 80))).layer[0][1:3]  # type: ignore[attr-defined]  # of a JPEG
        for data in (saved(plot, "PNG"), saved(smooth(), "JPEG"))
    ]
    assert sampling == [(1, 1), (2, 2)]
