"""Nasty pictures: each is rendered rightly or refused in words, in little memory."""

from __future__ import annotations

import json
import pickle
import random
import subprocess
import sys
from collections.abc import Callable

import pytest
from PIL import Image

from sitegen.outputs import Form
from sitegen.pictures.opened import known_of
from sitegen.pictures.rights import Rights
from sitegen.render.broken import PictureBroken
from sitegen.render.pictures import made
from tests.colour_profiles import wide_gamut
from tests.picture_files import (
    CORNERS,
    XMP,
    Format,
    as_png,
    corners,
    jpeg_bomb,
    near,
    one,
    pixel,
    png_bomb,
    quarters,
    read,
    rgb,
    saved,
    smooth,
    with_segment,
)

# Nasty ones.


@pytest.mark.parametrize("format", ["jpeg", "png", "webp"])
def test_of_what_moves_the_first_picture_is_made(format: Format) -> None:
    frames = [Image.new("RGB", (64, 48), colour) for colour in ("#d02020", "#2040d0")]
    for kind in ("GIF", "WEBP", "PNG", "AVIF"):
        data = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
        result = read(one(data, Form(format, 32, 24, 90)))
        assert near(pixel(result), rgb("#d02020"), 9)
        assert getattr(result, "n_frames", 1) == 1


def test_two_pictures_in_one_jpeg_and_pictures_in_several_scans() -> None:
    first, second = corners((800, 600)), smooth((800, 600))
    both = saved(first, "MPO", save_all=True, append_images=[second])
    scans = saved(first, "JPEG", progressive=True)
    for data in (both, scans):
        assert quarters(as_png(data)) == list(CORNERS)


def test_a_lying_name_does_no_harm() -> None:
    """Names are not even asked for."""
    assert quarters(as_png(saved(corners(), "BMP"))) == list(CORNERS)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP"])
def test_a_picture_that_ends_too_early_is_refused(format: str) -> None:
    data = saved(smooth(), format)
    with pytest.raises(PictureBroken) as caught:
        one(data[: len(data) // 2], Form("jpeg", 64, 48, 80))
    assert str(caught.value) and str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.parametrize(
    "data, words",
    [
        (b"", "it is empty"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\xff\x0a", "JPEG XL"),
        (b"8BPS\0\1", "Photoshop"),
        (b"<!DOCTYPE html><p>Not found", "web page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"nothing", "no picture"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(PictureBroken, match=words):
        one(data, Form("jpeg", 64, 48, 80))


def test_broken_metadata_does_not_break_a_picture() -> None:
    good = saved(corners(), "JPEG", quality=95)
    bomb = XMP.replace("<x:xmpmeta", "<!DOCTYPE x [<!ENTITY a 'aa'>]><x:xmpmeta")
    for data in (
        with_segment(good, 0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff"),
        with_segment(good, 0xE1, b"Exif\0\0nonsense"),
        with_segment(good, 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + bomb.encode()),
        with_segment(good, 0xE1, b"http://ns.adobe.com/xap/1.0/\0<x><"),
        with_segment(good, 0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\xff\xff\xff\xff"),
    ):
        result = as_png(data)
        assert quarters(result) == list(CORNERS)
        assert known_of(result).rights == Rights()


def test_noise_of_the_highest_quality_fits() -> None:
    noise = Image.effect_noise((256, 256), 200)
    data = saved(Image.merge("RGB", [noise, noise.rotate(90), noise.rotate(180)]), "PNG")
    for quality in (90, 94, 95, 100):
        assert read(one(data, Form("jpeg", 256, 256, quality))).size == (256, 256)


# How much memory it takes.

_MEASURE = """
import json, re, sys
from sitegen.outputs import Form
from sitegen.render.broken import PictureBroken
from sitegen.render.pictures import made
forms = [Form("webp", 480, 360, 75), Form("jpeg", 1200, 630, 80), Form("jpeg", 1200, 1200, 80)]
for data in (open(path, "rb").read() for path in sys.argv[1:]):
    try:
        said = [len(result) for result in made(data, forms)]
    except PictureBroken as error:
        said = str(error)
    # What getrusage says begins with what the parent had when it started this process.
    peak = int(re.search("VmHWM:[^0-9]+([0-9]+)", open("/proc/self/status").read())[1]) // 1024
    print(json.dumps([said, peak]))
"""


def measured(data: bytes, path: Callable[[bytes], str]) -> tuple[object, int]:
    """What came of it in a process of its own, and the megabytes that it had at most."""
    command = [sys.executable, "-c", _MEASURE, path(data)]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 0 and ran.stderr == "", ran.stderr
    said, peak = json.loads(ran.stdout)
    return said, peak


@pytest.fixture
def file(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], str]:
    def write(data: bytes) -> str:
        path = tmp_path_factory.mktemp("bomb") / "picture"
        path.write_bytes(data)
        return str(path)

    return write


def test_three_hundred_million_pixels_are_refused(file: Callable[[bytes], str]) -> None:
    bomb = png_bomb(20_000, 15_000)
    assert len(bomb) < 5_000_000
    said, peak = measured(bomb, file)
    assert str(said).startswith("it has 300 million pixels (20000 by 15000)") and peak < 80
    for data in (jpeg_bomb(20_000, 15_000), jpeg_bomb(20_000, 6_000, progressive=True)):
        said, peak = measured(data, file)
        assert "million pixels" in str(said) and peak < 80


def test_a_webp_that_says_it_is_huge_gets_no_canvas(file: Callable[[bytes], str]) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    data = bytearray(saved(frames[0], "WEBP", save_all=True, append_images=frames[1:]))
    data[24:30] = b"\xff\xff\x3f\xff\x03\x00"
    said, peak = measured(bytes(data), file)
    assert "million pixels" in str(said) and peak < 80


def test_large_photographs_take_little_memory(file: Callable[[bytes], str]) -> None:
    """A hundred million pixels: a quarter each way is decoded, which is 25 MB."""
    data = saved(Image.new("L", (12_000, 9_000), 90), "JPEG")
    said, peak = measured(data, file)
    assert isinstance(said, list) and peak < 150
    large = png_bomb(6_000, 5_000)
    said, peak = measured(large, file)
    assert isinstance(said, list) and peak < 230


# Whatever bytes there are.


def _valid() -> list[bytes]:
    small = smooth((48, 36))
    exif = Image.Exif()
    exif[0x0112] = 6
    frames = [small, corners((48, 36))]
    icc = wide_gamut()
    return [
        saved(small, "JPEG", exif=exif, xmp=XMP.encode(), icc_profile=icc),
        saved(small, "JPEG", progressive=True),
        saved(small.convert("CMYK"), "JPEG"),
        saved(small, "PNG", exif=exif, icc_profile=icc),
        saved(small.convert("P"), "PNG", transparency=3),
        saved(small, "GIF"),
        saved(small, "WEBP", exif=exif, xmp=XMP.encode()),
        saved(frames[0], "WEBP", save_all=True, append_images=frames[1:]),
        saved(small, "AVIF", exif=exif),
        saved(small, "TIFF", compression="tiff_lzw"),
        saved(small, "TIFF", compression="jpeg"),
        saved(small, "TIFF"),
        saved(small, "BMP"),
    ]


@pytest.mark.parametrize("family", ["tiff", "all others"])
def test_damaged_bytes_give_a_picture_or_a_refusal(
    capfd: pytest.CaptureFixture[str], family: str
) -> None:
    chance = random.Random(20261124)
    files = [data for data in _valid() if (data[:2] == b"II") == (family == "tiff")]
    forms = [Form("jpeg", 24, 24, 80), Form("webp", 12, 9, 75)]
    outcomes: list[str | list[tuple[int, int]]] = []
    for number in range(100 if family == "tiff" else 400):
        data = bytearray(files[number % len(files)])
        for _ in range(chance.choice((1, 3, 10))):
            bit = chance.randrange(min(len(data), chance.choice((64, 600, 10**9))) * 8)
            data[bit // 8] ^= 1 << bit % 8
        try:
            outcomes.append([read(result).size for result in made(bytes(data), forms)])
        except PictureBroken as error:
            outcomes.append(str(error))
    assert {type(outcome) for outcome in outcomes} == {list, str}
    assert [o for o in outcomes if isinstance(o, list) and o != [(24, 24), (12, 9)]] == []
    told = capfd.readouterr()
    # libtiff writes to the terminal what is wrong, and Pillow has no switch for it.
    assert told.out == "" and (family == "tiff" or told.err == "")
