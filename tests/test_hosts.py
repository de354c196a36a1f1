"""What hosts are told beside redirects, what they take, and what an output may hold at all."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from sitegen import serving, urls
from sitegen.config import Config
from sitegen.outputs import Output, Page, Text
from sitegen.plan.budgets import in_bytes, in_numbers
from tests.site_test import SETTINGS, SiteTest

ARABIC = '[languages.ar]\ntitle = "الاختبار"\n'


def settings(target: str, more: str = "") -> str:
    return f'{SETTINGS}{ARABIC}[host]\ntarget = "{target}"\n{more}'


def a_site(site: SiteTest, target: str, more: str = "") -> SiteTest:
    site.settings(settings(target, more)).write("a.md", tags=["t"], section="Politics")
    site.write("ar/b.md", title="ب", slug="مرحبا-بكم", tags=["وسم"])
    return site.write("pages/about.md", "---\ntitle: About\n---\nUs.\n")


def blocks(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """(pattern, headers) of a `_headers` file."""
    for block in text.strip().split("\n\n"):
        pattern, *lines = block.split("\n")
        yield pattern, dict(line.strip().split(": ", 1) for line in lines)


def matches(pattern: str, url: str) -> bool:
    """As both hosts do: “:name” is one part of a path, “*” at the end is all that follows."""
    parts = ["[^/]+" if part.startswith(":") else re.escape(part) for part in pattern.split("/")]
    return re.fullmatch("/".join(parts).replace(r"\*", ".*"), url) is not None


@pytest.mark.parametrize("target", ["netlify", "cloudflare"])
@pytest.mark.parametrize("base", ["", "/repo"])
def test_headers_say_of_every_file_what_the_table_says(
    site: SiteTest, target: str, base: str
) -> None:
    """HO-06, FD-19, TK-10: one value for each header, though several patterns may match."""
    a_site(site, target).build("--base-url", f"https://test.example{base}/").ok()
    text = site.page("_headers")
    rules = list(blocks(text))
    assert len(rules) <= 100 and max(map(len, text.split("\n"))) <= 2000
    for path in site.bytes:
        url = base + urls.url_of(path)
        found = [headers for pattern, headers in rules if matches(pattern, url)]
        names = [name for headers in found for name in headers]
        assert len(names) == len(set(names)), (path, names)
        told = {name: value for headers in found for name, value in headers.items()}
        rule = serving.rule_of(path, fingerprint=False)
        assert told.get("Cache-Control", serving.PAGE) == (rule.cache if rule else serving.PAGE)
        assert ("Access-Control-Allow-Origin" in told) == bool(rule and rule.shared)
        assert told.get("Content-Type", "") == (rule.type if rule else "")
        assert told["X-Content-Type-Options"] == "nosniff"
        assert told["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_the_policy_in_the_header_is_that_of_the_pages_and_forbids_frames(site: SiteTest) -> None:
    """HO-06."""
    a_site(site, "netlify", '[csp]\nimg-src = ["https://pictures.example"]\n').build().ok()
    ((_, headers), *_) = blocks(site.page("_headers"))
    policy = headers["Content-Security-Policy"]
    page = site.page("index.html").replace("&#39;", "'")
    own = policy.removesuffix("; frame-ancestors 'self'")
    assert f'content="{own}"' in page
    assert policy.endswith("; frame-ancestors 'self'") and "https://pictures.example" in policy


def test_fingerprinted_assets_may_be_kept_for_ever(site: SiteTest) -> None:
    a_site(site, "netlify", "[assets]\nfingerprint = true\n").build().ok()
    rules = dict(blocks(site.page("_headers")))
    assert rules["/assets/*"]["Cache-Control"] == serving.FOR_EVER


def test_github_pages_is_told_to_leave_the_files_alone_and_its_domain(site: SiteTest) -> None:
    """HO-04."""
    a_site(site, "github-pages", 'cname = "News.example.org"\n').build().ok()
    assert site.bytes[".nojekyll"] == b"" and site.page("CNAME") == "news.example.org\n"
    assert "_headers" not in site.bytes and "_redirects" not in site.bytes
    site.file("static/CNAME", "other.example.org\n").build().ok()
    assert site.page("CNAME") == "other.example.org\n"


def test_a_plain_host_is_told_nothing(site: SiteTest) -> None:
    a_site(site, "plain").build().ok()
    assert not [path for path in site.bytes if path.startswith(("_", "."))]


ALLOWED = {".nojekyll", ".htaccess", ".well-known"}


@pytest.mark.parametrize("target", ["plain", "netlify", "github-pages", "nginx", "apache", "s3"])
def test_an_output_holds_what_was_built_and_no_more(site: SiteTest, target: str) -> None:
    """HO-11 and HO-03: no sources, drafts, links or hidden files; names that every system has."""
    a_site(site, target, '[redirects]\n"/old/" = "/about/"\n').write("d.md", status="draft")
    site.file("static/.well-known/security.txt", "Contact: x").file("static/.secret", "x")
    site.build().ok()
    places = set()
    for file in site.public.rglob("*"):
        path = file.relative_to(site.public)
        assert not file.is_symlink() and path.suffix not in (".md", ".toml")
        hidden = {part for part in path.parts if part.startswith(".")}
        assert hidden <= ALLOWED, path
        for part in path.parts:
            assert len(part.encode()) <= 255 and not re.search(r'[:*?"<>|\\]', part), path
        place = urls.same_place(path.as_posix())
        assert place not in places
        places.add(place)
    assert ("ar/2026/11/مرحبا-بكم/index.html" in site.bytes) and ".secret" not in site.bytes


def test_pages_are_folders_and_links_to_them_end_with_a_slash(site: SiteTest) -> None:
    """HO-03: no host has to send a reader on."""
    a_site(site, "plain").build().ok()
    for path, data in site.bytes.items():
        if path.endswith(".html"):
            assert path.endswith(("index.html", "404.html"))
            for link in re.findall(r'href="(/[^"#]*)', data.decode()):
                assert link.endswith("/") or "." in PurePosixPath(link).name, (path, link)
                assert link.isascii(), (path, link)


def tree_hash(files: dict[str, bytes]) -> str:
    hasher = hashlib.sha256()
    for path, data in sorted(files.items()):
        hasher.update(json.dumps([path, hashlib.sha256(data).hexdigest()]).encode())
    return hasher.hexdigest()


@pytest.mark.parametrize("target", ["netlify", "nginx", "apache", "s3"])
def test_two_builds_give_the_same_tree_and_write_nothing_twice(site: SiteTest, target: str) -> None:
    """HO-08."""
    more = '[redirects]\n"/old/" = "/about/"\n[build]\nprecompress = ["gz"]\n'
    a_site(site, target, more).build().ok()
    before = {path: (site.public / path).stat().st_mtime_ns for path in site.bytes}
    assert tree_hash(site.bytes) == tree_hash(site.clean_bytes())
    site.build().ok()
    assert before == {path: (site.public / path).stat().st_mtime_ns for path in site.bytes}


# Budgets.


def config(target: str, **host: object) -> Config:
    site = {"title": "T", "base_url": "https://test.example/"}
    return Config.model_validate({"site": site, "host": {"target": target, **host}})


def some(number: int) -> list[Output]:
    return [Page(f"{n}/index.html", "article.html", "articles", "en", ()) for n in range(number)]


def told(outputs: list[Output], target: str, **host: object) -> list[str]:
    return [f"{p.message}; {p.hint}" for p in in_numbers(outputs, config(target, **host), {})]


def test_a_build_warns_at_nine_tenths_of_a_hosts_files() -> None:
    """HO-07."""
    assert told(some(17_999), "cloudflare") == []
    (warning,) = told(some(18_000), "cloudflare")
    assert "18,000 files, and cloudflare takes 20,000" in warning
    assert told(some(18_000), "cloudflare", max_files=100_000) == []
    assert told(some(50_000), "nginx") == [] and len(told(some(9), "nginx", max_files=10)) == 1


def test_a_warning_says_which_setting_frees_how_many_files(site: SiteTest) -> None:
    """HO-07: and the number is true."""
    more = '[listings]\nfront = 1\n[listings.periods]\ntag = "month"\n'
    a_site(site, "nginx", f'max_files = 10\n{more}[build]\nprecompress = ["gz"]\n')
    for month in range(1, 7):
        site.write(f"m{month}.md", date=f"2026-0{month}-01", tags=["t"])
    site.build().ok()
    (warning,) = site.warnings
    assert warning["code"] == "host-limit" and warning["source"] == "sitegen.toml"
    hint, before = warning["hint"], len(site.bytes)
    found = re.findall(r"(\[[^;]*?) frees (\d+) files?", hint)
    assert {way for way, _ in found} >= {
        "[build] precompress = []",
        '[listings.periods] tag = "year"',
        '[feeds.listings] tag = "none"',
    }
    plain = site.folder.joinpath("sitegen.toml").read_text()
    site.settings(plain.replace('["gz"]', "[]")).build().ok()
    assert before - len(site.bytes) == int(dict(found)["[build] precompress = []"])
    before = len(site.bytes)
    site.settings(plain.replace('["gz"]', "[]").replace('tag = "month"', 'tag = "year"'))
    site.build().ok()
    assert before - len(site.bytes) == int(dict(found)['[listings.periods] tag = "year"'])
    before = len(site.bytes)
    site.file("sitegen.toml", site.page("../sitegen.toml") + '[feeds.listings]\ntag = "none"\n')
    site.build().ok()
    assert before - len(site.bytes) == int(dict(found)['[feeds.listings] tag = "none"'])


def test_a_build_warns_of_bytes_of_all_and_of_one() -> None:
    """HO-07."""
    mega = 2**20

    def heavy(target: str, *sizes: int) -> list[str]:
        files = [(f"{n}.mp4", size) for n, size in enumerate(sizes)]
        return [p.message for p in in_bytes(files, config(target))]

    assert heavy("cloudflare", 20 * mega, 22 * mega) == []
    assert heavy("cloudflare", 24 * mega) == ["0.mp4 has 25.2 MB, and cloudflare takes 26.2 MB"]
    assert heavy("github-pages", *[100 * 10**6] * 8) == []
    assert heavy("github-pages", *[100 * 10**6] * 9) == [
        "the site has 900.0 MB, and github-pages takes 1,000.0 MB"
    ]


def test_a_build_warns_of_rules() -> None:
    """HO-05 and HO-06."""
    line = "/old/ /new/ 301\n"
    assert told([Text("_redirects", line * 1_799)], "cloudflare") == []
    assert len(told([Text("_redirects", line * 1_800)], "cloudflare")) == 1
    assert told([Text("_redirects", line * 8_999)], "netlify") == []
    assert len(told([Text("_redirects", line * 9_000)], "netlify")) == 1
    assert len(told([Text("_redirects", "/a/* /b/ 301\n" * 90)], "cloudflare")) == 1
    rules = json.dumps([{"Condition": {}}] * 45)
    assert len(told([Text("_host/s3-routing-rules.json", rules)], "s3")) == 1
    assert len(told([Text("_headers", "/a\n  X: 1\n" * 90)], "netlify")) == 1
    assert len(told([Text("_headers", f"/a\n  X: {'1' * 1_900}\n")], "netlify")) == 1


def test_the_report_says_how_much_there_is(site: SiteTest) -> None:
    """HO-07: numbers of files and bytes, and none of them twice."""
    a_site(site, "nginx").build().ok()
    size = sum(map(len, site.bytes.values()))
    assert (site.report["pages"], site.report["bytes"]) == (len(site.bytes), size)
    site.build().ok()
    assert site.report["bytes"] == size
    site.write("c.md", title="More").build().ok()
    assert site.report["bytes"] == sum(map(len, site.bytes.values()))


def test_a_file_that_is_too_large_is_told_by_each_build_and_stops_a_strict_one(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sitegen.plan import budgets

    monkeypatch.setitem(budgets.BUDGETS, "cloudflare", budgets.Budget(largest=2_000_000))
    a_site(site, "cloudflare").file("static/film.mp4", b"x" * 1_900_000)
    site.build("--strict")
    assert site.exit_code == 1 and not (site.public / "index.html").exists()
    for _ in range(2):
        site.build().ok()
        (warning,) = site.warnings
        assert warning["code"] == "host-limit" and "film.mp4" in warning["message"]
    site.settings(settings("cloudflare", '[check]\nsilence = ["host-limit"]\n')).build().ok()
    assert site.warnings == []
