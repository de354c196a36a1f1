"""What a text, a profile or a recording refers to and is not there: told at its place."""

from __future__ import annotations

from typing import Any

import pytest

from tests.picture_files import png
from tests.site_test import SiteTest
from tests.test_bad_input import good, only_error, refused

FILES = ("authors/ann.md", "tags/sea.md", "pages/about.md")


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    "text, code, near",
    [
        ("![x](harbor.png)", "image-missing", "harbour.png"),
        ("[x](../stormy.md)", "link-missing", "storm.md"),
    ],
)
def test_a_missing_picture_or_link_of_any_file_is_a_mistake(
    site: SiteTest, file: str, text: str, code: str, near: str
) -> None:
    folder = file.partition("/")[0]
    good(site).write("storm.md").write(f"{folder}/harbour.png", png((40, 30)))
    refused(site.write(file, f"---\ntitle: T\n---\nOne.\n\n{text}\n"))
    error = only_error(site, file)
    assert (error["code"], error["line"]) == (code, 6)
    assert near in error["hint"]


def test_a_missing_portrait_is_a_mistake_at_its_field(site: SiteTest) -> None:
    refused(good(site).write("authors/ann.md", "---\nname: Ann\nimage: an.png\n---\n"))
    error = only_error(site, "authors/ann.md")
    assert (error["code"], error["line"], error["field"]) == ("image-missing", 3, "image")


@pytest.mark.parametrize("file", FILES)
def test_a_link_of_any_file_to_what_waits_is_told(site: SiteTest, file: str) -> None:
    site.write("later.md", date="2027-01-01")
    site.write(file, "---\ntitle: T\n---\n[x](../later.md) [y](nothing)\n").build().ok()
    assert sorted(w["code"] for w in site.warnings) == ["link-held-back", "link-unknown"]
    assert {w["source"] for w in site.warnings} == {f"content/{file}"}


@pytest.mark.parametrize(
    "audio, line, missing",
    [
        ("talks.mp3", 4, "talks.mp3"),
        ({"src": "talk.mp3", "transcript": "talks.txt"}, 4, "talks.txt"),
    ],
)
def test_a_missing_recording_or_its_text_is_a_mistake(
    site: SiteTest, audio: Any, line: int, missing: str
) -> None:
    good(site).write("talk.mp3", b"x").write("talk.txt", b"x")
    refused(site.write("a.md", audio=audio))
    error = only_error(site, "a.md")
    assert (error["code"], error["line"]) == ("file-missing", line)
    assert missing in error["message"] and "did you mean" in error["hint"]
    assert [w["code"] for w in site.warnings] == []


def test_a_recording_below_the_sites_root_is_told_when_no_file_answers(site: SiteTest) -> None:
    site.write("a.md", audio={"src": "/media/talk.mp3", "transcript": "/talk/"}).build().ok()
    (warning,) = site.warnings
    assert warning["code"] == "picture-elsewhere" and "/media/talk.mp3" in warning["message"]
    site.file("static/media/talk.mp3", b"x").build().ok()
    assert site.warnings == []
