"""What is known of a picture's file: from its first bytes, and whatever its name says."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image as pillow

from sitegen.outputs import Image
from sitegen.pictures.rights import Rights
from sitegen.read.pictures import image_of
from tests.picture_files import (
    SAID,
    XMP,
    corners,
    iim,
    jpeg_bomb,
    png_bomb,
    saved,
    secretive,
    smooth,
    turned,
    with_segment,
)


def image(path: Path) -> Image:
    found = image_of(str(path))
    assert found is not None
    return found


BOMB = (
    "<!DOCTYPE svg [<!ENTITY a '1'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
    "<svg width='&b;' height='2'/>"
)


@pytest.mark.parametrize(
    "text, size",
    [
        ('<svg width="640" height="480"/>', (640, 480)),
        ('<svg xmlns="http://www.w3.org/2000/svg" height="30px" width="10.4"/>', (10, 30)),
        ('<svg width="1in" height="2.54cm"/>', (96, 96)),
        ('<svg width="100%" height="auto" viewBox="0 0 3 2"/>', (1200, 800)),
        ('<svg viewBox="-5,-5, 400 100"/>', (1200, 300)),
        ('<svg width="300" viewBox="0 0 30 10"/>', (300, 100)),
        ('<svg height="50" viewBox="0 0 30 10"/>', (150, 50)),
        (
            '<?xml version="1.0"?>\n<!-- <svg width="1" height="1"> -->\n<svg:svg xmlns:svg="x" '
            'width="8" height="9">',
            (8, 9),
        ),
        ('<svg width="3"/>', None),
        ('<svg width="0" height="5"/>', None),
        ('<svg width="1e9" height="5"/>', None),
        ('<svg width="999999999" height="5"/>', None),
        ('<svg viewBox="0 0 0 0"/>', None),
        ('<svg viewBox="0 0 nan inf"/>', None),
        ('<html width="3" height="4"/>', None),
        ("no picture", None),
        ("", None),
        (BOMB, None),
    ],
)
def test_a_drawing_is_as_large_as_it_says(
    tmp_path: Path, text: str, size: tuple[int, int] | None
) -> None:
    path = tmp_path / "map.SVG"
    path.write_text(text, encoding="utf-8")
    assert image(path).size == size


def test_a_drawing_may_begin_with_a_long_comment_in_any_encoding(tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    path.write_bytes(b"<!--" + b" " * 100_000 + b'--><svg width="1" height="1"/>')
    assert image(path).size == (1, 1)
    path.write_bytes('<svg width="12" height="8"/>'.encode("utf-16"))
    assert image(path).size == (12, 8)
    assert image(tmp_path / "missing.svg").trouble


def looked_at(folder: Path, name: str, data: bytes) -> Image:
    path = folder / name
    path.write_bytes(data)
    return image(path)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF"])
@pytest.mark.parametrize("name", ["a.jpg", "a.JPEG", "a.jfif", "a.png", "a.heic", "a.tiff"])
def test_a_picture_is_what_its_bytes_are(tmp_path: Path, kind: str, name: str) -> None:
    found = looked_at(tmp_path, name, saved(smooth(), kind))
    assert (found.size, found.format, found.trouble) == ((320, 240), kind.lower(), "")
    assert (found.moving, found.transparent, found.located) == (False, False, False)
    assert found.drawn == (kind in {"GIF", "PNG"})


def test_other_files_are_no_pictures(tmp_path: Path) -> None:
    for name in ("a.mp3", "a.pdf", "jpg", "a"):
        (tmp_path / name).write_bytes(saved(smooth(), "JPEG"))
        assert image_of(str(tmp_path / name)) is None


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_as_large_as_it_is_shown(tmp_path: Path, orientation: int) -> None:
    assert looked_at(tmp_path, "a.jpg", turned(orientation)).size == (64, 48)


def test_what_can_be_seen_through_and_what_is_drawn_is_known(tmp_path: Path) -> None:
    glass = pillow.new("RGBA", (9, 9), (1, 2, 3, 4))
    for kind in ("PNG", "WEBP", "AVIF"):
        assert looked_at(tmp_path, "a.png", saved(glass, kind)).transparent
    flat = corners().convert("P", palette=pillow.Palette.ADAPTIVE)
    assert looked_at(tmp_path, "a.png", saved(flat, "PNG")).drawn
    noise = pillow.merge("RGB", [pillow.effect_noise((99, 99), 90)] * 3)
    assert not looked_at(tmp_path, "a.png", saved(noise, "PNG")).drawn


@pytest.mark.parametrize(
    "kind, name", [("GIF", "gif"), ("WEBP", "webp"), ("PNG", "apng"), ("AVIF", "avif")]
)
def test_what_moves_is_known_and_must_not_be_called_otherwise(
    tmp_path: Path, kind: str, name: str
) -> None:
    data = saved(corners(), kind, save_all=True, append_images=[smooth((64, 48))], duration=90)
    found = looked_at(tmp_path, f"a.{name}", data)
    assert found.moving and not found.trouble
    for other in ("jpg", "webp" if name == "gif" else "gif"):
        found = looked_at(tmp_path, f"a.{other}", data)
        assert f"it is a moving picture, a {kind}" in found.trouble and "ending" in found.remedy


def test_two_pictures_in_one_jpeg_do_not_move(tmp_path: Path) -> None:
    data = saved(corners(), "MPO", save_all=True, append_images=[smooth((64, 48))])
    found = looked_at(tmp_path, "a.jpg", data)
    assert (found.format, found.moving, found.trouble) == ("jpeg", False, "")


@pytest.mark.parametrize(
    "name, data, trouble, remedy",
    [
        ("a.jpg", b"", "it is empty", "copy it"),
        ("a.svg", b"", "it is empty", "copy it"),
        (
            "a.jpg",
            b"version https://git-lfs.github.com/spec/v1\n",
            "a pointer of Git LFS",
            "lfs pull",
        ),
        (
            "a.svg",
            b"version https://git-lfs.github.com/spec/v1\n",
            "a pointer of Git LFS",
            "lfs pull",
        ),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC", "JPEG"),
        ("a.jpg", b"\0\0\0\x18ftypmif1\0\0\0\0heic", "HEIC", "JPEG"),
        ("a.jxl", b"\xff\x0a\0", "JPEG XL", "JPEG"),
        ("a.jxl", b"\0\0\0\x0cJXL \r\n\x87\n", "JPEG XL", "JPEG"),
        ("a.tif", b"8BPS\0\x01", "Photoshop", "export"),
        ("a.jpg", b"\n<!doctype html><title>404", "a web page", "download"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "(SVG)", ".svg"),
        ("a.png", b"nothing", "no picture", "once more"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "damaged", "once more"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0", "damaged", "once more"),
        ("a.jpg", jpeg_bomb(20_000, 15_000), "it has 300 million pixels", "smaller"),
        ("a.png", png_bomb(20_000, 15_000)[:200], "it has 300 million pixels", "smaller"),
        ("a.svg", saved(corners(), "PNG"), "no XML", "SVG"),
        ("a.svg", b"<html/>", "its first element is html", "SVG"),
        ("a.svg", b"<svg width='1' height='1'/>", "do not know it", "xmlns="),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'>\n<g></svg>", "in line 2", "SVG"),
    ],
)
def test_what_readers_could_not_see_is_told_with_a_remedy(
    tmp_path: Path, name: str, data: bytes, trouble: str, remedy: str
) -> None:
    found = looked_at(tmp_path, name, data)
    assert trouble in found.trouble and remedy in found.remedy, found


def test_a_missing_picture_is_told(tmp_path: Path) -> None:
    assert (
        image(tmp_path / "missing.jpg").trouble == "it cannot be read (No such file or directory)"
    )


def test_large_photographs_are_no_trouble(tmp_path: Path) -> None:
    assert looked_at(tmp_path, "a.jpg", jpeg_bomb(16_384, 12_288)).size == (16_384, 12_288)
    assert looked_at(tmp_path, "b.jpg", jpeg_bomb(9_000, 9_000, progressive=True)).trouble == ""


def rights(found: Image) -> Rights:
    return Rights(found.creator, found.credit, found.copyright, found.license, found.source_type)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF"])
def test_what_a_picture_says_of_its_rights_is_known(tmp_path: Path, kind: str) -> None:
    found = looked_at(tmp_path, "a.jpg", saved(smooth(), kind, xmp=XMP.encode()))
    assert rights(found) == SAID and found.located


def test_where_a_picture_was_taken_is_seen_in_exif_too(tmp_path: Path) -> None:
    assert looked_at(tmp_path, "a.jpg", secretive(xmp="")).located
    assert rights(looked_at(tmp_path, "a.jpg", secretive(xmp=""))).creator == "Somebody"


def test_iptc_is_read_in_its_encodings(tmp_path: Path) -> None:
    for fields in (
        [(1, 90, b"\x1b%G"), (2, 80, "Zoë".encode()), (2, 80, b"Max")],
        [(2, 80, "Zoë".encode()), (2, 80, b"Max")],
        [(2, 80, "Zoë".encode("cp1252")), (2, 80, b"Max")],
    ):
        data = with_segment(saved(smooth(), "JPEG"), 0xED, iim(fields))
        assert looked_at(tmp_path, "a.jpg", data).creator == "Zoë, Max"
