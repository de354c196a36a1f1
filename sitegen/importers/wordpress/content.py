"""The text of an item as Markdown: blocks or the classic editor's, with shortcodes."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

from sitegen.importers.html import soup_to_markdown
from sitegen.importers.tree import classed
from sitegen.importers.wordpress.blocks import (
    FREE,
    filled,
    footnotes_of,
    is_blocks,
    settle_blocks,
)
from sitegen.importers.wordpress.builders import without_builder
from sitegen.importers.wordpress.faq import take_faq
from sitegen.importers.wordpress.page import ItemPage
from sitegen.importers.wordpress.paragraphs import make_paragraphs
from sitegen.importers.wordpress.shortcodes import embedded, expanded, with_players

_NEXT_PAGE = re.compile(r"<!--\s*nextpage\s*-->")
_LONELY_IN_P = re.compile(r"<p[^>]*>\s*(https?://[^\s<>\"\[\]]+)\s*</p>")


def pages_of(content: str) -> int:
    """Into how many pages an article is divided."""
    return len(_NEXT_PAGE.findall(content)) + 1


def markdown_of(page: ItemPage) -> str:
    """The text of the page's item; what is lost is told to `page`."""
    content = page.item.content.replace("\r\n", "\n").replace("\r", "\n")
    blocks = is_blocks(content)
    if blocks:
        content = filled(content, page)
    content = expanded(without_builder(content, page), page)
    if blocks:
        content = _LONELY_IN_P.sub(lambda found: embedded(found[1], page) or found[0], content)
    else:
        content = with_players(content, page)
    content += _notes(page)
    soup = BeautifulSoup(f"<body>{content}</body>", "lxml").body
    if soup is None:
        return ""
    for written in classed(soup, FREE) if blocks else [soup]:
        make_paragraphs(written)
    settle_blocks(soup, page)
    page.shorten_own(soup)
    page.faq = take_faq(soup, page)
    return soup_to_markdown(soup, page)


def _notes(page: ItemPage) -> str:
    notes = "".join(
        f'<li id="fn-{number}">{note}</li>' for number, note in enumerate(page.notes, 1)
    )
    own = f'\n\n<ol class="footnotes">{notes}</ol>' if notes else ""
    return own + footnotes_of(page.item.meta.get("footnotes", ""))
