"""A schema refuses nothing that builds, and what it refuses is refused for the same reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from sitegen.config import Config
from sitegen.desk.schema import schema
from sitegen.errors import Problem
from sitegen.read.article import read_article
from sitegen.read.documents import read_page, read_term
from sitegen.read.file import ReadFile
from sitegen.read.holding import NAMES, holding
from sitegen.read.names import meanings
from sitegen.read.place import Place, place_of

SITE: Mapping[str, Any] = {
    "site": {"title": "T", "base_url": "https://test.example/", "language": "en-GB"},
    "languages": {"ar": {}},
    "sections": {
        "world-news": {"required": ["image", "summary"]},
        "opinion": {"required": ["authors", "type", "place", "faq"]},
        "sport": {},
    },
    "taxonomies": {"place": {}},
    "types": {"dispatch": {"label": "D"}, "360": {"label": "360"}, "café": {"label": "C"}},
}
NAMED: Mapping[str, Any] = {
    "preset": "wordpress",
    "unknown": "error",
    "names": {
        "headline": "title",
        "picture": "image",
        "alt_text": "image.alt",
        "kicker": "description",
    },
}
CONFIGS = {
    "a site": Config.model_validate(SITE),
    "a site of WordPress with names of its own": Config.model_validate(
        {**SITE, "front_matter": NAMED}
    ),
    "a site of Hugo": Config.model_validate({**SITE, "front_matter": {"preset": "hugo"}}),
    "a site of Zola": Config.model_validate({**SITE, "front_matter": {"preset": "zola"}}),
    "a site of Jekyll": Config.model_validate({**SITE, "front_matter": {"preset": "jekyll"}}),
}
READERS: Mapping[str, Callable[[Place, bytes, Config], ReadFile]] = {
    "article": lambda place, data, config: read_article(place, data, config, ()),
    "page": read_page,
    "author": read_term,
}
PLACES = {"article": "story.md", "page": "pages/about.md", "author": "authors/ann.md"}
FILES = [(kind, site) for kind in PLACES for site in CONFIGS]
SCHEMAS = {(kind, site): schema(kind, CONFIGS[site]) for kind, site in FILES}
VALIDATORS = {file: Draft202012Validator(found) for file, found in SCHEMAS.items()}
OUTSIDE = {kind: Draft202012Validator(schema(kind)) for kind in PLACES}

SCALARS = [
    *["", " ", "x", "a b", "Ann", "no", "1.10", "&amp;", "\u200b", "  news ", "new\u200bs", "٢"],
    *["news", "dispatch", "café", "360", "opinion", "Opinion", "World  News", "sport", "en-GB"],
    *["ar", "de", "draft", "Published", "pending", "nonsense", "true", "YES", "off", "0", "10"],
    *["2026-11-22", "2026-11-22 06:30", "20 Nov 2026", "٢٠٢٦-١١-٢٠", "03/04/2026", "2026"],
    *["/a/b/", "a/b", "//x/", "/a?b", "https://a.example/", "ftp://a", "mailto:a@b", "/x/../y"],
    *["60% 30%", "60%  30%", "160% 3%", "a.html", "x/long-read.html", "a.txt", "generated"],
    *["none", "harbour-storm", "a:b", ".hidden", ".well-known", "con", "end.", "harbour storm"],
    *[0, 1, 2, 10, 1001, -1, 1.5, 360, True, False, None],
]
scalars = st.sampled_from(SCALARS) | st.text(max_size=6)
INNER = [
    *["src", "alt", "caption", "credit", "focus", "question", "answer", "title", "url", "label"],
    *["publisher", "date", "text", "minor", "reason", "use", "reviewed_by", "duration", "name"],
    *["en-GB", "ar", "limit", "tag", "taxonomy", "other"],
]
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(INNER), inner, max_size=4)
    ),
    max_leaves=6,
)
FIELDS = sorted(
    {
        *(name for found in SCHEMAS.values() for name in found["properties"]),
        *("Title", "KEY-POINTS", "unknown_name", "layout", "taxonomies", "headline"),
    }
)
likely = st.sampled_from(["A title", "2026-11-22", "news", "opinion", True, ["x"]])


@st.composite
def matters(draw: st.DrawFn) -> dict[str, Any]:
    """Front matter that is mostly right, with a few fields that may be anything."""
    base: dict[str, Any] = {}
    if draw(st.integers(0, 5)):
        base["title"] = "A title"
    if draw(st.integers(0, 5)):
        base["date"] = "2026-11-01"
    if draw(st.booleans()):
        base["section"] = draw(st.sampled_from(["opinion", "World News", "sport"]))
    extra = st.dictionaries(st.sampled_from(FIELDS), values | likely, max_size=4)
    return {**base, **draw(extra)}


def problems(kind: str, matter: Mapping[str, Any], config: Config) -> list[Problem]:
    """What reading a file with this front matter complains of; JSON is YAML."""
    text = json.dumps(matter, ensure_ascii=False)
    data = f"---\n{text}\n---\nText.\n".encode()
    return list(READERS[kind](place_of(PLACES[kind], config), data, config).errors)


def places(error: ValidationError) -> set[str]:
    """The fields that an error of the schema is about, as they are written."""
    if error.absolute_path:
        return {str(error.absolute_path[0])}
    return set(re.findall(r"'([\w -]+)'", error.message))


def fields(written: Iterable[str], config: Config) -> set[str]:
    """Our fields that these names give a value; of several for one, only one is complained of."""
    known = meanings(config.front_matter, config.taxonomies)
    found = set()
    for name in written:
        key = re.split(r"[.\[]", name)[0].lower().replace("-", "_").strip()
        wish = holding(key, "2026-11-22") if key in NAMES else None
        if wish is not None:
            found.add("date" if wish.target == "embargo" else "status")
        else:
            found.add(known.get(key, key).partition(".")[0])
            found |= {"status"} if key == "permalink" else set()  # false: it is a draft
    return {{"categories": "section", "embargo": "date"}.get(name, name) for name in found}


@pytest.mark.parametrize("kind, site", FILES)
@settings(max_examples=60, deadline=None)
@given(matter=matters())
def test_what_builds_is_valid_and_what_is_invalid_is_refused_for_the_same_field(
    kind: str, site: str, matter: dict[str, Any]
) -> None:
    config = CONFIGS[site]
    wrong = problems(kind, matter, config)
    refused = list(VALIDATORS[kind, site].iter_errors(matter))
    if not wrong:
        assert not refused, (matter, refused)
        assert OUTSIDE[kind].is_valid(matter) or site != "a site", matter
    if not all(problem.field for problem in wrong):
        return  # it is no YAML at all
    told = fields((problem.field for problem in wrong), config)
    itself = {problem.code for problem in wrong} - {"field-required", "term"}
    for error in refused:
        about = places(error)
        # Terms, and what a section requires, are looked at once the fields themselves are right.
        of_section = "allOf" in error.absolute_schema_path and "title" not in about
        later = of_section or about <= {"place"}
        assert fields(about, config) & told or (later and itself), (matter, error, told)


@pytest.mark.parametrize("held", [{"status": "draft"}, {"Draft": True}, {"embargo_until": "yes"}])
def test_a_draft_may_lack_what_its_section_requires(held: dict[str, Any]) -> None:
    story = {"title": "A title", "date": "2026-11-01", "section": "opinion"}
    assert not VALIDATORS["article", "a site"].is_valid(story)
    assert VALIDATORS["article", "a site"].is_valid({**story, **held})
