"""What the real host would answer to a request: a page, a file, the way to another, or a 404."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from sitegen import urls
from sitegen.outputs import Copy, Output
from sitegen.plan.hosts.told import Told
from sitegen.serve.edition import Edition
from sitegen.serving import for_hosts, media_type, rule_of

_WITH_410 = frozenset({"apache", "nginx"})
"""Hosts that say of a withdrawn article that it is gone, with its notice as the page of that."""
_UNASKED = "no-cache"
"""A browser asks each time whether what it has is still what is there."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, before its bytes are made."""

    status: int
    output: Output | None = None
    """What its bytes are; None: it has none."""
    headers: Mapping[str, str] = field(default_factory=dict)
    keeps_query: bool = False
    """Whether what stands after “?” in the request belongs to where it leads."""

    @property
    def is_page(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")


def answer_to(edition: Edition, path: str) -> Answer:
    """What there is at a `path`, decoded, as it stands in the request: `/2026/11/storm/`.

    Base path, trailing slash, redirects, the 404 of each language: as hosts are told of them.
    """
    base = unquote(edition.config.base_path)
    if not path.startswith(base):
        if path in ("/", base[:-1]):
            # The site itself is not there: this is our courtesy.
            return _lead_to(urls.encode(base), 302)
        return Answer(404)
    path = path[len(base) :]
    file = urls.path_of(f"/{urls.encode(path)}")
    output = edition.output_at(file)
    if output is not None and not for_hosts(file):
        return _made(output, _status(edition, output), edition.told)
    if path and not path.endswith("/") and edition.output_at(f"{path}/index.html"):
        return replace(_lead_to(f"{urls.encode(base + path)}/"), keeps_query=True)
    if new := _moved(edition.told, base + path):
        return _lead_to(new)
    return _not_found(edition, path, 410 if _is_gone(edition.told, base + path) else 404)


def _made(output: Output, status: int, told: Told) -> Answer:
    headers = {
        **told.headers,
        "Content-Type": media_type(output.path),
        "Cache-Control": _UNASKED,
    }
    if isinstance(output, Copy) and output.form:
        headers["Cache-Control"] = "public, max-age=31536000, immutable"
    rule = rule_of(output.path, fingerprint=told.config.assets.fingerprint)
    if rule and rule.shared:
        headers["Access-Control-Allow-Origin"] = "*"
    return Answer(status, output, headers)


def _status(edition: Edition, output: Output) -> int:
    if output.path.endswith("404.html") and output.family == "standing":
        return 404
    gone = edition.config.host_settings.target in _WITH_410 and output.family == "articles"
    return 410 if gone and urls.url_of(output.path) in edition.told.withdrawn else 200


def _lead_to(address: str, status: int = 301) -> Answer:
    # Browsers would remember it, and go there when another site is served from this address.
    return Answer(status, None, {"Location": address, "Cache-Control": "no-store"})


def _moved(told: Told, path: str) -> str:
    """Where the redirects lead from an address, those of single addresses first; else nothing."""
    for redirect in told.single():
        if path in _forms(told.path(redirect.old)):
            return told.location(redirect.new)
    for redirect in told.below():
        old = told.path(redirect.old)
        if path.startswith(old):
            rest = urls.encode(path[len(old) :]) if redirect.new.endswith("*") else ""
            return told.location(redirect.new) + rest
    return ""


def _is_gone(told: Told, path: str) -> bool:
    """Whether the redirects say that what was at an address was removed for good."""
    for redirect in told.gone():
        old = told.path(redirect.old)
        if path.startswith(old) if redirect.below else path in _forms(old):
            return True
    return False


def _forms(old: str) -> tuple[str, str]:
    """A folder's address, and that without its slash."""
    return old, old.rstrip("/")


def _not_found(edition: Edition, path: str, status: int) -> Answer:
    for file in _pages_for_nothing(edition, path):
        if output := edition.output_at(file):
            return _made(output, status, edition.told)
    return Answer(status)


def _pages_for_nothing(edition: Edition, path: str) -> Iterator[str]:
    """The 404 of the language that an address is in, else of the site's."""
    config = edition.config
    first = path.partition("/")[0]
    if first in config.languages:
        yield f"{first}/404.html"
    yield "404.html"
