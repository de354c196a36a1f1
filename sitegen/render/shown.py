"""Pictures in templates: the elements that let a browser choose among a picture's forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from sitegen.model import Json
from sitegen.outputs import crop_key
from sitegen.render.addresses import absolute, href, looked_up, ref_of
from sitegen.serving import media_type

WIDTH = "100vw"
"""How wide a picture is taken to be where a template does not say: as its window."""
_OWN_WIDTH = re.compile(r'\swidth="(\d+)"')
_MEASURED = re.compile(r"\s(?:width|height)=")


@pass_context
def pictured(context: Context, written: str, item: Mapping[str, Json]) -> Json:
    """What is known of a picture of `item`'s front matter; None: there is none to show.

    `src` with its `width` and `height` in pixels, 0 where nobody knows them, and `sources`: each
    a media `type` and a `set` of addresses and widths, those first that browsers are to prefer.
    """
    ref = ref_of(written, item)
    if ref is None:
        return {"src": written, "width": 0, "height": 0, "sources": ()} if written else None
    shown = looked_up(context, f"picture:{ref['to']}")
    return {**shown, "src": shown["src"] + ref["tail"]} if shown["src"] else None


@pass_context
def picture(
    context: Context,
    image: Mapping[str, Json] | None,
    item: Mapping[str, Json],
    sizes: str = WIDTH,
    alt: str | None = None,
    hero: bool = False,
    whole: bool = False,
) -> Markup:
    """The picture in the front matter of `item` as an element; empty: there is none to show.

    `sizes` says how wide it is shown (HTML, the attribute `sizes`), `alt` what it says in place of
    the author's words. A `hero` is fetched before other pictures, others when readers come near.
    With `whole` it is as feeds need it.
    """
    shown = pictured(context, image["src"], item) if image else None
    if not image or not shown:
        return Markup("")
    words = Markup(' alt="{}"').format(image["alt"] if alt is None else alt)
    if not whole:
        words += Markup(' fetchpriority="high"') if hero else Markup(' loading="lazy"')
    return element(context, shown, words, sizes, whole=whole)


@pass_context
def square(
    context: Context,
    image: Mapping[str, Json] | None,
    item: Mapping[str, Json],
    side: int,
    alt: str | None = None,
    hero: bool = False,
) -> Markup:
    """A portrait as an element `side` pixels wide and high; empty: there is none to show.

    `alt` is what it says in place of the author's words; a `hero` is not waited for.
    """
    cut = squares(context, image, item) if image else None
    if not image or not cut or not cut["src"]:
        return Markup("")
    words = image["alt"] if alt is None else alt
    later = "" if hero else Markup(' loading="lazy"')
    choice = [(each["src"], each["width"]) for each in cut["set"]]
    several = _candidates(context, choice, f"{side}px") if len(choice) > 1 else ""
    return Markup('<img src="{}"{} alt="{}" width="{}" height="{}"{} decoding="async">').format(
        href(context, cut["src"]), several, words, side, side, later
    )


def squares(context: Context, image: Mapping[str, Json], item: Mapping[str, Json]) -> Json:
    """What is cut out of a portrait: its `src`, and a `set`, the smallest first, if it is cut."""
    ref = ref_of(image["src"], item)
    if ref is None:
        return {"src": image["src"], "set": ()}
    return looked_up(context, crop_key("square", ref["to"], image["focus"]))


@pass_context
def measures(context: Context, written: str, item: Mapping[str, Json]) -> Markup:
    """The attributes `width` and `height` of a picture of `item`'s front matter, where known."""
    shown = pictured(context, written, item)
    return _measures(shown) if shown else Markup("")


def element(
    context: Context,
    shown: Mapping[str, Json],
    attributes: Markup,
    sizes: str,
    *,
    tail: str = "",
    whole: bool = False,
) -> Markup:
    """A picture (HTML, `picture` and `img`) with more `attributes`; in feeds its `img` alone."""
    src = (absolute if whole else href)(context, shown["src"] + tail)
    if whole and src.startswith("//"):
        src = f"https:{src}"
    if own := _OWN_WIDTH.search(attributes):
        sizes = f"min({sizes}, {own[1]}px)" if "," not in sizes else f"{own[1]}px"
    size = Markup("") if _MEASURED.search(attributes) else _measures(shown)
    later = Markup("") if whole or "decoding=" in attributes else Markup(' decoding="async"')
    sources = () if whole else shown["sources"]
    plain, best = "", sources
    if sources and sources[-1]["type"] == media_type(shown["src"]):
        plain, best = _candidates(context, sources[-1]["set"], sizes), sources[:-1]
    img = Markup('<img src="{}"{}{}{}{}>').format(src, plain, size, attributes, later)
    if not best:
        return img
    offered = Markup("").join(
        Markup('<source type="{}"{}>').format(
            source["type"], _candidates(context, source["set"], sizes)
        )
        for source in best
    )
    return Markup("<picture>{}{}</picture>").format(offered, img)


def _candidates(context: Context, choice: Iterable[Sequence[Json]], sizes: str) -> Markup:
    """`srcset` and `sizes`: addresses here hold neither spaces nor a comma at their ends."""
    widths = ", ".join(f"{href(context, url)} {width}w" for url, width in choice)
    return Markup(' srcset="{}" sizes="{}"').format(widths, sizes)


def _measures(shown: Mapping[str, Json]) -> Markup:
    if not shown["width"]:
        return Markup("")
    return Markup(' width="{}" height="{}"').format(shown["width"], shown["height"])
