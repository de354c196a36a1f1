"""The syntax of templates: one set of options for reading them and for rendering them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from sitegen.render.broken import TemplateBroken

OPTIONS: dict[str, Any] = {
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "extensions": ["jinja2.ext.do"],
}
PART = "part"
"""The filter that renders a template which sees the site alone."""


@lru_cache(maxsize=512)
def names_in(source: str) -> Sequence[str | None]:
    """The templates that a template extends, includes, imports or has as a part.

    None stands for a name that is worked out while rendering. Raises TemplateBroken. Kept, because
    a process that builds again (`--verify`) meets the same templates again.
    """
    try:
        tree = Environment(autoescape=True, **OPTIONS).parse(source)
    except TemplateSyntaxError as error:
        raise TemplateBroken("", error.lineno, error.message or "") from None
    found = set(meta.find_referenced_templates(tree))
    for call in tree.find_all(nodes.Filter):
        if call.name == PART:
            found.add(call.node.value if isinstance(call.node, nodes.Const) else None)
        elif any(isinstance(arg, nodes.Const) and arg.value == PART for arg in call.args):
            found.add(None)  # such as ["a.html"]|map("part")
    return tuple(sorted(found, key=lambda name: (name is None, name or "")))
