"""What templates put out is escaped as MarkupSafe escapes it."""

from __future__ import annotations

import pytest
from jinja2 import StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from sitegen.outputs import Page
from sitegen.render.escaping import escaped
from sitegen.render.page import Renderer, declared


class Words(str):
    """A text of another type."""


class Told:
    """A value with HTML of its own."""

    def __html__(self) -> str:
        return "<b>&amp;</b>"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Plain words",
        '“Fish & chips” <b>it\'s</b> "there" &amp; &#39;',
        Words("<i>"),
        Markup("<i>&</i>"),
        Told(),
        7,
        1.5,
        None,
        True,
        ["<", {"a": "&"}],
    ],
)
def test_a_value_is_escaped_as_markupsafe_does_it(value: object) -> None:
    assert escaped(value) == str(escape(value))


def test_what_is_not_there_is_still_a_mistake() -> None:
    with pytest.raises(UndefinedError):
        escaped(StrictUndefined(name="missing"))


def test_whatever_a_template_puts_out_is_escaped_once_and_in_every_place() -> None:
    source = (
        "{% macro m(x) %}<m>{{ x }}</m>{% endmacro %}"
        "{% set kept %}<s>{{ item.a }}</s>{% endset %}"
        "{{ item.a }}{{ m(item.a) }}{{ kept }}"
        "{% block b %}{{ item.a }}{{ '<br>'|safe }}{% endblock %}{{ self.b() }}"
        "{% for x in [item.a] %}{{ x ~ '<br>'|safe }}{% endfor %}"
        "{% filter upper %}{{ item.a }}{% endfilter %}"
        "{% autoescape false %}{{ item.a }}{% endautoescape %}"
    )
    page = Page("index.html", "page.html", "home", "en", (("item", "summary:a.md"),))
    facts = {"site:en": b"{}", "strings:en": b"{}", "assets": b"{}", "summary:a.md": b'{"a":"<&"}'}
    text = Renderer({"page.html": source}).render(page, declared(page, facts)).decode()
    b = "&lt;&amp;"
    assert text == f"{b}<m>{b}</m><s>{b}</s>{b}<br>{b}<br>{b}<br>&LT;&AMP;<&"
