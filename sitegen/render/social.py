"""The picture that social networks show with a link to a page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from jinja2 import pass_context
from jinja2.runtime import Context

from sitegen.model import Json
from sitegen.render.links import absolute, address, size_of

_SHOWN = frozenset({"", ".gif", ".jpeg", ".jpg", ".png", ".webp"})
"""The formats that the networks show; an address may have no suffix and be a picture still."""


class Shown(NamedTuple):
    """A picture by its whole address. Pixels are 0 where nobody knows them."""

    url: str
    alt: str = ""
    width: int = 0
    height: int = 0
    large: bool = False
    """Whether it fills the width of what is shown; the site's own emblem is a small square."""


def hero_of(context: Context, item: Mapping[str, Json]) -> Shown | None:
    """The picture of an article or profile; None: there is none to show."""
    image = item.get("image")
    if not image:
        return None
    url = address(context, image["src"], item, whole=True)
    if not url:
        return None
    width, height = size_of(context, image["src"], item) or (0, 0)
    return Shown(url, image["alt"], width, height, large=True)


@pass_context
def social_image(context: Context, item: Mapping[str, Json]) -> Shown | None:
    """The hero of an article, else the publisher's emblem.

    Vector drawings and AVIF are passed over: the networks show neither (Open Graph, X cards).
    """
    # The 1200 by 630 crop of the hero belongs here, once there are crops.
    hero = hero_of(context, item)
    if hero and _is_shown(hero.url):
        return hero
    publisher = context["site"]["publisher"]
    emblem = absolute(context, publisher["logo"])
    return Shown(emblem, publisher["name"]) if emblem and _is_shown(emblem) else None


def _is_shown(url: str) -> bool:
    return PurePosixPath(urlsplit(url).path).suffix.lower() in _SHOWN
