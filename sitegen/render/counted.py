"""A renderer that counts: what it makes, what it had kept, and how long it took for each."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import BaseLoader, Environment, Template, pass_context
from jinja2.runtime import Context

from sitegen.model import Json
from sitegen.render.page import Renderer, decode


class Spent(NamedTuple):
    """What a batch of outputs took; times are in seconds."""

    seconds: tuple[float, ...]
    """For each of them, without what it took to compile templates."""
    parts: Mapping[str, tuple[int, int, float]]
    """Name → how often it was asked for, how often it was made, and how long that took."""
    kept: int
    """How often a fact was known already that pages made together show; each asks once."""
    decoded: int
    """How often one had to be decoded."""
    compiled: int
    """Templates."""
    compiling: float


class CountedRenderer(Renderer):
    """As its parent; apart from it, so that nothing is counted where nobody asks."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        super().__init__(templates)
        assert self._environment.loader is not None, "a renderer has one"
        self._loader = _Loader(self._environment.loader)
        self._environment.loader = self._loader
        self._asked: Counter[str] = Counter()
        self._times: dict[str, list[float]] = {}
        self._known = decode.cache_info()

    @property
    def compiling(self) -> float:
        """Seconds that templates took to compile since the last `spent`."""
        return self._loader.seconds

    def spent(self, seconds: tuple[float, ...]) -> Spent:
        """What was counted since this was last asked, of outputs that took so many `seconds`."""
        times = {name: self._times.get(name, []) for name in self._asked}
        parts = {name: (self._asked[name], len(t), sum(t)) for name, t in times.items()}
        before, self._known = self._known, decode.cache_info()
        kept, decoded = (
            after - earlier for after, earlier in zip(self._known[:2], before[:2], strict=True)
        )
        told = Spent(seconds, parts, kept, decoded, self._loader.number, self._loader.seconds)
        self._asked, self._times = Counter(), {}
        self._loader.number, self._loader.seconds = 0, 0.0
        return told

    @pass_context
    def _part(self, context: Context, name: str, **given: Json) -> str:
        self._asked[name] += 1
        return super()._part(context, name, **given)

    def _made(self, part: str, values: Mapping[str, Json]) -> str:
        began, compiling = time.perf_counter(), self.compiling
        html = super()._made(part, values)
        compiled = self.compiling - compiling
        self._times.setdefault(part, []).append(time.perf_counter() - began - compiled)
        return html


class _Loader(BaseLoader):
    """Another loader, with the time that it takes."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loads = loader.load
        self.number = 0
        self.seconds = 0.0

    def load(self, environment: Environment, name: str, globals: Any = None) -> Template:
        began = time.perf_counter()
        try:
            return self._loads(environment, name, globals)
        finally:
            self.number += 1
            self.seconds += time.perf_counter() - began


@lru_cache(maxsize=2)
def counting(templates: tuple[tuple[str, str], ...]) -> CountedRenderer:
    """The counting renderer of a theme, kept by the process that made it."""
    return CountedRenderer(dict(templates))
