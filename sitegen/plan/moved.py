"""What is wrong with redirects: taken addresses, chains, loops, and what a host cannot do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from urllib.parse import unquote

from sitegen import folders, urls
from sitegen.errors import Mistake, Problem, counted
from sitegen.outputs import Output
from sitegen.plan.collisions import folders_of
from sitegen.plan.redirects import Redirect, by_pages

_STEPS = 20
"""Redirects that are followed to tell a chain from a loop."""


class Moved:
    """The redirects of a site beside its other outputs."""

    def __init__(self, redirects: Sequence[Redirect], target: str):
        """`target` is the host's name in the settings."""
        self._redirects = redirects
        self._target = target
        self._exact = {r.old: r for r in redirects if not r.below}
        self._below = [r for r in redirects if r.below]
        old = {urls.same_place(urls.path_of(url)) for url in self._exact}
        new = (address_of(r.new) for r in redirects if not r.source)
        leads = {urls.same_place(urls.path_of(url)) for url in new if url}
        self._wanted = old.union(leads, *map(folders_of, old))
        self._starts = tuple(map(_start, self._below))
        self._taken: dict[str, Output] = {}
        """The outputs that stand where a redirect leads from or to, or where it needs a folder."""
        self._folders: dict[str, Output] = {}
        self._under: dict[str, tuple[str, Output]] = {}
        """What `_starts` begin the place of → the first of these places, and its output."""

    def see(self, output: Output) -> None:
        """One of the outputs; each is to be seen before anything is asked."""
        if not self._redirects or output.family == "redirects":
            return  # most sites have none
        place = urls.same_place(output.path)
        if place in self._wanted:
            self._taken[place] = output
        for folder in folders_of(place):
            if folder in self._wanted:
                self._folders.setdefault(folder, output)
        if place.startswith(self._starts):
            for start in filter(place.startswith, self._starts):
                known = self._under.get(start)
                if known is None or place < known[0]:
                    self._under[start] = (place, output)

    def mistakes(self) -> Iterator[Mistake]:
        """Of an alias its article or page is at fault, and the newer of two."""
        if not self._redirects:
            return
        claimed: dict[str, Redirect] = {}
        for redirect in self._redirects:
            if redirect.below:
                yield from self._rule_for_many(redirect)
            else:
                yield from self._taken_already(redirect, claimed)
            if not redirect.source and not redirect.gone:
                yield from self._leads_on(redirect)
        folders_claimed = {f: r for place, r in claimed.items() for f in folders_of(place)}
        for place in claimed.keys() & folders_claimed.keys():
            yield _clash(claimed[place], f"{_owner(folders_claimed[place])} needs it as a folder")

    def _taken_already(self, redirect: Redirect, claimed: dict[str, Redirect]) -> Iterator[Mistake]:
        place = urls.same_place(urls.path_of(redirect.old))
        near = [self._taken.get(place), self._folders.get(place)]
        near += [self._taken.get(folder) for folder in folders_of(place)]
        if output := next((other for other in near if other is not None), None):
            yield _clash(redirect, f"{_made_of(output, redirect)} has it")
        elif (other := claimed.setdefault(place, redirect)) is not redirect:
            yield _clash(redirect, f"{_owner(other)} leads on from there already")

    def _rule_for_many(self, redirect: Redirect) -> Iterator[Mistake]:
        if not redirect.gone and self._target in ("plain", "github-pages"):
            message = f"the host “{self._target}” cannot redirect all that is below an address"
            hint = "write one line for each old address, or name another [host] target"
            yield _mistake("redirect-host", redirect, message, hint)
        if known := self._under.get(_start(redirect)):
            yield _clash(redirect, f"{_made_of(known[1], redirect)} stands below it")

    def _leads_on(self, redirect: Redirect) -> Iterator[Mistake]:
        """A rule whose end another redirect takes further, or back."""
        following, seen = redirect, [redirect.old]
        for _ in range(_STEPS):
            step = self._next(following)
            if step is None:
                break
            following = step
            if step.old in seen:
                round_ = " → ".join([*seen, step.old])
                message = f"it leads back to itself: {round_}"
                yield _mistake("redirect-loop", redirect, message, "let one of them lead elsewhere")
                return
            seen.append(step.old)
        if following is not redirect:
            message = f"it leads to {redirect.new}, which leads on to {following.new}"
            hint = f'lead there at once: "{redirect.old}" = "{following.new}"'
            yield _mistake("redirect-chain", redirect, message, hint)

    def _next(self, redirect: Redirect) -> Redirect | None:
        """The redirect at the end of another one."""
        new = address_of(redirect.new)
        if not new:
            return None
        if not redirect.new.endswith("*") and (exact := self._exact.get(new)):
            return exact
        found = (other for other in self._below if new.startswith(other.old[:-1]))
        return next(found, None)

    def cautions(self) -> Iterator[Mistake]:
        """What is no mistake, but loses readers."""
        for redirect in self._redirects:
            new = address_of(redirect.new)
            if redirect.source or not new or redirect.new.endswith("*") or self._next(redirect):
                continue
            if urls.same_place(urls.path_of(new)) not in self._taken:
                message = f"it leads to {redirect.new}, where nothing is"
                yield _mistake("redirect-nowhere", redirect, message, "correct the address")
        yield from self._no_pages()

    def _no_pages(self) -> Iterator[Mistake]:
        if self._target not in ("plain", "github-pages"):
            return
        odd = [r for r in by_pages([*self._redirects], self._target) if not is_page(r.old)]
        if odd:
            message = (
                f"{counted(len(odd), 'redirect')} from what this host may not show as a page, "
                f"such as {odd[0].old}"
            )
            hint = "browsers may offer to save it; hosts with rules of their own redirect it"
            yield _mistake("redirect-file", odd[0], message, hint)


def _start(redirect: Redirect) -> str:
    """What the places begin with that are below the old address of a rule for many."""
    return urls.same_place(unquote(redirect.old[1:-1]))


def address_of(new: str) -> str:
    """The address within the site that a redirect leads to, without query; empty: elsewhere."""
    if not new.startswith("/"):
        return ""
    return new.removesuffix("*").partition("#")[0].partition("?")[0]


def is_page(old: str) -> bool:
    """Whether every host shows what is at an old address as a page."""
    return PurePosixPath(urls.path_of(old)).suffix.lower() in (".html", ".htm")


def _owner(redirect: Redirect) -> str:
    return f"content/{redirect.source}" if redirect.source else "a rule in [redirects]"


def _made_of(output: Output, redirect: Redirect) -> str:
    if output.source and output.source == redirect.source:
        return "the article itself" if output.family == "articles" else "the page itself"
    if output.family in ("articles", "standing") and output.source:
        return f"content/{output.source}"
    return output.source or f"the page {urls.url_of(output.path)}"


def _clash(redirect: Redirect, why: str) -> Mistake:
    message = f"nothing can redirect from {redirect.old}: {why}"
    hint = "take the old address out of the list" if redirect.source else "remove the line"
    return _mistake("redirect-taken", redirect, message, hint)


def _mistake(code: str, redirect: Redirect, message: str, hint: str) -> Mistake:
    if redirect.source:
        problem = Problem(code, message, redirect.source, 0, "aliases", hint)
    else:
        field = f"redirects.{redirect.old}"
        problem = Problem(code, message, folders.SETTINGS, 0, field, hint)
    return Mistake(redirect.source, problem, redirect.old)
