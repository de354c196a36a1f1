"""The picture that social networks show with a link to a page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from jinja2 import pass_context
from jinja2.runtime import Context

from sitegen.model import Json
from sitegen.outputs import crop_key
from sitegen.render.addresses import absolute, elsewhere, looked_up, ref_of
from sitegen.render.shown import pictured, squares

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
    shown = pictured(context, image["src"], item) if image else None
    if not image or not shown:
        return None
    url = elsewhere(context, shown["src"], whole=True)
    return Shown(url, image["alt"], shown["width"], shown["height"], large=True)


def face_of(context: Context, profile: Mapping[str, Json]) -> str:
    """The whole address of a portrait, as large as there is one; empty: there is none."""
    image = profile.get("image")
    cut = squares(context, image, profile) if image else None
    if not cut or not cut["src"]:
        return ""
    return elsewhere(context, cut["set"][-1]["src"] if cut["set"] else cut["src"], whole=True)


def told_of_hero(context: Context, article: Mapping[str, Json]) -> Json:
    """What machines are told of an article's picture beside what it shows; None: nothing."""
    if context["site"]["preview"] or context["page"]["family"] != "articles":
        return None
    image = article["image"]
    ref = ref_of(image["src"], article) if image else None
    return looked_up(context, crop_key("hero", ref["to"], image["focus"])) if ref else None


@pass_context
def social_image(context: Context, item: Mapping[str, Json]) -> Shown | None:
    """The hero of an article, cut to be wide where it can be, else the publisher's emblem.

    Vector drawings and AVIF are passed over: the networks show neither (Open Graph, X cards).
    """
    hero = hero_of(context, item)
    if hero:
        told = told_of_hero(context, item)
        if told and told["crops"]:
            widest = max(told["crops"], key=lambda crop: crop["width"] / crop["height"])
            url = absolute(context, widest["src"])
            return Shown(url, hero.alt, widest["width"], widest["height"], large=True)
        if _is_shown(hero.url):
            return hero
    publisher = context["site"]["publisher"]
    emblem = absolute(context, publisher["logo"])
    return Shown(emblem, publisher["name"]) if emblem and _is_shown(emblem) else None


def _is_shown(url: str) -> bool:
    return PurePosixPath(urlsplit(url).path).suffix.lower() in _SHOWN
