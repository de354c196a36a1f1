"""`sitegen new`: a file that builds as it is, and says what to write where."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from sitegen.config import load_config
from sitegen.desk import fields
from sitegen.read.fields import FrontMatter, StandingFields
from sitegen.read.file import matter_of
from tests.site_test import SETTINGS, SiteTest

TEXTS = Path(fields.__file__).parent / "texts"
LANGUAGES = sorted(file.stem for file in TEXTS.glob("*.toml"))

RICH = """\
[sections.opinion]
title = "Opinion"
required = ["key_points", "image", "place"]

[languages.ar]
title = "T"

[languages.fr]
title = "T"

[taxonomies.place]
title = "Places"

[types.recipe]
label = "Recipe"
"""


def new(site: SiteTest, *words: str) -> SiteTest:
    return site.run("new", "-s", str(site.folder), *words)


def text(site: SiteTest, path: str) -> str:
    return (site.folder / "content" / path).read_text(encoding="utf-8")


def values(site: SiteTest, path: str) -> dict[str, Any]:
    data = (site.folder / "content" / path).read_bytes()
    return matter_of(data, path, load_config(site.folder)).values


def test_a_new_article_is_short_and_says_what_to_write(site: SiteTest) -> None:
    new(site, "Storm closes: the harbour").ok()
    assert text(site, "storm-closes-the-harbour.md") == (
        "---\n"
        "title: 'Storm closes: the harbour'  # The headline\n"
        "date: 2026-11-22 12:00        # When it is published; in the future: it waits until then\n"
        "section:                      # The section: politics\n"
        "authors: []                   # Who wrote it, such as [Maria López, Tom Reed]\n"
        "summary:                      # One or two sentences below the headline, on cards and in"
        " the feed\n"
        "tags: []                      # Its topics, such as [weather, ferries]\n"
        "image:                        # The picture at the top\n"
        "  src:                        # A picture beside this file, or an address such as"
        " /media/storm.jpg\n"
        "  alt:                        # What the picture shows, for those who cannot see it\n"
        "  credit:                     # Whose picture it is\n"
        "status: draft                 # Remove this line to publish it, or run:"
        " sitegen publish content/storm-closes-the-harbour.md\n"
        "---\n\n"
    )


def test_options_fill_it_in(site: SiteTest) -> None:
    options = ["--section", "Politics", "--tag", "a, b", "--tag", "it's", "--author", "Ann Ray"]
    new(site, "A", *options, "--date", "1 Dec 2026 06:30").ok()
    found = values(site, "a.md")
    assert (found["section"], found["tags"], found["authors"]) == (
        "Politics",
        ["a, b", "it's"],
        ["Ann Ray"],
    )
    assert found["date"] == "2026-12-01 06:30"
    new(site, "B", "--date", "2026-12-24").ok()
    assert values(site, "b.md")["date"] == "2026-12-24"
    assert new(site, "C", "--date", "soon").exit_code == 2


def test_what_its_section_requires_is_in_it(site: SiteTest) -> None:
    site.settings(SETTINGS + RICH)
    new(site, "A", "--section", "Opinion").ok()
    lines = text(site, "a.md").splitlines()
    assert [line.partition(":")[0] for line in lines[1:14]] == [
        *("title", "date", "section", "authors", "summary", "tags"),
        *("image", "  src", "  alt", "  credit", "key_points", "place", "status"),
    ]
    required = [line.partition(":")[0] for line in lines if line.endswith("requires it)")]
    assert required == ["image", "key_points", "place"]
    site.build("--strict").ok()


WRITTEN = ("en", "en-GB", "ar", "cy", "de", "es", "fr", "ja")
PRESETS = ("", "hugo", "jekyll", "zola", "pelican", "wordpress")
PAIRS = {(WRITTEN[n % 8], PRESETS[n % 6]) for n in range(24)} | {(each, "") for each in WRITTEN}
"""Each language has what sitegen calls fields, and those of two or three other systems."""


@pytest.mark.parametrize(("language", "preset"), sorted(PAIRS))
def test_every_new_file_builds_without_a_warning(
    site: SiteTest, language: str, preset: str
) -> None:
    settings = SETTINGS.replace('"en"', f'"{language}"') + RICH.replace(
        "languages.ar", "languages.it"
    )
    settings = settings.replace("languages.fr", "languages.pt")
    site.settings(settings + f'[front_matter]\npreset = "{preset}"\nunknown = "error"\n')
    site.write("opinion/x.md", title="X", status="draft")
    for number, options in enumerate(([], ["--section", "Opinion"], ["--lang", "it"])):
        for full in ([], ["--full"]):
            new(site, f"Title {number} {len(full)}", *options, *full).ok()
            if "Opinion" not in options:
                new(site, "page", f"Page {number} {len(full)}", *options, *full).ok()
    site.build("--strict").ok()
    assert (site.warnings, len(site.report["held_back"])) == ([], 11)
    for held in site.report["held_back"]:
        name = held["source"].removeprefix("content/")
        if "opinion" not in name:
            site.run("publish", "-s", str(site.folder), name).ok()
    site.build("--strict").ok()
    assert site.report["articles"] == 4


def test_a_full_file_has_every_field_and_a_remark_for_each(site: SiteTest) -> None:
    site.settings(SETTINGS + RICH)
    new(site, "A", "--full").ok()
    assert set(values(site, "a.md")) == {*FrontMatter.model_fields, "place"}
    lines = text(site, "a.md").splitlines()[1:-2]
    assert all("  # " in line for line in lines), lines
    assert "recipe" in text(site, "a.md") and "“Places”" in text(site, "a.md")
    new(site, "page", "About", "--full").ok()
    assert list(values(site, "pages/about.md")) == list(StandingFields.model_fields)
    assert all("  # " in line for line in text(site, "pages/about.md").splitlines()[1:-2])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_a_remark_for_every_field(language: str) -> None:
    here, english = (
        tomllib.loads((TEXTS / f"{name}.toml").read_text(encoding="utf-8"))
        for name in (language, "en")
    )
    for kind, model in (("article", FrontMatter), ("page", StandingFields)):
        assert here[kind].keys() == english[kind].keys() >= model.model_fields.keys()
        for name, remark in here[kind].items():
            assert "\n" not in remark
            places = {part for part in ("{file}", "{sections}", "{types}", "{title}", "{text}")}
            assert {p for p in places if p in remark} == {
                p for p in places if p in english[kind][name]
            }


def test_remarks_are_in_the_sites_language_or_in_english(site: SiteTest) -> None:
    for language, remark in {
        "de-AT": "# Die Überschrift",
        "ar": "# العنوان",
        "ja": "# The headline",
    }.items():
        site.settings(SETTINGS.replace('"en"', f'"{language}"'))
        new(site, f"In {language}").ok()
        assert remark in text(site, f"in-{language.lower()}.md")


@pytest.mark.parametrize(
    ("slugs", "title", "name"),
    [
        ("keep", "Zürich: été à l'Œuvre!", "zürich-été-à-l-œuvre"),
        ("ascii", "Zürich: été à l'Œuvre!", "zurich-ete-a-l-oeuvre"),
        ("keep", "عاصفة تغلق الميناء", "عاصفة-تغلق-الميناء"),
        ("ascii", "Ölmüş Þór — Łódź", "olmus-thor-lodz"),
        ("keep", "  Two   words ", "two-words"),
        ("keep", "word " * 40, "-".join(["word"] * 16)),
    ],
)
def test_the_files_name_is_the_headlines_slug(
    site: SiteTest, slugs: str, title: str, name: str
) -> None:
    site.settings(f'{SETTINGS}[urls]\nslugs = "{slugs}"\n')
    new(site, title).ok()
    assert values(site, f"{name}.md")["title"] == " ".join(title.split())


def test_a_file_is_never_written_over_another(site: SiteTest) -> None:
    site.write("a-title.md", "Mine.")
    assert new(site, "A title").exit_code == 2
    assert "content/a-title.md is there already [file-exists]" in site.output
    assert text(site, "a-title.md") == "Mine."


def test_an_article_of_a_section_with_a_folder_goes_there(site: SiteTest) -> None:
    site.write("politics/x.md", slug="x")
    new(site, "A", "--section", "Politics").ok()
    assert values(site, "politics/a.md")["section"] == "Politics"
    assert "sitegen publish -s" in site.output and "content/politics/a.md" in site.output


def test_a_section_that_the_settings_do_not_know_is_doubted(site: SiteTest) -> None:
    new(site, "A", "--section", "Politcs").ok()
    assert "no section “Politcs” in its settings; did you mean “politics”?" in site.output
    assert "note:" not in new(site, "B", "--section", "politics").ok().output


def test_a_translation_lies_beside_its_original_and_takes_over_its_topics(site: SiteTest) -> None:
    site.settings(SETTINGS + RICH)
    site.write("politics/vote.md", section="Politics", tags=["vote"], authors=["Ann"])
    site.write("ar/flood/index.md", title="F")
    new(site, "Le vote", "--lang", "fr", "--translation-of", "politics/vote.md").ok()
    found = values(site, "politics/vote.fr.md")
    assert (found["section"], found["tags"], found["authors"]) == ("Politics", ["vote"], ["Ann"])
    new(site, "The flood", "--lang", "en", "--translation-of", "ar/flood").ok()
    new(site, "La crue", "--lang", "fr", "--translation-of", "ar/flood").ok()
    new(site, "تصويت", "--lang", "ar", "--translation-of", "politics/vote.fr.md").ok()
    for path in ("flood/index.md", "flood/index.fr.md", "ar/politics/vote.md"):
        site.run("publish", "-s", str(site.folder), path).ok()
    site.run("publish", "-s", str(site.folder), "politics/vote.fr.md").ok()
    site.build("--strict").ok()
    assert "/fr/2026/11/vote/" in site.page("ar/2026/11/vote/index.html")
    assert "/fr/2026/11/flood/" in site.page("2026/11/flood/index.html")


def test_of_two_languages_the_other_one_is_meant(site: SiteTest) -> None:
    site.settings(SETTINGS + '[languages.ar]\ntitle = "T"\n').write("a.md")
    site.write("pages/about.md", "---\ntitle: About\n---\n")
    new(site, "تصويت", "--translation-of", "a.md").ok()
    assert values(site, "a.ar.md")["title"] == "تصويت"
    new(site, "page", "من نحن", "--translation-of", "pages/about.md").ok()
    assert values(site, "pages/about.ar.md")["title"] == "من نحن"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["page"], "title-unclear"),
        (["Storm", "closes"], "title-unclear"),
        (["page", "About", "us"], "title-unclear"),
        (["!?"], "headline-empty"),
        (["Aux"], "headline-empty"),
        (["A", "--lang", "xx"], "language-unknown"),
        (["A", "--translation-of", "none.md"], "file-unknown"),
        (["A", "--translation-of", "pages/about.md", "--lang", "ar"], "translation-of"),
        (["A", "--translation-of", "a.md", "--lang", "en"], "translation-of"),
        (["A", "--translation-of", "a.md"], "--lang with one of: ar, fr"),
        (["page", "A", "--section", "x"], "a page has no section"),
    ],
)
def test_what_cannot_be_meant_is_refused(site: SiteTest, words: list[str], code: str) -> None:
    site.settings(SETTINGS + RICH).write("a.md")
    site.write("pages/about.md", "---\ntitle: About\n---\n")
    before = sorted((site.folder / "content").rglob("*"))
    assert new(site, *words).exit_code == 2
    assert code in site.output
    assert sorted((site.folder / "content").rglob("*")) == before


def test_the_hint_shows_what_to_type(site: SiteTest) -> None:
    assert 'sitegen new "Storm closes"' in new(site, "Storm", "closes").output
    assert 'sitegen new page "About us"' in new(site, "page", "About", "us").output
    assert 'an article of that name: sitegen new "Page"' in new(site, "page").output
    new(site, "Page").ok()
    assert values(site, "page.md")["title"] == "Page"


def test_it_is_opened_in_the_editor_that_the_environment_names(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "editor.py"
    script.write_text("import sys; open(sys.argv[1], 'a').write('typed')\n")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")
    new(site, "A", "--open").ok()
    assert text(site, "a.md").endswith("---\n\ntyped")
    assert os.environ["EDITOR"]
