"""What Hugo's lists hand down to the pages below them: `cascade` (gohugo.io/content-management)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sitegen.importers.generators.data import group, texts
from sitegen.read.matter import Matter, MatterError

_LISTS = ("_index.md", "_index.markdown", "_index.html")
_FOLDERS = 1000
"""Of which it is remembered what their lists say: files come folder by folder."""


class Cascades:
    """Of one site; what its settings hand down comes first."""

    def __init__(self, settings: Mapping[str, Any], read: Callable[[Path, bytes], Matter]) -> None:
        self._all = _listed(settings.get("cascade"))
        self._of = lru_cache(_FOLDERS)(lambda folder: _of_list(folder, read))

    def handed_down(self, content: Path, file: Path) -> dict[str, Any]:
        """What `file`, below the folder `content`, has when it says nothing else."""
        chain = [
            folder for folder in (file.parent, *file.parents) if folder.is_relative_to(content)
        ]
        path = "/" + file.relative_to(content).with_suffix("").as_posix()
        found: dict[str, Any] = {}
        for items in (self._all, *(self._of(folder) for folder in reversed(chain[1:]))):
            for item in items:
                if _concerns(item, path):
                    found |= _values(item)
        return found


def _of_list(folder: Path, read: Callable[[Path, bytes], Matter]) -> tuple[Mapping[str, Any], ...]:
    for file in (folder / name for name in _LISTS):
        if file.is_file():
            try:
                values = read(file, file.read_bytes()).values
            except (MatterError, OSError):  # told when its turn comes
                return ()
            return _listed(values.get("cascade"))
    return ()


def _listed(value: Any) -> tuple[Mapping[str, Any], ...]:
    items: Iterable[Any] = value if isinstance(value, list) else [value]
    return tuple(item for item in items if isinstance(item, dict))


def _concerns(item: Mapping[str, Any], path: str) -> bool:
    """Whether a cascade is for the page at `path`; what it is for may be said by path and kind."""
    target = group(item, "target") or group(item, "_target")
    kinds = texts(target.get("kind"))
    if kinds and not any("page" in kind for kind in kinds):
        return False
    paths = texts(target.get("path"))
    return not paths or any(_pattern(found).fullmatch(path.lower()) for found in paths)


@lru_cache
def _pattern(path: str) -> re.Pattern[str]:
    """Hugo's `/news/**`, `/news/*/{a,b}`: one star is for one folder."""
    ways = {r"\*\*": ".*", r"\*": "[^/]*", r"\?": "[^/]", r"\{": "(?:", r"\}": ")", ",": "|"}
    start = "" if path.startswith(("/", "{", "*")) else "/"
    written = re.escape(start + path.lower().rstrip("/"))
    return re.compile(re.sub(r"\\\*\\\*|\\[*?{}]|,", lambda found: ways[found[0]], written))


def _values(item: Mapping[str, Any]) -> dict[str, Any]:
    inner = {**item, **group(item, "params")}
    return {name: v for name, v in inner.items() if name not in ("target", "_target", "params")}
