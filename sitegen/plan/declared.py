"""Lists of articles and data files that a theme or a standing page asks for by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sitegen.model import Archive, Article, Edit, Json, Key, ListingId
from sitegen.outputs import Need
from sitegen.plan.listings import pictures, summaries


def declared_needs(
    archive: Archive, lang: str, lists: Mapping[str, Mapping[str, Json]], data: Iterable[str]
) -> list[Need]:
    """The needs behind `lists.<name>` and `data.<name>`."""
    needs: list[Need] = []
    for name, wish in lists.items():
        articles = _newest(archive, lang, wish)
        needs += [(f"lists.{name}", summaries(articles)), pictures(articles)]
    return needs + [(f"data.{name}", f"data:{name}") for name in data]


def may_change(archive: Archive, wish: Mapping[str, Json], edits: Iterable[Edit]) -> bool:
    """Whether a list may have other articles after some edits, or the same ones otherwise."""
    newest: dict[str, Sequence[Article]] = {}
    for article in (article for edit in edits for article in edit.both):
        lang = article.lang
        if _fits(archive, article, wish["type"], _keys(_named(lang, wish))):
            found = newest.get(lang) or newest.setdefault(lang, _newest(archive, lang, wish))
            if len(found) < wish["limit"] or article.date >= found[-1].date:
                return True
    return False


def _newest(archive: Archive, lang: str, wish: Mapping[str, Json]) -> Sequence[Article]:
    """The newest articles that are of everything the wish names."""
    ids, kind = list(_named(lang, wish)), wish["type"]
    groups = [archive.listings().get(id, ()) for id in ids]
    if kind:
        groups.append(archive.of_type(lang, kind))
    alone, keys = len(groups) < 2, _keys(ids)
    found: list[Article] = []
    for article in reversed(min(groups, key=len) if groups else archive.live(lang)):
        if len(found) == wish["limit"]:
            break
        if alone or _fits(archive, article, kind, keys):
            found.append(article)
    return found


def _fits(archive: Archive, article: Article, kind: str, keys: frozenset[Key]) -> bool:
    """Whether an article is of a type, if one is named, and listed under all of some terms."""
    of_type = kind in ("", article.type)
    return of_type and (not keys or keys.issubset(archive.terms(article)))


def _keys(ids: Iterable[ListingId]) -> frozenset[Key]:
    return frozenset(f"term:{id.kind}:{id.slug}:{id.lang}" for id in ids)


def _named(lang: str, wish: Mapping[str, Json]) -> Iterator[ListingId]:
    """The listings that a wish names."""
    named = [(kind, wish[kind]) for kind in ("section", "tag", "author")]
    for kind, slug in (*named, *wish["taxonomy"].items()):
        if slug:
            yield ListingId(lang, kind, slug)
