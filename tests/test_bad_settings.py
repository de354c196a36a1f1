"""Settings, themes, templates and data that cannot be used; and the command used wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site_test import SETTINGS, SiteTest
from tests.test_bad_input import JARGON, good, nothing_published_changes, refused, stamps

WRONG_SETTINGS = {
    'titel = "A"': ("site.titel", "did you mean “title”?"),
    'tagline = ["A"]': ("site.tagline", "must be a text"),
    'language = "xx-nonsense"': ("site.language", "en-GB"),
    'timezone = "Mars/Olympus"': ("site.timezone", "no time zone"),
    'timezone = "../../etc/passwd"': ("site.timezone", "no time zone"),
    'theme = "../other"': ("site.theme", "theme"),
    "description = 5": ("site.description", "must be a text"),
    'base_url = "news.example"': ("site.base_url", "https://"),
    'base_url = "https://news.example/?a=b"': ("site.base_url", "?"),
    'base_url = "ftp://news.example/"': ("site.base_url", "https://"),
    'title = ""': ("site.title", "must not be empty"),
}
"""A line of [site] → the key that the message names, and words of the message or hint."""

WRONG_TABLES = {
    "[listing]\nfront = 3\n": ("listing", "did you mean “listings”?"),
    "[listings]\nfront = 0\n": ("listings.front", ""),
    "[listings]\nfront = 'many'\n": ("listings.front", "whole number"),
    "[listings.periods]\ntag = 'week'\n": ("listings.periods", "month"),
    "[listings.periods]\ntags = 'year'\n": ("listings.periods", "did you mean “tag”?"),
    "[urls]\npermalink = '/{yeer}/{slug}/'\n": ("urls.permalink", "{yeer}"),
    "[urls]\npermalink = '/{year}/'\n": ("urls.permalink", "{slug}"),
    "[urls]\npermalink = '/../{slug}/'\n": ("urls.permalink", "“..”"),
    "[urls]\npermalink = '/{slug}?a'\n": ("urls.permalink", "?"),
    "[sections.con]\ntitle = 'Con'\n": ("sections.con", "Windows reserves"),
    "[urls]\nslugs = 'short'\n": ("urls.slugs", "ascii"),
    "[markdown]\nhtml = 'maybe'\n": ("markdown.html", "sanitize"),
    "[front_matter]\npreset = 'hugoo'\n": ("front_matter.preset", "hugo"),
    "[front_matter.names]\nexcerpt = 'sumary'\n": ("front_matter.names.excerpt", "summary"),
    "[front_matter.names]\nalt = 'image.atl'\n": ("front_matter.names.alt", "image"),
    "[taxonomies.tag]\ntitle = 'T'\n": ("taxonomies.tag", "sitegen has that already"),
    "[languages.en]\ntitle = 'T'\n": ("languages.en", "language"),
    "[languages.not-a-code]\ntitle = 'T'\n": ("languages.not-a-code", "en-GB"),
    "[sections.Sport]\ntitle = 'S'\n": ("sections.Sport", "sport"),
    "[sections.'two words']\ntitle = 'S'\n": ("sections.two words", "two-words"),
    "[sections.archive]\ntitle = 'S'\n": ("sections.archive", "archive"),
    "[build]\nmax_removed = -1\n": ("build.max_removed", ""),
    "[build]\nmax_removed = true\n": ("build.max_removed", "whole number"),
    "[assets]\nfingerprint = 'perhaps'\n": ("assets.fingerprint", "true or false"),
    "[share]\nnetworks = ['myspace']\n": ("share.networks", "facebook"),
    "[host]\ntarget = 'geocities'\n": ("host.target", "plain"),
    "[csp]\nscript-src = 5\n": ("csp.script-src", "must be a list"),
    "[newsletter]\naction = 5\n": ("newsletter.action", "must be a text"),
    "[publisher]\nfollow = [{label = 'A'}]\n": ("publisher.follow", "required"),
    "[publisher]\nfollow = [{label = 'A', url = 'javascript:alert(1)'}]\n": (
        "publisher.follow",
        "https://",
    ),
    "[publisher.policies]\nethics = 'javascript:alert(1)'\n": (
        "publisher.policies.ethics",
        "/about/",
    ),
    "[publisher.policies]\nethics = 'about/'\n": ("publisher.policies.ethics", "/about/"),
    "[publisher.policies]\nethics = ''\n": ("publisher.policies.ethics", "/about/"),
    "[publisher.policies]\nethics = 'https://['\n": ("publisher.policies.ethics", "/about/"),
    "[publisher.policies]\nethics = 'mailto:'\n": ("publisher.policies.ethics", "mailto:"),
    "[publisher]\nlogo = 'data:image/png,x'\n": ("publisher.logo", "https://"),
    "[languages.ar.sections]\npolitics = 5\n": ("languages.ar.sections.politics", "a group"),
    "[languages.ar.sections.politics]\ntitel = 'P'\n": (
        "languages.ar.sections.politics.titel",
        "did you mean “title”?",
    ),
}
"""A table → the same."""


def told(site: SiteTest, field: str, words: str) -> None:
    (error,) = site.errors
    assert error["source"] == "sitegen.toml" and error["line"] > 0, error
    assert error["field"].startswith(field), error
    text = error["message"] + " " + error["hint"]
    assert words in text and not JARGON.search(text), error


@pytest.mark.parametrize("line", WRONG_SETTINGS)
def test_a_wrong_setting_of_the_site_is_told(site: SiteTest, line: str) -> None:
    name = line.partition(" ")[0]
    kept = [old for old in SETTINGS.splitlines() if not old.startswith(f"{name} =")]
    good(site).settings("\n".join([kept[0], line, *kept[1:]]))
    told(refused(site), *WRONG_SETTINGS[line])
    assert site.errors[0]["line"] == 2


@pytest.mark.parametrize("table", WRONG_TABLES)
def test_a_wrong_table_is_told(site: SiteTest, table: str) -> None:
    good(site).settings(SETTINGS + table)
    told(refused(site), *WRONG_TABLES[table])


def test_every_wrong_setting_is_told_in_one_run(site: SiteTest) -> None:
    good(site).settings('[site]\ntitel = "A"\ntimezone = "X"\n[feeds]\nitems = "all"\n[fedes]\n')
    refused(site)
    assert {error["field"] for error in site.errors} == {
        "site.title", "site.titel", "site.base_url", "site.timezone", "feeds.items", "fedes"
    }  # fmt: skip


@pytest.mark.parametrize(
    "text, line",
    [("[site\n", 1), ('[site]\ntitle = "A\n', 2), ("[site]\na = 1\na = 2\n", 3)],
)
def test_settings_that_are_no_toml_are_told_with_their_line(
    site: SiteTest, text: str, line: int
) -> None:
    good(site).settings(text)
    (error,) = refused(site).errors
    assert error["source"] == "sitegen.toml" and error["line"] == line
    assert "not TOML" in error["message"]


@pytest.mark.parametrize("data", [SETTINGS.encode("utf-16"), b"[site]\ntitle = '\xff'\n"])
def test_settings_that_are_no_utf8_are_told_in_plain_words(site: SiteTest, data: bytes) -> None:
    good(site).file("sitegen.toml", data)
    (error,) = refused(site).errors
    assert "UTF-8" in error["message"] + error["hint"]
    assert not JARGON.search(error["message"])


def test_no_settings_at_all_are_told_with_what_to_do(site: SiteTest) -> None:
    good(site)
    (site.folder / "sitegen.toml").unlink()
    (error,) = refused(site).errors
    assert "no sitegen.toml" in error["message"] and "sitegen init" in error["hint"]


def with_theme(site: SiteTest, name: str) -> SiteTest:
    return site.settings(SETTINGS.replace("[site]", f'[site]\ntheme = "{name}"'))


def own_theme(site: SiteTest, **templates: str) -> SiteTest:
    """A theme that changes some templates of the shipped one."""
    site.file("themes/own/theme.toml", 'extends = "broadsheet"\n')
    for name, text in templates.items():
        site.file(f"themes/own/templates/{name}.html", text)
    return with_theme(site, "own")


def test_a_missing_theme_is_told_with_a_suggestion(site: SiteTest) -> None:
    (error,) = refused(with_theme(good(site), "brodsheet")).errors
    assert (error["source"], error["field"]) == ("sitegen.toml", "site.theme")
    assert error["line"] == 2
    assert "brodsheet" in error["message"] and "did you mean “broadsheet”?" in error["hint"]


def test_a_missing_parent_of_a_theme_is_told(site: SiteTest) -> None:
    own_theme(good(site)).file("themes/own/theme.toml", 'extends = "nothing"\n')
    (error,) = refused(site).errors
    assert (error["source"], error["field"]) == ("themes/own/theme.toml", "extends")
    assert "broadsheet" in error["hint"]


def test_themes_that_extend_each_other_are_told(site: SiteTest) -> None:
    own_theme(good(site)).file("themes/own/theme.toml", 'extends = "other"\n')
    site.file("themes/other/theme.toml", 'extends = "own"\n')
    (error,) = refused(site).errors
    assert "own → other → own" in error["message"]
    assert error["source"] == "themes/other/theme.toml" and error["hint"]


@pytest.mark.parametrize("text", ['extend = "x"\n', "extends = 5\n", "extends = \n"])
def test_a_themes_wrong_settings_are_told(site: SiteTest, text: str) -> None:
    own_theme(good(site)).file("themes/own/theme.toml", text)
    (error,) = refused(site).errors
    assert error["source"] == "themes/own/theme.toml" and error["line"] == 1


@pytest.mark.parametrize(
    "text, line, word",
    [
        ("{% if %}", 1, "template"),
        ("\n{% for a in b %}\n", 2, "template"),
        ("\n\n{% nonsense %}", 3, "nonsense"),
        ("{{ 'a'|nothing }}", 1, "nothing"),
        ("\n{{ article.titel }}", 2, "titel"),
        ("\n\n{{ nothing }}", 3, "nothing"),
        ("\n{{ 1 / 0 }}", 2, "division"),
        ("\n{% include 'nowhere.html' %}", 2, "nowhere.html"),
        ("{% extends 'nowhere.html' %}", 1, "nowhere.html"),
        ("\n{{ 'no_such_text'|t }}", 2, "no_such_text"),
    ],
)
def test_a_template_that_fails_is_told_with_file_line_and_page(
    site: SiteTest, text: str, line: int, word: str
) -> None:
    own_theme(good(site).write("other.md", title="B"), article=text)
    (error,) = refused(site).errors
    assert error["source"] == "themes/own/templates/article.html"
    assert error["line"] == line and word in error["message"], error
    if "template" not in error["message"] and word not in ("nonsense", "nothing"):
        assert "2026/11/" in error["hint"] and ".md" in error["hint"]
        assert "1 other page" in error["hint"]


def test_a_theme_file_that_is_no_utf8_is_told(site: SiteTest) -> None:
    own_theme(good(site)).file("themes/own/templates/article.html", b"\xff")
    (error,) = refused(site).errors
    assert error["source"] == "themes/own/templates/article.html" and "UTF-8" in error["message"]


@pytest.mark.parametrize(
    "name, text", [("a.toml", "a =\n"), ("a.json", "{"), ("a.csv", 'a,b\n"c\n'), ("b.json", "[]")]
)
def test_data_that_cannot_be_read_is_told_with_every_other_mistake(
    site: SiteTest, name: str, text: str
) -> None:
    good(site).file(f"data/{name}", text).write("bad.md", "---\ntitle: A\n---\n")
    site.write("pages/about.md", "---\ntitle: About\ndata: [a]\n---\n")
    refused(site)
    sources = {error["source"] for error in site.errors}
    assert "content/bad.md" in sources
    if name != "b.json":
        assert f"data/{name}" in sources
    assert all(error["hint"] for error in site.errors)


@pytest.mark.parametrize(
    "text, field, line",
    [
        ("lead = [\n", "", 2),
        ('\nleed = "a.md"\n', "leed", 2),
        ("lead = 5\n", "lead", 1),
        ('top = "a.md"\n', "top", 1),
        ("until = 2026-03-29T01:30:00\n", "until", 1),
        ("\n[sections.politics]\nlede = 'a.md'\n", "sections.politics.lede", 3),
        ("[fr]\nlead = 'a.md'\n", "fr", 1),
    ],
)
def test_mistakes_in_the_front_are_told_with_line_and_field(
    site: SiteTest, text: str, field: str, line: int
) -> None:
    refused(good(site).write("front.toml", text))
    (error,) = site.errors
    assert (error["source"], error["field"]) == ("content/front.toml", field)
    assert error["line"] == line


FORBIDDEN = [
    "/",
    ".",
    "..",
    "content",
    "content/sub",
    "static",
    "themes/x",
    "data",
    ".sitegen",
    "~",
]


@pytest.mark.parametrize("output", FORBIDDEN)
def test_an_output_folder_that_must_not_be_one_is_wrong_use(
    site: SiteTest, output: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    good(site)
    before = stamps(site.folder / "content")
    with nothing_published_changes(site):
        site.build("-o", str(Path(output).expanduser()))
    assert site.exit_code == 2, site.output
    assert "choose a folder of its own" in site.errors[0]["hint"]
    assert stamps(site.folder / "content") == before
    assert not list((tmp_path / "home").iterdir())


def test_an_output_that_is_linked_to_the_content_is_wrong_use(site: SiteTest) -> None:
    site.write("good.md", title="Good")
    site.public.symlink_to(site.folder / "content")
    assert site.build().exit_code == 2
    assert [path.name for path in (site.folder / "content").iterdir()] == ["good.md"]


@pytest.mark.parametrize(
    "args",
    [
        ("--now", "03/04/2026"),
        ("--now", "soon"),
        ("--jobs", "0"),
        ("--jobs", "many"),
        ("--embargoed",),
        ("--max-removed", "-1"),
        ("--format", "xml"),
        ("--no-such-option",),
        ("extra-argument",),
        ("--base-url", "nonsense"),
        ("--preview", "-o", "public"),
    ],
    ids=" ".join,
)
def test_wrong_use_of_the_command_exits_2(site: SiteTest, args: tuple[str, ...]) -> None:
    good(site)
    with nothing_published_changes(site):
        command = ["build", "-s", str(site.folder), "--jobs", "1", "--now", site.now]
        site.run(*command, *args)
    assert site.exit_code == 2 and site.output.strip(), site.output


def test_an_epoch_that_is_no_number_is_wrong_use(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert good(site).run("build", "-s", str(site.folder)).exit_code == 2
    assert "SOURCE_DATE_EPOCH" in site.output


def test_strict_takes_warnings_for_mistakes(site: SiteTest) -> None:
    good(site).write("a.md", sumary="A")
    refused(site, "--strict")
    assert "“sumary”" in site.errors[0]["message"]
    assert site.build().ok().warnings


def test_a_dry_run_tells_everything_and_changes_nothing(site: SiteTest) -> None:
    good(site).write("b.md", title="B").remove("good.md")
    with nothing_published_changes(site):
        site.build("--dry-run").ok()
    assert site.report["dry_run"] and "2026/11/b/index.html" in site.rendered
    assert site.removed == {"2026/11/good/index.html"} and not site.changed
    rendered, removed = site.rendered, site.removed
    site.build().ok()
    assert (site.rendered, site.removed) == (rendered, removed)


def test_a_dry_run_of_a_new_site_makes_no_output_folder(site: SiteTest) -> None:
    site.write("good.md", title="Good").build("--dry-run").ok()
    assert not site.public.exists() and site.rendered
