"""How much a host takes, and how near a site is to it; what would make it smaller.

The numbers are the hosts' own, as of November 2026: developers.cloudflare.com/pages/platform,
docs.github.com/pages, docs.netlify.com/routing/redirects, docs.aws.amazon.com/AmazonS3.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from sitegen import folders
from sitegen.config import Config
from sitegen.errors import Problem, counted
from sitegen.outputs import File, Output, Page, Text
from sitegen.plan.copies import of_content, used
from sitegen.renditions import ratio_of

NEAR = 90
"""Percent of a limit from which a build warns."""


class Budget(NamedTuple):
    """What a host takes; 0 where it has no limit that is known."""

    files: int = 0
    bytes: int = 0
    """Of all files."""
    largest: int = 0
    """Bytes of one file."""


BUDGETS: Mapping[str, Budget] = {
    "cloudflare": Budget(files=20_000, largest=25 * 2**20),
    "github-pages": Budget(bytes=10**9),
}
_HEADER_RULES, _HEADER_LINE = 100, 2_000
_LINES = {"cloudflare": (2_000, "static redirects"), "netlify": (10_000, "redirects")}


def budget_of(config: Config) -> Budget:
    """What the host of the settings takes; a plan of the user's may take more files."""
    budget = BUDGETS.get(config.host_settings.target, Budget())
    return budget._replace(files=config.host_settings.max_files or budget.files)


def in_numbers(
    outputs: Collection[Output], config: Config, content: Mapping[str, File]
) -> Iterator[Problem]:
    """Warnings of what can be counted before anything is rendered, of the files in `content`."""
    most, target = budget_of(config).files, config.host_settings.target
    if is_near(len(outputs), most):
        message = f"the site has {len(outputs):,} files, and {target} takes {most:,}"
        yield _warning(message, _savings(outputs, config, content) or "a larger plan may take more")
    if target == "plain":
        return
    texts = {output.path: output.text for output in outputs if isinstance(output, Text)}
    yield from _too_many_redirects(texts, target)
    yield from _headers(texts.get("_headers", ""), target)


def in_bytes(
    sizes: Iterable[tuple[str, int]], config: Config, others: int = 0
) -> Iterator[Problem]:
    """Warnings of what is known once everything is rendered: (path, bytes) of every file.

    There are `others`, of so many bytes together, of which there is nothing to say.
    """
    budget, target = budget_of(config), config.host_settings.target
    total = others
    for path, size in sizes:
        total += size
        if is_near(size, budget.largest):
            message = f"{path} has {_mega(size)} MB, and {target} takes {_mega(budget.largest)} MB"
            yield _warning(message, "make it smaller, or keep it elsewhere and link to it")
    if is_near(total, budget.bytes):
        message = f"the site has {_mega(total)} MB, and {target} takes {_mega(budget.bytes)} MB"
        yield _warning(message, "keep large pictures and recordings elsewhere, or change the host")


def is_near(number: int, most: int) -> bool:
    """Whether a number is as near to a limit, if there is one, that a build warns of it."""
    return bool(most) and number * 100 >= most * NEAR


def _mega(size: int) -> str:
    return f"{size / 1e6:,.1f}"


def _warning(message: str, hint: str) -> Problem:
    return Problem("host-limit", message, folders.SETTINGS, 0, "host.target", hint)


def _savings(outputs: Iterable[Output], config: Config, content: Mapping[str, File]) -> str:
    """The settings that would free files, each with its number."""
    months: Counter[str] = Counter()
    feeds: Counter[str] = Counter()
    twins = 0
    for output in outputs:
        if output.family == "twins":
            twins += 1
        elif isinstance(output, Page) and output.family == "feeds":
            feeds[output.values["kind"]] += 1
        elif isinstance(output, Page) and _is_month(output):
            months[output.values["kind"]] += 1
    ways = [(twins, "[build] precompress = []")]
    ways += [
        (n, f'[feeds.listings] {kind} = "none"') for kind, n in feeds.items() if kind != "site"
    ]
    ways += _fewer_pictures(outputs, config, content)
    for kind, number in months.items():
        ways.append((number, f'[listings.periods] {kind} = "year"'))
    found = [f"{way} frees {counted(n, 'file')}" for n, way in sorted(ways, reverse=True) if n]
    return "; ".join(found[:4])


def _fewer_pictures(
    outputs: Iterable[Output], config: Config, content: Mapping[str, File]
) -> Iterator[tuple[int, str]]:
    """Settings of pictures with one width or format less, or one crop alone, and what each frees.

    They are planned with each: a small picture has one width, and has no crops, whatever is set.
    """
    shown = used((output for output in outputs if isinstance(output, Page)), content)
    now = sum(1 for _ in of_content(shown, config, content))
    images = config.images
    fewer: dict[str, Sequence[int | str]] = {
        "widths": _without_likest(images.widths),
        "formats": images.formats[:-1],
        # Social networks are shown the widest.
        "crops": sorted(images.crops, key=ratio_of)[-1:] if len(images.crops) > 1 else (),
    }
    for name, value in fewer.items():
        # Without any width pictures would be published as they are, wherever they were taken.
        if value != getattr(images, name) and (value or name != "widths"):
            less = config.model_copy(update={"images": images.model_copy(update={name: value})})
            left = sum(1 for _ in of_content(shown, less, content))
            yield now - left, f"[images] {name} = {json.dumps(list(value))}"


def _without_likest(widths: Sequence[int]) -> Sequence[int]:
    """Without the width that is nearest to the next larger one, which then stands in for it."""
    pairs = list(pairwise(sorted(widths)))
    likest = min(pairs, key=lambda pair: pair[1] / pair[0])[0] if pairs else 0
    return tuple(width for width in widths if width != likest)


def _is_month(page: Page) -> bool:
    return page.family == "listings" and "-" in page.values.get("period", "")


def _too_many_redirects(texts: Mapping[str, str], target: str) -> Iterator[Problem]:
    lines = texts.get("_redirects", "").splitlines()
    below = sum(1 for line in lines if "* " in line)
    left = texts.get("_host/bulk-redirects.csv", "").count("\n")
    most, what = _LINES.get(target, (0, ""))
    if left:
        message = f"{target} takes {most:,} {what}: {left:,} more are not in _redirects"
        hint = (
            "import _host/bulk-redirects.csv into a list for Bulk Redirects, and switch it on "
            "with a rule; see docs/settings.md"
        )
        yield _warning(message, hint)
    elif is_near(len(lines) - below, most):
        message = f"there are {len(lines) - below:,} {what}, and {target} takes {most:,}"
        yield _warning(message, "lead from what lies below one address with one rule: “*”")
    rules = texts.get("_host/s3-routing-rules.json", "").count('"Condition"')
    for number, limit, name in ((rules, 50, "s3"), (below, 100, "cloudflare")):
        if target == name and is_near(number, limit):
            message = f"there are {number:,} redirects with “*”, and {target} takes {limit:,}"
            yield _warning(message, "write single addresses, or fewer and shorter beginnings")


def _headers(text: str, target: str) -> Iterator[Problem]:
    rules = sum(1 for line in text.splitlines() if line.startswith("/"))
    if is_near(rules, _HEADER_RULES):
        message = f"_headers has {rules:,} rules, and {target} takes {_HEADER_RULES:,}"
        yield _warning(message, "let listings lie in fewer different depths of folders: [urls]")
    longest = max(map(len, text.splitlines()), default=0)
    if is_near(longest, _HEADER_LINE):
        message = f"_headers has a line of {longest:,} characters, and hosts take {_HEADER_LINE:,}"
        yield _warning(message, "let fewer sources through in [csp]")
