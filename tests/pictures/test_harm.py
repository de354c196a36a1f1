"""Broken pictures, kills in the middle of encoding, damaged files: what is right comes out."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import time
from collections.abc import Iterator, Sequence

import pytest

from sitegen import kept as kept_files
from sitegen.errors import Problem, SitegenError
from sitegen.outputs import Form
from sitegen.pictures import opened
from sitegen.render.pictures import made as all_made
from sitegen.site import gallery
from tests.picture_files import broken, photo
from tests.pictures.conftest import Counted
from tests.pictures.output import FEW, kept, known_by, made
from tests.site_test import SETTINGS, SiteTest

HERO = {"src": "harbour.jpg", "alt": "The harbour"}


def killed_after(site: SiteTest, pictures: int, *args: str) -> bool:
    """A build that is killed (SIGKILL) when the gallery has so many more files."""
    child = os.fork()
    if child == 0:
        try:
            left = [pictures]

            def keep(folder: str, name: str, data: bytes) -> str:
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                left[0] -= 1
                return kept_files.keep(folder, name, data)

            setattr(gallery, "keep", keep)  # noqa: B010 - what it imports is not its own
            site.build(*args)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def two(site: SiteTest) -> SiteTest:
    site.write("harbour.jpg", photo(400, 300)).write("a.md", title="A", image=HERO)
    return site.write("boats.jpg", photo(120, 80, 1)).write("b.md", body="![Boats](boats.jpg)")


# Killed.


@pytest.mark.parametrize("number", [0, 1, 4, 8])
def test_what_was_made_before_a_kill_is_not_made_again(
    site: SiteTest, encoded: Counted, number: int
) -> None:
    assert killed_after(two(site), number) and len(kept(site)) == number
    assert site.bytes == {}
    site.build().ok()
    assert encoded.forms == len(made(site)) - number == 9 - number
    assert site.bytes == site.clean_bytes() and len(kept(site)) == 9


def test_an_unfinished_file_of_the_gallery_is_swept(site: SiteTest) -> None:
    two(site).build().ok()
    before = kept(site)
    site.file(".sitegen/pictures/unfinished-abc", "half").build().ok()
    assert kept(site) == before


def test_a_picture_whose_article_is_removed_after_a_kill_is_kept_nowhere(site: SiteTest) -> None:
    """Invariant 9: nothing recorded that it was being made."""
    site.write("a.md", title="A").build().ok()
    site.write("secret.jpg", photo(120, 80, 7)).write("b.md", body="![x](secret.jpg)")
    assert killed_after(site, 2) and len(kept(site)) == 2
    site.remove("b.md").remove("secret.jpg").build().ok()
    assert made(site) == set() and kept(site) == {}


def test_a_picture_that_is_removed_after_a_failed_build_is_kept_nowhere(site: SiteTest) -> None:
    site.write("a.md", title="A").build().ok()
    site.write("secret.jpg", photo(120, 80, 7)).write("b.md", body="![x](secret.jpg)")
    site.write("bad.png", broken()).write("c.md", body="![x](bad.png)").build()
    assert site.exit_code == 1
    site.remove("b.md").remove("secret.jpg").remove("c.md").remove("bad.png").build().ok()
    assert kept(site) == {} and site.bytes == site.clean_bytes()


def test_a_replaced_picture_is_kept_nowhere_after_a_kill(site: SiteTest) -> None:
    two(site).build().ok()
    old = set(kept(site))
    site.write("boats.jpg", photo(120, 80, 8))
    assert killed_after(site, 1)
    site.write("boats.jpg", photo(120, 80, 9))
    assert killed_after(site, 2)
    site.build().ok()
    assert len(kept(site)) == 9 and len(set(kept(site)) & old) == 6
    assert site.bytes == site.clean_bytes()


@pytest.mark.parametrize("step", range(0, 12, 2))
def test_a_removal_that_is_killed_anywhere_is_finished_by_the_next_build(
    site: SiteTest, step: int
) -> None:
    two(site).build().ok()
    site.remove("b.md").remove("boats.jpg").crash_after(step)
    site.build().ok()
    assert known_by(site) == {"harbour"} and len(kept(site)) == 6
    assert site.bytes == site.clean_bytes()


# Damaged.


@pytest.mark.parametrize("damage", [b"", b"damaged", None])
def test_a_gallery_file_that_is_damaged_in_place_harms_nobody(
    site: SiteTest, damage: bytes | None
) -> None:
    """It is one file with the output's: both get their bytes back."""
    before = two(site).build().ok().bytes
    for name, data in kept(site).items():
        (site.folder / ".sitegen/pictures" / name).write_bytes(
            data[::-1] if damage is None else damage
        )
    site.build().ok()
    assert site.bytes == before == site.clean_bytes() and len(kept(site)) == 9


def test_a_damaged_gallery_is_not_copied_into_another_output(
    site: SiteTest, encoded: Counted
) -> None:
    before = two(site).build().ok().bytes
    shutil.rmtree(site.public)
    for name, data in kept(site).items():
        (site.folder / ".sitegen/pictures" / name).write_bytes(data[::-1])
    encoded.clear()
    site.build().ok()
    assert site.bytes == before and encoded.forms == 9


def test_an_output_file_that_is_damaged_in_place_is_made_good(site: SiteTest) -> None:
    before = two(site).build().ok().bytes
    for path in made(site):
        (site.public / path).write_bytes(b"<html>")
    site.build().ok()
    assert site.bytes == before and site.changed == made(site)
    site.build().ok()
    assert site.rendered == set()


def test_a_deleted_gallery_is_filled_when_it_is_needed(site: SiteTest, encoded: Counted) -> None:
    before = two(site).build().ok().bytes
    shutil.rmtree(site.folder / ".sitegen/pictures")
    encoded.clear()
    site.build().ok()
    assert site.bytes == before and encoded.calls == []
    shutil.rmtree(site.public)
    site.build().ok()
    assert site.bytes == before and encoded.forms == 9 == len(kept(site))


def test_foreign_files_and_folders_in_the_gallery_are_no_hindrance(site: SiteTest) -> None:
    two(site).file(".sitegen/pictures/ab/cdef-00/inner", "x").file(".sitegen/pictures/note", "x")
    site.build().ok()
    site.remove("b.md").remove("boats.jpg").build().ok()
    assert site.bytes == site.clean_bytes()


# Broken.


def test_a_broken_picture_stops_the_build_and_is_told_where_it_is_named(site: SiteTest) -> None:
    before = two(site).build().ok().bytes
    site.write("bad.png", broken())
    site.write("c.md", body="Words.\n\n![Boats](bad.png)")
    for _ in range(2):
        site.build()
        assert site.exit_code == 1 and site.bytes == before
        (error,) = site.errors
        assert (error["code"], error["source"]) == ("image-unusable", "content/c.md")
        assert (error["line"], error["message"][:11]) == (7, "the picture")
        assert "bad.png cannot be shown" in error["message"] and error["hint"]


def test_two_broken_pictures_are_told_in_one_run(site: SiteTest) -> None:
    two(site).write("bad.png", broken()).write("c.md", title="C", image="bad.png")
    site.write("worse.png", broken(1)).write("d.md", body="![Worse](worse.png)")
    site.build()
    assert site.exit_code == 1 and site.bytes == {}
    assert [(e["source"], e["line"]) for e in site.errors] == [
        ("content/c.md", 4),
        ("content/d.md", 5),
    ]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_other_articles_are_published_and_a_mended_picture_its_own(
    site: SiteTest, jobs: str
) -> None:
    two(site).write("bad.png", broken()).write("c.md", title="C", image="bad.png")
    args = ("--keep-going", "--jobs", jobs)
    site.build(*args)
    assert site.exit_code == 4 and site.report["left_out"] == ["content/c.md"]
    assert known_by(site) == {"harbour", "boats"} and "2026/11/c/index.html" not in site.bytes
    assert site.bytes == site.clean_bytes("--keep-going")
    assert site.build(*args).exit_code == 4 and site.changed == set()
    site.write("bad.png", photo(120, 80, 5, "PNG")).build(*args).ok()
    assert known_by(site) == {"harbour", "boats", "bad"} and "2026/11/c/index.html" in site.bytes
    assert site.bytes == site.clean_bytes()


def test_a_published_picture_that_breaks_takes_its_article_along(site: SiteTest) -> None:
    two(site).write("bad.png", photo(120, 80, 5, "PNG")).write("c.md", image="bad.png")
    before = site.build().ok().bytes
    site.write("bad.png", broken()).build()
    assert site.exit_code == 1 and site.bytes == before
    assert site.build("--keep-going").exit_code == 4
    assert known_by(site) == {"harbour", "boats"} and len(kept(site)) == 9
    assert site.bytes == site.clean_bytes("--keep-going")


def test_a_broken_picture_with_a_time_that_is_yet_to_come_is_told_at_once(
    site: SiteTest, encoded: Counted
) -> None:
    site.write("bad.png", broken()).write("c.md", body="![Boats](bad.png)")
    ahead = time.time() + 10_000
    os.utime(site.folder / "content/bad.png", (ahead, ahead))
    assert site.build().exit_code == 1 and len(encoded.calls) <= 1


def test_what_a_state_knows_of_a_broken_picture_decides_nothing(site: SiteTest) -> None:
    """Invariant 3: as it is, nobody decodes it, and a clean build would publish it."""
    site.write("bad.png", broken()).write("c.md", body="![Boats](bad.png)").build()
    assert site.exit_code == 1
    site.settings(SETTINGS + "[images]\nwidths = []\n").build().ok()
    assert site.bytes == site.clean_bytes() and "bad.png" in site.bytes
    site.settings(SETTINGS + FEW).build()
    assert site.exit_code == 1


def test_the_same_broken_file_twice_leaves_both_articles_out(site: SiteTest) -> None:
    for folder in ("north", "south"):
        site.write(f"{folder}/bad.png", broken())
        site.write(f"{folder}/{folder}.md", body="![Boats](bad.png)")
    site.build()
    assert [error["source"] for error in site.errors] == [
        "content/north/north.md",
        "content/south/south.md",
    ]
    site.write("c.md", title="C").build("--keep-going")
    assert len(site.report["left_out"]) == 2 and site.bytes == site.clean_bytes("--keep-going")


def test_a_broken_picture_is_not_mistaken_for_one_of_the_same_name_in_static(
    site: SiteTest,
) -> None:
    site.file("static/boats.png", photo(seed=3)).write("static/boats.png", broken())
    site.write("c.md", body="![Boats](static/boats.png)").build()
    assert [(e["code"], e["source"]) for e in site.errors] == [("image-unusable", "content/c.md")]


def test_verify_leaves_out_what_the_build_left_out(site: SiteTest) -> None:
    two(site).write("bad.png", broken()).write("c.md", title="C", image="bad.png")
    assert site.build("--keep-going", "--verify").exit_code == 4


def test_memory_that_ran_out_is_no_fault_of_the_picture(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    two(site)
    with monkeypatch.context() as patch:
        patch.setattr(opened, "_opened", fail)
        site.build()
    assert [error["code"] for error in site.errors] == ["out-of-memory"] and site.bytes == {}
    site.build().ok()
    assert known_by(site) == {"harbour", "boats"}


def test_what_a_worker_raises_arrives_with_its_problems() -> None:
    error = SitegenError(Problem("a", "b", "c"), Problem("d", "e"))
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_a_picture_that_vanishes_while_a_build_runs_is_told(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    two(site)

    def vanishing(data: bytes, forms: Sequence[Form]) -> Iterator[bytes]:
        (site.folder / "content/boats.jpg").unlink(missing_ok=True)
        (site.folder / "content/harbour.jpg").unlink(missing_ok=True)
        return all_made(data, forms)

    monkeypatch.setattr(gallery, "made", vanishing)
    site.build()
    assert site.exit_code == 1 and site.bytes == {} and "Traceback" not in site.output


def test_a_broken_portrait_is_a_mistake_of_its_author(site: SiteTest) -> None:
    site.write("authors/ann.md", "---\nname: Ann\nimage: face.png\n---\n")
    site.write("authors/face.png", broken()).write("a.md", title="A", authors=["Ann"]).build()
    assert site.exit_code == 1
    assert [error["source"] for error in site.errors] == ["content/authors/ann.md"]


def test_a_broken_picture_that_nobody_shows_is_nobodys_mistake(site: SiteTest) -> None:
    two(site).write("bad.png", broken()).write("c.md", status="draft", image="bad.png").build().ok()
    assert known_by(site) == {"harbour", "boats"}
