"""`sitegen schema`: JSON Schemas that take what builds, and refuse what a build refuses."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sitegen.cli import main
from sitegen.config import load_config
from sitegen.desk.schema import KINDS, schema
from sitegen.errors import SitegenError
from sitegen.model import TYPES
from sitegen.read.fields import typed
from sitegen.read.matter import read_matter
from sitegen.read.place import place_of
from sitegen.urls import slug_of
from tests.site_test import SiteTest, article

ROOT = Path(__file__).parents[2]
SITES = {"the demo": ROOT, "the golden site": ROOT / "tests" / "golden" / "site"}
SETTINGS = """\
[site]
title = "T"
base_url = "https://test.example/"
language = "en"
[languages.ar]
[sections.politics]
title = "Politics"
[sections.opinion]
required = ["authors", "image"]
[taxonomies.place]
title = "Places"
description = "Where it happened."
[types.dispatch]
label = "D"
"""
Json = dict[str, Any]


def printed(*args: str) -> Json:
    result = CliRunner().invoke(main, ["schema", *args], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    found: Json = json.loads(result.stdout)
    return found


def validator(*args: str) -> Draft202012Validator:
    return Draft202012Validator(printed(*args))


def parsed(text: str) -> Any:
    """Front matter as an editor parses it: YAML 1.2's core schema."""
    return typed(read_matter(text, "a.md").values)


@pytest.fixture
def paper(tmp_path: Path) -> SiteTest:
    return SiteTest(tmp_path / "paper", SETTINGS)


# What is in it.


def described(node: Any, path: str = "") -> Iterator[tuple[str, Json]]:
    """(path, schema) of every field, within groups and lists too."""
    if isinstance(node, dict):
        for name, field in node.get("properties", {}).items() if "type" in node else ():
            yield f"{path}.{name}", field
        for key, value in node.items():
            yield from described(value, path if key in ("anyOf", "items") else f"{path}.{key}")
    elif isinstance(node, list):
        for value in node:
            yield from described(value, path)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_a_schema_of_2020_12_with_words_for_every_field(kind: str) -> None:
    found = printed(kind, "-s", str(ROOT)) if kind != "settings" else printed(kind)
    Draft202012Validator.check_schema(found)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    bare = [
        path
        for path, field in described(found)
        if not field.get("description") or not field.get("title")
    ]
    known = [path for path in bare if not re.search(r"name$|\.(ar|en-GB)$", path)]
    assert known == []


def test_descriptions_are_those_of_the_manual(paper: SiteTest) -> None:
    found = printed("-s", str(paper.folder))["properties"]
    manual = (ROOT / "docs" / "front-matter.md").read_text(encoding="utf-8")
    for name in ("title", "summary", "breaking", "canonical_url"):
        assert f"| {found[name]['description']} |" in manual
    alt = found["image"]["anyOf"][0]["anyOf"][0]["properties"]["alt"]
    assert alt["title"] == "Alt text" and "for those who cannot see it" in alt["description"]


def test_within_a_site_it_knows_the_sites_own_names(paper: SiteTest) -> None:
    found = printed("-s", str(paper.folder))
    assert found["properties"]["section"]["examples"] == ["politics", "opinion"]
    assert found["properties"]["place"]["title"] == "Places"
    assert found["properties"]["place"]["description"] == "Where it happened."
    valid = Draft202012Validator(found).is_valid
    base = {"title": "T"}
    assert valid({**base, "type": "dispatch", "lang": "ar", "place": ["Lowgate"]})
    assert not valid({**base, "type": "dispach"})
    assert not valid({**base, "lang": "de"})
    assert not valid({**base, "place": {"name": "Lowgate"}})


def test_outside_a_site_every_name_may_be_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = printed()
    assert found["properties"]["type"]["anyOf"][0]["examples"] == [*TYPES]
    assert Draft202012Validator(found).is_valid({"title": "T", "type": "ours", "lang": "gd"})


def test_in_the_folder_of_a_site_it_is_that_site(
    paper: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(paper.folder)
    assert printed() == printed("article", "-s", ".")
    assert "place" in printed()["properties"]


def test_the_names_of_another_system_are_known(paper: SiteTest) -> None:
    paper.settings(f'{SETTINGS}[front_matter]\npreset = "wordpress"\n')
    found = printed("-s", str(paper.folder))["properties"]
    assert found["excerpt"]["description"] == "Understood as `summary`."
    assert "excerpt" not in printed("-s", str(ROOT))["properties"]


def test_it_is_the_same_whatever_the_hash_seed() -> None:
    texts = set()
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "sitegen", "schema", "-s", str(ROOT)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        result = subprocess.run(command, capture_output=True, check=True, env=environment)
        texts.add(result.stdout)
    assert len(texts) == 1


def test_its_patterns_mean_the_same_to_javascript_and_python() -> None:
    """`\\d` and `\\w` do not; and with its flag u JavaScript refuses escapes that Python passes."""
    for kind in KINDS:
        text = json.dumps(schema(kind, load_config(ROOT)))
        for pattern in re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', text):
            regex = json.loads(pattern)
            assert set(re.findall(r"\\(.)", regex)) <= set(r"sS.^$|?*+()[]{}/\utrn1"), regex


# Articles that build.


@pytest.mark.parametrize("name", SITES)
def test_every_file_of_a_site_that_builds_is_valid(name: str) -> None:
    folder = SITES[name]
    config = load_config(folder)
    kinds = {"article": "article", "page": "page", "term": "author"}
    validators = {kind: Draft202012Validator(schema(of, config)) for kind, of in kinds.items()}
    files = sorted((folder / "content").rglob("*.md"))
    for file in files:
        place = place_of(file.relative_to(folder / "content").as_posix(), config)
        matter = parsed(file.read_text(encoding="utf-8"))
        errors = [error.message for error in validators[place.kind].iter_errors(matter)]
        assert errors == [], file
    assert len(files) > 10
    settings = tomllib.loads((folder / "sitegen.toml").read_text(encoding="utf-8"))
    assert validator("settings").is_valid(settings)


GOOD = {
    "a title that YAML takes for a number": "title: 1984\n",
    "a slug that YAML takes for a number": "slug: 007\n",
    "an answer for a word": "section: no\ntags: [yes, 1.10, 2026]\n",
    "a picture as a word": "image: /i.png\n",
    "pictures, of which the first counts": "image: [/i.png, {nonsense: 1}]\n",
    "one author": "authors: Ann\n",
    "authors as groups": "authors: [{name: Ann, role: x}]\n",
    "sources as words": "sources: [https://a.example/, The report]\n",
    "one address": "aliases: /old/\n",
    "artificial intelligence as a word": "ai: none\n",
    "breaking as a word": "breaking: yes\n",
    "breaking as a date": "breaking: 2026-11-30 18:00\n",
    "dates in other forms": "updated: November 20, 2026\nexpires: 20 Nov 2036 06:30\n",
    "digits of another script": "updated: ٢٠٢٦-١١-٢٠\n",
    "fields without a value": "section:\ntags: []\nimage: {src: , alt: ''}\nsummary: ' '\n",
    "capitals and hyphens": "Key-Points: [a]\nSHORT-TITLE: b\n",
    "an unknown field": "stuff: 1\n",
    "another system's draft": "draft: 'Yes'\n",
    "another system's status": "status: Publish\n",
    "a date of publication": "publishDate: 2026-11-02\n",
    "entities in a word": "type: opinion&#32;\n",
    "anything in extra": "extra: {a: [1, {b: null}]}\n",
}


@pytest.mark.parametrize("name", GOOD)
def test_what_builds_is_valid(paper: SiteTest, name: str) -> None:
    title = "" if "title:" in GOOD[name] else "title: T\n"
    text = f"---\n{title}date: 2026-11-01\n{GOOD[name]}---\nText.\n"
    paper.file("static/i.png", "a picture").write("a.md", text).build().ok()
    errors = validator("-s", str(paper.folder)).iter_errors(parsed(text))
    assert [error.message for error in errors] == []


BAD = {
    "title": "title:\n  - a list\n",
    "date": "date: tomorrow\n",
    "slug": "slug: a/b\n",
    "url": "url: https://elsewhere.example/\n",
    "tags": "tags: {a: b}\n",
    "summary": "summary: [a, b]\n",
    "updated": "updated: 03/04/2026\n",
    "image": "image: {alt: A picture without a file}\n",
    "image.focus": "image: {src: /i.png, focus: left}\n",
    "image.sorce": "image: {src: /i.png, sorce: x}\n",
    "faq": "faq: a question\n",
    "faq[1].answer": "faq: [{question: Why?}]\n",
    "breaking": "breaking: soon\n",
    "type": "type: opinon\n",
    "corrections[1].minor": "corrections: [{date: 2026-11-02, text: x, minor: perhaps}]\n",
    "status": "status: nearly\n",
    "embargo": "embargo: never\n",
    "withdrawn": "withdrawn: yes\n",
    "aliases[1]": "aliases: [old]\n",
    "featured": "featured: perhaps\n",
    "lang": "lang: de\n",
    "canonical_url": "canonical_url: example.org\n",
    "ai": "ai: maybe\n",
    "audio.lenght": "audio: {src: /a.mp3, lenght: 3}\n",
    "template": "template: longread\n",
    "extra": "extra: words\n",
    "password": "password: secret\n",
    "draft": "draft: perhaps\n",
}


@pytest.mark.parametrize("field", BAD)
def test_what_is_invalid_is_refused_by_a_build_for_the_same_field(
    paper: SiteTest, field: str
) -> None:
    lines = {"title": "title: T\n", "date": "date: 2026-11-01\n"}
    lines[field] = BAD[field]
    text = f"---\n{''.join(lines.values())}---\nText.\n"
    paper.write("a.md", text).build()
    assert paper.exit_code == 1
    told = [error["field"].partition(".")[0].partition("[")[0] for error in paper.errors]
    refused = list(validator("-s", str(paper.folder)).iter_errors(parsed(text)))
    top = field.partition(".")[0].partition("[")[0]
    assert told == [top]
    assert {error.absolute_path[0] for error in refused} == {top}


def test_a_title_is_required_under_any_name(paper: SiteTest) -> None:
    paper.settings(f'{SETTINGS}[front_matter.names]\nheadline = "title"\n')
    valid = validator("-s", str(paper.folder)).is_valid
    assert not valid({"date": "2026-11-01"})
    assert not valid({"title": "  "})
    assert valid({"TITLE": "T"}) and valid({"headline": "H"})


def test_what_a_section_requires_is_required_where_it_is_named(paper: SiteTest) -> None:
    found = validator("-s", str(paper.folder))
    article = {"title": "T", "section": "Opinion"}
    missing = {error.message.partition(" ")[0] for error in found.iter_errors(article)}
    assert missing == {"'authors'", "'image'"}
    assert found.is_valid({**article, "author": "Ann", "image": "/i.png"})
    assert not found.is_valid({**article, "authors": [""], "image": "/i.png"})
    assert found.is_valid({**article, "section": "Politics"})


def test_with_unknown_fields_as_errors_it_knows_all_names(paper: SiteTest) -> None:
    paper.settings(f'{SETTINGS}[front_matter]\nunknown = "error"\n')
    found = validator("-s", str(paper.folder))
    assert found.is_valid({"title": "T", "Author": "Ann", "draft": False, "place": "x"})
    assert found.is_valid({"title": "T", "stuff": None})
    assert not found.is_valid({"title": "T", "sumary": "x"})


@given(st.sampled_from(["world-news", "arts"]), st.data())
def test_a_name_that_is_taken_for_a_section_comes_to_its_slug(
    slug: str, data: st.DataObject
) -> None:
    from sitegen.desk.patterns import slugs_to

    name = data.draw(st.from_regex(re.compile(slugs_to(slug)), fullmatch=True))
    assert slug_of(name) == slug


# Pages, authors, settings.


def test_a_page_has_no_fields_of_an_article(paper: SiteTest) -> None:
    found = validator("page", "-s", str(paper.folder))
    assert found.is_valid({"title": "About", "lists": {"new": {"tag": "x", "limit": 5}}})
    assert not found.is_valid({"title": "About", "section": "politics"})
    assert not found.is_valid({"title": "About", "lists": {"new": {"limit": 5000}}})
    assert not found.is_valid({"title": "About", "publish_date": "2027-01-01"})


def test_an_author_may_have_a_name_in_each_language(paper: SiteTest) -> None:
    found = validator("author", "-s", str(paper.folder))
    assert found.is_valid({"name": {"en": "Ann", "ar": "آن"}, "links": []})
    assert not found.is_valid({"name": ["Ann"]})
    assert not found.is_valid({"links": [{"label": "x", "url": "example.org"}]})
    assert not found.is_valid({"status": "draft"})


SITE = {"title": "T", "base_url": "https://a.example/"}
SETTINGS_REFUSED: Mapping[str, Any] = {
    "site": {"base_url": "https://a.example/"},
    "site.base_url": {**SITE, "base_url": "a.example"},
    "site.titel": {**SITE, "titel": "x"},
    "site.language": {**SITE, "language": "English!"},
    "urls": {"permalink": "/{year}/"},
    "urls.tag": {"tag": "tags/{slug}/"},
    "sections": {"tags": {}},
    "listings": {"front": 0},
    "listings.periods": {"periods": {"tag": "week"}},
    "ticker": {"rotate_seconds": 3},
    "share": {"networks": ["pigeon"]},
    "csp": {"img-source": ["https://a.example"]},
    "support": {"currency": "euro"},
    "assets": {"fingerprint": "perhaps"},
}


@pytest.mark.parametrize("name", SETTINGS_REFUSED)
def test_settings_that_it_refuses_are_refused_by_a_build(site: SiteTest, name: str) -> None:
    group = name.partition(".")[0]
    values = {"site": SITE, group: SETTINGS_REFUSED[name]}
    assert not validator("settings").is_valid(values)
    site.settings(written(values)).build()
    assert site.exit_code == 1 and {error["code"] for error in site.errors} == {"config"}


def written(values: Mapping[str, Any]) -> str:
    """`values` as TOML: a line for each group, whose values JSON writes as TOML does."""

    def inline(value: Any) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{json.dumps(k)} = {inline(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(inline, value)) + "]"
        return json.dumps(value, ensure_ascii=False)

    return "\n".join(f"{name} = {inline(value)}" for name, value in values.items()) + "\n"


texts = st.sampled_from(
    [
        *["", "x", "en-GB", "no such", "Europe/London", "https://a.example/", "HTTP://A.example"],
        *["/a/", "//a", "/{year}/{slug}/", "/{slug}/", "/{slug", "/a b/", "month", "hugo", "keep"],
        *["ascii", "warn", "summary", "image.alt", "a.example", "*.a.example", "EUR", "x.y", "yes"],
        *["https://a.example/?x", "https:///x", "latn", "netlify", "broadsheet", "../up", "tags"],
    ]
)
scalars = texts | st.sampled_from([0, 1, 4, 5, 20, 60, 61, 501, -1, True, False, 1.5])


@st.composite
def some_settings(draw: st.DrawFn) -> Json:
    """Settings of which a few values may be anything."""
    found: Json = {"site": {**SITE}}
    known = schema("settings")["properties"]
    for group in draw(st.lists(st.sampled_from(sorted(known)), max_size=3)):
        names = [*known[group].get("properties", {}), "x", "tag", "en", "img-src", "politics"]
        values = (
            scalars | st.lists(scalars, max_size=2) | st.dictionaries(texts, scalars, max_size=2)
        )
        found[group] = {
            **(SITE if group == "site" else {}),
            **draw(st.dictionaries(st.sampled_from(names), values, max_size=2)),
        }
    return found


@settings(max_examples=150, deadline=None)
@given(values=some_settings())
def test_settings_that_a_build_takes_are_valid(
    values: Json, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    (folder / "sitegen.toml").write_text(written(values), encoding="utf-8")
    try:
        load_config(folder)
    except SitegenError:
        return
    errors = Draft202012Validator(schema("settings")).iter_errors(values)
    assert [error.message for error in errors] == []


# The command.


def test_settings_that_are_wrong_are_told_with_their_place(paper: SiteTest) -> None:
    paper.settings('[site]\ntitle = "T"\nbase_url = "nowhere"\n')
    paper.run("schema", "-s", str(paper.folder))
    assert paper.exit_code == 1 and "sitegen.toml:3" in paper.output
    assert printed("settings", "-s", str(paper.folder)) == printed("settings")


def test_a_folder_that_is_no_site_is_told(tmp_path: Path, site: SiteTest) -> None:
    site.run("schema", "-s", str(tmp_path))
    assert site.exit_code == 1 and "[config-missing]" in site.output
    site.run("schema", "--write", "-s", str(tmp_path))
    assert site.exit_code == 1 and "[config-missing]" in site.output
    assert list(tmp_path.iterdir()) == [site.folder]


def test_an_article_that_sitegen_new_writes_is_valid(paper: SiteTest) -> None:
    paper.run("new", "-s", str(paper.folder), "Storm closes the harbour").ok()
    (file,) = (paper.folder / "content").rglob("*.md")
    assert validator("-s", str(paper.folder)).is_valid(parsed(file.read_text(encoding="utf-8")))
    assert validator("-s", str(paper.folder)).is_valid(parsed(article()))
