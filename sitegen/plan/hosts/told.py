"""What every host is told, before it is written in the host's own form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from sitegen import serving, urls
from sitegen.config import Config
from sitegen.plan.redirects import Redirect


@dataclass(frozen=True, slots=True)
class Told:
    """The rules of a site."""

    config: Config
    redirects: tuple[Redirect, ...]
    """Those that no page stands for."""
    withdrawn: tuple[str, ...]
    """The addresses of notices about withdrawn articles."""
    paths: tuple[str, ...]
    """Of all outputs but the host's own."""
    policy: str

    @property
    def base(self) -> str:
        """The path that the site is published under, without its last slash."""
        return self.config.base_path[:-1]

    @property
    def places(self) -> list[serving.Place]:
        """Where the files lie that have rules of their own."""
        return serving.places(self.paths, fingerprint=self.config.assets.fingerprint)

    @property
    def headers(self) -> dict[str, str]:
        """What every answer says. Only a header can forbid frames (CSP3, 6.4.2)."""
        return {
            "Content-Security-Policy": f"{self.policy}; frame-ancestors 'self'",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
        }

    def single(self) -> list[Redirect]:
        """Redirects of one address to another."""
        return [r for r in self.redirects if not r.below and not r.gone]

    def below(self) -> list[Redirect]:
        """Redirects of all that is below an address."""
        return [r for r in self.redirects if r.below and not r.gone]

    def gone(self) -> list[Redirect]:
        """What was removed for good."""
        return [r for r in self.redirects if r.gone]

    def location(self, new: str) -> str:
        """What a redirect leads to, percent-encoded, without “*”: a path, or a whole address."""
        new = new.removesuffix("*")
        return f"{self.base}{new}" if new.startswith("/") else encoded(new)

    def path(self, old: str) -> str:
        """An old address as a server sees it: decoded, with the base path, without “*”."""
        return unquote(self.base) + unquote(old.removesuffix("*"))

    def patterns(self) -> dict[str, serving.Rule]:
        """Regular expression (PCRE) of decoded paths → what is said of the files it matches."""
        base = regex(unquote(self.base))
        found: dict[str, serving.Rule] = {}
        for place in self.places:
            if place.rule.name:
                found[rf"^{base}/(?:.+/)?{regex(place.rule.name)}$"] = place.rule
            elif place.rule.whole:
                found[f"^{base}{regex(place.folder)}"] = place.rule
            else:
                found[rf"^{base}{regex(place.folder)}[^/]+\.xml$"] = place.rule
        return found

    def not_found(self) -> list[tuple[str, str]]:
        """(what addresses of a language begin with, its page for what is not there)."""
        base = self.base
        prefixes = [self.config.prefix(lang) for lang in self.config.all_languages]
        return [(f"{base}{prefix}/", f"{base}{prefix}/404.html") for prefix in prefixes]


def regex(text: str) -> str:
    """A text as PCRE, safe between double quotes and between “#”."""
    return re.sub(r"([\\.^$|?*+(){}\[\]#])", r"\\\1", text)


def encoded(address: str) -> str:
    """A whole address with nothing in it that a rule's line could be broken by."""
    parts = urlsplit(address)
    path = urls.encode(unquote(parts.path))
    rest = (quote(part, safe="=&;%+:/?@!,-._~") for part in (parts.query, parts.fragment))
    return urlunsplit((parts.scheme, parts.netloc, path, *rest))
