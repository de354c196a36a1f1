"""Every planned address is answered with the bytes, the status and the type that a host gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from sitegen import serving, urls
from sitegen.serve.preview import Asked, Preview
from tests.histories import NAMES, History
from tests.newspaper import PROJECT, Newspaper
from tests.serve.conftest import Serve
from tests.serve.server import PATIENCE, Server
from tests.servers.hosted import GOLDEN
from tests.site_test import NOW, SiteTest, tree


def differences(server: Server, built: Mapping[str, bytes], base: str = "") -> list[str]:
    """What is answered otherwise than by a host that has the files of a build."""
    found = []
    connection = HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    for path, data in built.items():
        connection.request("GET", quote(base) + urls.url_of(path))
        answer = connection.getresponse()
        body, kind = answer.read(), answer.getheader("Content-Type")
        if serving.for_hosts(path):
            if answer.status != 404 or body == data:
                found.append(f"{path}: a reader gets what is for the host alone")
        elif answer.status != (404 if path.endswith("404.html") else 200):
            found.append(f"{path}: {answer.status}")
        elif kind != serving.media_type(path) or answer.getheader("Content-Encoding"):
            found.append(f"{path}: {answer.getheaders()}")
        elif body != data:
            found.append(f"{path}: other bytes")
    connection.close()
    return found


def sound(site: SiteTest) -> SiteTest:
    """Take out what a build would refuse: the preview shows it, with what is wrong with it."""
    where = ["-s", str(site.folder), "--state", str(site.folder.parent / "of-checks")]
    while site.run("check", *where, "--format", "json").exit_code:
        bad = {error["source"] for error in json.loads(site.output)["errors"]}
        for source in bad:
            (site.folder / source).unlink()
    return site


def test_the_whole_demo_is_served_as_it_is_built(
    newspaper: Newspaper, tmp_path: Path, serve: Serve
) -> None:
    newspaper.lend_pictures(tmp_path)
    server = serve(PROJECT, "--state", str(tmp_path)).whole()
    built = tree(newspaper.public)
    assert differences(server, built) == [] and len(built) > 500


def random_archive(folder: Path, seed: int) -> SiteTest:
    """A site that a build finds nothing wrong with."""
    history = History(folder, seed)
    for _ in range(len(NAMES)):
        history.write()
    history.template()
    history.page()
    return sound(history.site)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_planned_alone_is_as_it_is_planned_with_all_others(
    seed: int, tmp_path: Path
) -> None:
    site = random_archive(tmp_path, seed).build().ok()
    every, alone = (Preview(Asked(site.folder, site.folder / ".sitegen")) for _ in range(2))
    assert every.begin() and alone.begin()
    all_, one = every.edition(), alone.edition()
    assert all_ and one
    # Pictures last: for them the other plans all, too.
    outputs = sorted(all_.outputs, key=lambda output: output.path.startswith(serving.PICTURES))
    different = [o.path for o in outputs if one.output_at(o.path) != o]
    assert different == [] and len(outputs) > 60
    assert one.output_at("nowhere/index.html") is None


def test_a_random_archive_is_served_as_it_is_built(tmp_path: Path, serve: Serve) -> None:
    site = random_archive(tmp_path, 0)
    server = serve(site.folder).whole()
    built = site.clean_bytes()
    assert differences(server, built) == [] and len(built) > 60


def golden(folder: Path, more: str = "") -> SiteTest:
    settings = (GOLDEN / "sitegen.toml").read_text(encoding="utf-8")
    site = SiteTest(folder / "site", settings + more)
    for name in ("content", "static", "themes", "data"):
        if (GOLDEN / name).is_dir():
            (site.folder / name).symlink_to(GOLDEN / name, target_is_directory=True)
    return site


def test_drafts_are_shown_as_a_preview_for_lawyers_has_them(tmp_path: Path, serve: Serve) -> None:
    site = golden(tmp_path)
    server = serve(site.folder, "--drafts").whole()
    site.build("--preview", "--embargoed").ok()
    built = tree(site.folder / "preview")
    assert differences(server, built) == []


@pytest.mark.parametrize(
    ("target", "base"),
    [("netlify", ""), ("github-pages", "/ü b"), ("nginx", "/news")],
)
def test_a_site_in_a_folder_is_served_with_twins_and_without_what_hosts_are_told(
    target: str, base: str, tmp_path: Path, serve: Serve
) -> None:
    more = f'\n[build]\nprecompress = ["gz"]\n[host]\ntarget = "{target}"\n'
    site = golden(tmp_path, more)
    address = f"https://example.org{quote(base)}/"
    server = serve(site.folder, "--base-url", address).whole()
    built = site.clean_bytes("--base-url", address)
    found = differences(server, built, base)
    gone = [line for line in found if line.endswith(": 410")]
    assert [line for line in found if line not in gone] == []
    assert bool(gone) == (target == "nginx")
    assert any(path.endswith(".gz") for path in built)
    if base:
        assert server.get("/").headers["location"] == f"{quote(base)}/"
        assert server.get("/about/").status == 404


def test_the_instant_decides_what_is_there(site: SiteTest, serve: Serve) -> None:
    site.write("later.md", title="Later", date="2026-11-30")
    assert serve(site.folder).whole().get("/2026/11/later/").status == 404
    later = serve(site.folder, now="2026-12-01").whole()
    assert later.get("/2026/11/later/").status == 200
    assert NOW < "2026-11-30"
