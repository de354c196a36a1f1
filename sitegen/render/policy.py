"""The content security policy of every page: the site itself, and what the settings let through."""

from __future__ import annotations

from urllib.parse import urlsplit

from sitegen.config import Config

_OWN = (
    "script-src",
    "style-src",
    "img-src",
    "media-src",
    "font-src",
    "connect-src",
    "manifest-src",
    "form-action",
)
"""What pages load from the site's own host; everything else is refused."""
_LOADED = ("script-src", "style-src", "img-src", "media-src", "font-src")
"""Of those what lies in files."""


def security_policy(config: Config, *, on_disk: bool = False) -> str:
    """The policy (W3C Content Security Policy, level 3), as a page's `meta` element holds it.

    There is no inline script or style in it: themes have neither. A page that is opened `on_disk`
    may load files, which browsers do not take for the site itself, and asks nobody for headlines.
    """
    allowed: dict[str, list[str]] = {"default-src": ["'none'"]}
    allowed |= {directive: ["'self'"] for directive in _OWN}
    if on_disk:
        allowed |= {directive: ["'self'", "file:"] for directive in _LOADED}
        del allowed["connect-src"]
    actions = (config.newsletter.action, config.support.action, config.search.action)
    allowed["form-action"] += [_origin(action) for action in actions if "://" in action]
    if config.embeds.hosts:
        allowed["frame-src"] = [f"https://{host}" for host in config.embeds.hosts]
    if config.images.base_url:
        allowed["img-src"].append(_origin(config.images.base_url))
    for directive, sources in config.csp.items():
        allowed.setdefault(directive, []).extend(sources)
    allowed["base-uri"] = ["'none'"]
    return "; ".join(
        f"{directive} {' '.join(dict.fromkeys(sources))}" for directive, sources in allowed.items()
    )


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
