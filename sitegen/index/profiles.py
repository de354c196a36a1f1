"""What the files of an author, a tag or another term say: one profile, of several languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sitegen.model import REF, Document, Json

_REFERENCE = re.compile(rf'(?<=="){REF}(\d+)(?=")')
"""In an attribute: no text can hold one, because its quotation marks are escaped."""


def profiles(
    documents: Iterable[Document], language: str
) -> dict[tuple[str, str], Mapping[str, Json]]:
    """(kind, slug) → what its files say; `ann.ar.md` adds to `ann.md`, which is of `language`."""
    files = [document for document in documents if document.kind == "term"]
    found: dict[tuple[str, str], Mapping[str, Json]] = {}
    for file in sorted(files, key=lambda file: (file.lang != language, file.source)):
        key = (file.facts["kind"], file.facts["slug"])
        found[key] = _together(found[key], file.facts) if key in found else file.facts
    return found


def _together(first: Mapping[str, Json], more: Mapping[str, Json]) -> Mapping[str, Json]:
    """Both, in one numbering of references; what both say, `first` says."""
    before = len(first["references"])

    def moved(url: str) -> str:
        ours = url.startswith(REF)
        return f"{REF}{int(url.removeprefix(REF)) + before}" if ours else url

    def renumbered(match: re.Match[str]) -> str:
        return f"{REF}{int(match[1]) + before}"

    html = {lang: _REFERENCE.sub(renumbered, text) for lang, text in more["html"].items()}
    facts = {
        **first,
        "name": {**more["name"], **first["name"]},
        "role": {**more["role"], **first["role"]},
        "html": {**html, **first["html"]},
        "links": first["links"] or [{**link, "url": moved(link["url"])} for link in more["links"]],
        "extra": {**more["extra"], **first["extra"]},
    }
    for name in ("merge", "refs", "references", "shown"):
        facts[name] = [*first[name], *more[name]]
    if (image := more["image"]) and not first["image"]:
        facts |= {"image": {**image, "src": moved(image["src"])}, "picture": more["picture"]}
    return facts
