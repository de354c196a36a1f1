"""Questions and answers as the blocks of Yoast and of Rank Math write them."""

from __future__ import annotations

from bs4 import Tag

from sitegen.importers.blocks import copy_of
from sitegen.importers.html import soup_to_markdown
from sitegen.importers.things import Value
from sitegen.importers.tree import classed, words
from sitegen.importers.whole import says_all
from sitegen.importers.wordpress.page import ItemPage

_ENTRIES = ("schema-faq-section", "rank-math-list-item", "rank-math-faq-item")
_QUESTIONS = ("schema-faq-question", "rank-math-question")
_ANSWERS = ("schema-faq-answer", "rank-math-answer")


def take_faq(soup: Tag, page: ItemPage) -> list[Value]:
    """The questions of an article, which are taken out; a standing page's become headings."""
    found: list[Value] = []
    for entry in _classed(soup, _ENTRIES):
        questions, answers = _classed(entry, _QUESTIONS), _classed(entry, _ANSWERS)
        if len(questions) != 1 or len(answers) != 1:
            continue
        if page.item.type == "page":
            questions[0].name = "h3"
            continue
        answer = soup_to_markdown(copy_of(answers), page)
        asked: dict[str, Value] = {"question": words(questions[0]), "answer": answer}
        if all(asked.values()) and says_all(asked, [entry]):
            found.append(asked)
            entry.decompose()
    return found


def _classed(soup: Tag, names: tuple[str, ...]) -> list[Tag]:
    return [el for name in names for el in classed(soup, name)]
