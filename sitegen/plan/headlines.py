"""The ticker's headlines: the newest articles as one small file, breaking ones first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from sitegen import instants
from sitegen.config import Config
from sitegen.model import Archive, Edit
from sitegen.outputs import Page, Touched
from sitegen.plan.home import breaking, editorial
from sitegen.plan.listings import newest_change, summaries


def pages(archive: Archive, config: Config) -> Iterator[Page]:
    """`headlines.json` in every language."""
    for lang in config.all_languages:
        yield _headlines(archive, config, lang)


def touched(archive: Archive, config: Config, edits: Sequence[Edit]) -> Iterator[Touched]:
    """All of them."""
    yield from ((page.path, page) for page in pages(archive, config))


def _headlines(archive: Archive, config: Config, lang: str) -> Page:
    """The newest headlines. Its clock is the newest item's, never ours."""
    first = list(breaking(archive, lang))
    urgent = {article.source for article in first}
    others = (a for a in editorial(archive.live(lang)) if a.source not in urgent)
    articles = [*first, *islice(others, config.ticker.items)][: config.ticker.items]
    changed = newest_change(articles)
    # What says itself how long it is breaking is not too old before that.
    longest = max(
        (a.breaking - changed for a in articles if a.source in urgent and a.breaking), default=0
    )
    values = {
        "generated": _utc(changed),
        "max_stale": max(config.ticker.max_stale_hours * 3600, longest),
        "rotate": config.ticker.rotate_seconds,
        "times": {
            article.url: {
                "published": _utc(article.visible),
                "breaking_until": _utc(article.breaking or 0) if article.source in urgent else "",
            }
            for article in articles
        },
    }
    path = f"{config.prefix(lang)}/headlines.json".lstrip("/")
    return Page(
        path, "headlines.json", "headlines", lang, (("articles", summaries(articles)),), values
    )


def _utc(seconds: int) -> str:
    return instants.utc(instants.from_seconds(seconds))
