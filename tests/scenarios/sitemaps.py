"""What the sitemaps of a site must hold, worked out from its pages alone, not by sitegen's code.

Edits then need not name them one by one: they are to change where, and only where, this does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.site_test import SiteTest

Held = Mapping[str, object]
"""Path of a sitemap → what it holds, as something to compare."""

_DATES = re.compile(r'<p class="dates">(.*?)</p>', re.DOTALL)
_INSTANT = re.compile(r'datetime="([^"]+)"')
NEEDLESS = (
    "the card of ",
    "it shows the card of ",  # of a file that was renamed
    "the settings ",
    "the theme's texts ",
    "sitegen itself ",
    "the list of the theme's files ",
)
"""Why a sitemap may be made again that comes out as it was: a card has more than it shows."""


def is_sitemap(path: str) -> bool:
    return path == "sitemap.xml" or path.startswith("sitemaps/")


def held(site: SiteTest) -> Held:
    """What the sitemaps of the site must hold now."""
    if "index.html" not in (files := site.bytes):
        return {}
    parts: dict[str, dict[str, Any]] = {"sitemaps/pages.xml": {}}
    news = {}
    for path, data in files.items():
        text = data.decode(errors="replace")
        head = text.partition("</head>")[0]
        if not path.endswith(".html") or 'content="noindex' in head:
            continue
        versions = re.findall(r'hreflang="[^"]+" href="[^"]+"', head)
        dates = _DATES.search(text)
        told = [_utc(instant) for instant in _INSTANT.findall(dates[1])] if dates else []
        if 'class="articles"' not in text:
            parts["sitemaps/pages.xml"][path] = (versions, told)
            continue
        day = _INSTANT.findall(dates[1])[0] if dates else ""
        pictures = re.findall(r'<img [^>]*src="([^"]+)"', text)
        entry = (versions, max(told), pictures)
        parts.setdefault(f"sitemaps/{day[:7]}.xml", {})[path] = entry
        if told[0] > datetime.fromisoformat(site.now).astimezone(UTC) - timedelta(hours=48):
            news[path] = (told[0], re.findall("<h1>.*?</h1>", text))
    dated = {
        part: max((entry[1] for entry in some.values() if entry[1]), default=None)
        for part, some in parts.items()
    }
    return {**parts, "sitemaps/news.xml": news, "sitemap.xml": dated}


def _utc(instant: str) -> datetime:
    return datetime.fromisoformat(instant).astimezone(UTC)


def follow(site: SiteTest, before: Held) -> Held:
    """Check that the last build changed the sitemaps that it had to, and no other."""
    after = held(site)
    changed = {path for path in after if after[path] != before.get(path)}
    if not any(reason.startswith("the settings ") for reason in site.reasons.values()):
        assert {path for path in site.changed if is_sitemap(path)} == changed
    assert {path for path in site.removed if is_sitemap(path)} == before.keys() - after.keys()
    for path in filter(is_sitemap, site.rendered - site.changed):
        assert site.reasons[path].startswith(NEEDLESS), (path, site.reasons[path])
    return after
