"""Addresses in templates: those of this site, and what the references of texts lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jinja2 import TemplateRuntimeError, pass_context
from jinja2.runtime import Context

from sitegen.model import REF, Json, Key, Ref
from sitegen.outputs import Fetch, Undeclared


@pass_context
def href(context: Context, url: str) -> str:
    """An address of this site as a link on it writes it: with the base path, if there is one."""
    base: str = context["site"]["base_path"]
    return base + url[1:] if _is_ours(url) else url


@pass_context
def absolute(context: Context, url: str) -> str:
    """The whole address, for machines and other sites."""
    base: str = context["site"]["base_url"]
    return base + url[1:] if _is_ours(url) else url


def _is_ours(url: str) -> bool:
    """Whether an address begins at the site's root; `//other.example/` is another host's."""
    return url[:1] == "/" and url[1:2] != "/"


@pass_context
def address(context: Context, written: str, item: Mapping[str, Json], whole: bool = False) -> str:
    """The address of a picture, sound or source of `item`'s front matter; empty: none to show.

    With `whole` it is a whole one, as feeds need it.
    """
    ref = ref_of(written, item)
    if ref is not None:
        return target(context, ref, whole) or ""
    return elsewhere(context, written, whole)


def elsewhere(context: Context, written: str, whole: bool) -> str:
    """The address of what front matter names on this or another host."""
    if whole and written.startswith("//"):
        return f"https:{written}"
    return (absolute if whole else href)(context, written)


@pass_context
def length(context: Context, written: str, item: Mapping[str, Json]) -> int | None:
    """Bytes of the recording of `item`, in a feed; None: nobody knows."""
    ref = ref_of(written, item)
    if ref is None:
        return None
    found: int | None = looked_up(context, f"length:{ref['to']}")
    return found


def ref_of(written: str, item: Mapping[str, Json]) -> Ref | None:
    """The reference of `item` that is written; None: an address stands there."""
    if not written.startswith(REF):
        return None
    return numbered(int(written.removeprefix(REF)), item)


def numbered(number: int, item: Mapping[str, Json]) -> Ref:
    """A reference of `item`. Raises TemplateRuntimeError where it is of something else."""
    refs: Sequence[Ref] = item["links"] if isinstance(item, dict) and "links" in item else ()
    if number >= len(refs):
        message = "in the brackets must stand what this is of: the article, page, card or profile"
        raise TemplateRuntimeError(message)
    return refs[number]


def target(context: Context, ref: Ref, whole: bool = False) -> str | None:
    """Where a reference leads; None: nowhere that readers can see."""
    url: str | None
    try:
        url = looked_up(context, f"link:{ref['to']}")
    except TemplateRuntimeError:  # nothing links to it, but it is shown as a picture
        url = looked_up(context, f"picture:{ref['to']}")["src"]
    if url is None:
        return None
    return (absolute if whole else href)(context, url) + ref["tail"]


def looked_up(context: Context, key: Key) -> Json:
    """A fact of the page's; a part has no page. Raises TemplateRuntimeError."""
    if "_fetch" not in context:
        raise TemplateRuntimeError("a part cannot look up addresses; use include in its place")
    fetch: Fetch = context["_fetch"]
    try:
        return fetch(key)
    except Undeclared:
        named = key.split(":", 2)[2]
        raise TemplateRuntimeError(
            f"this page has not asked where “{named}” is: of cards, only those in home's lead and "
            "in the lists of theme.toml bring their pictures along"
        ) from None
