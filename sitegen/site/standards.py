"""What is no mistake of the settings, but keeps machines from finding or trusting a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen.config import FILE, Config
from sitegen.errors import Problem, counted
from sitegen.instants import shown
from sitegen.model import Document, Moment
from sitegen.plan.home import ends
from sitegen.validation import line_of

_DAY = 86400
SOON = 30 * _DAY
"""Seconds before security.txt expires from which builds say so."""
YEAR = 366 * _DAY
"""RFC 9116 asks for less than a year, because nobody looks after what lasts longer."""


def unfound(config: Config, moment: Moment, folder: Path) -> Iterator[Problem]:
    """Files at fixed addresses that nobody will look for, and a security.txt that is too old.

    Nothing of this changes a byte of the output, so no build is due when it begins to be true.
    """
    if moment.preview:
        return
    text = (folder / FILE).read_text(encoding="utf-8-sig")
    if config.base_path != "/":
        message = (
            f"the site is below {config.base_path}, and robots.txt, security.txt and sitemaps are "
            "looked for at the top of a host only"
        )
        hint = (
            "name the sitemap in the robots.txt at the top of the host, and to search engines "
            "by hand; or give the site a host name of its own"
        )
        line = line_of(text, ("site", "base_url"))
        yield Problem("base-path", message, FILE, line, "site.base_url", hint)
    if config.security.contact and (message := _age(config, moment)):
        line = line_of(text, ("security", "expires"))
        hint = "look whether the contacts still hold, and write a date within the next year"
        yield Problem("security-expires", message, FILE, line, "security.expires", hint)


def words_due(config: Config, documents: Iterable[Document], now: int) -> int | None:
    """When builds begin to say something else though no output does: the next such instant.

    That is how soon security.txt expires, and that a choice for home has ended.
    """
    instants: set[int] = set()
    if config.security.contact:
        last = config.security.ends
        instants |= {last - YEAR, *(last - days * _DAY for days in range(SOON // _DAY + 1))}
    for document in documents:
        if document.kind == "front":
            instants.update(*(ends(picks) for picks in document.facts.values()))
    return min((instant for instant in instants if instant > now), default=None)


def _age(config: Config, moment: Moment) -> str:
    left = config.security.ends - moment.now
    day = shown(config.security.ends, config.site.timezone)
    if left <= 0:
        return f"security.txt expired on {day}: nobody may trust it now"
    if left <= SOON:
        return f"security.txt expires in {counted(-(-left // _DAY), 'day')}, on {day}"
    if left > YEAR:
        return f"security.txt expires on {day}, which is more than a year away"
    return ""
