"""Which outputs are stale, and why: the only place that says so."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

from sitegen.digest import SIZE, canonical, digest
from sitegen.model import Key
from sitegen.outputs import (
    Copy,
    Known,
    Look,
    Output,
    Page,
    Text,
    Twin,
    common_needs,
    needed,
    weight,
)
from sitegen.spool import batches

_SHORT_KEY, _SHORT_DIGEST = 4, 8
"""Bytes of a need's name and digest that a trace keeps, to say later which need changed."""
_MOST = 10_000
"""Facts of which it stays in memory how a trace remembers them."""
_EACH = re.compile(b".{%d}" % (_SHORT_KEY + _SHORT_DIGEST), re.DOTALL)


class Stale(NamedTuple):
    """An output that must be made again."""

    output: Output
    inputs: bytes
    needs: bytes
    """What its trace is to remember of them; see `need`."""
    reason: str
    before: bytes
    """Digest of the bytes that are there now, if they are ours."""
    size: int
    """Bytes that were recorded; 0 where nothing was."""


class Inputs:
    """Digests of all that outputs depend on. What is hashed here is all that they can see."""

    def __init__(
        self,
        fact: Callable[[Key], bytes],
        expect: Callable[[Iterable[Key]], None],
        closures: Mapping[str, bytes],
        engine: bytes,
        recipe: bytes,
    ) -> None:
        """`fact` is asked for the digest of what it was told to `expect` before.

        `recipe` is what pictures depend on beside themselves and their form.
        """
        self._fact = fact
        self._expect = expect
        self._closures = closures
        self._engine = engine
        self._recipe = recipe
        self._common: dict[tuple[str, str, str], bytes] = {}
        self._needs = _Needs(fact)
        self._last: tuple[Output | None, bytes] = (None, b"")
        self._planned: tuple[Page | None, bytes] = (None, b"")

    def each(self, outputs: Iterable[Output]) -> Iterator[tuple[Output, bytes]]:
        """Outputs, each with the digest of its inputs; facts are asked for together."""
        for some in batches(outputs, weight):
            yield from self.together(some)

    def together(self, some: Sequence[Output]) -> Iterator[tuple[Output, bytes]]:
        """Likewise of outputs that are few enough for all their facts to be asked for at once."""
        if len(self._needs) > _MOST:
            self._needs.clear()
        self._expect(key for output in some for key in needed(output))
        return ((output, self.of(output)) for output in some)

    def of(self, output: Output) -> bytes:
        """The digest of an output's inputs."""
        if isinstance(output, Copy):
            if output.form is None:
                return output.digest
            return digest(b"\0".join((self._recipe, canonical(output.form), output.digest)))
        if isinstance(output, Text):
            return digest(output.text.encode())
        if isinstance(output, Twin):
            return digest(b"\0".join((self._engine, output.coding.encode(), self._of(output.of))))
        parts = [self._shared(output), self._values(output) if output.values else b""]
        fact = self._fact
        for name, need in output.needs:
            # With the keys: a file may have another name, and what is remembered of needs names it.
            if isinstance(need, str):
                parts += (name.encode(), need.encode(), fact(need))
            else:
                # The name and the number keep two divisions of the same facts apart.
                parts.append(b"%b*%d" % (name.encode(), len(need)))
                parts += map(str.encode, need)
                parts += map(fact, need)
        return hashlib.blake2b(b"\0".join(parts), digest_size=SIZE).digest()

    def _of(self, output: Output) -> bytes:
        """As `of`; kept for the twins of an output, which follow it."""
        if self._last[0] != output:
            self._last = (output, self.of(output))
        return self._last[1]

    def _shared(self, page: Page) -> bytes:
        """What a page has in common with all of its template and language."""
        common = self._common.get((page.template, page.lang, page.family))
        if common is None:
            parts = [self._engine, page.family.encode(), page.template.encode()]
            parts.append(self._closures[page.template])
            parts += [self._fact(key) for key in common_needs(page.lang)]
            common = self._common[page.template, page.lang, page.family] = digest(b"\0".join(parts))
        return common

    def needs(self, output: Output) -> dict[Key, bytes]:
        """All that an output needs, by name, as its trace remembers it; see `need`."""
        if isinstance(output, Copy):
            file = f"file:{output.source}"
            recipe = {"recipe": need("recipe", self._recipe)} if output.form else {}
            return {**recipe, file: need(file, output.digest)}
        if isinstance(output, Text):
            return {"host": need("host", self.of(output))}
        engine = {"engine": need("engine", self._engine)}
        if isinstance(output, Twin):
            return engine | self.needs(output.of)
        template = f"template:{output.template}"
        keys = (*common_needs(output.lang), *output.keys())
        return {
            **engine,
            template: need(template, self._closures[output.template]),
            **dict(zip(keys, map(self._needs.__getitem__, keys), strict=True)),
            "plan": need("plan", digest(self._values(output))),
        }

    def _values(self, page: Page) -> bytes:
        """What plan worked out for a page, as both of its digests see it, one after the other."""
        if self._planned[0] is not page:
            self._planned = (page, canonical(page.values))
        return self._planned[1]


class _Needs(dict[Key, bytes]):
    """How traces remember facts, by key: each fact is on many pages."""

    def __init__(self, fact: Callable[[Key], bytes]) -> None:
        super().__init__()
        self._fact = fact

    def __missing__(self, key: Key) -> bytes:
        found = self[key] = need(key, self._fact(key))
        return found


def need(key: Key, value: bytes) -> bytes:
    """How a trace remembers that its output needed the fact `key` with the digest `value`."""
    return mark(key) + value[:_SHORT_DIGEST]


def number_in(remembered: bytes) -> int:
    """How many needs a trace remembers."""
    return len(remembered) // (_SHORT_KEY + _SHORT_DIGEST)


def mark(key: Key) -> bytes:
    """Enough of a key to find it again among the needs of one page."""
    return crc32(key.encode()).to_bytes(_SHORT_KEY)


def _changed(needs: Mapping[Key, bytes], recorded: bytes) -> str:
    """Which of an output's needs differ from those that were recorded, in words."""
    before = _EACH.findall(recorded)
    same, marks = frozenset(before), {one[:_SHORT_KEY] for one in before}
    others = {key: one[:_SHORT_KEY] in marks for key, one in needs.items() if one not in same}
    fresh = [key for key, was_there in others.items() if not was_there]
    if fresh and fresh[0].startswith("template:"):
        return f"it is made with {describe(fresh[0])} now"
    changed = [key for key, was_there in others.items() if was_there]
    if named := [key for key in changed if key != "plan"]:
        return f"{describe(named[0])} changed{_more(named)}"
    if fresh:
        return f"it shows {describe(fresh[0])} for the first time{_more(fresh)}"
    if not marks.issubset(one[:_SHORT_KEY] for one in needs.values()):
        return "something that it showed is gone"
    if changed:
        return f"{describe('plan')} changed"
    return "the order of what it shows changed"


def needing(
    recorded: Iterable[tuple[str, bytes]], before: Iterable[bytes], now: Mapping[bytes, bytes]
) -> Iterator[str]:
    """The paths recorded with any of the needs `before`, or with another than there is `now`.

    `now` has needs by their marks.
    """
    gone, each = frozenset(before), _EACH.findall
    for path, needs in recorded:
        found = each(needs)
        marks = now.keys() & {one[:_SHORT_KEY] for one in found} if now else ()
        if not gone.isdisjoint(found) or any(now[mark] not in found for mark in marks):
            yield path


def _more(keys: Sequence[Key]) -> str:
    return f" and {len(keys) - 1} more" if len(keys) > 1 else ""


def describe(key: Key) -> str:
    """A fact's key in words."""
    kind, _, rest = key.partition(":")
    if kind in ("hero", "square"):
        rest = rest.split(":", 2)[2]
    elif kind in ("term", "profile", "portrait"):
        listing, slug, _ = rest.split(":")
        rest = f"the {listing} {slug}"
    elif kind in ("link", "picture", "length"):
        rest = rest.partition(":")[2]
    words = {
        "engine": "sitegen itself",
        "recipe": "how pictures are made",
        "plan": "what is worked out for this page",
        "file": "{}",
        "host": "what the host is told",
        "template": "template {}",
        "body": "the text of {}",
        "open": "what everybody may read of {}",
        "summary": "the card of {}",
        "url": "the address of {}",
        "link": "the link to {}",
        "picture": "the picture {}",
        "hero": "what is cut out of the picture {}",
        "square": "what is cut out of the picture {}",
        "length": "the length of the sound {}",
        "corrections": "the corrections of {}",
        "term": "the name of {}",
        "profile": "the profile of {}",
        "portrait": "the portrait of {}",
        "site": "the settings ({})",
        "strings": "the theme's texts ({})",
        "data": "the data file {}",
        "assets": "the list of the theme's files",
    }
    return words.get(kind, key).format(rest)


class Compared(NamedTuple):
    """An output beside what is recorded of it."""

    output: Output
    known: Known | None
    stale: Stale | None


def compared(
    outputs: Iterable[Output],
    inputs: Inputs,
    known: Callable[[Sequence[str]], Mapping[str, Known]],
    looks: Mapping[str, Look],
    recorded: Callable[[str], bytes],
) -> Iterator[Compared]:
    """All outputs, and of those that must be made again why; in their order.

    `known` gives what was recorded of some paths, `looks` has what files look like that are not
    ours now, `recorded` gives the needs of a path.
    """
    for some in batches(outputs, weight):
        traces = known([output.path for output in some])
        for output, now in inputs.together(some):
            trace, look = traces.get(output.path), looks.get(output.path, Look.OURS)
            if trace and trace.inputs == now and look is Look.OURS:
                yield Compared(output, trace, None)
                continue
            needs = inputs.needs(output)
            if trace is None:
                reason = "it is new"
            elif trace.inputs is None:
                reason = "a build was interrupted while writing it"
            elif trace.inputs != now:
                reason = _changed(needs, recorded(output.path))
            else:
                reason = look.value
            before = trace.digest if trace and look is Look.OURS else b""
            size = trace.size if trace else 0
            stale = Stale(output, now, b"".join(needs.values()), reason, before, size)
            yield Compared(output, trace, stale)
