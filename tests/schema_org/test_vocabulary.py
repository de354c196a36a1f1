"""SD-16: every type and property of our pages is schema.org's, in its domain, and in use there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args, is_typeddict

import pytest

from sitegen.render import vocabulary
from sitegen.render.publisher import POLICIES
from sitegen.settings import Schema
from tests.heads import Head, Thing, parts
from tests.newspaper import Newspaper
from tests.picture_files import png
from tests.schema_org.make import FILE, names
from tests.site_test import SETTINGS, SiteTest
from tests.test_docs import named, tables

ROOT = Path(__file__).parent.parent.parent
KNOWN: Mapping[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
KEYWORDS = {"@context", "@id", "@type"}
"""What JSON-LD itself gives a meaning."""
BASE = "https://schema.org/"


@cache
def above(name: str) -> frozenset[str]:
    """A type and all that it is a kind of."""
    return frozenset({name}).union(*(above(n) for n in KNOWN["types"][name]["above"]))


def mistakes(thing: Thing) -> Iterator[str]:
    """What the vocabulary has against an object and those within it."""
    for part in parts(thing):
        if part.keys() == {"@id"}:
            continue
        kind = part.get("@type", "")
        if kind not in KNOWN["types"]:
            yield f"there is no type {kind!r}"
            continue
        if KNOWN["types"][kind]["superseded"]:
            yield f"{kind} is superseded"
        for name, value in part.items():
            yield from property_mistakes(kind, name, value)


def property_mistakes(kind: str, name: str, value: object) -> Iterator[str]:
    if name in KEYWORDS:
        return
    known = KNOWN["properties"].get(name)
    if known is None:
        yield f"there is no property {name}"
    elif known["superseded"]:
        yield f"{name} is superseded by {known['superseded']}"
    elif not above(kind).intersection(known["of"]):
        yield f"{name} is no property of {kind}"
    if value in ("", None, [], {}):
        yield f"{name} of {kind} is empty"
    if isinstance(value, str) and value.startswith(BASE) and name != "@context":
        member = value.removeprefix(BASE)
        if member not in KNOWN["members"]:
            yield f"there is no {member}"


def heads(folder: Path) -> Iterator[tuple[str, Head]]:
    for path in sorted(folder.rglob("*.html")):
        yield path.relative_to(folder).as_posix(), Head(path.read_text(encoding="utf-8"))


def wrong(pages: Iterable[tuple[str, Head]]) -> list[tuple[str, str]]:
    """(page, what the vocabulary has against it)."""
    things = ((path, thing) for path, head in pages for thing in head.things)
    return [(path, mistake) for path, thing in things for mistake in mistakes(thing)]


def test_the_demos_pages_say_nothing_that_schema_org_does_not_know(newspaper: Newspaper) -> None:
    """SD-16, SD-06."""
    every = list(heads(newspaper.public))
    assert wrong(every) == []
    assert sum(len(head.things) for _, head in every) > 100


def test_the_golden_sites_pages_say_nothing_that_schema_org_does_not_know() -> None:
    """SD-16, SD-06."""
    every = list(heads(ROOT / "tests/golden/expected"))
    assert wrong(every) == []
    kinds = {thing["@type"] for _, head in every for thing in head.things}
    assert {"NewsArticle", "BreadcrumbList", "WebSite", "ProfilePage"} <= kinds


@pytest.mark.parametrize("schema", get_args(Schema))
def test_every_kind_of_article_of_the_settings_may_have_all_that_articles_have(
    site: SiteTest, schema: str
) -> None:
    """SD-16: with one of everything that an article can have."""
    site.settings(
        SETTINGS
        + f'[types.own]\nlabel = "Own"\nschema = "{schema}"\n'
        + '[structured_data]\nfaq = true\nspeakable = true\n[languages.ar]\ntitle = "T"\n'
        + '[publisher]\nlogo = "/logo.png"\nfounded = "1987"\n[publisher.policies]\n'
        + "".join(f'{name} = "/{name}/"\n' for name in POLICIES)
    )
    site.write("hero.png", png()).write("a.mp3", b"x")
    for name in ("a.md", "a.ar.md"):
        site.write(
            name,
            type="own",
            section="politics",
            tags=["t"],
            authors=["Ann"],
            image={"src": "hero.png", "alt": "A", "caption": "C", "credit": "D"},
            faq=[{"question": "Q", "answer": "A"}],
            sources=[{"title": "S", "url": "https://s.example/", "publisher": "P"}],
            corrections=[{"date": "2026-11-02", "text": "C"}],
            audio={"src": "a.mp3", "title": "Heard"},
            ai={"use": "assisted", "reviewed_by": "Bo"},
            paywall=True,
            description="D",
        )
    site.build().ok()
    head = Head(site.page("2026/11/a/index.html"))
    assert [mistake for thing in head.things for mistake in mistakes(thing)] == []
    article = head.thing(schema)
    # What subscribers alone hear is not told; an article is an original or a translation.
    assert vocabulary.NewsArticle.__annotations__.keys() - article.keys() == {
        "audio",
        "translationOfWork",
    }


def test_every_type_of_ours_has_properties_of_its_own_domain() -> None:
    """SD-16: those too that no page of the tests happens to fill."""
    found = []
    for kind, of in vars(vocabulary).items():
        if is_typeddict(of) and kind != "Reference":
            for name in of.__annotations__:
                found += list(property_mistakes(kind, name, "x"))
    assert found == []
    assert {*POLICIES.values()} < vocabulary.NewsMediaOrganization.__annotations__.keys()


def test_the_list_holds_the_names_in_use_and_no_others() -> None:
    """`python -m tests.schema_org.make` writes it anew."""
    types, properties = names()
    assert types <= KNOWN["types"].keys() and properties == KNOWN["properties"].keys()
    reached = frozenset[str]().union(*map(above, types))
    assert reached == KNOWN["types"].keys()
    assert KNOWN["release"].startswith("30.")


@pytest.mark.parametrize(
    ("thing", "mistake"),
    [
        ({"@type": "NewsStory"}, "there is no type 'NewsStory'"),
        ({"@type": "NewsArticle", "tagline": "x"}, "there is no property tagline"),
        ({"@type": "Person", "headline": "x"}, "headline is no property of Person"),
        ({"@type": "Person", "name": ""}, "name of Person is empty"),
        (
            {"@type": "NewsArticle", "author": [{"@type": "Person", "cssSelector": "x"}]},
            "cssSelector is no property of Person",
        ),
        (
            {"@type": "Article", "digitalSourceType": f"{BASE}Robot"},
            "there is no Robot",
        ),
    ],
)
def test_the_check_itself_finds_what_is_wrong(thing: Thing, mistake: str) -> None:
    assert list(mistakes(thing)) == [mistake]


def test_the_policies_of_the_documentation_are_those_of_the_code() -> None:
    """SD-12."""
    rows = tables("settings.md", "Policy")
    assert {named(row[0])[0]: named(row[2])[0] for row in rows} == dict(POLICIES)
