"""Fields of an item that plugins and themes have filled: what of them readers or machines saw."""

from __future__ import annotations

import re

from sitegen.importers.text import line_of, plain_line
from sitegen.importers.things import Value
from sitegen.importers.wordpress.known import own_field
from sitegen.importers.wordpress.page import ItemPage
from sitegen.importers.wordpress.records import Item

_SUBTITLES = ("wps_subtitle", "kia_subtitle", "_subtitle", "subtitle", "standfirst", "deck", "dek")
"""Where themes and plugins keep the line below the headline."""
_TITLES = ("_yoast_wpseo_title", "rank_math_title", "_seopress_titles_title", "_aioseo_title")
_DESCRIPTIONS = (
    "_yoast_wpseo_metadesc",
    "rank_math_description",
    "_seopress_titles_desc",
    "_aioseo_description",
    "_aioseop_description",
    "_genesis_description",
)
"""Where plugins keep what search engines are to show."""
_PATTERN = re.compile(r"%%\w+%%|%[a-z_]+(?:\([^)]*\))?%|#(?:post|site|separator)_\w+")
"""A description that the plugin would fill: `%%title%%`, `%excerpt%`, `#post_title`."""
_OF_PHP = re.compile(r"[abiOsd]:\d+[:;]|<")
"""A list or a group as PHP writes it, or HTML: a field here is a text."""
_LONGEST = 1000


def subtitle(item: Item) -> str:
    found = (line_of(item.meta.get(name, "")) for name in _SUBTITLES)
    return next((text for text in found if text and not text.startswith("field_")), "")


def description(item: Item, page: ItemPage) -> str:
    """What search engines were shown; a pattern is told."""
    for key in _DESCRIPTIONS:
        text = line_of(item.meta.get(key, ""))
        if _PATTERN.search(text):
            page.lose("field", f"{key}: {text}")
        elif text:
            return text
    return ""


def extra(item: Item, page: ItemPage) -> dict[str, Value]:
    """What editors wrote into fields of the site's own; beside each its plugin has a mark."""
    found: dict[str, Value] = {}
    for name, value in item.meta.items():
        if not own_field(name, item.meta) or not value or name in _SUBTITLES:
            continue
        if _OF_PHP.match(value) or len(value) > _LONGEST:
            page.lose("field", f"{name}: {value}")
        else:
            found[name] = plain_line(value)
    for name in _TITLES:
        if (title := item.meta.get(name, "")) and not _PATTERN.search(title):
            page.lose("field", f"{name}: {line_of(title)}")
    return found
