"""Pictures in other forms: decoded once, cropped around their focus, silent on all but rights."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
from importlib import metadata

import pytest
from PIL import Image, ImageDraw

from sitegen.outputs import Form, Size
from sitegen.pictures.opened import known_of
from sitegen.pictures.rights import Rights
from sitegen.render.pictures import crop, made, recipe
from tests.colour_profiles import srgb_profile
from tests.picture_files import (
    CORNERS,
    FORMATS,
    QUALITY,
    SAID,
    SECRETS,
    Format,
    corners,
    iim,
    near,
    one,
    pixel,
    quarters,
    read,
    rgb,
    saved,
    secretive,
    smooth,
    turned,
    with_segment,
)

# One picture, many forms.


def test_forms_come_in_their_order_with_their_sizes_and_formats() -> None:
    forms = [Form(f, w, h, QUALITY[f]) for f in FORMATS for w, h in ((30, 20), (120, 90), (7, 9))]
    results = list(made(saved(smooth(), "JPEG"), forms))
    found = [((image.format or "").lower(), image.size) for image in map(read, results)]
    assert found == [(form.format, (form.width, form.height)) for form in forms]


def test_a_picture_is_decoded_once_for_all_its_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    real = Image.open

    def counting(*args: object, **more: object) -> Image.Image:
        opened.append(args)
        return real(*args, **more)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(Image, "open", counting)
    data = saved(smooth(), "JPEG")
    assert len(list(made(data, [Form("webp", w, w, 75) for w in (10, 20, 30)]))) == 3
    assert len(opened) == 1


@pytest.mark.parametrize("size", [(1600, 1200), (4000, 200), (300, 5000)])
def test_a_form_has_the_same_bytes_whatever_others_are_made_beside_it(size: Size) -> None:
    """Some of its forms may be kept from an earlier build, and need not be made again."""
    data = saved(smooth(size), "JPEG", quality=90)
    forms = [Form("jpeg", w, h, 80) for w, h in ((100, 75), (1200, 900), (1600, 1200), (30, 200))]
    together = list(made(data, forms))
    assert together == [next(made(data, [form])) for form in forms]
    assert together[::-1] == list(made(data, forms[::-1]))


@pytest.mark.parametrize("size, orientation", [((2800, 2600), 1), ((4000, 1500), 6)])
def test_a_form_of_a_large_photograph_is_the_same_whatever_others_are_missing(
    size: tuple[int, int], orientation: int
) -> None:
    """What the gallery has already is not made again: that must decide nothing."""
    pick = random.Random(1)
    image = Image.frombytes("RGB", (40, 30), pick.randbytes(3600)).resize(size)
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(image, "JPEG", exif=exif)
    forms = [Form("webp", 60, 40, 75), Form("jpeg", 1200, 675, 80, (20, 80))]
    forms += [Form("webp", 900, 600, 75), Form("webp", 1400, 1300, 75)]
    together = list(made(data, forms))
    assert [next(made(data, [form])) for form in forms] == together
    assert list(made(data, forms[::-1])) == together[::-1]


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_same_bytes_come_out_of_every_process(seed: str) -> None:
    data = secretive()
    forms = [Form(format, 60, 40, QUALITY[format]) for format in FORMATS]
    script = (
        "import sys, hashlib; from sitegen.outputs import Form; "
        "from sitegen.render.pictures import made, recipe; "
        "forms = [Form(*f) for f in eval(sys.argv[1])]; "
        "results = made(sys.stdin.buffer.read(), forms); "
        "print([hashlib.md5(r).hexdigest() for r in results], recipe().hex())"
    )
    command = [sys.executable, "-c", script, repr([tuple(form) for form in forms])]
    env = {"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed}
    ran = subprocess.run(command, input=data, capture_output=True, check=True, env=env)
    wanted = [hashlib.md5(r).hexdigest() for r in made(data, forms)]
    assert ran.stdout.decode().strip() == f"{wanted} {recipe().hex()}"


def test_the_recipe_is_asked_for_without_loading_pillow() -> None:
    script = (
        "import sys; from sitegen.render import pictures; pictures.recipe(); "
        "print('PIL' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert ran.stdout.strip() == b"False"
    assert len(recipe()) == 16


def test_other_codecs_are_another_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    before = recipe()
    monkeypatch.setattr(metadata, "version", lambda name: "0.1")
    assert recipe.__wrapped__() != before  # as another process would have it


# Crops.


@pytest.mark.parametrize("size", [(4000, 3000), (20_000, 500), (1, 1), (500, 20_000), (1201, 799)])
@pytest.mark.parametrize("shape", [(1200, 630), (1200, 1200), (48, 97), (1, 1)])
@pytest.mark.parametrize("focus", [(0, 0), (60, 30), (50, 50), (100, 100), (0, 100)])
def test_a_crop_has_the_forms_ratio_lies_in_the_picture_and_shows_the_focus(
    size: tuple[int, int], shape: tuple[int, int], focus: tuple[int, int]
) -> None:
    left, top, right, bottom = crop(size, Form("jpeg", *shape, 80, focus))
    assert 0 <= left < right <= size[0] and 0 <= top < bottom <= size[1]
    assert (right - left) / (bottom - top) == pytest.approx(shape[0] / shape[1])
    assert right - left == pytest.approx(size[0]) or bottom - top == pytest.approx(size[1])
    x, y = size[0] * focus[0] / 100, size[1] * focus[1] / 100
    assert left - 1e-6 <= x <= right + 1e-6 and top - 1e-6 <= y <= bottom + 1e-6


def test_what_is_in_focus_stays_in_sight_and_nothing_is_distorted() -> None:
    image = Image.new("RGB", (1000, 400), "white")
    ImageDraw.Draw(image).ellipse((780, 100, 880, 200), fill="black")
    result = read(one(saved(image, "PNG"), Form("png", 200, 200, focus=(83, 37))))
    dark = result.convert("L").point(lambda value: 255 if value < 128 else 0).getbbox()
    assert dark is not None
    left, top, right, bottom = dark
    assert abs((right - left) - (bottom - top)) <= 1 and 48 <= right - left <= 52


def test_a_panorama_is_made_narrow_and_cropped() -> None:
    data = saved(corners((20_000, 500)), "JPEG")
    forms = [Form("webp", 1400, 35, 75), Form("jpeg", 955, 500, 80)]
    wide, part = map(read, made(data, forms))
    assert (wide.size, part.size) == ((1400, 35), (955, 500))
    assert quarters(wide) == list(CORNERS)


def test_a_picture_of_one_pixel_is_one() -> None:
    data = saved(Image.new("RGB", (1, 1), "#336699"), "PNG")
    for format in FORMATS:
        result = read(one(data, Form(format, 1, 1, QUALITY[format])))
        assert result.size == (1, 1) and near(pixel(result), (0x33, 0x66, 0x99), 6)


# How it is held.


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_seen_as_its_camera_was_held(orientation: int) -> None:
    result = one(turned(orientation), Form("jpeg", 64, 48, 90))
    assert quarters(read(result)) == list(CORNERS)
    assert 0x0112 not in read(result).getexif()


def test_a_turned_picture_is_cropped_and_made_smaller_as_it_is_seen() -> None:
    image = corners((3000, 2000)).transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6
    for format in ("JPEG", "PNG"):
        forms = [Form("png", 150, 100), Form("png", 50, 100, focus=(0, 50))]
        whole, left = map(read, made(saved(image, format, exif=exif), forms))
        assert quarters(whole) == list(CORNERS)
        assert near(pixel(left, 0.5, 0.2), rgb(CORNERS[0])) and near(
            pixel(left, 0.5, 0.8), rgb(CORNERS[2])
        )


# What is told and what is not.


@pytest.mark.parametrize("format", FORMATS)
def test_rights_are_kept_and_secrets_are_not(format: Format) -> None:
    result = one(secretive(), Form(format, 80, 60, QUALITY[format]))
    image = read(result)
    known = known_of(image)
    assert (known.rights, known.located) == (SAID, False)
    exif = image.getexif()
    assert set(exif) == {0x013B, 0x8298} and not exif.get_ifd(0x8825)
    assert not exif.get_ifd(0x8769) and not exif.get_ifd(1)
    assert "icc_profile" not in image.info and "comment" not in image.info
    for secret in SECRETS:
        assert secret not in result
    assert b"GPS" not in result


@pytest.mark.parametrize("format", FORMATS)
def test_what_old_programs_read_is_kept_too(format: Format) -> None:
    exif = Image.Exif()
    exif[0x013B], exif[0x8298] = "A. Photographer", "2026 Quay"
    made_of = saved(smooth(), "JPEG", exif=exif)
    found = read(one(made_of, Form(format, 80, 60, QUALITY[format]))).getexif()
    assert (found[0x013B], found[0x8298]) == ("A. Photographer", "2026 Quay")


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_is_told_where_there_is_nothing_to_tell(format: Format) -> None:
    plain = saved(smooth(), "JPEG", icc_profile=srgb_profile(), comment=b"holiday", dpi=(300, 300))
    for data, bare in ((plain, False), (secretive(), True)):
        result = read(one(data, Form(format, 80, 60, QUALITY[format]), bare=bare))
        told = {"exif", "xmp", "comment", "icc_profile", "photoshop", "XML:com.adobe.xmp"}
        assert not told & set(result.info)


def test_rights_of_iptc_are_kept() -> None:
    fields = [(1, 90, b"\x1b%G"), (2, 80, "Zoë".encode()), (2, 110, b"Quay"), (2, 116, b"2026")]
    data = with_segment(saved(smooth(), "JPEG"), 0xED, iim(fields))
    result = read(one(data, Form("webp", 80, 60, 75)))
    assert known_of(result).rights == Rights("Zoë", "Quay", "2026")
