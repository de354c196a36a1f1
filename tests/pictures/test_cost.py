"""No picture is made twice: what builds open, decode and make anew after each kind of change."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.picture_files import SVG, photo
from tests.pictures.conftest import Counted, opening
from tests.pictures.output import FEW, kept, known_by, made
from tests.site_test import SETTINGS, SiteTest

HERO = {"src": "harbour.jpg", "alt": "The harbour"}
PAGE = "2026/11/a/index.html"


@pytest.fixture
def built(site: SiteTest, settled: None) -> SiteTest:
    """An article with its own picture and one in the text, and another article with its own."""
    site.write("harbour.jpg", photo(400, 300)).write("boats.jpg", photo(120, 80, 1))
    site.write("a.md", title="A", image=HERO, body="![Boats](boats.jpg)")
    site.write("tram.jpg", photo(120, 80, 2)).write("b.md", title="B", image="tram.jpg")
    return site.build().ok()


def test_a_second_build_renders_nothing_and_opens_no_file_of_the_content(
    built: SiteTest, encoded: Counted
) -> None:
    assert len(kept(built)) == len(made(built)) == 12
    with opening(built.folder / "content") as opened:
        built.build().ok()
    assert opened == set() and built.rendered == set() and encoded.calls == []
    with opening(built.folder / "content") as opened:
        built.write("a.md", title="Another").build().ok()
    assert opened == {str(built.folder / "content/a.md")}


def test_each_picture_is_decoded_once_for_all_its_forms(site: SiteTest, encoded: Counted) -> None:
    site.write("harbour.jpg", photo(400, 300)).write("boats.jpg", photo(120, 80, 1))
    for name in ("a", "b", "c"):
        site.write(f"{name}.md", title=name, image=HERO, body="![Boats](boats.jpg)")
    site.build().ok()
    assert len(encoded.calls) == 2
    assert encoded.forms == len(made(site)) == len(kept(site))


def test_a_lost_output_comes_back_without_encoding(built: SiteTest, encoded: Counted) -> None:
    before = built.bytes
    shutil.rmtree(built.public)
    with opening(built.folder / "content") as opened:
        built.build().ok()
    assert built.bytes == before and encoded.calls == []
    assert not [path for path in opened if path.endswith(".jpg")]


def test_a_lost_state_gives_the_same_bytes(built: SiteTest, encoded: Counted) -> None:
    before, gallery = built.bytes, kept(built)
    shutil.rmtree(built.folder / ".sitegen")
    built.build().ok()
    assert built.bytes == before and built.changed == set() and kept(built) == gallery
    assert len(encoded.calls) == 3


def test_a_gallery_without_its_database_is_used(built: SiteTest, encoded: Counted) -> None:
    before = built.bytes
    (built.folder / ".sitegen/state.db").unlink()
    shutil.rmtree(built.public)
    built.build().ok()
    assert built.bytes == before and encoded.calls == []


def test_editing_an_article_encodes_nothing(built: SiteTest, encoded: Counted) -> None:
    built.write("a.md", title="Another title", image=HERO, body="More. ![Boats](boats.jpg)")
    built.build().ok()
    assert PAGE in built.changed and encoded.calls == []
    assert not {path for path in built.rendered if path.startswith("_pictures/")}
    assert built.bytes == built.clean_bytes()


def test_a_replaced_photo_changes_its_own_forms_and_pages(
    built: SiteTest, encoded: Counted
) -> None:
    before, gallery = made(built), kept(built)
    others = {path for path in before if "/boats-" not in path}
    built.write("boats.jpg", photo(120, 80, 9)).build().ok()
    assert len(encoded.calls) == 1
    pages = {path for path in built.changed if not path.startswith("_pictures/")}
    # The text is whole in these, and the sitemap names its pictures.
    feeds = {"feed.xml", "feed.json", "feeds/2026-11.xml"}
    assert pages == {PAGE, *feeds, "sitemaps/2026-11.xml"}
    assert made(built) & before == others and built.removed == before - others
    assert len(kept(built)) == len(made(built)) == len(before)
    assert len(set(kept(built)) & set(gallery)) == len(others)
    assert built.bytes == built.clean_bytes()


def test_a_touched_photo_changes_nothing(built: SiteTest, encoded: Counted) -> None:
    os.utime(built.folder / "content/boats.jpg", (1, 1))
    built.build().ok()
    assert built.rendered == set() and encoded.calls == []


def test_a_renamed_photo_is_not_encoded_again(built: SiteTest, encoded: Counted) -> None:
    built.rename("boats.jpg", "ships.jpg")
    built.write("a.md", title="A", image=HERO, body="![Boats](ships.jpg)").build().ok()
    assert encoded.calls == [] and known_by(built) == {"harbour", "ships", "tram"}
    assert built.bytes == built.clean_bytes()


def test_other_widths_cost_only_the_new_ones(built: SiteTest, encoded: Counted) -> None:
    before = set(kept(built))
    built.settings(SETTINGS + FEW.replace("[40, 80]", "[40, 60, 80]")).build().ok()
    assert {form.width for forms in encoded.calls for form in forms} == {60}
    assert before < set(kept(built))
    assert built.bytes == built.clean_bytes()
    built.settings(SETTINGS + FEW).build().ok()
    assert set(kept(built)) == before and built.bytes == built.clean_bytes()


def test_another_quality_costs_one_format(built: SiteTest, encoded: Counted) -> None:
    built.settings(f"{SETTINGS}{FEW}quality = {{webp = 30}}\n").build().ok()
    assert {form.format for forms in encoded.calls for form in forms} == {"webp"}
    assert built.bytes == built.clean_bytes() and len(kept(built)) == len(made(built))


def test_another_focus_costs_the_crops_alone(built: SiteTest, encoded: Counted) -> None:
    focused = {**HERO, "focus": "20% 80%"}
    built.write("a.md", title="A", image=focused, body="![Boats](boats.jpg)").build().ok()
    assert {form.focus for forms in encoded.calls for form in forms} == {(20, 80)}
    assert len(encoded.calls) == 1 and len(encoded.calls[0]) == 3
    assert built.bytes == built.clean_bytes() and len(kept(built)) == len(made(built))


def test_without_formats_or_widths_less_is_made(site: SiteTest) -> None:
    site.write("boats.jpg", photo()).write("a.md", body="![Boats](boats.jpg)")
    site.settings(SETTINGS + FEW + "formats = []\n").build().ok()
    assert {path.rpartition(".")[2] for path in made(site)} == {"jpg"} and len(made(site)) == 2
    site.settings(SETTINGS + FEW + 'formats = ["avif", "webp"]\n').build().ok()
    assert {path.rpartition(".")[2] for path in made(site)} == {"avif", "jpg", "webp"}
    site.settings(SETTINGS + "[images]\nwidths = []\n").build().ok()
    assert made(site) == set() and kept(site) == {} and site.bytes["boats.jpg"] == photo()
    assert '<img src="/boats.jpg" width="120" height="80"' in site.page(PAGE)
    assert site.bytes == site.clean_bytes()


def test_two_articles_and_two_files_with_the_same_bytes_share_what_is_made(
    site: SiteTest, encoded: Counted
) -> None:
    for folder in ("north", "south"):
        site.write(f"{folder}/boats.jpg", photo())
        site.write(f"{folder}/{folder}.md", body="![Boats](boats.jpg)")
    site.write("media/boats.jpg", photo()).write("c.md", body="![x](/media/boats.jpg)")
    site.build().ok()
    assert len(made(site)) == 3 and len(encoded.calls) == 1
    site.remove("north/boats.jpg").remove("north/north.md").build().ok()
    assert len(made(site)) == 3 and len(encoded.calls) == 1 and site.bytes == site.clean_bytes()
    site.remove("south/boats.jpg").remove("south/south.md").build().ok()
    assert len(made(site)) == 3 and site.bytes == site.clean_bytes()


def test_a_clean_build_makes_all_anew_and_gives_the_same(built: SiteTest, encoded: Counted) -> None:
    before, gallery = built.bytes, kept(built)
    built.build("--clean").ok()
    assert len(encoded.calls) == 3 and built.changed == set()
    assert built.bytes == before and kept(built) == gallery


def test_verify_compares_pictures_too(built: SiteTest) -> None:
    built.build("--verify").ok()
    path = sorted(made(built))[0]
    stat = (built.public / path).stat()
    data = built.bytes[path]
    (built.public / path).write_bytes(data[:-1] + b"!")
    os.utime(built.public / path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    built.build("--verify")
    assert built.exit_code == 1 and path in built.output


def test_a_dry_run_writes_nothing(site: SiteTest, encoded: Counted) -> None:
    site.write("boats.jpg", photo()).write("a.md", body="![Boats](boats.jpg)")
    site.build("--dry-run").ok()
    assert len([path for path in site.rendered if path.startswith("_pictures/")]) == 3
    assert encoded.calls == [] and kept(site) == {} and site.bytes == {}


@pytest.mark.parametrize("jobs", [("--jobs", "2"), ("--jobs", "2", "--start-method", "spawn")])
def test_several_workers_give_the_same_bytes(built: SiteTest, jobs: tuple[str, ...]) -> None:
    before, gallery = built.bytes, kept(built)
    shutil.rmtree(built.folder / ".sitegen")
    shutil.rmtree(built.public)
    built.build(*jobs).ok()
    assert built.bytes == before and kept(built) == gallery


def test_icons_are_kept_likewise(site: SiteTest, encoded: Counted) -> None:
    site.settings(SETTINGS.replace("[site]", '[site]\nicon = "logo.png"') + FEW)
    site.file("static/logo.png", photo(512, 512, 1, "PNG")).write("b.jpg", photo())
    site.write("a.md", body="![x](b.jpg)").build().ok()
    assert len(kept(site)) == 4 + 3
    before = site.bytes
    site.write("a.md").build().ok()
    assert len(kept(site)) == 4
    site.write("a.md", body="![x](b.jpg)").build().ok()
    encoded.clear()
    shutil.rmtree(site.public)
    site.build().ok()
    assert encoded.calls == [] and site.bytes == before
    site.file("static/logo.png", photo(512, 512, 2, "PNG")).build().ok()
    assert len(kept(site)) == 7 and site.bytes == site.clean_bytes()


def test_many_pictures_are_looked_at_by_several_workers_and_once(site: SiteTest) -> None:
    for number in range(60):
        site.write(f"map{number}.svg", SVG.replace("4 3", f"{number + 10} 10"))
        site.write(f"a{number}.md", body=f"![x](map{number}.svg)")
    site.build("--jobs", "2").ok()
    assert site.bytes == site.clean_bytes()
    site.build("--jobs", "2").ok()
    assert not site.rendered


def test_other_widths_of_a_large_photo_make_what_a_clean_build_makes(site: SiteTest) -> None:
    """What was made for the old ones is kept, so that it must not depend on what is beside it."""
    site.write("p.jpg", photo(3200, 2400)).write("a.md", body="![x](p.jpg)")
    site.settings(f"{SETTINGS}[images]\nwidths = [480]\n").build().ok()
    site.settings(f"{SETTINGS}[images]\nwidths = [480, 1200]\n").build().ok()
    assert site.bytes == site.clean_bytes()
