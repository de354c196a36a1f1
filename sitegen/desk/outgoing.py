"""Links to other sites: which of them no longer lead anywhere, and which have moved for good."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.desk.answers import Answer, Answers, Kind
from sitegen.desk.manners import Manners
from sitegen.errors import At, Misuse, Problem
from sitegen.model import Progress, Show

if TYPE_CHECKING:
    from sitegen.desk.enquiry import Enquirer

Where = tuple[str, At]
"""A source, and the place in it."""

_ON_THE_WEB = re.compile(r"//|https?:", re.IGNORECASE)
_WORDS: Mapping[Kind, str] = {
    "name": "there is no such host",
    "silent": "nothing answers there",
    "broken": "the connection breaks off",
    "tls": "no secure connection can be made",
    "private": "readers cannot reach a private network",
    "address": "that is no address",
}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What looking at links to other sites gave."""

    problems: Sequence[Problem]
    """One for each place of each link, in the order in which they were given."""
    asked: int
    """Addresses that were asked for; those of the others were known."""
    left: int
    """Addresses that were not reached in time; the next check goes on with them."""


def check_outgoing(
    links: Iterable[tuple[str, Sequence[Where]]],
    state: Path,
    now: int,
    show: Show,
    manners: Manners | None = None,
) -> Outgoing:
    """Ask for each address of `links`, unless its answer is known from the last days.

    Answers are kept in `state`; `now` is in seconds since 1970. Fragments are not looked at, and
    what does not begin with http:, https: or // is passed over.

    Raises Misuse where the library for it is not installed.
    """
    try:
        from sitegen.desk.enquiry import Enquirer
    except ModuleNotFoundError as error:
        message = f"to look at links to other sites, sitegen needs a further package ({error.name})"
        hint = 'install it: pip install "sitegen[links]"'
        raise Misuse(Problem("outgoing-tools", message, hint=hint)) from None
    manners = manners or Manners()
    places = [(url, found) for url, found in links if _ON_THE_WEB.match(url)]
    answers = Answers(state, now)
    addresses = dict.fromkeys(_address(url) for url, _ in places)
    wanted = [address for address in addresses if answers.get(address) is None]
    try:
        asyncio.run(_ask_all(Enquirer(manners), wanted, answers, manners.total, show))
    finally:
        answers.save()
    problems = [
        problem
        for url, found in places
        if (answer := answers.get(_address(url))) is not None and answer.kind != "good"
        for problem in _problems(url, answer, found)
    ]
    left = sum(answers.get(address) is None for address in wanted)
    return Outgoing(problems, len(wanted) - left, left)


def _address(url: str) -> str:
    """What is asked for: without a fragment, and securely where the author left that open."""
    address = url.partition("#")[0]
    return f"https:{address}" if address.startswith("//") else address


async def _ask_all(
    enquirer: Enquirer,
    wanted: Sequence[str],
    answers: Answers,
    total: float,
    show: Show,
) -> None:
    """Ask for as many addresses as `total` seconds allow."""
    done = 0

    async def ask(address: str) -> None:
        nonlocal done
        answers.put(address, await enquirer.ask(address))
        done += 1
        show(Progress("links", done, len(wanted)))

    async with enquirer:
        with suppress(TimeoutError):
            async with asyncio.timeout(total), asyncio.TaskGroup() as group:
                for address in wanted:
                    group.create_task(ask(address))


def _problems(url: str, answer: Answer, places: Iterable[Where]) -> Iterator[Problem]:
    for source, (line, column) in places:
        if answer.kind == "moved":
            message, hint = f"{url} has moved for good", f"write {answer.detail} instead"
            yield Problem("outgoing-moved", message, source, line, "", hint, column)
        elif answer.kind in ("shy", "loop"):
            how = f"it answers {answer.status}" if answer.status else "it sends them in a circle"
            message = f"{url} does not let programs look at it ({how})"
            hint = "open it in a browser to see whether it still works"
            yield Problem("outgoing-unsure", message, source, line, "", hint, column)
        else:
            message = f"it links to {url}: {_reason(answer)}"
            hint = "correct the address, link to an archive's copy, or remove the link"
            yield Problem("outgoing-broken", message, source, line, "", hint, column)


def _reason(answer: Answer) -> str:
    """What readers meet there."""
    if answer.status in (404, 410):
        return f"there is no such page any more (it answers {answer.status})"
    if answer.kind == "status":
        return f"it answers with an error ({answer.status})"
    words = _WORDS[answer.kind]
    return f"{words} ({answer.detail})" if answer.detail else words
