"""Many trials, decided by one seed: what is tried, and the smallest input for what went wrong."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import SupportsIndex, TypeVar

from PIL import Image

from tests.fuzz.grammar import DOCUMENTS, SETTINGS, drawn
from tests.fuzz.mutations import Mutator
from tests.fuzz.tokens import ODD
from tests.fuzz.trial import Input, Outcome, trial

_FORMATS = {".jpg": "JPEG", ".png": "PNG"}
ROOT = Path(__file__).parents[2]
ICON = "static/emblem.png"
"""What the settings of the demo name."""
BATCH = 500
"""Inputs of one site, at most."""
ALONE = 40
"""Of so many inputs one is a file that the whole site depends on, and is built alone."""
TRIES = 150
"""Trials that are spent on making one input smaller."""

Base = Mapping[str, bytes]
T = TypeVar("T")

_OWN_THEME = {
    "themes/own/theme.toml": b'extends = "broadsheet"\ncard_extra = ["rating"]\n[lists.top]\n'
    b'section = "harbour"\nlimit = 3\n[data.facts]\ntemplates = ["home.html"]\n',
    "themes/own/i18n/en-GB.toml": b'skip = "Skip"\n[reading_time]\none = "{count} minute"\n'
    b'other = "{count} minutes"\n',
    "themes/own/templates/body-end.html": b"{{ site.title }}\n",
    "data/facts.toml": b'a = "b"\nc = [1, 2.5, {d = 2026-11-01}]\n',
}


@dataclass(slots=True)
class Finding:
    """What went wrong, and the inputs that are enough for it."""

    fault: str
    inputs: Sequence[Input]


@dataclass(slots=True)
class Tally:
    """What became of all inputs."""

    ends: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, Input | None] = (0.0, None)
    findings: list[Finding] = field(default_factory=list)

    def add(self, inputs: Sequence[Input], outcome: Outcome) -> None:
        self.ends.update(outcome.ends.values())
        for item in inputs:
            if (seconds := outcome.seconds.get(item.path, 0.0)) > self.slowest[0]:
                self.slowest = (seconds, item)


def _small_picture(path: Path) -> bytes:
    """What stands in for a picture of the demo: to encode all of them takes longer than a trial.

    Empty for other files, and for the picture of the icons, which must be large.
    """
    if path.suffix not in (".jpg", ".png") or path.name == Path(ICON).name:
        return b""
    data = BytesIO()
    Image.new("RGB", (40, 30), "#0b5d4e").save(data, _FORMATS[path.suffix])
    return data.getvalue()


class Campaign:
    """`count` inputs in batches; `folder` is where their sites are built."""

    def __init__(
        self, folder: Path, count: int, seed: int, alive: Callable[[], None] = lambda: None
    ) -> None:
        """`alive` is called before every trial."""
        self.tally = Tally()
        self._alive = alive
        self._folder, self._count, self._seed = folder, count, seed
        self._random = random.Random(seed)
        demo = {
            path.relative_to(ROOT).as_posix(): _small_picture(path) or path.read_bytes()
            for folder in ("content", "static")
            for path in sorted((ROOT / folder).rglob("*"))
            if path.is_file()
        }
        self._demo: Base = {**demo, "sitegen.toml": (ROOT / "sitegen.toml").read_bytes()}
        story = "content/harbour/barrier-closes.md"
        small = {path: demo[path] for path in (story, "content/media/barrier-gates.png", ICON)}
        settings = self._demo["sitegen.toml"].replace(b'"broadsheet"', b'"own"')
        self._small: Base = {**small, **_OWN_THEME, "sitegen.toml": settings}
        texts = {path: data for path, data in demo.items() if path.endswith(".md")}
        self._articles = Mutator(seed, texts)
        parts = {path: data for path, data in self._small.items() if path.endswith(".toml")}
        front = {"content/front.toml": demo["content/front.toml"]}
        self._parts = Mutator(seed, {**parts, **front, "data/facts.json": b'{"a": [1, "b"]}'})

    def run(self) -> Iterator[int]:
        """Try everything; gives the number of inputs that are done after each batch."""
        done = 0
        while done < self._count:
            number = min(BATCH, self._count - done)
            alone = max(1, number // ALONE)
            self.try_all({**self._demo, **self._settings()}, self._sources(number - alone, done))
            for item in self._site_files(alone, done):
                self.try_all(self._small, [item])
            done += number
            yield done

    def _settings(self) -> Base:
        """The demo's settings with another system's habits, another rule for raw HTML, …"""
        choose = self._random.choice
        more = (
            f'[front_matter]\npreset = "{choose(("", "", "hugo", "jekyll", "pelican", "zola"))}"\n'
            f'unknown = "{choose(("warn", "error", "ignore"))}"\n'
            f'[markdown]\nhtml = "{choose(("sanitize", "sanitize", "escape"))}"\n'
            f'[urls]\nslugs = "{choose(("keep", "ascii"))}"\n'
            f'permalink = "{choose(("/{year}/{month}/{slug}/", "/{section}/{slug}.html"))}"\n'
        )
        return {"sitegen.toml": self._demo["sitegen.toml"] + more.encode()}

    def _sources(self, count: int, done: int) -> list[Input]:
        """Articles, and now and then a page or a term, beside the demo's own."""
        written = drawn(DOCUMENTS, count // 2, self._seed + done)
        made = [("content/city/a.md", data) for data in written]
        made += [self._articles.next() for _ in range(count - len(made))]
        return [
            Input(f"{path.rpartition('/')[0]}/{self._stem(n)}{''.join(Path(path).suffixes)}", data)
            for n, (path, data) in enumerate(made)
        ]

    def _stem(self, number: int) -> str:
        odd = self._random.choice(ODD) if self._random.random() < 0.1 else ""
        safe = "".join(c for c in odd if c.isprintable() and c != "/")[:60]
        return f"{number}{safe}"

    def _site_files(self, count: int, done: int) -> list[Input]:
        written = drawn(SETTINGS, count // 2, self._seed + done) if count > 1 else []
        made = [Input("sitegen.toml", data) for data in written]
        return made + [Input(*self._parts.next()) for _ in range(count - len(made))]

    def try_all(self, base: Base, inputs: Sequence[Input]) -> None:
        """A trial, and again without what is at fault, until nothing is."""
        while inputs:
            outcome = self._trial(base, inputs)
            if not outcome.faults:
                self.tally.add(inputs, outcome)
                return
            finding = self._smallest(base, inputs, outcome.faults[0])
            self.tally.findings.append(finding)
            blamed = {item.path for item in finding.inputs}
            self.tally.ends["FAULT"] += len(blamed)
            inputs = [item for item in inputs if item.path not in blamed]

    def _trial(self, base: Base, inputs: Sequence[Input]) -> Outcome:
        self._alive()
        return trial(self._folder, base, inputs)

    def _smallest(self, base: Base, inputs: Sequence[Input], fault: str) -> Finding:
        """The fewest inputs, and of them the fewest bytes, that still give a fault of its kind."""
        kind, told, bare = fault.partition(":")[0], [fault], {"sitegen.toml": base["sitegen.toml"]}

        def fails(inputs: Sequence[Input], base: Base = base) -> bool:
            found = self._trial(base, inputs).faults
            same = [fault for fault in found if fault.startswith(f"{kind}:")]
            told[:] = same or told
            return bool(same)

        few = list(reduced(inputs, fails))
        if fails(few, bare):
            base = bare
        for n, (path, data) in enumerate(few):

            def fails_with(part: Sequence[SupportsIndex], n: int = n, path: str = path) -> bool:
                return fails([*few[:n], Input(path, bytes(part)), *few[n + 1 :]], base)

            few[n] = Input(path, bytes(reduced(data, fails_with)))
        return Finding(told[0], few)


def reduced(whole: Sequence[T], fails: Callable[[Sequence[T]], bool]) -> Sequence[T]:
    """Less of `whole` that still fails: pieces are left out, ever smaller ones."""
    size, tries = max(1, len(whole) // 2), TRIES
    while size and tries:
        start = 0
        while start < len(whole) and tries and len(whole) > 1:
            less = [*whole[:start], *whole[start + size :]]
            tries -= 1
            if less and fails(less):
                whole = less
            else:
                start += size
        size //= 2
    return whole
