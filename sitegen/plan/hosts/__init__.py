"""The files that tell a host how to serve the others: redirects, headers, types, caches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from sitegen.config import Config
from sitegen.model import Archive, State
from sitegen.outputs import Text
from sitegen.plan.hosts import apache, nginx, pages, s3, underscored
from sitegen.plan.hosts.told import Told
from sitegen.plan.redirects import by_pages, redirects_of


@dataclass(frozen=True, slots=True)
class _Plain:
    """A host that is told nothing."""

    def files(self, told: Told) -> Iterator[Text]:
        yield from ()


class _Host(Protocol):
    def files(self, told: Told) -> Iterator[Text]: ...


_HOSTS: Mapping[str, _Host] = {
    "plain": _Plain(),
    "netlify": underscored.NETLIFY,
    "cloudflare": underscored.CLOUDFLARE,
    "github-pages": pages,
    "s3": s3,
    "nginx": nginx,
    "apache": apache,
}


def files(archive: Archive, config: Config, paths: Iterable[str], policy: str) -> Iterator[Text]:
    """What the host of the settings is told of the outputs at `paths`.

    `policy` is the content security policy of every page.
    """
    told = told_of(archive, config, paths, policy)
    yield from _HOSTS[config.host_settings.target].files(told)


def told_of(archive: Archive, config: Config, paths: Iterable[str], policy: str) -> Told:
    """The rules of a site whose outputs have these `paths`."""
    redirects = redirects_of(archive, config)
    with_pages = set(by_pages(redirects, config.host_settings.target))
    return Told(
        config,
        tuple(redirect for redirect in redirects if redirect not in with_pages),
        tuple(a.url for a, state in archive.notices() if state is State.WITHDRAWN),
        tuple(paths),
        policy,
    )
