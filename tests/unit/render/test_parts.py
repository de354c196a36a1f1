"""Parts: rendered once for what they are given, and never mistaken for one another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import count

import pytest
from jinja2 import pass_context

from sitegen.outputs import Page
from sitegen.render.addresses import looked_up
from sitegen.render.broken import TemplateBroken
from sitegen.render.page import Facts, Renderer

FACTS = {
    "site:en": b"{}",
    "strings:en": b"{}",
    "assets": b"{}",
    "summary:a.md": json.dumps({"title": "First"}).encode(),
    "body:a.md": json.dumps({"names": ["a"], "inner": [{"names": ["b", ["c"]]}]}).encode(),
}


def rendered(templates: Mapping[str, str]) -> str:
    page = Page("index.html", "page.html", "home", "en", (("item", "summary:a.md"),))
    return Renderer(templates).render(page, Facts(FACTS)).decode()


def test_the_names_of_what_is_given_count() -> None:
    part = "{{ big|default('-') }}{{ small|default('-') }} "
    page = "{{ 'part.html'|part(big=1) }}{{ 'part.html'|part(small=1) }}"
    assert rendered({"page.html": page, "part.html": part}) == "1- -1 "


def test_one_and_true_are_told_apart() -> None:
    page = "{{ 'part.html'|part(value=1) }} {{ 'part.html'|part(value=true) }}"
    assert rendered({"page.html": page, "part.html": "{{ value }}"}) == "1 True"


def test_a_list_that_changed_is_shown_as_it_is() -> None:
    page = (
        "{% set names = ['a'] %}{{ 'part.html'|part(names=names) }} "
        "{% do names.append('b') %}{{ 'part.html'|part(names=names) }}"
    )
    assert rendered({"page.html": page, "part.html": "{{ names|join }}"}) == "a ab"


def test_a_page_does_not_look_up_what_another_of_its_task_declared() -> None:
    renders = Renderer({"page.html": "{{ item|look }}"})
    facts = Facts({**FACTS, "link:source:b.md": b'"/b/"'})
    page = Page("index.html", "page.html", "home", "en", (("item", "summary:a.md"),))
    renders._environment.filters["look"] = pass_context(
        lambda context, item: looked_up(context, "link:source:b.md")
    )
    with pytest.raises(TemplateBroken, match="has not asked where"):
        renders.render(page, facts)
    both = page._replace(needs=(*page.needs, ("_links", ("link:source:b.md",))))
    assert renders.render(both, facts) == b"/b/"
    with pytest.raises(TemplateBroken, match="has not asked where"):
        renders.render(page, facts)


def test_a_card_is_shown_each_time() -> None:
    page = "{{ 'part.html'|part(item=item) }}{{ 'part.html'|part(item=item) }}"
    assert rendered({"page.html": page, "part.html": "{{ item.title }};"}) == "First;First;"


def test_a_part_is_made_once_for_a_language_however_many_there_are() -> None:
    templates = {"page.html": "{{ 'part.html'|part }}", "part.html": "{{ made() }}"}
    renders, made = Renderer(templates), count(1)
    renders._environment.globals["made"] = lambda: next(made)
    langs = [f"l{number}" for number in range(30)]
    stored = {"assets": b"{}"}
    stored |= {f"{kind}:{lang}": b"{}" for kind in ("site", "strings") for lang in langs}
    facts = Facts(stored)
    pages = [Page("index.html", "page.html", "home", lang, ()) for lang in langs]
    marked = pages[0]._replace(values={"marks": {"/a/": "draft"}})
    first = [int(renders.render(page, facts)) for page in pages]
    assert first == list(range(1, 31))
    assert [int(renders.render(marked, facts)) for _ in range(30)] == list(range(31, 61))
    assert [int(renders.render(page, facts)) for page in pages] == first


def test_no_template_changes_a_text_that_another_page_shows_too() -> None:
    templates = {
        "page.html": "{{ text.names }} {{ text.inner[0].names }} {{ text.names|list + ['d'] }}",
        "mean.html": "{{ text.names.append('x') }}",
    }
    page = Page("index.html", "page.html", "home", "en", (("text", "body:a.md"),))
    renders = Renderer(templates).render
    assert (
        renders(page, Facts(FACTS))
        == b"(&#39;a&#39;,) (&#39;b&#39;, (&#39;c&#39;,)) [&#39;a&#39;, &#39;d&#39;]"
    )
    mean = page._replace(template="mean.html")
    with pytest.raises(TemplateBroken, match="append"):
        renders(mean, Facts(FACTS))
