"""Deploys to storage that speaks S3: a real server on this machine, and the real boto3."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.deploy.file import File
from sitegen.deploy.s3 import Bucket
from sitegen.deploy.target import Access
from sitegen.digest import digest
from tests.deploy.storage import Asked, Storage
from tests.site_test import SiteTest

RECORD = "_host/deployed.json"


@pytest.fixture
def bucket(storage: Storage, request: pytest.FixtureRequest) -> str:
    name = f"b{digest(request.node.name.encode()).hex()}"
    storage.client.create_bucket(Bucket=name)
    storage.asked()
    return name


def deploy(site: SiteTest, storage: Storage, target: str, *args: str) -> SiteTest:
    where = ["--endpoint-url", storage.endpoint, "--format", "json"]
    return site.run("deploy", target, "-s", str(site.folder), *where, *args)


def written(asked: list[Asked], method: str = "PUT") -> list[str]:
    return [each.key for each in asked if each.method == method and each.key != RECORD]


def shown(site: SiteTest) -> dict[str, bytes]:
    return {path: data for path, data in site.bytes.items() if not path.startswith("_host/")}


def test_everything_is_there_with_its_type_and_cache_rule(
    paper: SiteTest, storage: Storage, bucket: str
) -> None:
    """HO-12: types are set, not guessed; HO-09: what a deploy sends. `_host/` is not uploaded."""
    deploy(paper, storage, f"s3://{bucket}").ok()
    objects = storage.objects(bucket)
    assert objects.pop(RECORD) and objects == shown(paper)
    for key, kind, rule in (
        ("2026/11/tide-1/index.html", "text/html; charset=utf-8", "must-revalidate"),
        ("feed.xml", "application/rss+xml", "max-age=300"),
        ("headlines.json", "application/json", "max-age=60"),
        ("pictures/tide.png", "image/png", "max-age="),
    ):
        head = storage.head(bucket, key)
        assert head["ContentType"] == kind and rule in head["CacheControl"], key
    assert storage.head(bucket, RECORD)["CacheControl"] == "no-store"


def test_a_folder_of_a_bucket_is_all_that_a_deploy_touches(
    paper: SiteTest, storage: Storage, bucket: str
) -> None:
    storage.client.put_object(Bucket=bucket, Key="other/index.html", Body=b"other")
    deploy(paper, storage, f"s3://{bucket}/news/paper/").ok()
    paper.remove("tide-5.md").build().ok()
    deploy(paper, storage, f"s3://{bucket}/news/paper").ok()
    objects = storage.objects(bucket)
    assert objects.pop("other/index.html") == b"other"
    assert objects.pop(f"news/paper/{RECORD}")
    assert objects == {f"news/paper/{path}": data for path, data in shown(paper).items()}


def test_only_what_changed_is_sent_and_nothing_is_asked_after(
    paper: SiteTest, storage: Storage, bucket: str
) -> None:
    deploy(paper, storage, f"s3://{bucket}").ok()
    storage.asked()
    deploy(paper, storage, f"s3://{bucket}").ok()
    assert [each.method for each in storage.asked()] == ["GET"]
    paper.write("tide-5.md", title="Five", date="2026-11-05", tags=["sea"]).build().ok()
    changed = paper.changed
    deploy(paper, storage, f"s3://{bucket}").ok()
    asked = storage.asked()
    assert set(written(asked)) == changed == set(paper.report["sent"])
    assert {each.method for each in asked} == {"GET", "PUT"}
    assert f"https://test.example/{'2026/11/tide-5/'}" in paper.report["purge"]


def test_a_page_goes_after_what_it_needs_and_before_what_leads_to_it(
    paper: SiteTest, storage: Storage, bucket: str
) -> None:
    """HO-09: HTML after the assets it needs; home and feeds after it; deletions last."""
    deploy(paper, storage, f"s3://{bucket}").ok()
    first = written(storage.asked())
    paper.remove("tide-5.md").file("static/pictures/new.png", b"new")
    paper.write("tide-6.md", title="Six", date="2026-11-06", tags=["sea", "new"]).build().ok()
    deploy(paper, storage, f"s3://{bucket}").ok()
    asked = storage.asked()
    for sent in (first, written(asked)):
        turns = [turn(key) for key in sent]
        assert turns == sorted(turns) and set(turns) == {1, 2, 3, 4}
    methods = [each.method for each in asked if each.method != "GET"]
    assert methods == [*sorted(methods[:-1], reverse=True), "PUT"]
    assert written(asked, "DELETE") == ["2026/11/tide-5/index.html"] == paper.report["deleted"]


def turn(key: str) -> int:
    """An oracle of its own, by the names of this site's files."""
    name = key.rpartition("/")[2]
    if name in ("feed.json", "headlines.json", "robots.txt") or key.endswith(".xml"):
        return 4
    if key == "index.html":
        return 4
    if not key.endswith(".html"):
        return 1
    return 2 if key.startswith("2026/11/tide-") else 3


@pytest.mark.parametrize("writes", [0, 1, 2, 7, 20])
def test_a_deploy_that_is_killed_is_ended_by_the_next_one(
    writes: int, paper: SiteTest, storage: Storage, bucket: str
) -> None:
    """A real SIGKILL; the next run does the rest and nothing else."""
    deploy(paper, storage, f"s3://{bucket}").ok()
    before = storage.objects(bucket)
    paper.file("static/pictures/tide.png", b"other").remove("tide-5.md")
    paper.write("tide-6.md", title="Six", date="2026-11-06", tags=["sea"])
    paper.settings(paper.folder.joinpath("sitegen.toml").read_text().replace("The Test", "New"))
    paper.build().ok()
    changed, removed = paper.changed - {"_host/rules.conf"}, paper.removed
    storage.asked()
    storage.hold(writes)
    command = [sys.executable, "-m", "sitegen", "deploy", f"s3://{bucket}", "-q"]
    where = ["-s", str(paper.folder), "--endpoint-url", storage.endpoint]
    with subprocess.Popen([*command, *where]) as child:
        first = storage.held()
        child.kill()
    assert child.returncode == -9
    storage.go()
    halfway = storage.objects(bucket)
    halfway.pop(RECORD)
    for path, data in halfway.items():
        assert data in (before.get(path), shown(paper).get(path)), f"{path} is half there"
    storage.asked()
    deploy(paper, storage, f"s3://{bucket}").ok()
    second = storage.asked()
    assert paper.report["resumed"] == (writes > 0)
    assert len(written(first)) + len(written(first, "DELETE")) == max(0, writes - 1)
    assert sorted(written(first) + written(second)) == sorted(changed)
    gone = written(first, "DELETE") + written(second, "DELETE")
    assert sorted(gone) == sorted(removed)
    objects = storage.objects(bucket)
    assert objects.pop(RECORD) and objects == shown(paper)


def test_without_a_record_nothing_of_others_is_deleted_and_nothing_is_sent_twice(
    paper: SiteTest, storage: Storage, bucket: str
) -> None:
    deploy(paper, storage, f"s3://{bucket}").ok()
    storage.client.put_object(Bucket=bucket, Key="theirs.html", Body=b"theirs")
    storage.client.delete_object(Bucket=bucket, Key=RECORD)
    paper.remove("tide-5.md").build().ok()
    changed = paper.changed
    storage.asked()
    deploy(paper, storage, f"s3://{bucket}").ok()
    assert set(written(storage.asked())) == changed
    assert {"theirs.html", "2026/11/tide-5/index.html"} <= storage.objects(bucket).keys()


def test_another_type_or_rule_is_sent_although_the_bytes_are_the_same(
    storage: Storage, bucket: str, tmp_path: Path
) -> None:
    place = tmp_path / "f"
    place.write_bytes(b"x")
    target = Bucket(bucket, "", Access(storage.endpoint))
    sent: list[str] = []
    one = File("f.html", place, digest(b"x"), 1, "text/html", "max-age=1")
    target.send([one], sent.append)
    assert target.same([one]) == {"f.html"} == set(sent)
    other = File("f.html", place, digest(b"x"), 1, "text/html", "max-age=2")
    assert target.same([other]) == set() and target.mark(one) != target.mark(other)


def test_a_stub_tells_the_storage_where_it_leads(
    storage: Storage, bucket: str, tmp_path: Path
) -> None:
    """HO-05: what the page says, the storage answers with: 301, without the page."""
    page = (
        b'<title>Moved</title><meta http-equiv="Refresh" content="0; url=/new/?a=1&amp;b=%C3%A9">'
    )
    place = tmp_path / "f"
    place.write_bytes(page)
    target = Bucket(bucket, "", Access(storage.endpoint))
    for path, leads_on in (("old/index.html", True), ("other.html", False)):
        file = File(path, place, digest(page), len(page), "text/html", "no-cache", 3, leads_on)
        target.send([file], lambda path: None)
    head = storage.head(bucket, "old/index.html")
    assert head["WebsiteRedirectLocation"] == "/new/?a=1&b=%C3%A9"
    assert "WebsiteRedirectLocation" not in storage.head(bucket, "other.html")


def test_a_request_that_is_refused_for_now_is_tried_again(
    paper: SiteTest, storage: Storage, bucket: str
) -> None:
    storage.hold(3)
    command = [sys.executable, "-m", "sitegen", "deploy", f"s3://{bucket}", "-q"]
    where = ["-s", str(paper.folder), "--endpoint-url", storage.endpoint]
    with subprocess.Popen([*command, *where]) as child:
        storage.held()
        storage.go()
    assert child.returncode == 0
    objects = storage.objects(bucket)
    assert objects.pop(RECORD) and objects == shown(paper)


def test_what_the_storage_refuses_is_told_with_its_remedy(
    paper: SiteTest, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy(paper, storage, "s3://no-such-bucket-here")
    (error,) = paper.report["errors"]
    assert paper.exit_code == 1 and error["code"] == "deploy-failed"
    assert "NoSuchBucket" in error["message"] and "bucket first" in error["hint"]
    deploy(paper, storage, "s3://")
    assert paper.exit_code == 2 and "deploy-target" in json.dumps(paper.report)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    deploy(paper, storage, "s3://some-bucket")
    (error,) = paper.report["errors"]
    assert "no key" in error["message"] and "AWS_ACCESS_KEY_ID" in error["hint"]


def test_without_boto3_it_says_what_to_install(
    paper: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "boto3", None)
    paper.run("deploy", "s3://bucket", "-s", str(paper.folder), "--format", "json")
    (error,) = paper.report["errors"]
    assert paper.exit_code == 1 and error["code"] == "deploy-tools"
    assert 'pip install "sitegen[s3]"' in error["hint"]
