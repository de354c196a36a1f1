"""What machines read of the newest articles: the RSS feed and the ticker's headlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from sitegen import instants
from sitegen.config import Config
from sitegen.model import Archive, Article, Page
from sitegen.plan.home import breaking, editorial
from sitegen.plan.listings import summaries


def pages(archive: Archive, config: Config) -> Iterator[Page]:
    """`feed.xml` and `headlines.json` in every language; a preview has no feed."""
    for lang in config.all_languages:
        prefix = f"{config.prefix(lang)}/".lstrip("/")
        yield _headlines(archive, config, lang, f"{prefix}headlines.json")
        if not archive.moment.preview:
            yield _feed(archive, config, lang, f"{prefix}feed.xml")


def _feed(archive: Archive, config: Config, lang: str, path: str) -> Page:
    articles = archive.live(lang)[: -config.feeds.items - 1 : -1]
    values = {"updated": _utc(_newest_change(articles))}
    return Page(path, "feed.xml", "feeds", lang, (("articles", summaries(articles)),), values)


def _headlines(archive: Archive, config: Config, lang: str, path: str) -> Page:
    """The newest headlines, breaking ones first. Its clock is the newest item's, never ours."""
    first = list(breaking(archive, lang))
    urgent = {article.source for article in first}
    others = (a for a in editorial(archive.live(lang)) if a.source not in urgent)
    articles = [*first, *islice(others, config.ticker.items)][: config.ticker.items]
    changed = _newest_change(articles)
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
    return Page(path, "headlines.json", "feeds", lang, (("articles", summaries(articles)),), values)


def _newest_change(articles: Sequence[Article]) -> int:
    return max((max(a.modified, a.visible) for a in articles), default=0)


def _utc(seconds: int) -> str:
    return instants.utc(instants.from_seconds(seconds))
