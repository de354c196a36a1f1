"""Lists of articles and data files that a theme or a standing page asks for by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sitegen.model import Archive, Article, Edit, Json, ListingId
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
    return any(_may_have(archive, wish, article) for edit in edits for article in edit.both)


def _may_have(archive: Archive, wish: Mapping[str, Json], article: Article) -> bool:
    """Whether an article is in a list, or was perhaps before it was edited."""
    if not _fits(archive, wish, article):
        return False
    newest = _newest(archive, article.lang, wish)
    return len(newest) < wish["limit"] or article.date >= newest[-1].date


def _newest(archive: Archive, lang: str, wish: Mapping[str, Json]) -> Sequence[Article]:
    """The newest articles that are of everything the wish names."""
    groups = [archive.listings().get(id, ()) for id in _named(lang, wish)]
    if wish["type"]:
        groups.append(archive.of_type(lang, wish["type"]))
    found: list[Article] = []
    for article in reversed(min(groups, key=len) if groups else archive.live(lang)):
        if len(found) == wish["limit"]:
            break
        if _fits(archive, wish, article):
            found.append(article)
    return found


def _fits(archive: Archive, wish: Mapping[str, Json], article: Article) -> bool:
    keys = {f"term:{id.kind}:{id.slug}:{id.lang}" for id in _named(article.lang, wish)}
    return wish["type"] in ("", article.type) and keys.issubset(archive.terms(article))


def _named(lang: str, wish: Mapping[str, Json]) -> Iterator[ListingId]:
    """The listings that a wish names."""
    named = [(kind, wish[kind]) for kind in ("section", "tag", "author")]
    for kind, slug in (*named, *wish["taxonomy"].items()):
        if slug:
            yield ListingId(lang, kind, slug)
