"""The site's icons: which there are, and which are made from one picture of static/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from sitegen import urls
from sitegen.config import Config
from sitegen.outputs import Copy, File, Form

ICON = "favicon.ico"
"""Browsers and machines ask for it at the top of a site, whatever pages say."""

_MADE: Mapping[str, Form] = {
    ICON: Form("ico", 32, 32, bare=True),
    # Telephones show what is transparent there as black.
    "apple-touch-icon.png": Form("png", 180, 180, opaque=True, bare=True),
    "icon-192.png": Form("png", 192, 192, bare=True),
    "icon-512.png": Form("png", 512, 512, bare=True),
}
_ROLES = {"small": ICON, "touch": "apple-touch-icon.png", "app": "icon-192.png"}
_ROLES |= {"large": "icon-512.png"}
"""What templates call them."""
_DRAWING = "favicon.svg"
NAMES = frozenset(_MADE)
LEAST = max(form.width for form in _MADE.values())
"""Pixels that a picture must have each way for all icons to be made from it."""


def icons(config: Config, static: Iterable[File]) -> Iterator[Copy]:
    """Those that are made from the picture in the settings; what static/ has itself is as it is."""
    files = {urls.same_place(file.name): file for file in static}
    picture = next((f for f in files.values() if f.name == config.site.icon), None)
    for name, form in _MADE.items() if picture else ():
        if picture and urls.same_place(name) not in files:
            source = f"static/{picture.name}"
            yield Copy(name, picture.path, picture.digest, source, "icons", form)


def icon_urls(
    config: Config, static: Iterable[File], assets: Mapping[str, str], *, alone: bool
) -> dict[str, str]:
    """Role → address; empty where there is none. Those of the theme, if the site has none.

    Beside a page that stands `alone` lies the theme's drawing at most.
    """
    names = {file.name for file in static}
    if not config.site.icon and ICON not in names:
        found = {role: "" if alone else assets.get(name, "") for role, name in _ROLES.items()}
        return {**found, "drawing": assets.get(_DRAWING, "")}
    drawing = str(PurePosixPath(config.site.icon or _DRAWING).with_suffix(".svg"))
    there = names | (_MADE.keys() if config.site.icon else set())
    wanted = {**_ROLES, "drawing": drawing}
    shown = {role: f"/{urls.encode(name)}" for role, name in wanted.items() if name in there}
    return {role: "" if alone else shown.get(role, "") for role in wanted}
