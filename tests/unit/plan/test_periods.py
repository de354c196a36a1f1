"""A listing divided by year or month, whatever its dates."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from sitegen.model import Article
from sitegen.plan.periods import Division, divide

Grain = Literal["month", "year"]
DAYS = st.lists(st.integers(0, 1500), max_size=60).map(sorted)
GRAINS: st.SearchStrategy[Grain] = st.sampled_from(("month", "year"))


def articles(days: list[int]) -> list[Article]:
    """Articles of these days, numbered from 2020 on; oldest first."""
    blank = Article._make([None] * len(Article._fields))
    first = date(2020, 1, 1)
    return [
        blank._replace(source=f"{n}.md", day=(first + timedelta(day)).isoformat())
        for n, day in enumerate(days)
    ]


def names(division: Division) -> list[str]:
    return [leaf.name for leaf in division.leaves]


@given(DAYS, GRAINS, st.integers(1, 20))
def test_with_all_periods_every_article_is_in_exactly_one_leaf(
    days: list[int], grain: Grain, front: int
) -> None:
    given_articles = articles(days)
    division = divide(given_articles, grain, front, all_periods=True)
    assert [a for leaf in division.leaves for a in leaf.articles] == given_articles
    assert names(division) == sorted(set(names(division)))
    length = 4 if grain == "year" else 7
    assert all(a.day[:length] == leaf.name for leaf in division.leaves for a in leaf.articles)


@given(DAYS, GRAINS, st.integers(1, 20))
def test_front_and_leaves_together_hold_every_article(
    days: list[int], grain: Grain, front: int
) -> None:
    given_articles = articles(days)
    division = divide(given_articles, grain, front, all_periods=False)
    assert list(division.front) == given_articles[::-1][:front]
    shown = {a.source for leaf in division.leaves for a in leaf.articles}
    assert shown | {a.source for a in division.front} == {a.source for a in given_articles}
    assert (division.older is None) == (len(given_articles) <= front)


@given(DAYS, GRAINS, st.integers(1, 20))
def test_one_more_article_gives_birth_to_one_leaf_at_most(
    days: list[int], grain: Grain, front: int
) -> None:
    for shorter, longer in pairwise([days[:n] for n in range(len(days) + 1)]):
        before = divide(articles(shorter), grain, front, all_periods=False)
        after = divide(articles(longer), grain, front, all_periods=False)
        assert len(after.leaves) - len(before.leaves) in (0, 1)
        assert set(names(before)) <= set(names(after))


@given(DAYS, GRAINS, st.integers(1, 20), st.booleans())
def test_years_are_the_leaves_or_hold_them_all(
    days: list[int], grain: Grain, front: int, all_periods: bool
) -> None:
    division = divide(articles(days), grain, front, all_periods=all_periods)
    if grain == "year":
        assert division.years == division.leaves
    else:
        assert [m for year in division.years for m in year.months] == list(division.leaves)
    assert all(p.address == p.name.replace("-", "/") + "/" for p in division.leaves)
