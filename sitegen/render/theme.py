"""Themes: a chain of folders, each of which overrides templates, texts and files of its parent.

What the renderer uses of a theme is read here, once, and handed over as values: what was hashed
is what is rendered, whoever edits the theme meanwhile.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen.digest import canonical, digest
from sitegen.errors import Problem, SitegenError, did_you_mean
from sitegen.render.broken import TemplateBroken
from sitegen.render.chain import Link, Strings, ThemeSettings, WantedData, WantedList, chain_of

LABELS = ("why_it_matters", "what_it_means")
"""Texts that the theme puts above what authors write, and that authors write once more."""


@dataclass(frozen=True, slots=True)
class Theme:
    """All of a theme and its parents."""

    name: str
    templates: Mapping[str, str]
    """Name → source: `article.html` as the chain resolves it, `parent/article.html` of one link."""
    files: Mapping[str, str]
    """Template name → the file that it came from, relative to the site where it lies in it."""
    strings: Mapping[str, Strings]
    """By language."""
    folders: tuple[Path, ...]
    """The folders of the chain, the oldest ancestor's first."""
    settings: ThemeSettings
    labels: Mapping[str, tuple[str, ...]]
    """Of each of LABELS all that it is called, in any language, by any theme of the chain."""
    places: Mapping[str, Link]
    """Name of a list → the link of the chain that declares it."""


def load_theme(name: str, site: Path) -> Theme:
    """Read the theme `name` and its parents. Raises SitegenError with all that is wrong."""
    chain = chain_of(name, site)[::-1]
    templates: dict[str, str] = {}
    files: dict[str, str] = {}
    strings: dict[str, dict[str, str | Mapping[str, str]]] = {}
    lists: dict[str, WantedList] = {}
    data: dict[str, WantedData] = {}
    card_extra: list[str] = []
    places: dict[str, Link] = {}
    labels: dict[str, dict[str, None]] = {key: {} for key in LABELS}
    for link in chain:
        for own, source, file in link.templates():
            for key in (own, f"{link.name}/{own}"):
                templates[key] = source
                files[key] = file
        for lang, texts in link.strings():
            strings.setdefault(lang, {}).update(texts)
            for key, found in labels.items():
                found |= {str(texts[key]): None} if key in texts else {}
        if problems := list(_templates_missing(link, templates)):
            raise SitegenError(*problems)
        lists |= link.settings.lists
        data |= link.settings.data
        card_extra += link.settings.card_extra
        places |= dict.fromkeys(link.settings.lists, link)
    merged = ThemeSettings(name=name, lists=lists, data=data, card_extra=card_extra)
    folders = tuple(link.folder for link in chain)
    called = {key: tuple(sorted(found)) for key, found in labels.items()}
    return Theme(name, templates, files, strings, folders, merged, called, places)


def _templates_missing(link: Link, templates: Collection[str]) -> Iterator[Problem]:
    """Lists and data that are for templates which are not there."""
    for group, wishes in (("lists", link.settings.lists), ("data", link.settings.data)):
        for name, wish in wishes.items():
            for template in sorted(set(wish.templates) - set(templates)):
                keys = (group, name, "templates")
                hint = did_you_mean(template, templates) or "name one that the theme has"
                message = f"there is no template “{template}”"
                yield Problem("theme", message, *link.place(*keys), ".".join(keys), hint)


References = Mapping[str, Sequence[str | None]]
"""Digest of a template's source, in hex → the templates that it names; None: worked out later."""


def references(theme: Theme, known: References) -> dict[str, Sequence[str | None]]:
    """The references of all templates; only those whose source is not `known` are parsed.

    Raises SitegenError for every template that is none.
    """
    found: dict[str, Sequence[str | None]] = {}
    problems: dict[Problem, None] = {}
    for name, source in theme.templates.items():
        key = digest(source.encode()).hex()
        try:
            found[key] = known[key] if key in known else _parsed(source)
        except TemplateBroken as error:
            message = f"this is no template: {error.message}"
            problems[Problem("template-syntax", message, theme.files[name], error.line)] = None
    if problems:
        raise SitegenError(*problems)
    return found


def closures(theme: Theme, references: References) -> dict[str, bytes]:
    """Template → digest of all sources that rendering it can read, or look for in vain."""
    digests = {name: digest(source.encode()) for name, source in theme.templates.items()}
    found = {}
    for name, reached in drawn_in(theme, references).items():
        sources = {n: digests[n].hex() if n in digests else "absent" for n in sorted(reached)}
        found[name] = digest(canonical(sources))
    return found


def drawn_in(theme: Theme, references: References) -> dict[str, set[str]]:
    """Template → the names of all that rendering it can read, itself among them."""
    sources = theme.templates.items()
    named = {name: references[digest(source.encode()).hex()] for name, source in sources}
    return {name: _reached(name, named) for name in named}


def _reached(name: str, named: References) -> set[str]:
    reached: set[str] = set()
    pending: set[str | None] = {name}
    while pending:
        current = pending.pop()
        if current is None:  # a name worked out while rendering: it can be any template
            reached.update(named)
        elif current not in reached:
            reached.add(current)
            pending.update(named.get(current, ()))
    return reached


def _parsed(source: str) -> Sequence[str | None]:
    # Jinja is 40 ms to import, and parses nothing in a build whose templates are known.
    from sitegen.render.syntax import names_in

    return names_in(source)
