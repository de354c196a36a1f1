"""robots.txt, security.txt, trust.txt, llms.txt and the key of IndexNow."""

from __future__ import annotations

from datetime import datetime
from urllib.robotparser import RobotFileParser

import pytest

from tests.site_test import SETTINGS, SiteTest

SECURITY = """
[security]
contact = ["mailto:security@test.example", "https://test.example/report"]
expires = 2027-06-01
policy = "/security-policy/"
"""


def robots(text: str) -> RobotFileParser:
    parser = RobotFileParser()
    parser.parse(text.splitlines())
    return parser


def test_robots_may_read_everything_and_learn_of_the_sitemaps(site: SiteTest) -> None:
    """SM-10: at the top of the host, with the whole addresses of the sitemaps."""
    found = robots(site.build().ok().page("robots.txt"))
    assert found.site_maps() == [
        "https://test.example/sitemap.xml",
        "https://test.example/sitemaps/news.xml",
    ]
    assert found.can_fetch("AnyBot", "https://test.example/2026/11/a/")
    assert {"sitemap.xml", "sitemaps/news.xml"} <= set(site.bytes) and not site.warnings


def test_lines_of_the_settings_stand_in_robots_txt(site: SiteTest) -> None:
    """SM-11: preferences of any kind, as they are written; none by default."""
    lines = ["Content-Usage: train-ai=n", "Disallow: /old/", "User-agent: Greedy", "Disallow: /"]
    site.settings(f"{SETTINGS}[robots]\nlines = {lines}\n").build().ok()
    text = site.page("robots.txt")
    assert text.splitlines()[:2] == ["User-agent: *", "Disallow:"]
    assert "\n".join(lines) in text
    found = robots(text)
    assert not found.can_fetch("Greedy", "https://test.example/") and found.site_maps()
    assert found.can_fetch("AnyBot", "https://test.example/")


@pytest.mark.parametrize(
    "line", ["Disallow /x", "a\\nb: c", "", "Disallow: /\\u0007", "User agent: *"]
)
def test_a_line_that_no_robot_understands_is_a_mistake(site: SiteTest, line: str) -> None:
    """SM-11: told with its place."""
    site.settings(f'{SETTINGS}[robots]\nlines = ["{line}"]\n').build()
    (error,) = site.errors
    assert (error["code"], error["source"]) == ("config", "sitegen.toml")
    assert error["field"].startswith("robots.lines") and error["line"] > 1


@pytest.mark.parametrize("name", ["robots.txt", "Robots.txt", ".well-known/security.txt"])
def test_a_file_of_ones_own_takes_the_place(site: SiteTest, name: str) -> None:
    """SM-10, SM-13: static/ wins, without a mistake."""
    site.settings(SETTINGS + SECURITY).file(f"static/{name}", b"User-agent: *\n").build().ok()
    assert site.bytes[name] == b"User-agent: *\n"
    assert [path.lower() for path in site.bytes].count(name.lower()) == 1
    (site.folder / "static" / name).unlink()
    site.build().ok()
    assert site.bytes[name.lower()] != b"User-agent: *\n"
    assert site.bytes == site.clean_bytes()


def test_a_sitemap_of_ones_own_is_a_mistake(site: SiteTest) -> None:
    """SM-05: an old one would go on telling search engines of what is no longer there."""
    site.file("static/sitemap.xml", b"<urlset/>").build()
    assert site.exit_code == 1
    (error,) = site.errors
    assert error["code"] == "url-taken" and error["source"] == "static/sitemap.xml"
    assert "static/" in error["hint"]


def test_below_a_folder_nobody_looks_for_these_files(site: SiteTest) -> None:
    """SM-10: a warning, which can be silenced; the addresses in them are right all the same."""
    settings = SETTINGS.replace("https://test.example/", "https://test.example/repo/")
    site.settings(settings).build().ok()
    (warning,) = site.warnings
    assert (warning["code"], warning["field"]) == ("base-path", "site.base_url")
    assert (warning["source"], warning["line"]) == ("sitegen.toml", 3) and warning["hint"]
    assert "Sitemap: https://test.example/repo/sitemap.xml" in site.page("robots.txt")
    site.settings(f'{settings}[check]\nsilence = ["base-path"]\n').build().ok()
    assert not site.warnings


def test_a_preview_asks_all_robots_to_stay_away(site: SiteTest) -> None:
    """SM-10: whatever static/ says; and it has none of the other files."""
    more = '[indexnow]\nkey = "abcd-1234"\n[llms]\npublish = true\n'
    site.settings(SETTINGS + SECURITY + more).file("static/robots.txt", b"User-agent: *\n")
    site.build("--preview").ok()
    text = (site.folder / "preview/robots.txt").read_text()
    assert not robots(text).can_fetch("AnyBot", "https://test.example/") and "Sitemap" not in text
    others = {".well-known/security.txt", "abcd-1234.txt", "llms.txt", "sitemap.xml"}
    assert not others.intersection(site.changed) and not site.warnings


def test_security_txt_says_whom_to_tell_and_until_when(site: SiteTest) -> None:
    """SM-13: RFC 9116's fields, one `Expires`, in the future and less than a year away."""
    site.settings(SETTINGS + SECURITY).build().ok()
    lines = [line.split(": ", 1) for line in site.page(".well-known/security.txt").splitlines()]
    fields = dict(lines)
    assert [value for name, value in lines if name == "Contact"] == [
        "mailto:security@test.example",
        "https://test.example/report",
    ]
    assert [name for name, _ in lines].count("Expires") == 1
    assert datetime.fromisoformat(fields["Expires"]) > datetime.fromisoformat(site.now)
    assert fields["Expires"] == "2027-06-01T00:00:00Z"
    assert fields["Canonical"] == "https://test.example/.well-known/security.txt"
    assert fields["Policy"] == "https://test.example/security-policy/"
    assert fields["Preferred-Languages"] == "en" and not site.warnings


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-22T12:00:00Z", ""),
        ("2027-05-01T00:00:00Z", ""),
        ("2027-05-02T00:00:00Z", "expires in 30 days"),
        ("2027-05-31T12:00:00Z", "expires in 1 day,"),
        ("2027-06-01T00:00:00Z", "expired on 2027-06-01"),
        ("2026-01-01T00:00:00Z", "more than a year away"),
    ],
)
def test_builds_say_when_security_txt_grows_old(site: SiteTest, now: str, words: str) -> None:
    """SM-13: a warning from 30 days before; the file's bytes do not depend on the clock."""
    site.settings(SETTINGS + SECURITY).build().ok()
    before = site.bytes
    site.build(now=now).ok()
    told = [w for w in site.warnings if w["code"] == "security-expires"]
    assert [words in w["message"] for w in told] == ([True] if words else [])
    assert all((w["source"], w["line"]) == ("sitegen.toml", 12) for w in told)
    assert site.bytes == before and site.report["next_due"] is None


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ('contact = ["mailto:a@b.example"]', "security"),
        ("expires = 2027-06-01", "security"),
        ('policy = "/security/"', "security"),
        ('contact = ["a@b.example"]\nexpires = 2027-06-01', "security.contact.0"),
        ('contact = ["http://b.example/"]\nexpires = 2027-06-01', "security.contact.0"),
        ('contact = ["mailto:a@b.example"]\nexpires = "soon"', "security.expires"),
    ],
)
def test_a_security_txt_that_says_too_little_is_a_mistake(
    site: SiteTest, settings: str, field: str
) -> None:
    """SM-13: at least one contact, and when it expires."""
    site.settings(f"{SETTINGS}[security]\n{settings}\n").build()
    (error,) = site.errors
    assert (error["code"], error["field"]) == ("config", field) and error["line"] > 7


def test_none_of_the_files_that_nobody_asked_for_is_there(site: SiteTest) -> None:
    """SM-12, SM-13, SM-14, SM-15: off by default."""
    site.build().ok()
    found = {path for path in site.bytes if path.endswith(".txt")}
    assert found == {"robots.txt"}


def test_trust_txt_is_what_the_settings_say(site: SiteTest) -> None:
    """SM-14: lines copied from the settings."""
    lines = ["belongto=https://association.example/", "contact=mailto:desk@test.example"]
    site.settings(f"{SETTINGS}[trust]\nlines = {lines}\n").build().ok()
    assert site.page("trust.txt") == "".join(f"{line}\n" for line in lines)
    site.settings(f'{SETTINGS}[trust]\nlines = ["no statement"]\n').build()
    assert site.errors[0]["field"] == "trust.lines.0"


def test_llms_txt_lists_the_ways_into_the_site(site: SiteTest) -> None:
    """SM-12: a heading, a quotation, lists of links."""
    settings = SETTINGS.replace('language = "en"', 'language = "en"\ntagline = "All of it"')
    policies = '[publisher]\npolicies = { ethics = "/ethics/", own_word = "/own/" }\n'
    site.settings(f"{settings}{policies}[llms]\npublish = true\n").build().ok()
    text = site.page("llms.txt")
    assert text.startswith("# The Test\n\n> All of it\n\n## Sections\n\n")
    assert "- [Politics](https://test.example/politics/)\n" in text
    assert "- [Ethics](https://test.example/ethics/)\n- [Own word](" in text
    assert "\n\n\n" not in text and "/2026/" not in text


def test_the_key_of_indexnow_is_a_file_of_its_own(site: SiteTest) -> None:
    """SM-15: its name and its only content are the key."""
    site.settings(f'{SETTINGS}[indexnow]\nkey = "0a1b2c3d-E4"\n').build().ok()
    assert site.bytes["0a1b2c3d-E4.txt"] == b"0a1b2c3d-E4"
    for key in ("short", "with space here", "x" * 129, "../../etc"):
        site.settings(f'{SETTINGS}[indexnow]\nkey = "{key}"\n').build()
        assert site.errors[0]["field"] == "indexnow.key"
