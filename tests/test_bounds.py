"""Invariant 10: one more article changes its own set of files and no other, whatever the size."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.picture_files import photo
from tests.site_test import SiteTest, article

FRONT = 10
SETTINGS = f"""\
[site]
title = "The Test"
base_url = "https://test.example/"
timezone = "Europe/London"
[sections.politics]
[sections.sport]
[taxonomies.place]
[languages.ar]
[listings]
front = {FRONT}
[images]
widths = [20, 40]
"""
FORMS = ("20x15.webp", "40x30.webp", "40x30.jpg")
CROPS = ("400x225.jpg", "400x300.jpg", "300x300.jpg")
"""What there is of a picture of 400 by 300 pixels, at the top of an article."""
FIRST = date(2019, 1, 3)


@dataclass
class Written:
    """An article of the test's archive, as the test itself knows it."""

    name: str
    day: date
    section: str
    tags: list[str]
    authors: list[str]
    place: str
    lang: str = ""
    picture: str = ""
    """The name of its own picture, if it has one that no other article shows."""

    @property
    def path(self) -> str:
        return f"{self.lang}{self.day:%Y/%m}/{self.name}/index.html"

    @property
    def order(self) -> tuple[date, str]:
        return (self.day, self.path)

    def fronts(self) -> dict[str, str]:
        """Front → how its listing is divided: `month` or `year`."""
        fronts = {"": "month", f"{self.section}/": "month", f"place/{self.place}/": "year"}
        fronts |= {f"tags/{tag}/": "year" for tag in self.tags}
        fronts |= {f"authors/{author}/": "year" for author in self.authors}
        return {self.lang + front: grain for front, grain in fronts.items()}


@dataclass
class Oracle:
    """What the pages of the listings must be, worked out apart from sitegen's own code."""

    articles: list[Written] = field(default_factory=list)

    def days(self, front: str) -> list[date]:
        return [a.day for a in sorted(self.articles, key=lambda a: a.order) if front in a.fronts()]

    def leaves(self, front: str, grain: str) -> list[str]:
        """Periods of a listing that have a page and list articles, oldest first."""
        form = "%Y/%m/" if grain == "month" else "%Y/"
        days = self.days(front)
        if front not in ("", "ar/"):
            days = days[: max(len(days) - FRONT, 0)]
        return sorted({day.strftime(form) for day in days})

    def pages(self, one: Written) -> set[str]:
        """The fronts and periods that there are, of the listings of `one`."""
        found = set()
        for front, grain in one.fronts().items():
            leaves = self.leaves(front, grain)
            found |= {f"{front}{leaf}" for leaf in (*leaves, *(leaf[:5] for leaf in leaves))}
            if self.days(front):
                found.add(front)
        return found


def expected_of_newest(before: Oracle, after: Oracle, new: Written) -> set[str]:
    """Invariant 10's list, for an article newer than all others."""
    lang = new.lang
    changed = {
        new.path,
        f"{lang}index.html",
        f"{lang}tags/index.html",
        f"{lang}authors/index.html",
        f"{lang}place/index.html",
        f"{lang}archive/index.html",
        f"{lang}feed.xml",
        f"{lang}feed.json",
        f"{lang}headlines.json",
        f"{lang}{new.section}/feed.json",
        f"sitemaps/{new.day:%Y-%m}.xml",
    }
    if new.picture:
        changed |= {f"_pictures/{new.picture}-{form}" for form in (*FORMS, *CROPS)}
    changed |= {f"{front}feed.xml" for front in new.fronts()}
    changed |= {f"{lang}feeds/{month}.xml" for month in _feed_months(before, after, new)}
    if all(one.day < new.day for one in before.articles):  # the index tells of the newest change
        changed.add("sitemap.xml")
    if after.pages(new) - before.pages(new):  # a page that is new must be in the sitemap
        changed.add("sitemaps/pages.xml")
    for front, grain in new.fronts().items():
        if front != lang:
            changed.add(f"{front}index.html")
        changed |= {
            f"{front}{page}index.html" for page in _periods(before, after, front, grain, new)
        }
    return changed


def named(paths: Iterable[str]) -> set[str]:
    """Paths, those of pictures without the digests in them."""
    return {re.sub(r"^_pictures/../(.+)-[0-9a-f]{10}", r"_pictures/\1", path) for path in paths}


def _feed_months(before: Oracle, after: Oracle, new: Written) -> set[str]:
    """Its month, and the one before it where its month is new."""
    old, months = (
        sorted({f"{a.day:%Y-%m}" for a in oracle.articles if a.lang == new.lang})
        for oracle in (before, after)
    )
    index = months.index(f"{new.day:%Y-%m}")
    return set(months[index if months == old else max(index - 1, 0) : index + 1])


def _periods(before: Oracle, after: Oracle, front: str, grain: str, new: Written) -> set[str]:
    old, leaves = before.leaves(front, grain), after.leaves(front, grain)
    current = new.day.strftime("%Y/%m/" if grain == "month" else "%Y/")
    pages = {current} & set(leaves)
    for born in set(leaves) - set(old):
        index = leaves.index(born)
        pages |= set(leaves[max(index - 1, 0) : index + 1])
    if grain == "month":
        years = {leaf[:5] for leaf in leaves}
        pages |= {page[:5] for page in pages & {current, *(set(leaves) - set(old))}}
        for year in years - {leaf[:5] for leaf in old}:
            pages |= {max(y for y in years if y < year)} if min(years) < year else set()
    return pages


def make(folder: Path, size: int) -> tuple[SiteTest, Oracle]:
    """An archive of `size` articles over seven years, an eighth of them in a second language.

    Every fifth shows one of a few pictures.
    """
    site, oracle = SiteTest(folder, SETTINGS), Oracle()
    for number in range(4):
        site.write(f"media/old-{number}.jpg", photo(60, 45, number))
    pick = random.Random(size)
    span = (date(2026, 11, 1) - FIRST).days
    for number in range(size):
        day = FIRST + timedelta(days=number * span // size)
        one = Written(
            f"story-{number}",
            day,
            pick.choice(("politics", "sport")),
            sorted({f"tag{min(int(pick.expovariate(0.2)), 40)}" for _ in range(3)}),
            [f"author{pick.randint(1, 9)}"],
            f"place{pick.randint(1, 5)}",
            "ar/" if number % 8 == 7 else "",
        )
        add(site, oracle, one)
    site.build().ok()
    return site, oracle


Archive = Callable[[int], tuple[SiteTest, Oracle]]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """An archive of a size as it is after its first build: made once, then put back for each test.

    It lies where it was, because the state knows the output by its path.
    """
    base = tmp_path_factory.mktemp("archive")
    known: dict[int, Oracle] = {}

    def lent(size: int) -> tuple[SiteTest, Oracle]:
        folder, kept = base / str(size), base / f"{size}-kept"
        if size not in known:
            _, known[size] = make(folder, size)
            shutil.copytree(folder, kept)
        else:
            shutil.rmtree(folder)
            shutil.copytree(kept, folder)
        return SiteTest(folder, SETTINGS), Oracle(list(known[size].articles))

    return lent


def add(site: SiteTest, oracle: Oracle, one: Written) -> None:
    picture = f"{one.picture}.jpg" if one.picture else ""
    if picture:
        site.write(f"{one.lang}{picture}", photo(400, 300, len(oracle.articles)))
    elif len(oracle.articles) % 5 == 0:
        picture = f"/media/old-{len(oracle.articles) // 5 % 4}.jpg"
    text = article(
        title=f"Title of {one.name}",
        date=one.day.isoformat(),
        section=one.section,
        tags=one.tags,
        authors=one.authors,
        place=one.place,
        image={"src": picture, "alt": "x", "credit": "C"} if picture else None,
    )
    site.write(f"{one.lang}{one.name}.md", text)
    oracle.articles.append(one)


NEW_DAYS = (date(2026, 11, 1), date(2026, 11, 20))


@pytest.mark.parametrize("size", [200, 2000])
def test_the_newest_article_changes_exactly_its_own_set_of_files(
    size: int, archive: Archive
) -> None:
    site, oracle = archive(size)
    newest = [
        Written("first", date(2026, 11, 2), "politics", ["tag0", "tag7"], ["author1"], "place1"),
        Written("same-day", date(2026, 11, 2), "sport", ["tag1", "rare"], ["author2"], "place2"),
        Written("arabic", date(2026, 11, 3), "politics", ["tag2"], ["author3"], "place3", "ar/"),
        Written("later", date(2026, 11, 20), "sport", ["rare"], ["newcomer"], "place9"),
        Written("own", date(2026, 11, 20), "sport", ["tag3"], ["author4"], "place1", "", "pier"),
        Written("two", date(2026, 11, 20), "sport", ["tag1"], ["author4"], "place1", "ar/", "sea"),
    ]
    for new in newest:
        before = Oracle(list(oracle.articles))
        add(site, oracle, new)
        site.build().ok()
        expected = expected_of_newest(before, oracle, new)
        assert named(site.changed) == expected, sorted(named(site.changed) ^ expected)
        assert site.removed == set()


def test_the_first_article_of_a_month_and_of_a_year_changes_one_older_neighbour(
    archive: Archive,
) -> None:
    site, oracle = archive(200)
    site.now = "2027-02-01T00:00:00Z"
    site.build().ok()
    for day in (date(2026, 12, 1), date(2027, 1, 5)):
        before = Oracle(list(oracle.articles))
        new = Written(f"on-{day}", day, "politics", ["tag0"], ["author1"], "place1")
        add(site, oracle, new)
        site.build().ok()
        expected = expected_of_newest(before, oracle, new)
        assert named(site.changed) == expected, sorted(named(site.changed) ^ expected)
        assert f"{before.leaves('', 'month')[-1]}index.html" in site.changed


@pytest.mark.parametrize("size", [200, 2000])
def test_a_backdated_article_changes_one_previous_link_and_four_strips_per_tag(
    size: int, archive: Archive
) -> None:
    site, oracle = archive(size)
    tags = ["tag0", "tag1"]
    new = Written(
        "backdated", date(2022, 5, 5), "politics", tags, ["author1"], "place1", "", "pier"
    )
    add(site, oracle, new)
    site.build().ok()
    stories = {path for path in site.changed if "/story-" in path}
    in_order = sorted((a for a in oracle.articles if not a.lang), key=lambda a: a.order)
    later = in_order[in_order.index(new) + 1 :]
    next_article = later[0].path
    strips = {
        one.path for tag in new.tags for one in _first(4, (a for a in later if tag in a.tags))
    }
    assert next_article in stories
    assert stories <= {next_article} | strips
    assert new.path in site.changed
    pictures = {path for path in named(site.changed) if path.startswith("_pictures/")}
    assert pictures == {f"_pictures/pier-{form}" for form in (*FORMS, *CROPS)}
    assert "feed.xml" not in site.changed
    assert "headlines.json" not in site.changed
    outside = {p for p in site.changed - stories if p.startswith(("2019", "2021/", "2025", "ar/"))}
    assert outside == set()


def test_a_newer_spelling_of_a_merged_tag_changes_no_older_article(tmp_path: Path) -> None:
    """The file of the tag has no title, so that its oldest article names it: for ever."""
    site = SiteTest(tmp_path / "site", SETTINGS)
    site.write("tags/harbour-barrier.md", "---\nmerge: [barrier]\n---\n")
    for number in range(5):
        site.write(f"old-{number}.md", date=f"2026-0{number + 1}-01", tags=["barrier"])
    site.build().ok()
    before = site.bytes
    assert "barrier" in site.page("tags/harbour-barrier/index.html")
    site.write("new.md", date="2026-11-20", tags=["Harbour Barrier"]).build().ok()
    assert not [path for path in site.changed if "/old-" in path], site.changed
    assert site.bytes["2026/01/old-0/index.html"] == before["2026/01/old-0/index.html"]


def _first(count: int, articles: Iterable[Written]) -> list[Written]:
    return [one for one, _ in zip(articles, range(count), strict=False)]


def test_the_oracle_sees_a_page_that_changes_needlessly(tmp_path: Path) -> None:
    """A theme that shows the newest article everywhere breaks the promise, and the test sees it."""
    site, oracle = make(tmp_path / "site", 60)
    site.settings(SETTINGS.replace("[sections", 'theme = "chatty"\n[sections', 1))
    site.file(
        "themes/chatty/theme.toml",
        'extends = "broadsheet"\n[lists.newest]\nlimit = 1\ntemplates = ["article.html"]\n',
    )
    site.file(
        "themes/chatty/templates/article.html",
        '{% extends "broadsheet/article.html" %}{% block title %}{{ lists.newest[0].title }}'
        "{% endblock %}",
    )
    site.build().ok()
    assert any(warning["code"] == "list-everywhere" for warning in site.warnings)
    before = Oracle(list(oracle.articles))
    new = Written("extra", date(2026, 11, 5), "politics", ["tag0"], ["author1"], "place1")
    add(site, oracle, new)
    site.build().ok()
    assert site.changed > expected_of_newest(before, oracle, new)
