"""docs/hosting.md: what people copy can be read, and its commands do on the demo what they say."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen.settings import HostSettings
from tests.commands import BY_NAME
from tests.deploy.storage import Storage
from tests.newspaper import Newspaper
from tests.site_test import SiteTest, tree
from tests.test_docs import allowed, by_name, fits, named, shapes, tables
from tests.test_docs_ci import runs

ROOT = Path(__file__).parent.parent.parent
TEXT = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
HOSTS = (
    "Netlify",
    "Cloudflare Pages",
    "GitHub Pages",
    "S3 and a CDN",
    "A server of your own with nginx",
    "Apache",
    "Rented space with SFTP alone",
    "GitLab Pages",
)


def commands(text: str) -> list[str]:
    """The commands of sitegen in some lines of shell, each alone."""
    found = re.findall(r"(?:^|&& |`|    )(sitegen [^\n`&>|]+)", text, re.MULTILINE)
    return [command.strip() for command in found]


IN_CI = sorted(
    {c for block in BLOCKS for run in runs(yaml.safe_load(block)) for c in commands(run)}
)
EVERYWHERE = sorted({c for c in commands(TEXT) if c.split()[1] in BY_NAME} | set(IN_CI))


def test_every_host_has_its_section_and_its_target() -> None:
    sections = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    assert set(HOSTS) <= set(sections)
    told = {*re.findall(r'target = "([a-z0-9-]+)"', TEXT)}
    assert told == set(allowed(HostSettings.model_fields["target"].annotation))


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_file_for_ci_keeps_both_folders_and_builds_for_a_change_and_what_is_due(
    block: str,
) -> None:
    read = yaml.safe_load(block)
    if "jobs" in read:
        assert read[True].keys() == {"push", "schedule"} and read["concurrency"]["group"]
        steps = [step for job in read["jobs"].values() for step in job["steps"]]
        assert all(("uses" in step) != ("run" in step) for step in steps)
        (cache,) = [s["with"] for s in steps if s.get("uses", "").startswith("actions/cache@")]
        kept = cache["path"].split()
        assert cache["key"].startswith(cache["restore-keys"])
        done = [run for step in steps for run in runs(step)]
        assert "sitegen build" in done and "sitegen build --if-due" in done
    else:
        builder = next(job for job in read.values() if "cache" in job)
        kept = builder["cache"]["paths"]
        assert "sitegen build $DUE" in builder["script"] and builder["resource_group"]
        scheduled = builder["rules"][0]
        assert "schedule" in scheduled["if"] and scheduled["variables"] == {"DUE": "--if-due"}
    assert kept == [".sitegen", "public"]


def test_every_host_has_a_file_for_github_and_one_for_gitlab_or_says_where() -> None:
    parts = dict(
        zip(*[iter(re.split(r"^## (.+)$", TEXT, flags=re.MULTILINE)[1:])] * 2, strict=True)
    )
    for host in HOSTS:
        forms = {
            "jobs" in yaml.safe_load(block)
            for block in re.findall(r"^```yaml\n(.*?)^```", parts[host], re.DOTALL | re.MULTILINE)
        }
        linked = "ci.md" in parts[host] or "(#" in parts[host] or "mirror" in parts[host]
        assert forms == {True, False} or linked, host


@pytest.mark.parametrize("command", EVERYWHERE)
def test_every_command_has_the_options_that_it_is_given(command: str) -> None:
    _, name, *rest = shlex.split(command.replace("$DUE", "--if-due"))
    known = {option for parameter in BY_NAME[name].params for option in parameter.opts}
    assert {word for word in rest if word.startswith("-")} <= known


@pytest.fixture(scope="module")
def demo(newspaper: Newspaper, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demo newspaper's files, not built yet; its pictures are made."""
    folder = tmp_path_factory.mktemp("demo") / "news"
    folder.mkdir()
    shutil.copy(ROOT / "sitegen.toml", folder)
    for name in ("content", "static", "data"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, folder / name)
    newspaper.lend_pictures(folder / ".sitegen")
    return folder


@pytest.mark.parametrize("command", IN_CI)
def test_every_command_for_ci_runs_on_the_demo(
    command: str,
    demo: Path,
    storage: Storage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As a runner would: in the site's folder, with the target's address and keys around it."""
    monkeypatch.chdir(demo)
    monkeypatch.setenv("AWS_ENDPOINT_URL", storage.endpoint)
    site = SiteTest.__new__(SiteTest)
    site.folder = demo
    _, *words = shlex.split(command.replace("$DUE", "--if-due"))
    if words[0] == "deploy":
        site.run("build", "--if-due", "--quiet").ok()
        words[1] = stand_in(words[1], storage, tmp_path, monkeypatch)
    site.run(*words).ok()
    assert (demo / "public/index.html").is_file()
    if words[0] == "deploy":
        site.run(*words, "--format", "json").ok()
        assert site.report["files"] > 100 and site.report["sent"] == []
        assert "purge" in site.report


def stand_in(target: str, storage: Storage, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The target itself where this machine can be it, else a folder of this machine."""
    if target.startswith("s3://"):
        storage.client.create_bucket(Bucket=target.removeprefix("s3://"))
        return target
    if target.startswith("sftp://"):  # tests/deploy/test_sftp.py has the server
        return str(folder / "space")
    user, colon, _ = target.rpartition(":")
    if not colon:
        return str(folder / "pages")
    here = folder / "remote"
    rsync = shutil.which("rsync")
    here.write_text(
        f'#!/bin/sh\nwhile [ "$1" != rsync ]; do shift; done\nshift\nexec {rsync} "$@"\n'
    )
    here.chmod(0o755)
    monkeypatch.setenv("RSYNC_RSH", str(here))
    (folder / "www").mkdir()
    return f"{user}:{folder / 'www'}"


def test_the_line_for_cron_publishes_what_was_edited(
    site: SiteTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (line,) = re.findall(r"^\*/5 .*$", TEXT, re.MULTILINE)
    build, deploy = commands(line)
    monkeypatch.chdir(site.folder)
    for title in ("One", "Two"):
        site.write("a.md", title=title)
        for command in (build, deploy.replace("/srv/www", str(tmp_path))):
            site.run(*shlex.split(command)[1:]).ok()
        assert title in (tmp_path / "news/2026/11/a/index.html").read_text(encoding="utf-8")


def test_every_name_of_the_report_has_its_row(site: SiteTest, tmp_path: Path) -> None:
    site.write("a.md").write("b.md", slug="b").build().ok()
    target = str(tmp_path / "www")
    where = ["-s", str(site.folder), "--format", "json"]
    reports: list[Any] = [site.run("deploy", target, *where).report]
    site.remove("b.md").build().ok()
    reports.append(site.run("deploy", target, *where).report)
    reports.append(site.run("deploy", "/", *where).report)
    rows = by_name(tables("hosting.md", "Name"))
    for report in reports:
        assert report.keys() == rows.keys()
        for name, value in shapes(report):
            assert "[]" in name or fits(value, rows[name][1]), name
    assert reports[1]["deleted"] and reports[1]["purge"] and reports[2]["errors"]
    assert set(named(rows["errors"][2])) == reports[2]["errors"][0].keys()


def test_the_policy_of_the_bucket_is_json_and_spares_what_is_not_for_readers() -> None:
    (block,) = re.findall(r"^```json\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
    allow, deny = json.loads(block)["Statement"]
    assert (allow["Effect"], deny["Effect"]) == ("Allow", "Deny")
    assert deny["Resource"].endswith("/_host/*")


def test_what_the_page_says_of_targets_is_so(site: SiteTest, tmp_path: Path) -> None:
    site.write("a.md").build().ok()
    uri = (tmp_path / "w w").as_uri()
    site.run("deploy", uri, "-s", str(site.folder)).ok()
    found = tree(tmp_path / "w w")
    assert found.pop("_host/deployed.json") and found == site.bytes
