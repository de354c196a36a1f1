"""Taxonomies of other systems: what they are called here, and what settings they need."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from sitegen import urls
from sitegen.importers.things import Event, Loss, Setting, Wishes
from sitegen.read.holding import holding
from sitegen.read.names import meanings
from sitegen.settings import TAKEN, FrontMatterSettings

OUR_PATTERN = "/{name}/{{slug}}/"


def names_here(
    names: Iterable[str], wishes: Wishes, languages: Collection[str]
) -> Mapping[str, str]:
    """Name there → name here, of those that the site has or will have.

    A name is a field of front matter, a folder of content/ and a part of addresses.
    """
    found: dict[str, str] = {}
    for name in names:
        here = _usable(name, languages)
        known = wishes.settings_hold or here in wishes.taxonomies
        if here and known:
            found[name] = here
    return found


def _usable(name: str, languages: Collection[str]) -> str:
    here = urls.slug_of(name)
    key = here.replace("-", "_")
    meant = key in meanings(FrontMatterSettings(), ()) or key == "categories"
    taken = here in TAKEN or here in languages or here.isdecimal()
    try:
        urls.check_segment(here)
    except ValueError:
        return ""
    return "" if meant or taken or holding(key, "-") is not None else here


def settings_for(
    found: Mapping[str, str], names: Iterable[str], patterns: Mapping[str, str]
) -> Iterator[Event]:
    """Settings for all `names`; those that are not `found` have no place until they are written.

    `patterns`: name there → the address of its terms there.
    """
    for name in names:
        here = found.get(name) or _usable(name, ())
        if not here:
            yield Loss("taxonomy", "all articles", f"“{name}” means something else here")
            continue
        yield Setting(("taxonomies", here, "title"), name.replace("_", " ").capitalize())
        if (pattern := patterns.get(name, "")) and pattern != pattern_of(here):
            yield Setting(("taxonomies", here, "url"), pattern)
        if name not in found:
            yield Loss("taxonomy", "all articles", f"[taxonomies.{here}]")


def pattern_of(name: str) -> str:
    """The address of the terms of one here, unless settings say otherwise."""
    return OUR_PATTERN.format(name=name)
