"""The values of a YAML tree that holds texts, lists and groups only, as nearly every front matter.

PyYAML's constructor gives the same, and takes a tenth of all reading: it must reckon with aliases,
tags of any kind and values within themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml

_TAG = "tag:yaml.org,2002:"
_TEXTS = frozenset(f"{_TAG}{name}" for name in ("str", "bool", "int", "float", "timestamp"))


class Unusual(Exception):
    """The tree holds something that PyYAML's constructor must see."""


def values_of(node: yaml.Node, text: Callable[[yaml.ScalarNode], str]) -> Any:
    """What `node` stands for; `text` makes that of a scalar.

    The tree must have no aliases. Raises Unusual for merge keys, other tags, names that are no
    texts, and names that stand twice.
    """
    if isinstance(node, yaml.ScalarNode):
        if node.tag in _TEXTS:
            return text(node)
        if node.tag == f"{_TAG}null":
            return None
    elif isinstance(node, yaml.SequenceNode):
        if node.tag == f"{_TAG}seq":
            return [values_of(child, text) for child in node.value]
    elif isinstance(node, yaml.MappingNode) and node.tag == f"{_TAG}map":
        return _group(node, text)
    raise Unusual


def _group(node: yaml.MappingNode, text: Callable[[yaml.ScalarNode], str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.tag not in _TEXTS:
            raise Unusual
        found[text(key)] = values_of(value, text)
    if len(found) < len(node.value):
        raise Unusual
    return found
