"""Deploys to a folder, and what is true of every target."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sitegen.deploy import folder as module
from sitegen.deploy.order import Turn, in_the_way, last_of_all, turn_of
from tests.deploy.conftest import picture
from tests.site_test import SiteTest, tree

RECORD = "_host/deployed.json"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "www"


def deploy(site: SiteTest, target: Path | str, *args: str) -> SiteTest:
    return site.run("deploy", str(target), "-s", str(site.folder), "--format", "json", *args)


def there(target: Path) -> dict[str, bytes]:
    """What is at the target, without what is remembered there."""
    found = tree(target)
    found.pop(RECORD, None)
    return found


def test_a_folder_has_what_the_output_has(paper: SiteTest, target: Path) -> None:
    """HO-09"""
    deploy(paper, target).ok()
    assert there(target) == paper.bytes
    assert paper.report["files"] == len(paper.bytes) == len(paper.report["sent"])
    assert paper.report["sent_bytes"] == sum(map(len, paper.bytes.values()))
    deploy(paper, target.as_uri()).ok()
    assert paper.report["sent"] == paper.report["deleted"] == paper.report["purge"] == []


def test_only_what_changed_is_written_and_everything_else_keeps_its_time(
    paper: SiteTest, target: Path
) -> None:
    deploy(paper, target).ok()
    before = times(target)
    paper.remove("tide-5.md").write("tide-1.md", title="First", date="2026-11-01").build().ok()
    changed, removed = paper.changed, paper.removed
    deploy(paper, target).ok()
    assert there(target) == paper.bytes
    assert set(paper.report["sent"]) == changed and set(paper.report["deleted"]) == removed
    touched = {path for path, time in times(target).items() if before.get(path) != time}
    assert touched == changed | {RECORD}
    assert not (target / "2026/11/tide-5").exists()
    addresses = set(paper.report["purge"])
    assert {"https://test.example/", "https://test.example/2026/11/tide-5/"} <= addresses
    assert "https://test.example/404.html" not in addresses


def times(target: Path) -> dict[str, int]:
    return {path: (target / path).stat().st_mtime_ns for path in tree(target)}


def test_a_fresh_checkout_sends_nothing(paper: SiteTest, target: Path) -> None:
    """What was deployed is remembered there: neither times nor the state of this machine count."""
    deploy(paper, target).ok()
    shutil.rmtree(paper.folder / ".sitegen")
    shutil.rmtree(paper.public)
    paper.build().ok()
    deploy(paper, target).ok()
    assert paper.report["sent"] == []


def test_a_dry_run_says_it_all_and_does_nothing(paper: SiteTest, target: Path) -> None:
    deploy(paper, target, "--dry-run").ok()
    assert paper.report["dry_run"] and not target.exists()
    assert set(paper.report["sent"]) == paper.bytes.keys()
    deploy(paper, target).ok()
    before = tree(target)
    paper.remove("tide-5.md").build().ok()
    deploy(paper, target, "--dry-run").ok()
    told = paper.report["sent"], paper.report["deleted"], paper.report["purge"]
    assert tree(target) == before
    deploy(paper, target).ok()
    assert told[1:] == (paper.report["deleted"], paper.report["purge"])
    assert set(told[0]) == set(paper.report["sent"])


def test_the_text_names_what_a_dry_run_would_do(paper: SiteTest, target: Path) -> None:
    paper.run("deploy", str(target), "-s", str(paper.folder), "--dry-run").ok()
    assert "would send: pictures/tide.png" in paper.output and "files to send" in paper.output
    paper.run("deploy", str(target), "-s", str(paper.folder), "-q").ok()
    assert paper.output == ""
    paper.run("deploy", str(target), "-s", str(paper.folder)).ok()
    assert paper.output.startswith("0 files sent, 0 deleted")


def killed_at(step: int, site: SiteTest, target: Path) -> bool:
    """A deploy in a process of its own that is killed before the step numbered `step`, if any."""
    child = os.fork()
    if child == 0:
        try:
            die_at(step)
            deploy(site, target)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def die_at(step: int) -> None:
    """From now on, die (SIGKILL) at the step numbered `step`: a move into place, or a deletion."""
    left = [step]

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return function(*args, **kwargs)

        return call

    for name in ("replace", "unlink"):
        setattr(Path, name, counted(getattr(Path, name)))


def test_a_deploy_that_is_killed_anywhere_is_ended_by_the_next_one(
    paper: SiteTest, target: Path
) -> None:
    """After a SIGKILL every file is whole, and the next run does the rest and nothing else."""
    deploy(paper, target).ok()
    before, kept = there(target), target.with_name("kept")
    shutil.copytree(target, kept)
    paper.file("static/pictures/tide.png", b"other").remove("tide-5.md").remove("tide-4.md")
    paper.write("tide-6.md", title="Six", date="2026-11-06", tags=["sea"]).build().ok()
    after, changed, removed = paper.bytes, paper.changed, paper.removed
    kills = 0
    for step in range(len(changed) + len(removed) + 5):
        shutil.rmtree(target)
        shutil.copytree(kept, target)
        if not killed_at(step, paper, target):
            break
        kills += 1
        halfway = {p: data for p, data in there(target).items() if "_host/sending" not in p}
        done = {path for path in changed if halfway.get(path) == after[path]}
        gone = {path for path in removed if path not in halfway}
        for path, data in halfway.items():
            assert data in (before.get(path), after.get(path)), f"{path} is half there"
        deploy(paper, target).ok()
        assert set(paper.report["sent"]) == changed - done
        assert set(paper.report["deleted"]) == removed - gone
        assert there(target) == after
    assert kills > 8


def test_pages_come_after_what_they_need_and_deletions_last(paper: SiteTest, target: Path) -> None:
    """HO-09: by the order in which they were there, and by the times of the files."""
    deploy(paper, target, "--threads", "1").ok()
    sent = paper.report["sent"]
    when = times(target)
    picture, article = "pictures/tide.png", "2026/11/tide-1/index.html"
    tag, home = "tags/sea/index.html", "index.html"
    for one, other in pairwise((picture, article, tag, home)):
        assert sent.index(one) < sent.index(other) and when[one] < when[other]
    assert all(when[path] > when[article] for path in (tag, "feed.xml", "headlines.json"))


@pytest.mark.parametrize(
    "path, family, kind, turn",
    [
        ("pictures/a.jpg", "copies", "image/jpeg", Turn.NEEDED),
        ("assets/main.css", "copies", "text/css; charset=utf-8", Turn.NEEDED),
        ("2026/11/a/index.html", "articles", "text/html; charset=utf-8", Turn.ARTICLES),
        ("tags/a/index.html", "listings", "text/html; charset=utf-8", Turn.PAGES),
        ("ar/index.html", "home", "text/html; charset=utf-8", Turn.ENTRIES),
        ("sitemaps/2026-11.xml", "sitemaps", "application/xml", Turn.ENTRIES),
        ("politics/feed.json", "feeds", "application/feed+json", Turn.ENTRIES),
        ("_redirects", "hosts", "application/octet-stream", Turn.ENTRIES),
        ("_host/nginx.conf", "hosts", "application/octet-stream", Turn.ENTRIES),
        ("2026/11/a/index.html.gz", "articles", "application/gzip", Turn.ARTICLES),
        ("tags/a/index.html.br", "twins", "application/x-brotli", Turn.PAGES),
        ("old/report.zip.gz", "copies", "application/gzip", Turn.NEEDED),
        ("robots.txt", "hosts", "text/plain; charset=utf-8", Turn.ENTRIES),
    ],
)
def test_each_kind_of_file_has_its_turn(path: str, family: str, kind: str, turn: Turn) -> None:
    assert turn_of(path, family, kind) is turn


def test_what_is_in_the_way_goes_first_and_pages_before_pictures() -> None:
    gone = ["a", "b/c.png", "b/index.html", "d"]
    assert in_the_way(gone, {"a/index.html", "b"}) == ["a", "b/c.png", "b/index.html"]
    assert last_of_all(gone) == ["b/index.html", "a", "b/c.png", "d"]


def test_a_file_may_become_a_folder_and_the_other_way_round(paper: SiteTest, target: Path) -> None:
    paper.file("static/x", "file").file("static/y/z.txt", "folder").build().ok()
    deploy(paper, target).ok()
    (paper.folder / "static/x").unlink()
    shutil.rmtree(paper.folder / "static/y")
    paper.file("static/x/z.txt", "folder").file("static/y", "file").build().ok()
    deploy(paper, target).ok()
    assert there(target) == paper.bytes


def test_files_of_others_are_left_alone_with_and_without_a_record(
    paper: SiteTest, target: Path
) -> None:
    (target / "2026/11/tide-5").mkdir(parents=True)
    (target / "2026/11/tide-5/theirs.txt").write_text("theirs")
    (target / "theirs.html").write_text("theirs")
    deploy(paper, target).ok()
    paper.remove("tide-5.md").build().ok()
    deploy(paper, target).ok()
    assert paper.report["deleted"] == ["2026/11/tide-5/index.html"]
    (target / RECORD).unlink()
    paper.remove("tide-4.md").build().ok()
    changed = paper.changed
    deploy(paper, target).ok()
    assert paper.report["deleted"] == [] and set(paper.report["sent"]) == changed
    more = there(target).keys() - paper.bytes.keys()
    assert more == {
        "2026/11/tide-4/index.html",
        "2026/11/tide-5/theirs.txt",
        "theirs.html",
    }


@pytest.mark.parametrize(
    "record",
    [
        "",
        "[]",
        '{"version": 1}',
        '{"version": 1, "site": "https://test.example/", "files": {"../outside": "00"}}',
        '{"version": 1, "site": "https://test.example/", "files": {}, "in_flight": ["/etc/x"]}',
        '{"version": 1, "site": "https://test.example/", "files": {"a/../../outside": "00"}}',
    ],
)
def test_a_damaged_record_is_trusted_in_nothing(record: str, paper: SiteTest, target: Path) -> None:
    outside = target.with_name("outside")
    outside.write_text("outside")
    deploy(paper, target).ok()
    (target / RECORD).write_text(record)
    paper.run("deploy", str(target), "-s", str(paper.folder)).ok()
    assert "damaged" in paper.output and "0 files sent" in paper.output
    assert outside.read_text() == "outside" and there(target) == paper.bytes


def test_another_site_is_not_replaced_by_a_slip(paper: SiteTest, target: Path) -> None:
    deploy(paper, target).ok()
    before = tree(target)
    paper.build("--base-url", "https://other.example/").ok()
    deploy(paper, target)
    (error,) = paper.report["errors"]
    assert paper.exit_code == 1 and error["code"] == "deploy-other-site"
    assert "https://test.example/" in error["message"] and "--take-over" in error["hint"]
    assert tree(target) == before
    deploy(paper, target, "--take-over").ok()
    assert there(target) == paper.bytes
    assert all(url.startswith("https://other.example/") for url in paper.report["purge"])


def test_one_that_is_stopped_says_that_the_next_one_goes_on(
    paper: SiteTest, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module.Folder, "delete", stop)
        deploy(paper, target).ok()
        paper.remove("tide-5.md").build().ok()
        deploy(paper, target)
    assert paper.exit_code == 130 and "the next deploy goes on from here" in paper.output
    deploy(paper, target).ok()
    assert paper.report["resumed"] and there(target) == paper.bytes


# What is not deployed.


def refused(site: SiteTest, target: Path, *args: str) -> str:
    deploy(site, target, *args)
    assert site.exit_code in (1, 2) and not target.exists()
    return str(site.report["errors"][0]["code"])


def test_a_preview_is_never_deployed(paper: SiteTest, target: Path) -> None:
    paper.write("draft.md", status="draft").build("--preview").ok()
    assert refused(paper, target, "-o", "preview") == "deploy-preview"
    where = ["-o", "preview", "--state", ".sitegen/preview"]
    assert refused(paper, target, *where) == "deploy-preview"


def test_an_output_that_is_not_finished_is_not_deployed(paper: SiteTest, target: Path) -> None:
    assert refused(paper, target, "-o", "elsewhere") == "deploy-unfinished"
    paper.write("tide-7.md", title="Seven", date="2026-11-07")
    assert paper.crash_after(12)
    assert refused(paper, target) == "deploy-unfinished"
    paper.build().ok()
    (paper.folder / ".sitegen/state.db").write_bytes(b"damaged")
    assert refused(paper, target) == "deploy-unfinished"


def test_an_output_that_somebody_changed_is_not_deployed(paper: SiteTest, target: Path) -> None:
    page = paper.public / "2026/11/tide-1/index.html"
    page.write_text("changed")
    assert refused(paper, target) == "output-changed"
    assert paper.report["errors"][0]["source"] == "2026/11/tide-1/index.html"
    paper.build().ok()
    page.unlink()
    assert refused(paper, target) == "output-changed"
    page.symlink_to(paper.public / "index.html")
    assert refused(paper, target) == "output-changed"


def test_what_is_held_back_reaches_neither_readers_nor_the_record(
    paper: SiteTest, target: Path
) -> None:
    """TR-06: absent from every file at the target until its instant, and from there again after."""
    secret, word = {"title": "zzsecret", "body": "![zzsecret](zzsecret.png)"}, b"zzsecret"
    paper.file("content/zzsecret.png", picture())

    def told() -> bool:
        return any(word in path.encode() + data for path, data in tree(target).items())

    for now, fields, visible in (
        ("2026-11-22T12:00:00Z", {"embargo": "2026-11-23T06:00:00Z"}, False),
        ("2026-11-23T06:00:00Z", {"embargo": "2026-11-23T06:00:00Z"}, True),
        ("2026-11-23T07:00:00Z", {"status": "draft"}, False),
    ):
        paper.write("zzsecret.md", **secret, **fields).build(now=now).ok()
        deploy(paper, target).ok()
        assert told() is visible


def test_a_file_that_nobody_recorded_is_not_sent(paper: SiteTest, target: Path) -> None:
    paper.file("public/stranger.html", "stranger")
    deploy(paper, target).ok()
    assert "stranger.html" not in tree(target)


@pytest.mark.parametrize(
    "written", ["", ".", "public", "public/inner", "content", ".sitegen/x", "..", "/", "~"]
)
def test_a_folder_that_is_not_safe_is_refused(written: str, paper: SiteTest) -> None:
    before = tree(paper.folder)
    deploy(paper, paper.folder / written if written not in ("", "~") else written)
    assert paper.exit_code == 2 and paper.report["errors"][0]["code"] == "deploy-target"
    assert tree(paper.folder) == before


@pytest.mark.parametrize("written", ["ftp://host/x", "http://host/x", "gs://bucket"])
def test_an_address_that_nobody_knows_is_refused(written: str, paper: SiteTest) -> None:
    deploy(paper, written)
    assert paper.exit_code == 2 and "docs/hosting.md" in paper.report["errors"][0]["hint"]


def test_a_link_at_the_target_leads_nowhere(paper: SiteTest, target: Path) -> None:
    elsewhere = target.with_name("elsewhere")
    elsewhere.mkdir()
    target.mkdir()
    (target / "2026").symlink_to(elsewhere)
    deploy(paper, target)
    (error,) = paper.report["errors"]
    assert (paper.exit_code, error["code"]) == (1, "deploy-failed") and "symbolic" in error[
        "message"
    ]
    assert tree(elsewhere) == {}
    (target / "2026").unlink()
    deploy(paper, target).ok()
    assert paper.report["resumed"] and there(target) == paper.bytes


def test_what_the_system_refuses_is_told_with_its_place(paper: SiteTest, target: Path) -> None:
    target.write_text("a file")
    deploy(paper, target)
    (error,) = paper.report["errors"]
    assert paper.exit_code == 1 and error["code"] == "deploy-failed" and "www" in error["source"]
    deploy(paper, target / "a/b")
    assert paper.exit_code == 1 and paper.report["errors"][0]["code"] == "deploy-failed"


# The manifest, and what differs between two.


def manifest(site: SiteTest, name: str) -> Path:
    file = site.folder / name
    site.build("--manifest", str(file)).ok()
    return file


def test_a_manifest_lists_every_file_as_it_is_served(paper: SiteTest) -> None:
    """HO-09: path → sha256, size, type, cache; outside the public tree."""
    import hashlib

    found = json.loads(manifest(paper, "one.json").read_text(encoding="utf-8"))
    assert found["base_url"] == "https://test.example/"
    assert found["files"].keys() == paper.bytes.keys()
    for path, data in paper.bytes.items():
        assert found["files"][path]["sha256"] == hashlib.sha256(data).hexdigest()
        assert found["files"][path]["size"] == len(data)
    assert found["files"]["pictures/tide.png"]["type"] == "image/png"
    assert found["files"]["index.html"]["cache"] == "public, max-age=0, must-revalidate"
    assert manifest(paper, "two.json").read_bytes() == (paper.folder / "one.json").read_bytes()


def test_the_difference_of_two_deploys_is_what_the_build_changed(paper: SiteTest) -> None:
    """HO-09: added, changed, removed; and the addresses to purge, as readers ask them."""
    old = manifest(paper, "old.json")
    before = paper.bytes
    paper.remove("tide-5.md").file("static/pictures/tide.png", picture()[:-1])
    paper.write("tide-é.md", title="Six", date="2026-11-06", tags=["sea"])
    new = manifest(paper, "new.json")
    paper.run("diff", str(old), str(new), "--format", "json").ok()
    after = paper.bytes
    assert set(paper.report["added"]) == after.keys() - before.keys()
    assert set(paper.report["removed"]) == before.keys() - after.keys()
    changed = {p for p in before.keys() & after.keys() if before[p] != after[p]}
    assert set(paper.report["changed"]) == changed
    assert "2026/11/tide-é/index.html" in paper.report["added"]
    assert set(paper.report["purge"]) >= {
        "https://test.example/",
        "https://test.example/feed.xml",
        "https://test.example/2026/11/tide-5/",
        "https://test.example/pictures/tide.png",
    }
    assert not any("index.html" in url for url in paper.report["purge"])
    paper.run("diff", str(new), str(old), "--format", "json").ok()
    assert "https://test.example/2026/11/tide-%C3%A9/" in paper.report["purge"]
    paper.run("diff", str(old), str(new)).ok()
    assert "- 2026/11/tide-5/index.html" in paper.output
    assert "purge https://test.example/feed.xml" in paper.output
    paper.run("diff", str(old), str(old), "--format", "json").ok()
    assert paper.report == {"added": [], "changed": [], "removed": [], "purge": []}


def test_a_manifest_of_an_earlier_version_still_serves_a_check_but_no_diff(
    paper: SiteTest,
) -> None:
    file = manifest(paper, "old.json")
    old = json.loads(file.read_text(encoding="utf-8"))
    old = {"version": 1, "engine": old["engine"], "pages": old["pages"]}
    file.write_text(json.dumps(old), encoding="utf-8")
    paper.run("check", "-s", str(paper.folder), "--against", str(file)).ok()
    paper.run("diff", str(file), str(file))
    assert paper.exit_code == 1
    assert "old.json" in paper.output and "[manifest]" in paper.output
    paper.run("diff", str(file), str(paper.folder / "none.json"))
    assert paper.exit_code == 1 and "[manifest]" in paper.output
