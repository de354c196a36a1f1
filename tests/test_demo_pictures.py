"""The demo newspaper's pictures: small files, large enough for every crop, described and signed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image

from sitegen.read.matter import read_matter

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
PICTURES = sorted(p for p in CONTENT.rglob("*") if p.suffix in {".png", ".jpg"})
SECTIONS = ("politics", "harbour", "city", "culture", "sport", "opinion")


def heroes() -> Iterator[tuple[Path, dict[str, Any]]]:
    for article in sorted(CONTENT.rglob("*.md")):
        if "authors" in article.parts:
            continue
        image = read_matter(article.read_text(encoding="utf-8"), str(article)).values.get("image")
        if image:
            yield article, image


HEROES = list(heroes())


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.name)
def test_a_picture_is_a_small_file(picture: Path) -> None:
    assert picture.stat().st_size < 60_000


@pytest.mark.parametrize(("article", "image"), HEROES, ids=lambda value: getattr(value, "stem", ""))
def test_a_hero_can_be_cut_to_every_shape_and_says_what_it_shows(
    article: Path, image: dict[str, Any]
) -> None:
    with Image.open(article.parent / image["src"]) as picture:
        width, height = picture.size
    for across, down in ((16, 9), (4, 3), (1, 1), (1.91, 1)):
        assert min(width, height * across / down) >= 1200, f"{across}:{down}"
    assert len(image["alt"]) > 40 and image["caption"] and image["credit"] and image["focus"]
    assert image["alt"] != image["caption"]
    assert not image["alt"].lower().startswith(("image of", "picture of", "photo"))


def test_nearly_every_article_has_a_hero() -> None:
    articles = [p for p in CONTENT.rglob("*.md") if p.relative_to(CONTENT).parts[0] in SECTIONS]
    with_hero = {article for article, _ in HEROES}
    assert {p.stem for p in articles} - {p.stem for p in with_hero} == {
        "harbour-office-memo",  # withdrawn
        "lantern-week-closures",  # a notice, gone when the week was over
        "lowgate-time-capsule",  # not before 2034
        "weekend-results",  # tables only
    }


def test_no_picture_is_left_over() -> None:
    texts = "".join(p.read_text(encoding="utf-8") for p in CONTENT.rglob("*.md"))
    assert [p.name for p in PICTURES if p.name not in texts] == []


def test_the_program_knows_every_picture() -> None:
    catalogue = (ROOT / "tools/pictures/catalogue.py").read_text(encoding="utf-8")
    faces = (ROOT / "tools/pictures/portraits.py").read_text(encoding="utf-8")
    for picture in PICTURES:
        path = picture.relative_to(CONTENT).as_posix()
        assert f'"{path}"' in catalogue or f'"{picture.stem}"' in faces, path


def test_portraits_are_square_and_of_one_size() -> None:
    for portrait in (CONTENT / "media/authors").iterdir():
        with Image.open(portrait) as picture:
            assert picture.size == (400, 400), portrait.name


def test_one_picture_carries_what_readers_must_not_learn() -> None:
    with Image.open(CONTENT / "media/quay-wall.jpg") as picture:
        exif = picture.getexif()
        assert exif[ExifTags.Base.Artist] == "Courier graphics"
        assert exif[ExifTags.Base.BodySerialNumber]
        assert exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude]
        assert b"photoshop:Credit" in picture.info["xmp"]
