"""The log of corrections: everything that was put right, newest first; and its feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitegen import urls
from sitegen.config import Config
from sitegen.model import Archive, Edit, Json
from sitegen.outputs import Need, Page, Touched
from sitegen.plan.articles import link_keys
from sitegen.plan.versions import others


def pages(archive: Archive, config: Config) -> Iterator[Page]:
    """A log and a feed in every language, unless the settings want none; no feed in a preview."""
    for lang in config.all_languages if config.urls.corrections else ():
        corrected = archive.corrected(lang)
        refs = tuple(ref for article in corrected for ref in archive.refs_of(article))
        needs: tuple[Need, ...] = (
            ("corrected", tuple(f"corrections:{article.source}" for article in corrected)),
            ("_links", link_keys(refs)),
        )
        log, feed = config.corrections_url(lang), config.corrections_feed_url(lang)
        with_feed = not archive.moment.preview
        linked: dict[str, Json] = {"feed": feed} if with_feed else {}
        linked |= others(config, lang, config.corrections_url)
        yield Page(urls.path_of(log), "corrections.html", "corrections", lang, needs, linked)
        if with_feed:
            values = {"log": log, "limit": config.feeds.items, "hub": config.feeds.hub}
            yield Page(urls.path_of(feed), "corrections.xml", "corrections", lang, needs, values)


def touched(archive: Archive, config: Config, edits: Sequence[Edit]) -> Iterator[Touched]:
    """All of them, where an article has or had a correction."""
    if any(article.corrected is not None for edit in edits for article in edit.both):
        yield from ((page.path, page) for page in pages(archive, config))
