"""The picture at the top, under all the names that themes have for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PICTURES = (
    *("featured_image", "featuredimage", "feature_image", "featureimage", "cover", "cover_image"),
    *("coverimage", "thumbnail", "banner", "hero_image", "heroimage", "og_image", "teaser"),
)
"""What themes of all systems call the picture at the top."""


def with_picture(values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` with the picture at the top under the name that all know."""
    found = dict(values)
    lower = {name.lower().replace("-", "_"): name for name in values}
    if "image" in lower or "images" in lower:
        return found
    header = values.get("header")
    if isinstance(header, dict) and (src := header.get("image") or header.get("teaser")):
        # As a much used theme of Jekyll has it.
        said = {"alt": header.get("image_description"), "caption": header.get("caption")}
        del found["header"]
        return {**found, "image": {"src": src, **said}}
    for name in _PICTURES:
        if name in lower and isinstance(values[lower[name]], str | dict):
            found["image"] = found.pop(lower[name])
            break
    return found


def image_of(value: Any) -> dict[str, str]:
    """A picture with what is said of it, in the words of several themes."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, dict):
        return {"src": str(value)}
    said = {str(name).lower(): str(item) for name, item in value.items() if isinstance(item, str)}
    ways = {
        "src": ("src", "image", "url", "path", "filename", "feature", "teaser"),
        "alt": ("alt", "alt_text", "image_alt", "description", "title"),
        "caption": ("caption", "image_caption"),
        "credit": ("credit", "attribution", "copyright"),
    }
    found = {
        ours: next((said[n] for n in names if said.get(n)), "") for ours, names in ways.items()
    }
    return {name: text for name, text in found.items() if text}
