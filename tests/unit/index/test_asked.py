"""The archive in the state answers as the one in memory does, whatever is asked."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from sitegen.config import load_config
from sitegen.index.answers import Answers
from sitegen.index.archive import ArchiveAt
from sitegen.index.articles import Articles
from sitegen.index.asked import Asked
from sitegen.index.store import Damaged, Store
from sitegen.instants import parse_instant, zone
from sitegen.model import Archive, Article, ListingId, Moment
from sitegen.plan.periods import Division, divide
from tests.site_test import NOW, SETTINGS, SiteTest, article

TAGS = ("harbour", "tram", "Fishing", "budget", "Harbour", "port")
ODD: dict[str, Any] = {
    "status": "draft",
    "embargo": "2026-11-25",
    "expires": "2026-11-15",
    "withdrawn": {"date": "2026-11-10", "reason": "Wrong."},
    "breaking": "2026-12-01T10:00:00Z",
    "featured": True,
    "corrections": [{"date": "2026-11-20", "text": "A name."}],
    "aliases": [],
}
LANGUAGES = '[languages.ar]\ntitle = "T"\n[languages.fr]\ntitle = "T"\n'
ASKED = ("previous", "related", "terms", "text_of", "refs_of", "translations", "original")
FOLDERS = ("", "ar/", "fr/")
NOW_SECONDS = int(parse_instant(NOW, zone("UTC")).timestamp())


def _written(folder: Path, seed: int) -> SiteTest:
    """A site; in every other one many articles are translations, some two of one language."""
    pick = random.Random(seed)
    site = SiteTest(folder, SETTINGS + (LANGUAGES if seed % 2 else ""))
    dates: list[str] = []
    for number in range(40):
        fields: dict[str, Any] = {
            "title": f"Story {number}",
            "date": f"{pick.choice((2024, 2025, 2026))}-11-{pick.randint(1, 28):02}T10:00:00Z",
            "tags": pick.sample(TAGS, pick.randint(0, 3)),
            "authors": pick.sample(("Ann Ray", "Bo Lin"), pick.randint(0, 2)),
            "section": pick.choice(("politics", "sport", "")),
            "type": pick.choice(("news", "opinion")),
        }
        for field in pick.sample(sorted(ODD), pick.choice((0, 0, 0, 1, 1, 2))):
            fields[field] = ODD[field] or [f"/old-{number}/"]
        if pick.random() < 0.3:
            fields["related"] = [f"story-{pick.randrange(40):02}.md"]
        site.write(f"story-{number:02}.md", article(**fields))
        dates.append(fields["date"])
    if seed % 2:
        _translate(site, pick, dates)
    site.write("tags/harbour.md", "---\ntitle: Harbour\nmerge: [port]\n---\n")
    site.write("pages/about.md", "---\ntitle: About\n---\nHello.\n")
    return site


def _translate(site: SiteTest, pick: random.Random, dates: Sequence[str]) -> None:
    """Write some articles in other languages, as pairs by path or by what they name."""
    for number in range(len(dates)):
        for folder in pick.sample(FOLDERS[1:], pick.randint(0, 2)):
            fields: dict[str, Any] = {
                "title": "T",
                "date": f"2025-11-{pick.randint(1, 28):02}",
                "tags": pick.sample(TAGS, 1),
            }
            for field in pick.sample(sorted(ODD), pick.choice((0, 0, 1))):
                fields[field] = ODD[field] or [f"/{folder}old-{number}/"]
            if pick.random() < 0.4:
                named = pick.randrange(len(dates))
                address = f"/{dates[named][:4]}/{dates[named][5:7]}/story-{named:02}/"
                fields["translation_of"] = pick.choice((f"/story-{named:02}.md", address))
            site.write(f"{folder}story-{number:02}.md", article(**fields))


@contextmanager
def _both(site: SiteTest) -> Iterator[tuple[ArchiveAt, Asked]]:
    config = load_config(site.folder)
    moment = Moment(NOW_SECONDS)
    with Store(site.folder / ".sitegen", reading=True) as store:
        articles = Articles(store)
        documents = articles.documents()
        yield (
            ArchiveAt(articles.articles(), documents, config, moment),
            Asked(articles, documents, config, moment),
        )


@pytest.fixture(scope="module", params=range(6))
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SiteTest:
    site = _written(tmp_path_factory.mktemp("asked"), request.param)
    return site.build().ok()


def _sources(articles: Sequence[Article]) -> list[str]:
    return [article.source for article in articles]


def _live(archive: Answers) -> list[Article]:
    """What readers see, in all languages."""
    return [article for lang in archive.config.all_languages for article in archive.live(lang)]


def _of_language(archive: Archive, lang: str) -> dict[str, Any]:
    return {
        "live": _sources(archive.live(lang)),
        "featured": _sources(archive.featured(lang)),
        "breaking": _sources(archive.breaking(lang)),
        "opinions": _sources(archive.opinions(lang)),
        "corrected": _sources(archive.corrected(lang)),
        "moved": _sources(archive.moved(lang)),
        "seen": sorted(_sources(archive.seen_since(lang, NOW_SECONDS - 10 * 86_400))),
    }


def _of_all(archive: Answers) -> dict[str, Any]:
    return {
        **{lang: _of_language(archive, lang) for lang in archive.config.all_languages},
        "notices": [(article.source, state) for article, state in archive.notices()],
        "listings": {id: _sources(articles) for id, articles in archive.listings().items()},
        "sizes": {id: len(articles) for id, articles in archive.listings().items()},
    }


def test_it_has_the_same_articles_in_the_same_listings(site: SiteTest) -> None:
    with _both(site) as (loaded, asked):
        assert _of_all(asked) == _of_all(loaded)
        assert len(loaded.listings()) > 5
        assert asked.held == loaded.held
        assert list(asked.held_back()) == list(loaded.held_back())
        assert asked.next_due == loaded.next_due
        assert {id: asked.name_of(id) for id in asked.listings()} == {
            id: loaded.name_of(id) for id in loaded.listings()
        }


def test_what_leads_back_is_the_same_for_all_together_and_for_each(site: SiteTest) -> None:
    with _both(site) as archives:
        for archive in archives:
            for lang in archive.config.all_languages:
                each = [(a, archive.previous(a), archive.related(a)) for a in archive.live(lang)]
                assert list(archive.led_back(lang)) == each


def test_it_says_the_same_of_every_article(site: SiteTest) -> None:
    with _both(site) as (loaded, asked):
        every = _live(loaded)
        for article_ in every:
            for ask in ASKED:
                assert getattr(asked, ask)(article_) == getattr(loaded, ask)(article_), ask
        names = (f"{folder}story-{n:02}.md" for folder in FOLDERS for n in range(41))
        for source in (*names, "pages/about.md", "no.md"):
            assert asked.article(source) == loaded.article(source)
            assert asked.state(source) == loaded.state(source)
            assert asked.source_of(f"source:{source}") == loaded.source_of(f"source:{source}")
        urls = [
            "/about/",
            "/nowhere/",
            *(f"/old-{n}/" for n in range(40)),
            *(a.url for a in every),
        ]
        urls += [held.article.url for held in loaded.held]
        for url in urls:
            assert asked.source_of(f"url:{url}") == loaded.source_of(f"url:{url}"), url


def _shape(division: Division) -> tuple[Any, ...]:
    leaves = [(leaf.name, _sources(leaf.articles), len(leaf.articles)) for leaf in division.leaves]
    years = [(year.name, [month.name for month in year.months]) for year in division.years]
    older = division.older.name if division.older else ""
    return _sources(division.front), leaves, years, older


@pytest.mark.parametrize("grain", ["year", "month"])
def test_it_is_divided_into_the_same_periods(site: SiteTest, grain: Any) -> None:
    with _both(site) as (loaded, asked):
        languages = loaded.config.all_languages
        ids = [*(ListingId(lang, "site") for lang in languages), *loaded.listings()]
        for id in ids:
            one, other = (
                archive.live(id.lang) if id.kind == "site" else archive.listings()[id]
                for archive in (loaded, asked)
            )
            for all_periods in (True, False):
                shapes = [
                    _shape(divide(x, grain, 3, all_periods=all_periods)) for x in (one, other)
                ]
                assert shapes[0] == shapes[1], id
                for part in (slice(2, 5), slice(-3, None), slice(None, -4, -1), slice(9, 1, -2)):
                    assert _sources(other[part]) == _sources(one[part])
            assert _sources(list(reversed(other))) == _sources(list(reversed(one)))


def test_those_that_may_lead_back_are_all_who_do(site: SiteTest) -> None:
    with _both(site) as (loaded, asked):
        every = _live(loaded)
        for article_ in every:
            leading = {
                other.source
                for other in every
                if not other.related
                and (
                    article_.card in loaded.related(other)
                    or loaded.previous(other) == article_.card
                    or article_.source in loaded.translations(other)
                )
            }
            followers = {other.source for other in asked.followers(article_)}
            assert leading <= followers


@pytest.mark.parametrize("change", [
    "UPDATE listed SET month = month + 1 WHERE rowid_ = 1",
    "UPDATE listed SET date = date + 256 WHERE rowid_ = 1",
    "DELETE FROM listed WHERE rowid_ = 1",
    "UPDATE terms SET slug = 'tran' WHERE slug = 'tram'",
])  # fmt: skip
def test_listings_that_are_not_as_they_were_written_are_not_believed(
    change: str, tmp_path: Path
) -> None:
    site = _written(tmp_path, 1)
    site.build("--keep-going")
    which = "(term, article) = (SELECT term, article FROM listed WHERE date > 0 LIMIT 1)"
    with Store(site.folder / ".sitegen") as store:
        assert store.db.execute(change.replace("rowid_ = 1", which)).rowcount
    with pytest.raises(Damaged), _both(site):
        pass


def test_an_article_that_is_not_called_what_it_was_is_missed(
    site: SiteTest, tmp_path: Path
) -> None:
    copied = SiteTest(tmp_path / "site")
    copytree(site.folder, copied.folder, dirs_exist_ok=True)
    with Store(copied.folder / ".sitegen") as store:
        store.db.execute("UPDATE articles SET source='stork-07.md' WHERE source='story-07.md'")
    with _both(copied) as (_, asked), pytest.raises(Damaged):
        asked.source_of("source:story-07.md")
