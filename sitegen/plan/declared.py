"""Lists of articles and data files that a theme or a standing page asks for by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sitegen.model import Archive, Article, Json, ListingId
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


def _newest(archive: Archive, lang: str, wish: Mapping[str, Json]) -> Sequence[Article]:
    """The newest articles that are in every listing the wish names."""
    named = [("section", wish["section"]), ("tag", wish["tag"]), ("author", wish["author"])]
    named += list(wish["taxonomy"].items())
    ids = [ListingId(lang, kind, slug) for kind, slug in named if slug]
    groups = sorted((archive.listings().get(id, ()) for id in ids), key=len)
    members: Sequence[Article] = groups[0] if groups else archive.live(lang)
    others = [{article.source for article in group} for group in groups[1:]]
    found: list[Article] = []
    for article in reversed(members):
        if len(found) == wish["limit"]:
            break
        of_type = not wish["type"] or article.type == wish["type"]
        if of_type and all(article.source in other for other in others):
            found.append(article)
    return found
