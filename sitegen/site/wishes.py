"""Lists and data that a theme's templates and standing pages ask for; what is odd in that."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from sitegen.config import Config
from sitegen.errors import Mistake, Problem, did_you_mean
from sitegen.model import TYPES, Document, Json
from sitegen.plan import Wish
from sitegen.render.theme import Theme

ALWAYS = ("home.html", "standing.html", "404.html")
"""Templates whose pages are all planned anew where articles were edited and they list some."""


def reach_far(wishes: Mapping[str, Wish]) -> bool:
    """Whether lists may be on all pages of an archive: where there are such, a build warns.

    `site.templates` sees which pages are such; no article may have one of these few templates.
    """
    few = (*ALWAYS, "front.html")
    return any(wish.lists for template, wish in wishes.items() if template not in few)


def wishes_of(theme: Theme) -> dict[str, Wish]:
    """What the theme declares, by the template that it is for."""
    settings = theme.settings
    templates = {name for wish in settings.lists.values() for name in wish.templates}
    templates |= {name for wish in settings.data.values() for name in wish.templates}
    wishes: dict[str, Wish] = {}
    for template in sorted(templates):
        lists = {
            name: wish.model_dump(exclude={"templates"})
            for name, wish in settings.lists.items()
            if template in wish.templates
        }
        data = [name for name, wish in settings.data.items() if template in wish.templates]
        wishes[template] = Wish(lists, data)
    return wishes


def data_names(documents: Iterable[Document], wishes: Mapping[str, Wish]) -> set[str]:
    """The data files that are asked for anywhere."""
    names = {name for wish in wishes.values() for name in wish.data}
    pages = (document for document in documents if document.kind == "page")
    return names | {name for page in pages for name in page.facts["data"]}


class Names(NamedTuple):
    """What a list may name; a tag or an author without an article yet is no mistake."""

    section: frozenset[str]
    type: frozenset[str]
    taxonomy: frozenset[str]

    def unknown(self, wish: Mapping[str, Json]) -> Iterator[tuple[str, str, str, str]]:
        """(key, what it says, what is wrong, hint) of each name that there is not."""
        said = [("section", wish["section"]), ("type", wish["type"])]
        said += [("taxonomy", kind) for kind in wish["taxonomy"]]
        for key, name in said:
            known: frozenset[str] = getattr(self, key)
            if name and name not in known:
                all_known = ", ".join(sorted(known)) or "none in the settings"
                hint = did_you_mean(name, known) or f"there are {all_known}"
                word = "type of article" if key == "type" else key
                yield key, name, f"there is no {word} called “{name}”", hint


def names_of(config: Config, sections: Collection[str]) -> Names:
    """The sections of the settings and of articles, the types and the taxonomies."""
    return Names(
        frozenset({*sections, *config.sections}),
        frozenset({*TYPES, *config.types}),
        frozenset(config.taxonomies),
    )


def unknown_in_theme(theme: Theme, names: Names) -> Iterator[Problem]:
    """Lists of the theme that name what there is not: they would be empty for ever."""
    for name, wish in theme.settings.lists.items():
        for key, _, message, hint in names.unknown(wish.model_dump()):
            keys = ("lists", name, key)
            source, line = theme.places[name].place(*keys)
            yield Problem("theme", message, source, line, ".".join(keys), hint)


def unknown_in_pages(
    documents: Iterable[Document], names: Names, content: Path
) -> Iterator[Mistake]:
    """Likewise lists of standing pages."""
    for page in documents:
        for name, wish in page.facts["lists"].items() if page.kind == "page" else ():
            for key, said, message, hint in names.unknown(wish):
                line = _line(content / page.source, said)
                field = f"lists.{name}.{key}"
                problem = Problem("field", message, page.source, line, field, hint)
                yield Mistake(page.source, problem)


def _line(file: Path, name: str) -> int:
    """The line of a page's file that names something: the index keeps none."""
    if not file.is_file():  # its name is written in another form of Unicode on the disk
        return 1
    text = file.read_text(encoding="utf-8", errors="replace")
    found = re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text.partition("lists")[2])
    if found is None:
        return 1
    return text.partition("lists")[0].count("\n") + found.string.count("\n", 0, found.start()) + 1
