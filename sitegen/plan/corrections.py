"""The log of corrections: everything that was put right, newest first."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen import urls
from sitegen.config import Config
from sitegen.model import Archive, Need, Page
from sitegen.plan.articles import link_keys


def pages(archive: Archive, config: Config) -> Iterator[Page]:
    """One page in every language, unless the settings want none."""
    for lang in config.all_languages if config.urls.corrections else ():
        corrected = [article for article in archive.live(lang) if article.corrected is not None]
        refs = tuple(ref for article in corrected for ref in article.refs)
        needs: tuple[Need, ...] = (
            ("corrected", tuple(f"corrections:{article.source}" for article in corrected)),
            ("_links", link_keys(refs)),
        )
        path = urls.path_of(config.corrections_url(lang))
        yield Page(path, "corrections.html", "corrections", lang, needs)
