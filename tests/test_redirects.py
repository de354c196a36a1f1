"""Old addresses: aliases and rules, in the form of each host; what is wrong with them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from sitegen.config import Config
from sitegen.model import Archive, Article, Document, Moment, State
from sitegen.plan import hosts, redirects
from sitegen.settings import HostSettings
from tests.site_test import SETTINGS, SiteTest

MANY = 40_000
HOSTS = ("plain", "github-pages", "netlify", "cloudflare", "s3", "nginx", "apache")
STUBS = ("plain", "github-pages", "s3")


def settings(target: str, rules: str = "", more: str = "") -> str:
    return f'{SETTINGS}{more}[host]\ntarget = "{target}"\n[redirects]\n{rules}\n'


def led(site: SiteTest, target: str) -> Iterator[tuple[str, str]]:
    """(old, new) of all that a built site says of its redirects, in whichever form."""
    files = site.bytes
    if "_redirects" in files:
        for line in site.page("_redirects").splitlines():
            old, new, status = line.split(" ")
            assert status == "301"
            yield old, new
    if "_host/bulk-redirects.csv" in files:
        for old, new, _ in csv.reader(site.page("_host/bulk-redirects.csv").splitlines()):
            yield old.removeprefix("test.example"), new.removeprefix("https://test.example")
    if target == "nginx":
        text = site.page("_host/nginx-http.conf").partition("map $request_uri")[0]
        yield from re.findall(r'^  "(/.*)" "(.*)";$', text, re.MULTILINE)
    if target == "apache":
        found = re.findall(r'^RedirectMatch 301 "\^(.*)\$" "(.*)"$', site.page(".htaccess"), re.M)
        yield from ((re.sub(r"\\(.)", r"\1", old.removesuffix("?")), new) for old, new in found)
    for path, data in files.items():
        if b'http-equiv="refresh"' in data:
            (to,) = re.findall(rb'content="0; url=([^"]*)"', data)
            yield "/" + path.removesuffix("index.html"), to.decode()


@pytest.mark.parametrize("target", HOSTS)
def test_every_alias_and_rule_leads_on_at_every_host(site: SiteTest, target: str) -> None:
    """HO-05, in the host's own form."""
    site.settings(settings(target, '"/shop/" = "https://shop.example/?a=1#b"'))
    site.write("a.md", aliases=["/old/a/", "/older.html"], slug="a")
    site.write("gone.md", aliases=["/was/"], withdrawn={"date": "2026-11-02", "reason": "Wrong."})
    site.write("pages/about.md", "---\ntitle: About\naliases: [/us]\n---\nUs.\n").build().ok()
    found = dict(led(site, target))
    assert found["/old/a/"] == found["/older.html"] == "/2026/11/a/"
    assert found["/was/"] == "/2026/11/gone/" and found["/us/"] == "/about/"
    assert found["/shop/"] == "https://shop.example/?a=1#b"


@pytest.mark.parametrize("target", HOSTS)
def test_what_is_held_back_leads_nowhere(site: SiteTest, target: str) -> None:
    site.settings(settings(target))
    site.write("a.md", aliases=["/secret/"], status="draft")
    site.write("b.md", aliases=["/secret-too/"], date="2026-12-01")
    site.write("pages/p.md", "---\ntitle: P\nstatus: draft\naliases: [/secret-page/]\n---\n")
    site.build().ok()
    assert not any(b"secret" in data or "secret" in path for path, data in site.bytes.items())


def test_a_page_that_leads_on_is_understood_by_browsers_machines_and_readers(
    site: SiteTest,
) -> None:
    """HO-05 and AC-16: refresh, canonical, noindex and a link; in no feed or sitemap."""
    site.write("a.md", slug="a", aliases=["/old/"]).build().ok()
    page = site.page("old/index.html")
    assert '<meta http-equiv="refresh" content="0; url=/2026/11/a/">' in page
    assert '<link rel="canonical" href="https://test.example/2026/11/a/">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert '<a href="/2026/11/a/">' in page
    listed = [p for p, data in site.bytes.items() if b"/old/" in data and not p.startswith("old/")]
    assert listed == []


def test_a_page_that_leads_on_speaks_its_articles_language(site: SiteTest) -> None:
    site.settings(settings("plain", more='[languages.ar]\ntitle = "A"\n'))
    site.write("ar/a.md", aliases=["/ar/old/"]).build().ok()
    page = site.page("ar/old/index.html")
    assert '<html lang="ar" dir="rtl">' in page and "انتقلت هذه الصفحة" in page


@pytest.mark.parametrize(
    ("target", "line"),
    [
        ("netlify", "/blog/* /politics/:splat 301"),
        ("cloudflare", "/blog/* /politics/:splat 301"),
        ("nginx", '"~*^/blog/(?<sitegen_rest>[^?#]*)"'),
        ("apache", 'RedirectMatch 301 "^/blog/(.*)$" "/politics/$1"'),
        ("s3", '"ReplaceKeyPrefixWith": "politics/"'),
    ],
)
def test_a_rule_for_all_below_an_address_is_the_hosts_own(
    site: SiteTest, target: str, line: str
) -> None:
    site.settings(settings(target, '"/blog/*" = "/politics/*"'))
    site.write("a.md", section="Politics").build().ok()
    assert any(
        line in data.decode()
        for path, data in site.bytes.items()
        if "." in path[:7] or path.startswith("_")
    )


@pytest.mark.parametrize("target", ["plain", "github-pages"])
def test_a_rule_for_all_below_an_address_is_refused_where_no_host_can(
    site: SiteTest, target: str
) -> None:
    site.settings(settings(target, '"/blog/*" = "/politics/*"')).write("a.md").build()
    (error,) = site.errors
    assert site.exit_code == 1 and error["code"] == "redirect-host"
    assert (error["source"], error["field"]) == ("sitegen.toml", "redirects./blog/*")
    assert (
        error["line"]
        == site.folder.joinpath("sitegen.toml")
        .read_text()
        .split("\n")
        .index('"/blog/*" = "/politics/*"')
        + 1
    )


WRONG = {
    "a page has it": (
        '"/about/" = "/politics/"',
        "redirect-taken",
        "content/pages/about.md has it",
    ),
    "a listing has it": (
        '"/politics/" = "/about/"',
        "redirect-taken",
        "the page /politics/ has it",
    ),
    "a page needs it as a folder": ('"/2026" = "/about/"', "redirect-taken", "/2026/"),
    "a file stands above it": ('"/feed.xml/x/" = "/about/"', "redirect-taken", "/feed.xml"),
    "an alias leads from there": ('"/old/" = "/about/"', "redirect-taken", "a rule in [redirects]"),
    "a page is below it": ('"/tags/*" = "/about/"', "redirect-taken", "stands below it"),
    "a chain": ('"/x/" = "/y/"\n"/y/" = "/about/"', "redirect-chain", "leads on to /about/"),
    "a chain over an alias": ('"/x/" = "/old/"', "redirect-chain", "/2026/11/a/"),
    "a chain into all below": ('"/x/" = "/z/1/"\n"/z/*" = "/about/"', "redirect-chain", "/about/"),
    "a loop": ('"/x/" = "/y/"\n"/y/" = "/x/"', "redirect-loop", "/x/ → /y/ → /x/"),
    "to itself": ('"/x" = "/x/"', "redirect-loop", "/x/ → /x/"),
    "into itself": ('"/z/*" = "/z/new/*"', "redirect-loop", "/z/*"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_a_rule_is_told_at_its_line(site: SiteTest, case: str) -> None:
    rules, code, words = WRONG[case]
    site.settings(settings("netlify", rules))
    site.write("a.md", slug="a", section="Politics", tags=["t"], aliases=["/old/"])
    site.write("pages/about.md", "---\ntitle: About\n---\nUs.\n").build()
    assert site.exit_code == 1
    found = [e for e in site.errors if e["code"] == code and words in e["message"]]
    assert found, site.errors
    if found[0]["source"] == "sitegen.toml":
        line = (site.folder / "sitegen.toml").read_text().split("\n")[found[0]["line"] - 1]
        assert line in rules.split("\n") and found[0]["field"].startswith("redirects./")
        assert found[0]["hint"]


@pytest.mark.parametrize("target", ["plain", "netlify"])
def test_an_alias_that_is_taken_is_told_at_its_line_and_leaves_its_article_out(
    site: SiteTest, target: str
) -> None:
    site.settings(settings(target)).write("a.md", slug="a", aliases=["/old/"])
    text = '---\ntitle: B\ndate: 2026-11-02\naliases:\n  - /fine/\n  - "{}"\n---\nText.\n'
    for taken, words in (
        ("/2026/11/a", "content/a.md has it"),
        ("/old/", "content/a.md leads on from there already"),
        ("/tags/", "the page /tags/ has it"),
    ):
        site.write("b.md", text.format(taken)).build()
        (error,) = site.errors
        assert (error["code"], error["line"], error["field"]) == ("redirect-taken", 6, "aliases")
        assert error["source"] == "content/b.md" and words in error["message"], error
    site.build("--keep-going")
    assert site.exit_code == 4 and site.report["left_out"] == ["content/b.md"]


@pytest.mark.parametrize("target", ["plain", "netlify"])
def test_an_alias_that_is_the_articles_own_address_is_none(site: SiteTest, target: str) -> None:
    """As 18f has it: an archive that was moved keeps such lines, in other letters too."""
    site.settings(settings(target)).write("b.md", aliases=["/2026/11/b/", "/2026/11/B/"])
    site.build().ok()
    assert site.warnings == [] and "2026/11/B/index.html" not in site.bytes


def test_an_alias_under_another_systems_name_is_told_under_it(site: SiteTest) -> None:
    site.settings(SETTINGS + '[front_matter]\npreset = "jekyll"\n').write("a.md", slug="a")
    site.write("b.md", redirect_from="/2026/11/a/").build()
    assert [(e["field"], e["line"]) for e in site.errors] == [("redirect_from", 4)]


def test_an_alias_behind_a_question_mark_is_refused_kindly(site: SiteTest) -> None:
    site.write("a.md", aliases=["/?p=123"]).build()
    (error,) = site.errors
    assert (error["source"], error["line"], error["field"]) == ("content/a.md", 4, "aliases[1]")
    assert "“?”" in error["message"] and "nginx" in error["hint"]


def test_a_rule_to_nowhere_and_a_redirect_that_browsers_would_save_are_warned_of(
    site: SiteTest,
) -> None:
    site.settings(settings("plain", '"/x/" = "/nothing/"')).write("a.md", aliases=["/old.php"])
    site.build().ok()
    told = {w["code"]: w for w in site.warnings}
    assert told["redirect-nowhere"]["field"] == "redirects./x/" and told["redirect-nowhere"]["line"]
    assert told["redirect-file"]["source"] == "content/a.md" and told["redirect-file"]["line"] == 4
    site.settings(settings("s3", '"/x/" = "/2026/"')).build().ok()
    assert site.warnings == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('"old" = "/new/"', "begin with one"),
        ('"/old/" = "new"', "address such as"),
        ('"/old/" = "javascript:alert(1)"', "address such as"),
        ('"/o*d/" = "/new/"', "only stand at the end"),
        ('"/old/" = "/new/*"', "what is below"),
        ('"/old/" = "https://e.example/ a"', "address such as"),
    ],
)
def test_a_rule_that_cannot_be_one_is_refused_at_its_line(
    site: SiteTest, line: str, words: str
) -> None:
    site.settings(settings("netlify", line)).write("a.md").build()
    (error,) = site.errors
    assert error["code"] == "config" and words in error["message"]
    assert (site.folder / "sitegen.toml").read_text().split("\n")[error["line"] - 1] == line


def test_a_file_of_ones_own_where_the_hosts_belongs_is_an_error(site: SiteTest) -> None:
    site.settings(settings("netlify")).file("static/_headers", "/*\n").write("a.md").build()
    (error,) = site.errors
    assert error["code"] == "url-taken" and "static/_headers" in error["message"] + error["source"]
    assert "plain" in error["hint"]


ODD = (
    "/a b/",
    "/it's/",
    "/100%25/",
    "/a$b/",
    "/(x)/",
    "/[y]/",
    "/مرحبا/",
    "/a+b&c;d/",
    "/q#".rstrip("#"),
)


@pytest.mark.parametrize("target", HOSTS)
def test_odd_addresses_are_written_so_that_no_line_breaks(site: SiteTest, target: str) -> None:
    site.settings(settings(target)).write(
        "a.md", url="/n€w $1 (a)/", aliases=list(ODD)
    ).build().ok()
    assert len(dict(led(site, target))) >= len(ODD)
    if target in ("netlify", "cloudflare"):
        assert "/%D9%85%D8%B1%D8%AD%D8%A8%D8%A7/ /n%E2%82%ACw%20$1%20(a)/ 301" in site.page(
            "_redirects"
        )


def test_an_edit_of_an_alias_changes_the_host_file_alone(site: SiteTest) -> None:
    site.settings(settings("nginx")).write("a.md", aliases=["/old/"]).build().ok()
    site.write("a.md", aliases=["/older/"]).build().ok()
    assert site.changed == {"_host/nginx-http.conf"}
    assert site.bytes == site.clean_bytes()


def test_a_stub_moves_with_its_alias(site: SiteTest) -> None:
    site.write("a.md", aliases=["/old/"]).build().ok()
    site.write("a.md", aliases=["/older/"]).build().ok()
    assert site.changed == {"older/index.html"} and site.removed == {"old/index.html"}
    assert site.bytes == site.clean_bytes()


class _Empty:
    """An archive without an article: the redirects come from the settings."""

    moment = Moment(0)
    documents: tuple[Document, ...] = ()

    def moved(self, lang: str) -> tuple[Article, ...]:
        return ()

    def notices(self) -> tuple[tuple[Article, State], ...]:
        return ()


@pytest.fixture(scope="module")
def of_many_rules() -> Config:
    """Settings with so many rules that to check them takes a third of a second."""
    rules = {f"/old/{number}/": f"/new/{number}/" for number in range(MANY)}
    site = {"title": "T", "base_url": "https://test.example/"}
    return Config.model_validate({"site": site, "redirects": rules})


@pytest.mark.parametrize("target", HOSTS)
def test_forty_thousand_redirects_have_a_form_on_every_host(
    target: str, of_many_rules: Config
) -> None:
    """HO-05: as many as the host takes in its own form, the others in its next best one."""
    host = HostSettings.model_validate({"target": target})
    config = of_many_rules.model_copy(update={"host_settings": host})
    archive = cast(Archive, _Empty())
    pages = list(redirects.pages(archive, config))
    paths = [page.path for page in pages]
    files = {text.path: text.text for text in hosts.files(archive, config, paths, "")}
    counts = {
        "plain": (MANY, {}),
        "github-pages": (MANY, {".nojekyll": 0}),
        "s3": (MANY, {}),
        "netlify": (0, {"_redirects": MANY}),
        # Each is two addresses to it, with and without the slash.
        "cloudflare": (0, {"_redirects": 2_000, "_host/bulk-redirects.csv": 2 * MANY - 2_000}),
        "nginx": (0, {"_host/nginx-http.conf": 2 * MANY}),
        "apache": (MANY - 2_000, {".htaccess": 2_000}),
    }
    stubs, lines = counts[target]
    assert len(set(paths)) == stubs
    found = {path: text.count("/old/") for path, text in files.items() if path in lines}
    assert found == lines


@pytest.mark.parametrize(
    ("target", "many"), [("plain", 4_000), ("nginx", MANY), ("cloudflare", MANY)]
)
def test_tens_of_thousands_of_aliases_are_built(target: str, many: int, tmp_path: Path) -> None:
    """HO-05, through the command line: as pages, as a map, as a list and a warning.

    Fewer as pages: that so many are planned is tested above, and to write them takes 14 seconds.
    """
    site = SiteTest(tmp_path / "site", settings(target))
    each = 500
    for number in range(many // each):
        aliases = [f"/old/{number}/{n}/" for n in range(each)]
        site.write(f"a{number}.md", date=f"2026-10-{number % 28 + 1:02}", aliases=aliases)
    site.build().ok()
    found = {old: new for old, new in led(site, target) if old.endswith("/")}
    assert len(found) == many
    assert found["/old/7/499/"] == "/2026/10/a7/"
    told = [warning for warning in site.warnings if warning["code"] == "host-limit"]
    if target == "cloudflare":
        (warning,) = told
        assert "78,000 more" in warning["message"] and "bulk-redirects.csv" in warning["hint"]
    else:
        assert told == []


def test_s3_rules_are_in_the_form_of_its_website_configuration(site: SiteTest) -> None:
    """HO-05 on S3; the names are those of PutBucketWebsite."""
    rules = '"/blog/*" = "https://blog.example/b/*"\n"/shop/*" = "/2026/"'
    site.settings(settings("s3", rules)).write("a.md").build().ok()
    found = json.loads(site.page("_host/s3-routing-rules.json"))
    assert found[0] == {
        "Condition": {"KeyPrefixEquals": "blog/", "HttpErrorCodeReturnedEquals": "404"},
        "Redirect": {
            "HttpRedirectCode": "301",
            "ReplaceKeyPrefixWith": "b/",
            "Protocol": "https",
            "HostName": "blog.example",
        },
    }
    assert found[1]["Redirect"]["ReplaceKeyWith"] == "2026/"
    assert found[1]["Redirect"]["HostName"] == "test.example"


def test_a_preview_redirects_nobody(site: SiteTest) -> None:
    site.settings(settings("netlify", '"/x/" = "/y/"')).write("a.md", aliases=["/old/"])
    site.build("--preview").ok()
    assert not list((site.folder / "preview").rglob("_*")) and site.warnings == []
