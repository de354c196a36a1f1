"""The corpus: a sitegen site of any number of invented articles, the same for the same seed.

`python benchmarks/corpus.py DIR --articles 10000` writes one.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import TypeVar

from vocabulary import PLACES, TOPICS, Phrases, author_names, make_phrases, tag_names

YEARS = 20
SECTIONS = ("politics", "business", "world", "culture", "science", "sport")
TYPES = ("analysis", "opinion", "explainer", "interview")
SITE = """\
[site]
title = "The Marrowgate Courier"
base_url = "https://news.example.org/"
tagline = "Every tide, every day"
language = "en-GB"
timezone = "Europe/London"

[publisher]
name = "Marrowgate Courier Press"
follow = [
    {{ label = "Mastodon", url = "https://social.example.org/@courier" }},
    {{ label = "Bluesky", url = "https://sky.example.org/courier" }},
]

{sections}"""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Archive:
    """What all articles of one corpus share."""

    seed: int
    articles: int
    start: datetime
    phrases: Phrases
    tags: Sequence[str]
    tag_weights: Sequence[float]
    """Cumulative, the most used tag first."""
    authors: Sequence[str]


@dataclass(frozen=True, slots=True)
class Head:
    """What other articles may say of one: a pure function of its number, so nothing is kept."""

    date: datetime
    title: str
    path: str
    """Below `content/`; ends in the article's number, which makes it unique."""


def make_archive(articles: int, seed: int, start_year: int) -> Archive:
    """The plan of a corpus."""
    rng = Random(seed)
    tags = tag_names(max(12, round(4 * math.sqrt(articles))), rng)
    # Zipf-Mandelbrot: with plain 1/rank every second article would carry the first tag.
    weights = tuple(accumulate(1 / (rank + 5) for rank in range(1, len(tags) + 1)))
    return Archive(
        seed=seed,
        articles=articles,
        start=datetime(start_year, 1, 1, tzinfo=UTC),
        phrases=make_phrases(rng),
        tags=tags,
        tag_weights=weights,
        authors=author_names(40 + articles // 500, rng),
    )


def write_site(folder: Path, archive: Archive) -> None:
    """Write `sitegen.toml` and all articles under `folder`, one at a time.

    Raises FileExistsError when `folder` has content already.
    """
    content = folder / "content"
    content.mkdir(parents=True)
    (folder / "sitegen.toml").write_text(settings(), encoding="utf-8")
    months: set[Path] = set()
    for path, text in articles(archive):
        target = content / path
        if target.parent not in months:
            target.parent.mkdir(parents=True)
            months.add(target.parent)
        target.write_text(text, encoding="utf-8")


def settings() -> str:
    """The text of `sitegen.toml`."""
    sections = "\n".join(f'[sections.{name}]\ntitle = "{name.title()}"\n' for name in SECTIONS)
    return SITE.format(sections=sections)


def articles(archive: Archive) -> Iterator[tuple[str, str]]:
    """Each article's path below `content/` and its text, oldest first."""
    for number in range(archive.articles):
        yield article_at(archive, number)


def article_at(archive: Archive, number: int) -> tuple[str, str]:
    """The path and text of one article; one whose number is too high is newer than all others."""
    rng = Random()
    head = head_of(archive, number, rng)
    earlier = None
    if number and rng.random() < 0.2:
        earlier = head_of(archive, rng.randrange(min(number, archive.articles)), Random())
    return head.path, _Writer(archive, rng).article(head, earlier)


def head_of(archive: Archive, number: int, rng: Random) -> Head:
    """The head of article `number`; leaves `rng` where the article's own draws begin."""
    rng.seed(archive.seed * 1_000_003 + number)
    span = archive.start.replace(year=archive.start.year + YEARS) - archive.start
    day, part = divmod((number + rng.random()) / archive.articles * span.days, 1)
    # From 5 to 22 o'clock: the month is the same in UTC and in the site's time zone.
    date = archive.start + timedelta(days=day, seconds=5 * 3600 + int(part * 17 * 3600))
    title = f"{_pick(rng, archive.phrases.actors)} {_pick(rng, archive.phrases.deeds)}"
    slug = title.lower().replace(" ", "-")
    return Head(date, title, f"{date:%Y/%m}/{slug}-{number}.md")


def _pick(rng: Random, pool: Sequence[T]) -> T:
    """As `rng.choice`, but quicker: a million articles take 200 million draws."""
    return pool[int(rng.random() * len(pool))]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes one article with the draws of one generator."""

    archive: Archive
    rng: Random

    def article(self, head: Head, earlier: Head | None) -> str:
        return f"---\n{self._front_matter(head)}---\n\n{self._body(earlier)}"

    def _front_matter(self, head: Head) -> str:
        lines = [f'title: "{head.title}"', f"date: {head.date:%Y-%m-%dT%H:%M:%SZ}"]
        rng = self.rng
        lines.append(f"section: {_pick(rng, SECTIONS)}")
        if rng.random() < 0.25:
            lines.append(f"type: {_pick(rng, TYPES)}")
        if rng.random() < 0.12:
            updated = head.date + timedelta(minutes=rng.randrange(30, 3000))
            lines.append(f"updated: {updated:%Y-%m-%dT%H:%M:%SZ}")
        lines += _listed("tags", self._tags())
        lines += _listed("authors", self._some_authors())
        lines.append(f'kicker: "{_pick(rng, PLACES)}"')
        lines.append(f'summary: "{self._sentence()}"')
        lines += _listed("key_points", [self._sentence() for _ in range(5)])
        lines.append(f'why_it_matters: "{self._sentence()} {self._sentence(emphasis="**")}"')
        lines.append(f'what_it_means: "{self._sentence()} {self._sentence()}"')
        lines += self._faq()
        lines += self._sources()
        if rng.random() < 0.02:
            lines += self._correction(head)
        return "\n".join(lines) + "\n"

    def _tags(self) -> list[str]:
        archive, wanted = self.archive, self.rng.randint(4, 6)
        found: dict[str, None] = {}
        while len(found) < wanted:
            drawn = self.rng.choices(archive.tags, cum_weights=archive.tag_weights, k=wanted)
            found.update(dict.fromkeys(drawn))
        return list(found)[:wanted]

    def _some_authors(self) -> list[str]:
        count = 2 if self.rng.random() < 0.3 else 1
        return list(dict.fromkeys(_pick(self.rng, self.archive.authors) for _ in range(count)))

    def _faq(self) -> list[str]:
        lines = ["faq:"]
        for _ in range(2):
            question = f"What about {_pick(self.rng, TOPICS)} in {_pick(self.rng, PLACES)}?"
            lines.append(f'  - question: "{question}"')
            lines.append(f'    answer: "{self._sentence()} {self._sentence(emphasis="*")}"')
        return lines

    def _sources(self) -> list[str]:
        lines = ["sources:"]
        for _ in range(self.rng.randint(1, 2)):
            lines.append(f'  - title: "{_pick(self.rng, self.archive.phrases.headings)}"')
            lines.append(f"    url: {self._address()}")
            lines.append(f'    publisher: "{_pick(self.rng, PLACES)} Review"')
        return lines

    def _correction(self, head: Head) -> list[str]:
        date = head.date + timedelta(days=self.rng.randint(3, 6))
        return ["corrections:", f"  - date: {date:%Y-%m-%d}", f'    text: "{self._sentence()}"']

    def _body(self, earlier: Head | None) -> str:
        """A lead and 3 to 6 titled groups, 550 words on average."""
        rng = self.rng
        groups = rng.randint(3, 6)
        length = round(16 / groups)
        parts = [self._paragraph(3), self._paragraph(2)]
        extras = [self._list, self._quote]
        if rng.random() < 0.1:
            extras.append(self._table)
        for number in range(groups):
            parts.append(f"## {_pick(rng, self.archive.phrases.headings)}")
            parts.append(self._paragraph(length - length // 2))
            parts.append(self._paragraph(max(1, length // 2)))
            parts += self._extra(extras, number)
        if earlier:
            link = f"[{earlier.title}](../../{earlier.path})"
            parts[-1] += f"\n\nWe reported earlier: {link}. {self._sentence()}"
        return "\n\n".join(parts) + "\n"

    def _extra(self, extras: list[Callable[[], str]], number: int) -> list[str]:
        return [extras[number]()] if number < len(extras) else []

    def _paragraph(self, sentences: int) -> str:
        parts = [self._sentence() for _ in range(sentences)]
        chance = self.rng.random()
        if chance < 0.15:
            parts.append(f"The details are [in a public register]({self._address()}).")
        elif chance < 0.35:
            parts[0] = self._sentence(emphasis="*" if chance < 0.27 else "**")
        return " ".join(parts)

    def _sentence(self, emphasis: str = "") -> str:
        rng, phrases = self.rng, self.archive.phrases
        subject = _pick(rng, phrases.subjects)
        tail = _pick(rng, phrases.tails)
        predicate = f"{emphasis}{_pick(rng, phrases.predicates)}{emphasis}"
        return f"{subject[0].upper()}{subject[1:]} {predicate}{tail}."

    def _list(self) -> str:
        return "\n".join(f"- {self._sentence()}" for _ in range(self.rng.randint(3, 4)))

    def _quote(self) -> str:
        return f"> “{self._sentence()} {self._sentence()}”"

    def _table(self) -> str:
        rng = self.rng
        rows = [f"| {_pick(rng, PLACES)} | {rng.randint(1, 999)} |" for _ in range(4)]
        return "\n".join(["| Place | Number |", "|---|--:|", *rows])

    def _address(self) -> str:
        topic = _pick(self.rng, TOPICS).replace(" ", "-")
        return f"https://register.example.com/{topic}/{self.rng.randint(1, 99999)}"


def _listed(name: str, values: Sequence[str]) -> list[str]:
    """A YAML list; the vocabulary has neither quotation marks nor backslashes to escape."""
    return [f"{name}:", *(f'  - "{value}"' for value in values)]


def main() -> None:
    """Read the command line and write a corpus."""
    parser = argparse.ArgumentParser(description="Write a site of invented articles.")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--articles", type=int, required=True, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start-year", type=int, default=2006)
    options = parser.parse_args()
    archive = make_archive(options.articles, options.seed, options.start_year)
    try:
        write_site(options.folder, archive)
    except FileExistsError as error:
        parser.error(f"{error.filename} is there already; name an empty folder")


if __name__ == "__main__":
    main()
