"""What `check --fix` mends by itself: only what leaves every page as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sitegen.desk.changes import Change, Put
from sitegen.desk.edit import edited, matter_in
from sitegen.desk.look import Look
from sitegen.desk.names import written_otherwise
from sitegen.desk.source import replace_file
from sitegen.errors import SitegenError
from sitegen.read.file import named_article
from sitegen.read.matter import Matter
from sitegen.read.remarks import label_of

LABELS = ("why_it_matters", "what_it_means")
"""The fields that a theme writes a label above; its texts have the same names."""


def labels(look: Look) -> frozenset[str]:
    """The labels of the theme in all languages, in one form."""
    texts = (strings.get(name) for strings in look.theme.strings.values() for name in LABELS)
    return frozenset(bare(text) for text in texts if isinstance(text, str))


def bare(text: str) -> str:
    """A label in the form in which labels are compared."""
    return " ".join(text.split()).casefold()


def fix(look: Look) -> Sequence[str]:
    """Mend what is safe, and say what was done, a sentence a file and change.

    A file that is written in a way that cannot be changed safely stays as it is.
    """
    done: list[str] = []
    for source, names in _to_mend(look).items():
        path = look.folder / "content" / source
        data = path.read_bytes()
        matter = matter_in(data, source, look.config)
        named = named_article(matter, look.config)
        changes = dict(_labels(matter, named.written, labels(look)))
        changes |= dict(_names(matter, named.written, names))
        try:
            replace_file(path, edited(data, source, look.config, changes.values()))
        except SitegenError:
            continue
        done += [f"content/{source}: {sentence}" for sentence in changes]
    return done


Names = Mapping[tuple[str, str], str]
"""(our field, a name as it is written there) → the name that readers are shown."""


def _to_mend(look: Look) -> Mapping[str, Names]:
    """Source → the names that are shown otherwise than it writes them."""
    found: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for article, term, name in written_otherwise(look):
        field = {"tag": "tags", "author": "authors"}.get(term.kind, term.kind)
        found[article.source][field, term.name] = name
    for source, told in look.site.told.items():
        if any(note.code == "label-repeated" for note in told.notes):
            found[source] = found[source]
    return found


def _labels(
    matter: Matter, written: Mapping[str, str], known: frozenset[str]
) -> Iterator[tuple[str, Change]]:
    for field in LABELS:
        name = written.get(field, field)
        value = matter.values.get(name)
        if isinstance(value, str) and (label := label_of(value)) and bare(label[0]) in known:
            yield f"took “{label[0]}” from {name}", Put((name,), label[1])


def _names(
    matter: Matter, written: Mapping[str, str], names: Names
) -> Iterator[tuple[str, Change]]:
    for (ours, name), shown in names.items():
        field = written.get(ours, ours)
        value = matter.values.get(field)
        for number, item in enumerate(value if isinstance(value, list) else [value]):
            if item == name:
                path = (field, number) if isinstance(value, list) else (field,)
                yield f"wrote “{shown}” for “{name}” in {field}", Put(path, shown)
