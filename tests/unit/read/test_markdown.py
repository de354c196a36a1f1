"""Markdown: what is plain text needs no parser, and says the same as with one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.read import markdown
from sitegen.read.headings import lower_headings
from sitegen.read.links import Linker

LETTERS = st.sampled_from("abc é ،ع 12 .,:;()-–—/@#%+=?{}|$“”’")
TEXTS = st.text(LETTERS, min_size=1, max_size=40).map(str.strip).filter(bool)


def parsed_inline(text: str) -> str:
    parser = markdown._parser("en", True, False)
    return str(parser.renderInline(text))


def parsed_blocks(text: str) -> str:
    parser = markdown._parser("en", True, False)
    tokens = parser.parse(text)
    lower_headings(tokens, markdown.BELOW_FIELD)
    return str(parser.renderer.render(tokens, parser.options, {}))


@given(TEXTS)
def test_a_plain_text_is_what_the_parser_makes_of_it(text: str) -> None:
    assert markdown.render_inline(text, "en", Linker("a.md", ""), "sanitize") == parsed_inline(text)


MARKED = st.text(st.sampled_from("abé 1.*_`[]&!\\'\"~^#-+=|:>\u00a0"), max_size=40)


@given(st.one_of(TEXTS, MARKED, MARKED.map(lambda text: f"a{text}")))
def test_an_answer_of_one_line_is_what_the_parser_makes_of_it(text: str) -> None:
    assert markdown.render_blocks(text, "en", Linker("a.md", ""), "sanitize") == parsed_blocks(text)


@given(st.text(st.sampled_from("ab*_`[]()<>&!\\'\" \n~^#->"), max_size=30))
def test_a_text_with_marks_is_never_taken_for_plain(text: str) -> None:
    if markdown._is_plain(text):
        assert parsed_inline(text) == text
