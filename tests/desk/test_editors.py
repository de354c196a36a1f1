"""The configurations of editors in the browser: right for them, and what they write builds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from sitegen.cli import main
from tests.desk.formats import FORMATS
from tests.site_test import SiteTest

ROOT = Path(__file__).parents[2]
WRITTEN = Path(__file__).parent / "written"
EDITORS = tuple(FORMATS)
SITES = {"the demo": ROOT, "the golden site": ROOT / "tests" / "golden" / "site"}

SETTINGS = """\
[site]
title = "The Courier"
base_url = "https://courier.example/"
language = "en-GB"
timezone = "Europe/London"
[languages.ar]
title = "البريد"
[languages.ar.sections]
harbour = "الميناء"
[sections.harbour]
title = "Harbour"
[sections.opinion]
title = "Opinion"
required = ["authors", "image"]
[taxonomies.place]
title = "Places"
[types.dispatch]
label = "Dispatch"
"""
Settings = dict[str, Any]


@pytest.fixture
def paper(tmp_path: Path) -> SiteTest:
    """A newspaper with folders, two languages, an author, and nothing else."""
    site = SiteTest(tmp_path / "paper", SETTINGS)
    picture = {"src": "/media/storm.png", "alt": "A wave", "credit": "Ann"}
    site.write("harbour/storm.md", title="Storm", section="harbour", image=picture)
    site.write("opinion/wall.md", title="Wall", section="opinion", image=picture, authors=["Ann"])
    site.write("ar/harbour/storm.md", title="عاصفة", section="harbour")
    site.write("flood/index.md", title="Flood")
    site.write("_drafts/idea.md", title="Idea")
    site.write("authors/maria-lópez.md", "---\nname: Maria López\n---\nShe writes.\n")
    return site.file("static/media/storm.png", "a picture").file("static/media/a.mp3", "sound")


def printed(folder: Path, editor: str) -> Settings:
    """The configuration that is printed, as the editor would read it."""
    found: Settings = yaml.safe_load(text_for(folder, editor))
    return found


def text_for(folder: Path, editor: str) -> str:
    command = ["schema", "--for", editor, "-s", str(folder), "--repo", "courier/paper"]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def collections(settings: Settings) -> Mapping[str, Settings]:
    every: list[Settings] = settings["content" if "content" in settings else "collections"]
    return {each["name"]: each for each in every}


def folder_of(collection: Settings) -> str:
    return str(collection.get("folder", collection.get("path")))


def fields(settings: Settings, collection: str) -> Mapping[str, Settings]:
    """Name → field of one collection; components of Pages CMS put in their places."""
    found = collections(settings)[collection]["fields"]
    parts = settings.get("components", {})
    return {each["name"]: {**each, **parts.get(each.get("component", ""), {})} for each in found}


@pytest.mark.parametrize("editor", EDITORS)
@pytest.mark.parametrize("name", SITES)
def test_a_configuration_holds_only_what_its_editor_knows(name: str, editor: str) -> None:
    settings = printed(SITES[name], editor)
    validator = Draft202012Validator(FORMATS[editor])
    assert [error.message for error in validator.iter_errors(settings)] == []
    assert len(collections(settings)) > 3


def test_the_formats_would_notice_a_name_that_an_editor_does_not_know(paper: SiteTest) -> None:
    for editor in EDITORS:
        settings = printed(paper.folder, editor)
        first = next(iter(collections(settings).values()))
        first["lable"] = "A slip"
        assert not Draft202012Validator(FORMATS[editor]).is_valid(settings)


@pytest.mark.parametrize("editor", EDITORS)
def test_each_folder_of_articles_has_a_form_and_a_bundle_and_drafts_have_none(
    paper: SiteTest, editor: str
) -> None:
    found = collections(printed(paper.folder, editor))
    folders = set(map(folder_of, found.values()))
    inside = "content/{{locale}}/" if editor == "sveltia" else "content/"
    assert {f"{inside}harbour", f"{inside}opinion", f"{inside}pages"} <= folders
    assert {"content/authors", "content/tags", "content/place"} <= folders
    assert not [folder for folder in folders if "flood" in folder or "_drafts" in folder]


@pytest.mark.parametrize("editor", EDITORS)
def test_a_new_site_without_articles_has_one_form_for_them(site: SiteTest, editor: str) -> None:
    found = collections(printed(site.folder, editor))
    assert [name for name in found if name.startswith("articles")] == ["articles"]
    assert folder_of(found["articles"]) == "content"


@pytest.mark.parametrize("editor", EDITORS)
def test_what_can_be_chosen_is_what_the_site_has(paper: SiteTest, editor: str) -> None:
    found = fields(printed(paper.folder, editor), "articles-harbour")

    def choices(field: Settings) -> Mapping[str, str]:
        options = field["options"]
        values = options["values"] if isinstance(options, dict) else options
        return {each["value"]: each["label"] for each in values}

    assert choices(found["section"]) == {"harbour": "Harbour", "opinion": "Opinion"}
    assert found["section"]["default"] == "harbour"
    assert choices(found["type"])["dispatch"] == "Dispatch"
    assert choices(found["status"]) == {"draft": "Draft", "published": "Published"}
    assert found["place"]["label"] == "Places"


@pytest.mark.parametrize("editor", EDITORS)
def test_what_a_section_requires_is_required_in_its_folder_alone(
    paper: SiteTest, editor: str
) -> None:
    settings = printed(paper.folder, editor)
    for folder, expected in (("harbour", False), ("opinion", True)):
        found = fields(settings, f"articles-{folder}")
        assert found["authors"].get("required", False) is expected
        assert found["image"].get("required", False) is expected
        assert found["title"]["required"] is True
        assert found["summary"].get("required", False) is False


@pytest.mark.parametrize("editor", EDITORS)
def test_authors_are_chosen_where_each_has_one_name_and_typed_where_not(
    paper: SiteTest, editor: str
) -> None:
    def widget() -> str:
        field = fields(printed(paper.folder, editor), "articles-harbour")["authors"]
        return str(field.get("widget", field.get("type")))

    assert widget() in ("relation", "reference")
    paper.write("authors/layla.md", "---\nname: {en-GB: Layla, ar: ليلى}\n---\n")
    assert widget() in ("list", "string")


def test_sveltia_edits_translations_beside_each_other_where_they_lie(paper: SiteTest) -> None:
    settings = printed(paper.folder, "sveltia")
    assert settings["i18n"]["locales"] == ["en-GB", "ar"]
    assert settings["i18n"]["omit_default_locale_from_file_path"] is True
    harbour = collections(settings)["articles-harbour"]
    assert harbour["folder"] == "content/{{locale}}/harbour" and harbour["i18n"] is True
    found = fields(settings, "articles-harbour")
    assert found["title"]["i18n"] is True and found["section"]["i18n"] == "duplicate"
    assert "i18n" not in collections(settings)["authors"]


def test_sveltia_writes_translations_beside_their_originals_where_no_folder_is(
    site: SiteTest,
) -> None:
    site.settings(SETTINGS).write("harbour/storm.md").write("harbour/storm.ar.md")
    settings = printed(site.folder, "sveltia")
    assert collections(settings)["articles-harbour"]["folder"] == "content/harbour"
    assert settings["i18n"]["structure"] == "multiple_files"
    assert settings["i18n"]["omit_default_locale_from_filename"] is True


@pytest.mark.parametrize("editor", ["decap", "pages-cms"])
def test_the_others_have_a_form_for_each_language(paper: SiteTest, editor: str) -> None:
    found = collections(printed(paper.folder, editor))
    assert found["articles-ar-harbour"]["label"] == "الميناء (العربية)"
    order = [name for name in found if name.startswith("articles")]
    assert order == ["articles-harbour", "articles-opinion", "articles-ar-harbour"]


def test_a_site_of_one_language_asks_for_no_other(site: SiteTest) -> None:
    settings = printed(site.folder, "sveltia")
    assert "i18n" not in settings
    assert "i18n" not in fields(settings, "articles")["title"]


def test_addresses_in_ascii_make_file_names_in_ascii(site: SiteTest) -> None:
    assert printed(site.folder, "decap")["slug"] == {"encoding": "unicode", "clean_accents": False}
    text = (site.folder / "sitegen.toml").read_text()
    site.settings(text + '[urls]\nslugs = "ascii"\n')
    assert printed(site.folder, "decap")["slug"] == {"encoding": "ascii", "clean_accents": True}


def date_of(paper: SiteTest, editor: str) -> Settings:
    return fields(printed(paper.folder, editor), "articles-harbour")["date"]


def test_a_date_is_that_of_the_site_wherever_somebody_writes(site: SiteTest) -> None:
    site.settings(SETTINGS).write("harbour/storm.md", date="2026-11-20 06:30")
    decap, sveltia = date_of(site, "decap"), date_of(site, "sveltia")
    assert decap["format"] == sveltia["format"] == "YYYY-MM-DD HH:mm"
    assert sveltia["input_timezone"] == "Europe/London"


def test_dates_that_a_picker_would_change_are_typed(paper: SiteTest) -> None:
    """Sveltia CMS 0.221.1 saved `2024-05-03` as `2024-05-03 05:00` in a browser in New York."""
    assert date_of(paper, "decap")["widget"] == "datetime"
    typed = (
        date_of(paper, "sveltia")["pattern"][0],
        date_of(paper, "pages-cms")["pattern"]["regex"],
    )
    for regex in typed:
        assert re.search(regex, "2026-11-22 06:30") and re.search(regex, "2026-11-22")
        assert not re.search(regex, "tomorrow")


def test_short_forms_that_an_editor_would_drop_are_told(paper: SiteTest) -> None:
    """Sveltia CMS 0.221.1 dropped a picture that was written as one word; Decap CMS stopped."""
    paper.write("harbour/short.md", title="Short", image="/media/storm.png", tags=["a"])
    paper.run("schema", "--for", "sveltia", "-s", str(paper.folder)).ok()
    assert "note: 1 article writes “image” in a short form" in paper.output
    assert "content/harbour/short.md" in paper.output and "“tags”" not in paper.output


@pytest.mark.parametrize("editor", EDITORS)
def test_every_field_has_a_name_and_a_hint_for_people(paper: SiteTest, editor: str) -> None:
    settings = printed(paper.folder, editor)
    for collection in collections(settings):
        for name, field in fields(settings, collection).items():
            assert field["label"] and "_" not in field["label"], name
            if name not in ("body", "place"):
                assert str(field.get("hint", field.get("description"))).endswith("."), name


@pytest.mark.parametrize("editor", EDITORS)
def test_a_configuration_is_the_same_each_time_and_readable(paper: SiteTest, editor: str) -> None:
    text = text_for(paper.folder, editor)
    assert text == text_for(paper.folder, editor)
    assert not re.search(r"[&*]id\d|!!", text)
    assert text.startswith("# What ")


# What the editors write.


@pytest.mark.parametrize("editor", EDITORS)
def test_what_an_editor_has_written_builds(paper: SiteTest, editor: str) -> None:
    """Decap CMS 3.16.3 and Sveltia CMS 0.221.1 wrote these with our configuration, in a browser;
    the third is what the library `yaml` of Pages CMS makes of the values of its form."""
    paper.write("harbour/storm-closes-the-harbour-“ferries”-stay.md", article_of(editor))
    paper.build(now="2026-11-25T12:00:00Z").ok()
    (page,) = [path for path in paper.bytes if path.startswith("2026/") and "closes" in path]
    text = paper.page(page)
    for words in ("Storm closes the harbour: “ferries” stay", "When: Sunday?", "Text 1: yes."):
        assert words in text
    assert "<strong>Sunday</strong>" in text
    assert [warning for warning in paper.warnings if "closes" in warning["source"]] == []


def article_of(editor: str) -> str:
    return (WRITTEN / f"{editor}.md").read_text(encoding="utf-8")


TEXTS = [
    *["A text", "harbour-storm-2", "/specials/flood/", "https://example.org/", "60% 30%"],
    *["article.html", "2026-11-20 06:30"],
]
CHOSEN = {
    "related": ["harbour/storm.md"],
    "translation_of": "ar/harbour/storm.md",
    "transcript": "/media/a.mp3",
    "authors": ["Maria López"],
}
"""Fields whose values must be the name of something that is there."""


def typed(name: str, field: Settings) -> Any:
    """A value as the field's widget or type gives it."""
    kind = field.get("widget", field.get("type"))
    if name in CHOSEN:
        return CHOSEN[name]
    if kind in ("object",) and not field.get("list"):
        return {inner["name"]: typed(inner["name"], inner) for inner in field["fields"]}
    if "fields" in field:
        return [{inner["name"]: typed(inner["name"], inner) for inner in field["fields"]}]
    if "field" in field:
        return [typed(name, field["field"])]
    if kind == "list" or field.get("list"):
        return [typed("item", {**field, "widget": "string", "type": "string", "list": False})]
    if kind == "select":
        options = field["options"]
        return (options["values"] if isinstance(options, dict) else options)[0]["value"]
    simple = {
        "boolean": True,
        "datetime": "2026-11-20 06:30",
        "image": "/media/storm.png",
        "file": "/media/a.mp3",
        "markdown": "Some *words*.\n\nAnd more.",
        "rich-text": "Some *words*.\n\nAnd more.",
    }
    return simple.get(str(kind)) or fitting(field.get("pattern"))


def fitting(pattern: Any) -> str:
    regex = pattern["regex"] if isinstance(pattern, dict) else pattern[0] if pattern else ""
    return next(text for text in TEXTS if re.search(regex, text))


HOLDING = ("status", "embargo", "expires", "withdrawn")


def filled(found: Mapping[str, Settings]) -> Iterator[tuple[str, Any]]:
    for name, field in found.items():
        if name not in HOLDING:
            yield name, typed(name, field)


@pytest.mark.parametrize("editor", EDITORS)
def test_a_form_that_is_filled_in_to_the_last_field_builds(paper: SiteTest, editor: str) -> None:
    settings = printed(paper.folder, editor)
    kinds = {"articles-harbour": "harbour/full.md", "pages": "pages/full.md"}
    kinds |= {"authors": "authors/full.md", "tags": "tags/full.md"}
    for collection, path in kinds.items():
        values = dict(filled(fields(settings, collection)))
        if "aliases" in values:  # it cannot be an address that something has
            values["aliases"] = [f"/old/{collection}/"]
        if collection == "pages":
            values |= {"slug": "full", "url": "/full/"}
            values["template"] = "standing.html"
        body = values.pop("body")
        matter = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
        paper.write(path, f"---\n{matter}---\n{body}\n")
    paper.build().ok()
    assert paper.report["articles"] == 5
    assert {warning["code"] for warning in paper.warnings} <= {"picture-text"}
    assert "specials/flood/index.html" in paper.bytes and "full/index.html" in paper.bytes


@pytest.mark.parametrize("editor", EDITORS)
def test_a_form_that_is_left_empty_but_for_what_it_requires_builds(
    paper: SiteTest, editor: str
) -> None:
    found = fields(printed(paper.folder, editor), "articles-opinion")
    values: dict[str, Any] = {}
    for name, field in found.items():
        required = field.get("required")
        values[name] = typed(name, field) if required else empty(field)
    body = values.pop("body")
    matter = yaml.safe_dump({**values, "section": "opinion"}, allow_unicode=True)
    paper.write("opinion/short.md", f"---\n{matter}---\n{body}\n").build().ok()


def empty(field: Settings) -> Any:
    """What an editor may write for a field that nobody filled in."""
    kind = field.get("widget", field.get("type"))
    if kind == "boolean":
        return False
    if kind == "object" and not field.get("list"):
        return {inner["name"]: empty(inner) for inner in field["fields"]}
    return [] if kind == "list" or field.get("list") else ""


# The command.


def test_the_files_are_written_where_the_editor_looks_and_the_page_is_published(
    paper: SiteTest,
) -> None:
    where = ["-s", str(paper.folder)]
    paper.run("schema", "--for", "sveltia", "--write", "--repo", "courier/paper", *where).ok()
    assert "wrote static/admin/config.yml" in paper.output
    paper.run("schema", "--for", "sveltia", "--write", "--repo", "courier/paper", *where).ok()
    assert "nothing to write" in paper.output
    paper.build().ok()
    assert b"@sveltia/cms" in paper.bytes["admin/index.html"]
    assert b"repo: courier/paper" in paper.bytes["admin/config.yml"]


def test_a_file_that_was_changed_by_hand_is_left_alone(paper: SiteTest) -> None:
    paper.file(".pages.yml", "media: mine\n")
    paper.run("schema", "--for", "pages-cms", "--write", "-s", str(paper.folder)).ok()
    assert "left alone: .pages.yml is there already" in paper.output
    assert (paper.folder / ".pages.yml").read_text() == "media: mine\n"


def test_paths_are_those_of_the_repository_that_the_site_is_in(tmp_path: Path) -> None:
    site = SiteTest(tmp_path / "repository" / "papers" / "courier", SETTINGS)
    (tmp_path / "repository" / ".git").mkdir()
    assert printed(site.folder, "decap")["media_folder"] == "papers/courier/static/media"
    site.run("schema", "--for", "pages-cms", "--write", "-s", str(site.folder)).ok()
    settings = yaml.safe_load((tmp_path / "repository" / ".pages.yml").read_text())
    assert settings["content"][0]["path"] == "papers/courier/content"


def test_without_a_repository_the_place_to_write_it_is_told(paper: SiteTest) -> None:
    paper.run("schema", "--for", "decap", "-s", str(paper.folder)).ok()
    assert "repo: OWNER/REPOSITORY" in paper.output
    assert "put the name of your repository in place of OWNER/REPOSITORY" in paper.output
    paper.run("schema", "--for", "decap", "--backend", "git-gateway", "-s", str(paper.folder)).ok()
    assert "OWNER/REPOSITORY" not in paper.output


@pytest.mark.parametrize(
    "args, words",
    [
        (("--for", "sveltia", "--backend", "git-gateway"), "sveltia has no git-gateway"),
        (("--for", "pages-cms", "--backend", "gitlab"), "pages-cms works with GitHub only"),
        (("settings", "--for", "decap"), "KIND stands alone"),
        (("--for", "word"), "'word' is not one of"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    paper: SiteTest, args: tuple[str, ...], words: str
) -> None:
    paper.run("schema", *args, "-s", str(paper.folder))
    assert paper.exit_code == 2 and words in paper.output


def test_outside_a_site_there_is_nothing_to_configure(site: SiteTest, tmp_path: Path) -> None:
    site.run("schema", "--for", "decap", "-s", str(tmp_path))
    assert site.exit_code == 1 and "[config-missing]" in site.output
