"""`sitegen why`: what an address or a file is, what changes it, and why it was made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from sitegen.cli import main
from tests.commands import BY_NAME
from tests.picture_files import png
from tests.site_test import SETTINGS, SiteTest, tree
from tests.test_docs import by_name, fits, named, shapes, tables

ARTICLE = "/2026/11/storm/"


@pytest.fixture
def paper(site: SiteTest) -> SiteTest:
    """A small paper with one of everything, built."""
    return written(site)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> SiteTest:
    """The same, built once for all tests that do no more than ask."""
    return written(SiteTest(tmp_path_factory.mktemp("seen") / "site"))


def written(site: SiteTest) -> SiteTest:
    site.settings(SETTINGS + '[taxonomies.place]\n[languages.ar]\ntitle = "T"\n')
    site.file("static/ads.txt", "ads").file("data/tides.toml", "high = 1\n")
    site.write("media/map.png", png((40, 30))).write("media/secret.png", png((40, 31)))
    site.write("media/tides.pdf", b"%PDF")
    site.write("old.md", title="Old", date="2026-10-01", tags=["Sea"])
    site.write("before.md", title="Before", date="2026-11-01")
    site.write(
        "storm.md",
        title="Storm",
        date="2026-11-05 06:30",
        section="Politics",
        tags=["Sea"],
        authors=["Ann"],
        aliases=["/old/storm/"],
        body="![m](media/map.png) [t](media/tides.pdf) [about](pages/about.md) [later](later.md)",
    )
    site.write("later.md", title="Later", date="2026-12-01", tags=["Secret"], authors=["Bo"])
    site.write("embargo.md", title="E", slug="embargo", embargo="2026-12-02 06:00")
    site.write("draft.md", title="D", slug="draft", status="draft", body="![s](media/secret.png)")
    site.write("_drafts/idea.md", title="I")
    site.write("gone.md", title="G", slug="gone", expires="2026-11-10")
    site.write(
        "taken.md", title="W", slug="taken", withdrawn={"date": "2026-11-12", "reason": "X."}
    )
    site.write("ends.md", title="N", slug="ends", expires="2026-12-24", date="2026-10-02")
    site.write("authors/ann.md", "---\nname: Ann\n---\nAnn writes.\n")
    site.write("authors/bo.md", "---\nname: Bo\n---\nBo too.\n")
    site.write("pages/about.md", "---\ntitle: About\ndata: [tides]\n---\nText.\n")
    site.write("front.toml", 'lead = "old.md"\n')
    return site.build().ok()


def why(site: SiteTest, asked: str, *args: str, exit_code: int = 0) -> dict[str, Any]:
    """The answer as JSON."""
    now = [] if "--now" in args else ["--now", site.now]
    site.run("why", asked, "-s", str(site.folder), *now, "--format", "json", *args)
    assert site.exit_code == exit_code, site.output
    return site.report


def words(site: SiteTest, asked: str, *args: str) -> str:
    """The answer as people read it."""
    command = ["why", asked, "-s", str(site.folder), "--now", site.now, *args]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    assert result.stdout == ""
    return result.stderr


def page(answer: dict[str, Any]) -> dict[str, Any]:
    (made,) = answer["pages"]
    return dict(made)


@pytest.mark.parametrize(
    "asked",
    [
        "/2026/11/storm/",
        "/2026/11/storm",
        "/2026/11/storm/index.html",
        "/2026/11/storm/?from=here#part",
        "2026/11/storm/index.html",
        "https://test.example/2026/11/storm/",
        "https://test.example/2026/11/storm/index.html#x",
        "content/storm.md",
        "storm.md",
        "{folder}/content/storm.md",
        "{folder}/public/2026/11/storm/index.html",
        "public/2026/11/storm/index.html",
    ],
)
def test_a_page_may_be_asked_for_by_its_address_or_its_file(seen: SiteTest, asked: str) -> None:
    answer = why(seen, asked.replace("{folder}", str(seen.folder)))
    assert (answer["kind"], answer["source"]) == ("page", "content/storm.md")
    assert (answer["state"], answer["until"]) == ("live", None)
    assert page(answer)["path"] == "2026/11/storm/index.html" and page(answer)["url"] == ARTICLE


def test_every_output_is_known_and_up_to_date_after_a_build(seen: SiteTest) -> None:
    for path in seen.bytes:
        made = page(why(seen, f"/{quote(path)}"))
        assert (made["path"], made["up_to_date"], made["reason"]) == (path, True, "")
        assert made["what"] and "page of the kind" not in made["what"]
        assert made["last_reason"] == "it is new" and made["last_written"]


def test_it_is_said_what_a_page_shows_and_with_what_it_is_made(seen: SiteTest) -> None:
    made = page(why(seen, ARTICLE))
    shows = {part["what"]: part["of"] for part in made["shows"]}
    shows["what it links to or has in it"] = [
        name for name in shows["what it links to or has in it"] if name != "content/media/map.png"
    ]  # which has a test of its own, below
    assert shows == {
        "the text": ["content/storm.md"],
        "the names": ["the section Politics", "the author Ann", "the tag Sea"],
        "the headline of the article before it": ["content/before.md"],
        "cards of related articles": ["content/old.md"],
        "what it links to or has in it": [
            "content/media/tides.pdf",
            "content/pages/about.md",
            "content/later.md (not published: its words alone)",
        ],
    }
    assert made["template"].endswith("article.html") or "article.html" in made["template"]
    assert made["changes"][1:] == ["A new article leaves it alone."]
    assert "of the theme's words (en)" in made["changes"][0]
    ends = page(why(seen, "ends.md"))["changes"][-1]
    assert ends == (
        "On 2026-12-24 00:00 GMT (Europe/London; 2026-12-24T00:00:00Z) it expires, "
        "and a notice takes its place."
    )


WHAT = {
    "/": "the home page (en)",
    "/archive/": "the front of the archive (en)",
    "/2026/": "the months of 2026 in the archive (en)",
    "/2026/11/": "the list of November 2026 in the archive (en)",
    "/politics/": "the front of the section Politics (en)",
    "/tags/sea/": "the front of the tag Sea (en)",
    "/tags/": "the list of all tags (en)",
    "/authors/": "the list of all authors (en)",
    "/place/": "the list of all place (en)",
    "/corrections/": "the log of corrections (en)",
    "/corrections/feed.xml": "the feed of corrections (en)",
    "/feed.xml": "the feed (en)",
    "/feed.json": "the feed as JSON (en)",
    "/tags/sea/feed.xml": "the feed of the tag Sea (en)",
    "/feeds/2026-11.xml": "the feed of all articles of November 2026 (en)",
    "/headlines.json": "the headlines that the ticker reads (en)",
    "/404": "the page for addresses that are not there (en)",
    "/ar/": "the home page (ar)",
    "/about/": "the page of content/pages/about.md",
    "/ads.txt": "a copy of static/ads.txt",
    "/media/tides.pdf": "a copy of content/media/tides.pdf",
    "/assets/site.css": "a copy of theme: site.css",
    "/2026/11/gone/": "the notice in the place of content/gone.md",
}


@pytest.mark.parametrize("url", WHAT)
def test_every_kind_of_page_has_a_name(seen: SiteTest, url: str) -> None:
    assert page(why(seen, url))["what"] == WHAT[url]


def test_the_reasons_are_those_of_the_next_build_and_then_of_the_last(paper: SiteTest) -> None:
    fields: dict[str, Any] = {"section": "Politics", "tags": ["Sea"], "authors": ["Ann"]}
    paper.write("storm.md", title="Storm!", date="2026-11-05 06:30", **fields)
    (paper.public / "about/index.html").unlink()
    (paper.public / "404.html").write_text("changed", encoding="utf-8")
    paths = list(paper.bytes)
    before = {
        path: page(why(paper, f"/{quote(path)}"))
        for path in paths
        if path not in ("media/tides.pdf", "old/storm/index.html", *paper.forms("map"))
    }
    missing = page(why(paper, "/about/"))
    paper.build().ok()
    told = {path: made["reason"] for path, made in before.items() if made["reason"]}
    assert told | {"about/index.html": missing["reason"]} == {
        path: reason for path, reason in paper.reasons.items() if path not in paper.removed
    }
    assert told["404.html"] == "its file was changed by somebody else"
    made = page(why(paper, ARTICLE))
    assert made["up_to_date"] and made["last_reason"] == "the text of storm.md changed"
    assert missing["last_written"] is None


def test_nothing_is_written_but_the_index(paper: SiteTest) -> None:
    before = tree(paper.folder / "public")
    paper.write("new.md", title="New", date="2026-11-20")
    answer = why(paper, "new.md")
    assert page(answer)["reason"] == "it is new" and page(answer)["last_written"] is None
    assert tree(paper.folder / "public") == before
    assert "2026/11/new/index.html" in paper.build().ok().changed
    assert paper.build().ok().rendered == set()


def test_it_may_be_asked_before_the_first_build(site: SiteTest) -> None:
    site.write("a.md", title="A")
    assert page(why(site, "/2026/11/a/"))["reason"] == "it is new"
    assert not site.public.exists()


HELD = {
    "later.md": ("/2026/12/later/", "scheduled", "2026-12-01T00:00:00Z"),
    "embargo.md": ("/2026/11/embargo/", "embargoed", "2026-12-02T06:00:00Z"),
    "draft.md": ("/2026/11/draft/", "draft", None),
    "_drafts/idea.md": ("/2026/11/idea/", "draft", None),
}


@pytest.mark.parametrize("file", HELD)
def test_of_what_is_held_back_it_is_said_why_and_until_when(seen: SiteTest, file: str) -> None:
    url, state, until = HELD[file]
    for asked in (url, f"https://test.example{url}", f"content/{file}"):
        answer = why(seen, asked)
        assert (answer["kind"], answer["state"], answer["until"]) == ("held-back", state, until)
        assert answer["pages"] == [] and answer["source"] == f"content/{file}"
    told = words(seen, file)
    assert f"Its address will be {url}." in told and "Nothing of it is in the output" in told
    reasons = {
        "scheduled": "it is scheduled for 2026-12-01 00:00 GMT (Europe/London; ",
        "embargoed": "it is under embargo until 2026-12-02 06:00 GMT (Europe/London; ",
        "draft": "it is a draft, because its front matter says so.",
    }
    because = "it lies in a folder _drafts." if file.startswith("_") else reasons[state]
    assert because in told


def test_at_its_instant_it_is_a_page(paper: SiteTest) -> None:
    answer = why(paper, "/2026/12/later/", "--now", "2026-12-01T00:00:00Z")
    assert (answer["kind"], answer["state"]) == ("page", "live")
    assert page(answer)["reason"] == "it is new"


def test_a_page_that_is_a_draft_is_held_back(paper: SiteTest) -> None:
    paper.write("pages/about.md", "---\ntitle: About\nstatus: draft\naliases: [/us/]\n---\n")
    for asked in ("/about/", "content/pages/about.md"):
        answer = why(paper, asked)
        assert (answer["kind"], answer["state"]) == ("held-back", "draft")
    assert "will be the address of content/pages/about.md" in words(paper, "/about/")


def test_of_what_is_gone_it_is_said_since_when_and_why(seen: SiteTest) -> None:
    assert "It expired at 2026-11-10 00:00 GMT" in words(seen, "/2026/11/gone/")
    assert why(seen, "gone.md")["state"] == "expired"
    told = words(seen, "taken.md")
    assert "It was withdrawn at 2026-11-12 00:00 GMT" in told and "stands there: X." in told


def test_an_old_address_leads_to_its_article(seen: SiteTest) -> None:
    answer = why(seen, "/old/storm")
    assert (answer["kind"], answer["near"]) == ("alias", [ARTICLE])
    assert answer["source"] == "content/storm.md"
    told = words(seen, "https://test.example/old/storm/")
    assert f"(alias) of content/storm.md, whose address is {ARTICLE}." in told


def test_an_old_address_of_the_settings_leads_where_they_say(paper: SiteTest) -> None:
    text = paper.folder.joinpath("sitegen.toml").read_text()
    paper.settings(text + '[redirects]\n"/us/" = "/about/"\n"/x/" = "gone"\n')
    answer = why(paper, "/us/")
    assert (answer["kind"], answer["near"]) == ("alias", ["/about/"])
    assert "leads nowhere" in words(paper, "/x/")


def test_of_a_file_it_is_said_where_it_shows(seen: SiteTest) -> None:
    assert sorted(why(seen, "storm.md")["shown_on"]) == [
        "/",
        "/2026/11/",
        "/archive/",
        "/authors/ann/",
        "/authors/ann/feed.xml",
        "/feed.json",
        "/feed.xml",
        "/feeds/2026-11.xml",
        "/headlines.json",
        "/politics/",
        "/politics/feed.json",
        "/politics/feed.xml",
        "/sitemaps/2026-11.xml",
        "/tags/sea/",
        "/tags/sea/feed.xml",
    ]
    assert ARTICLE in why(seen, "pages/about.md")["shown_on"], "it links there"
    linked = why(seen, "content/media/tides.pdf")["shown_on"]
    assert [url for url in linked if "feed" not in url] == [ARTICLE] and "/feed.xml" in linked
    answer = why(seen, "authors/ann.md")
    assert page(answer)["url"] == "/authors/ann/"
    shown = [url for url in answer["shown_on"] if "feed" not in url]
    assert shown == [ARTICLE, "/authors/"] and "/feed.xml" in answer["shown_on"]
    assert [made["url"] for made in why(seen, "front.toml")["pages"]] == ["/", "/ar/"]
    assert why(seen, "data/tides.toml")["shown_on"] == ["/about/"]
    assert "/about/" in why(seen, "sitegen.toml")["shown_on"]
    assert page(why(seen, "static/ads.txt"))["url"] == "/ads.txt"


def test_of_a_picture_it_is_said_where_it_shows_and_that_readers_get_it_in_other_forms(
    seen: SiteTest,
) -> None:
    answer = why(seen, "content/media/map.png")
    assert {made["path"] for made in answer["pages"]} == seen.forms("map")
    shown = [url for url in answer["shown_on"] if "feed" not in url]
    assert shown == [ARTICLE, "/sitemaps/2026-11.xml"] and "/feed.xml" in answer["shown_on"]
    assert "as it is" not in answer["told"][0]


def test_a_picture_is_part_of_what_its_article_shows(seen: SiteTest) -> None:
    shown = {name for part in page(why(seen, ARTICLE))["shows"] for name in part["of"]}
    assert "content/media/map.png" in shown


def test_a_picture_in_another_form_is_told_with_its_file_and_is_no_icon(seen: SiteTest) -> None:
    for path in sorted(seen.forms("map")):
        what = page(why(seen, f"/{path}"))["what"]
        assert "content/media/map.png" in what and "icon" not in what


def test_files_that_make_nothing_say_why(seen: SiteTest) -> None:
    for file, words_of_it in {
        "media/secret.png": "It belongs to content/draft.md, which is not published.",
        "authors/bo.md": "No published article names it",
        "data/other.toml": "data that pages ask for",
    }.items():
        answer = why(seen, file)
        assert answer["kind"] == "unused" and words_of_it in answer["told"][0]


def test_files_of_a_theme_are_known(paper: SiteTest) -> None:
    paper.settings(SETTINGS.replace('language = "en"', 'language = "en"\ntheme = "own"'))
    paper.file("themes/own/theme.toml", 'extends = "broadsheet"\n')
    paper.file("themes/own/templates/404.html", "Gone.").file("themes/own/static/own.css", "p {}")
    paper.file("themes/own/i18n/en.toml", 'archive = "All"\n')
    paper.file("themes/own/templates/row.html", "row")
    assert why(paper, "themes/own/templates/404.html")["shown_on"] == ["/404.html"]
    rows = why(paper, "themes/own/templates/row.html")["shown_on"]
    assert "/" in rows and "/404.html" not in rows and "/corrections/" not in rows
    assert page(why(paper, "themes/own/static/own.css"))["url"] == "/assets/own.css"
    assert "/about/" in why(paper, "themes/own/i18n/en.toml")["shown_on"]
    assert page(why(paper, "/404"))["template"] == "themes/own/templates/404.html"


@pytest.mark.parametrize(
    "asked, near",
    [
        ("/2026/11/strom/", ["/2026/11/storm/"]),
        ("/2026/10/storm/", ["/2026/11/storm/"]),
        ("/tags/sea/2021/", ["/tags/sea/"]),
        ("/headlines.jsn", ["/headlines.json"]),
        ("content/strom.md", ["content/storm.md"]),
        ("politics/storm.md", ["content/storm.md"]),
        ("static/ad.txt", ["static/ads.txt"]),
        ("/nothing/like/it/", []),
        ("content/nothing-like-it.md", []),
    ],
)
def test_of_what_is_not_there_near_ones_are_offered(
    seen: SiteTest, asked: str, near: list[str]
) -> None:
    answer = why(seen, asked, exit_code=1)
    assert (answer["kind"], answer["near"][:1]) == ("nothing", near)
    assert ("Did you mean" in words(seen, asked)) == bool(near)


@pytest.mark.parametrize(
    "asked", ["https://other.example/2026/11/storm/", "//other.example/", "/a/../../b?c", "/a:b/"]
)
def test_what_is_no_address_of_this_site_is_wrong_use(seen: SiteTest, asked: str) -> None:
    code = 1 if asked.startswith("/a/..") else 2
    told = words(seen, asked)
    assert ("Nothing makes /b/" in told) if code == 1 else ("[address-elsewhere]" in told)


def test_a_site_in_a_folder_and_for_another_address_is_understood(paper: SiteTest) -> None:
    base = ("--base-url", "https://other.example/news/")
    paper.build(*base).ok()
    for asked in ("https://other.example/news/2026/11/storm/", "/news/2026/11/storm/", ARTICLE):
        made = page(why(paper, asked, *base))
        assert made["up_to_date"] and made["url"] == ARTICLE
    assert page(why(paper, "https://other.example/news", *base))["url"] == "/"
    why(paper, "https://other.example/2026/11/storm/", *base, exit_code=2)
    assert not page(why(paper, ARTICLE))["up_to_date"], "it was built for another address"


def test_mistakes_of_the_file_are_told_and_those_of_others_counted(paper: SiteTest) -> None:
    paper.write("bad.md", "---\ntitle: Bad\n---\n").write("worse.md", title="W", body="[x](no.md)")
    answer = why(paper, "bad.md")
    assert (answer["kind"], answer["errors"][0]["code"]) == ("mistakes", "date-missing")
    told = words(paper, "worse.md")
    assert (
        "content/worse.md:5:5: it links to no.md" in told and "A build stops because of 1" in told
    )
    assert "A build stops because of 2 mistakes elsewhere" in words(paper, ARTICLE)


def test_files_in_the_output_that_nothing_makes_are_known(paper: SiteTest) -> None:
    paper.remove("before.md").file("public/foreign.txt", "foreign")
    answer = why(paper, "/2026/11/before/")
    assert answer["kind"] == "left-over" and "the next build deletes the file" in answer["told"][0]
    assert "did not make" in why(paper, "/foreign.txt")["told"][0]


def test_a_damaged_state_is_made_anew(paper: SiteTest) -> None:
    paper.file(".sitegen/state.db", b"nonsense" * 500)
    assert page(why(paper, ARTICLE))["reason"] == "it is new"


def test_people_read_a_short_answer_and_more_on_demand(paper: SiteTest) -> None:
    for number in range(9):
        paper.write(f"n{number}.md", title="N", slug=f"n{number}", date="2026-11-06", tags=["Sea"])
    told = words(paper, "/tags/sea/")
    assert "shows      the name: the tag Sea" in told and "and 6 more" in told
    assert "now        the next build makes it: it shows" in told
    assert "last made  because: it is new" in told
    assert "content/n0.md" not in told and "content/n0.md" in words(paper, "/tags/sea/", "-v")
    assert "It shows on 19 other pages: /, " in words(paper, "storm.md")


def test_a_file_is_found_from_where_one_is(
    paper: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper.write("flood/index.md", title="Flood", slug="flood")
    monkeypatch.chdir(paper.folder / "content/pages")
    assert why(paper, "about.md")["source"] == "content/pages/about.md"
    assert why(paper, "../storm.md")["source"] == "content/storm.md"
    assert why(paper, "content/flood")["source"] == "content/flood/index.md"


# The documentation.


def test_every_option_has_its_row_and_every_name_too(paper: SiteTest) -> None:
    rows = {frozenset(named(row[0])) for row in tables("desk.md", "Option", "`sitegen why")}
    options = {frozenset(o.opts) for o in BY_NAME["why"].params if o.name != "asked"}
    assert rows == options | {frozenset({"-h", "--help"})}
    paper.write("bad.md", "---\ntitle: Bad\n---\n")
    asked = ("storm.md", "later.md", "/old/storm/", "bad.md", "/about/")
    answers = [*(why(paper, each) for each in asked), why(paper, "/x/", exit_code=1)]
    paper.write("fresh.md", title="F", date="2026-11-21")
    answers.append(why(paper, "fresh.md"))
    found: dict[str, list[object]] = {}
    for name, value in (shape for answer in answers for shape in shapes(answer)):
        if not name.startswith("errors[]"):
            found.setdefault(name, []).append(value)
    table = by_name(tables("desk.md", "Name", "`sitegen why"))
    assert found.keys() == table.keys()
    for name, values in found.items():
        assert all(fits(value, table[name][1]) for value in values), name


def test_json_is_one_object_on_standard_output(seen: SiteTest) -> None:
    command = ["why", "/", "-s", str(seen.folder), "--format", "json"]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    assert json.loads(result.stdout)["kind"] == "page" and result.stderr == ""
    assert Path(seen.folder, ".sitegen/state.db").is_file()
