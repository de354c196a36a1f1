"""Pictures that are written into a page itself become files, by what their bytes are."""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image

from tests.importing.old_site import OldSite
from tests.importing.test_html_pages import STORY, dated, page
from tests.importing.wxr import export, item
from tests.picture_files import saved, smooth

PNG = saved(smooth(), "PNG")
WEBP = saved(smooth(), "WEBP")
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
SPACER = saved(Image.new("RGB", (1, 1)), "GIF")


def address(data: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    return OldSite(tmp_path, "html", "saved")


def put(old: OldSite, images: str) -> OldSite:
    """A page as SingleFile saves it, with pictures behind its text."""
    html = page(f"<h1>Storm</h1>{STORY}{images}", dated())
    return old.put("storm.html", f"<!-- url: https://old.example/2019/03/storm/ -->{html}")


def made(old: OldSite) -> set[str]:
    return {path for path in old.files if path.startswith("media/")}


@pytest.mark.parametrize(
    ("data", "kind", "suffix"),
    [(PNG, "png", "png"), (WEBP, "png", "webp"), (DRAWING, "svg+xml", "svg")],
)
def test_a_picture_in_a_saved_page_becomes_a_file(
    old: OldSite, data: bytes, kind: str, suffix: str
) -> None:
    put(old, f'<p><img src="{address(data, kind)}" alt="The pier"></p>').run().ok()
    (path,) = made(old)
    assert path.startswith("media/storm/") and path.endswith(f".{suffix}")
    assert (old.folder / "content" / path).read_bytes() == data
    assert f"![The pier](/{path})" in old.body("2019/storm.md")
    assert old.lost("media") == []
    assert old.run().report["media"]["there"] == 1


def test_one_that_is_not_in_base_64_is_read_too(old: OldSite) -> None:
    put(old, f'<p><img src="data:image/svg+xml,{quote(DRAWING)}" alt="A"></p>').run().ok()
    (path,) = made(old)
    assert (old.folder / "content" / path).read_bytes() == DRAWING


@pytest.mark.parametrize(
    ("src", "why"),
    [
        (address(b"GIF89a"), "damaged or cut off"),
        ("data:image/png;base64,x", "damaged or cut off"),
        ("data:image/png;base64,", "it is empty"),
        (address(b"<html>"), "a web page, not a picture"),
        (f"data:image/svg+xml,{quote('<svg width=9 height=9></svg>')}", "an empty drawing"),
    ],
)
def test_one_that_is_none_is_told(old: OldSite, src: str, why: str) -> None:
    put(old, f'<p><img src="{src}" alt="The pier"></p>').run().ok()
    assert made(old) == set()
    (loss,) = old.lost("media")
    assert why in loss["detail"]


def test_what_only_keeps_a_place_is_none(old: OldSite) -> None:
    put(old, f'<p><img src="{address(SPACER, "gif")}" alt=""></p>').run().ok()
    assert made(old) == set()
    assert old.lost("media") == []


def test_a_whole_picture_counts_more_than_where_a_script_would_have_fetched_it(
    old: OldSite,
) -> None:
    whole, blurred = address(PNG), address(saved(smooth((9, 9)), "JPEG"), "jpeg")
    later = 'data-src="/uploads/pier.jpg"'
    put(old, f'<p><img src="{whole}" {later}></p><p><img src="{blurred}" {later}></p>').run().ok()
    assert len(made(old)) == 1
    assert old.report["media_missing"] == ["https://old.example/uploads/pier.jpg"]


def test_texts_of_every_other_system_may_have_them_too(tmp_path: Path) -> None:
    wordpress = OldSite(tmp_path / "1", "wordpress", "export.xml")
    wordpress.folder.parent.mkdir(exist_ok=True)
    wordpress.write(export(item(1, content=f'<img src="{address(PNG)}" alt="A">'))).run().ok()
    (path,) = made(wordpress)
    assert wordpress.body("2019/title-1.md") == f"![A](/{path})"
    jekyll = OldSite(tmp_path / "2", "jekyll", "old").put(
        "_config.yml", "url: https://old.example\n"
    )
    body = f'![A]({address(PNG)})\n\n<img src="{address(WEBP)}" alt="B">'
    jekyll.put("_posts/2019-03-04-storm.md", f"---\ntitle: A\n---\n{body}\n").run().ok()
    assert {path.rpartition(".")[2] for path in made(jekyll)} == {"png", "webp"}
    assert "data:" not in jekyll.body("2019-03-04-storm.md")


def test_one_of_more_than_ten_megabytes_is_kept(old: OldSite) -> None:
    """No program that is built upon libxml2 reads an attribute as long as that."""
    data = PNG + bytes(10_000_000)
    put(old, f'<p><img src="{address(data)}" alt="The pier"></p><p>Behind it.</p>').run()
    (path,) = made(old)
    assert (old.folder / "content" / path).read_bytes() == data
    assert old.body("2019/storm.md").endswith(f"![The pier](/{path})\n\nBehind it.")
