"""The code that templates become: shorter than Jinja's own, and with the same result."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined

from sitegen.outputs import Page
from sitegen.render.broken import TemplateBroken
from sitegen.render.page import Facts, Renderer
from sitegen.render.syntax import OPTIONS

FACTS = {
    "site:en": b"{}",
    "strings:en": b"{}",
    "assets": b"{}",
    "body:b.md": b'{"c": {"d": "<d>"}, "all": [{"n": {"m": 1}}, {"n": null}]}',
    "summary:a.md": b'{"t": "<A> & \\"B\\"", "all": ["<x>", "y"], "none": null, "n": 7}',
}
OTHERS = {
    "base.html": "<p>{% block top %}None{% endblock %}</p>\n{% block main %}{% endblock %}\n",
    "middle.html": '{% extends "base.html" %}'
    "{% block top %}{{ super() }} & {{ a.n }}{% endblock %}",
    "piece.html": "[{{ a.t }}{% if other is defined %}{{ other }}{% endif %}]",
    "empty.html": "",
    "blank.html": "\n",
    "plain.html": "<i>{{ range(2)|join }}</i>",
    "macros.html": "{% macro pair(a, b='<') %}({{ a }}{{ b }}){% endmacro %}"
    "{% macro framed(a) %}<{{ a }}{{ caller() }}>{% endmacro %}",
}
TEMPLATES = {
    "text": "<p>{{ a.t }}</p> {{ a.n }} {{ a.none }} {{ a.t|safe }}",
    "nothing at all": "",
    "blocks": '{% extends "middle.html" %}{% block main %}{{ self.top() }}{{ a.t }}{% endblock %}',
    "a block in a loop": "{% for x in a.all %}"
    "{% block b scoped %}{{ x }}{{ loop.index }}{% endblock %}{% endfor %}",
    "one of two below": '{% extends "base.html" if a.n else "middle.html" %}'
    "{% block main %}{{ a.n }}{% endblock %}",
    "includes": "{% for other in a.all %}"
    '{% include "piece.html" %}{% include "empty.html" %}{% endfor %}',
    "includes of what may be there": '{% include "gone.html" ignore missing %}'
    '{% include ["gone.html", "piece.html"] %}',
    "includes without context": '1{% include "blank.html" without context %}2'
    '{% include "empty.html" without context %}3{% include "plain.html" without context %}4',
    "one in a block": '{% extends "middle.html" %}{% block top %}1'
    '{% include "plain.html" without context %}2{{ super() }}{% endblock %}',
    "one in loops": "{% for x in a.all %}{{ x }}{% if x == 'y' %}1"
    '{% include "plain.html" without context %}2{% endif %}{% endfor %}',
    "one in a block in a block": "{% block b %}1{% block c %}2"
    '{% include "plain.html" without context %}3{% endblock %}4{% endblock %}5',
    "an include by its name": '{% set name = "empty.html" %}{% include name %}{{ a.n }}',
    "macros": '{% import "macros.html" as m %}{{ m.pair(a.t) }}{{ m.pair(1, b=a.t) }}'
    "{% call m.framed(a.t) %}{{ a.t }}{% endcall %}",
    "texts that are kept": "{% set b %}<{{ a.t }}>{% endset %}{{ b }}"
    "{% filter upper %}{{ a.t }}{% endfilter %}",
    "loops in loops": "{% for x in [[1, [2]], [3]] recursive %}"
    "{{ x if x is number else loop(x) }},{% endfor %}",
    "loops with conditions": "{% for x in a.all if x != 'y' %}{{ x }}{% else %}-{% endfor %}",
    "unescaped": "{% autoescape false %}{{ a.t }}{% endautoescape %}{{ a.t }}",
    "escaped if": "{% autoescape a.n == 7 %}{{ a.t }}{{ 1 }}{% endautoescape %}",
    "attributes of others": "{{ dict.fromkeys(a.all) }}{{ a.all.index('y') }}{{ a.t.upper() }}",
    "attributes of attributes": "{{ b.c.d }}{{ b.c['d'] }}{{ b['c'].d.upper() }}{% for x in b.all "
    "if x.n %}{{ x.n.m }}{% endfor %}{{ b.all|map(attribute='n')|list }}{{ b.no is defined }}"
    "{{ (b.c if b.c.d else b).d }}{% set c = b.c %}{{ c.d ~ b.c.d }}",
    "conditions": "{{ a.t if a.n else '<' }}{{ '<' if a.none else a.all|first }}{{ a['n'] }}",
}


_NEEDS = (("a", "summary:a.md"), ("b", "body:b.md"))


def rendered(templates: Mapping[str, str]) -> str:
    page = Page("index.html", "page.html", "home", "en", _NEEDS)
    return Renderer(templates).render(page, Facts(FACTS)).decode()


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_templates_give_what_jinja_gives(template: str) -> None:
    templates = {**OTHERS, "page.html": template}
    jinja = Environment(
        loader=DictLoader(templates), autoescape=True, undefined=StrictUndefined, **OPTIONS
    )
    facts = Facts(FACTS)
    expected = jinja.get_template("page.html").render({name: facts[key] for name, key in _NEEDS})
    assert rendered(templates) == expected


def test_a_part_in_a_macro_is_told_what_it_lacks() -> None:
    macros = "{% macro framed() %}{{ 'piece.html'|part }}{% endmacro %}"
    page = '{% import "macros.html" as m %}{{ m.framed() }}'
    with pytest.raises(TemplateBroken, match="must be imported “with context”"):
        rendered({"page.html": page, "macros.html": macros, "piece.html": "x"})


def test_a_theme_fills_what_is_empty() -> None:
    templates = {"page.html": '<{% include "end.html" %}>', "end.html": ""}
    assert rendered(templates) == "<>"
    assert rendered({**templates, "end.html": "{{ a.n }}"}) == "<7>"


@pytest.mark.parametrize("line", [2, 3, 5])
def test_what_fails_is_told_by_its_line(line: int) -> None:
    lines = ["<p>", "{{ a.n }} {{ a.t }}", "<b>{{ a.n }}</b>", "", "{{ a.t }}"]
    lines[line - 1] = lines[line - 1].replace("a.", "a.missing.", 1)
    with pytest.raises(TemplateBroken) as broken:
        rendered({"page.html": "\n".join(lines)})
    assert (broken.value.template, broken.value.line) == ("page.html", line)
