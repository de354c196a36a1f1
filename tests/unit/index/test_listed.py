"""Which articles each listing has follows from all that was put, in whatever transactions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.config import load_config
from sitegen.index.articles import Articles
from sitegen.index.rows import Row, Source
from sitegen.index.store import Store
from sitegen.read import read_file
from sitegen.read.place import place_of
from sitegen.site.content import row_of
from tests.site_test import SiteTest, article


@pytest.fixture
def articles(site: SiteTest) -> Iterator[Articles]:
    state = site.folder / ".sitegen"
    state.mkdir()
    with Store(state) as store:
        yield Articles(store)


def _row(folder: Path, name: str, *tags: str) -> Row:
    config = load_config(folder)
    text = article(title="A", date="2026-11-01", tags=list(tags)).encode()
    read = read_file(place_of(name, config), text, config, ())
    return row_of(read, Source("", True, b"", b""), None)


def _tags(articles: Articles) -> dict[str, int]:
    """The tags that have articles, and how many; `terms` looks whether all rows are right."""
    numbers = articles.listings.counts()
    return {id.slug: numbers[n] for id, n in articles.listings.terms().items() if id.kind == "tag"}


def test_what_is_put_twice_in_one_transaction_is_listed_as_the_last_time(
    site: SiteTest, articles: Articles
) -> None:
    with articles.together():
        articles.put([_row(site.folder, "a.md", "gone", "kept")])
        articles.put([_row(site.folder, "a.md", "kept", "new")])
        articles.put([_row(site.folder, "b.md", "kept")])
    assert _tags(articles) == {"kept": 2, "new": 1}
    with articles.together():
        articles.remove(["b.md"])
        articles.put([_row(site.folder, "b.md", "kept", "last")])
        articles.put([_row(site.folder, "a.md")])
    assert _tags(articles) == {"kept": 1, "last": 1}


def test_what_failed_is_not_listed_later(site: SiteTest, articles: Articles) -> None:
    class Stopped(Exception):
        pass

    with pytest.raises(Stopped), articles.together():
        articles.put([_row(site.folder, "a.md", "tram")])
        raise Stopped
    assert _tags(articles) == {} and articles.count() == 0
    articles.put([_row(site.folder, "b.md", "ferry")])
    assert _tags(articles) == {"ferry": 1}
