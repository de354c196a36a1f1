"""The settings that imported articles need, as values and as TOML. See `target` for the file."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from sitegen import i18n, instants, urls
from sitegen.config import Config
from sitegen.importers.shelf import Shelf
from sitegen.importers.things import About, Setting, Unanswered
from sitegen.settings import whole_base_url

Nested = dict[str, Any]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ADDRESS = "https://news.example.org/"


def all_settings(shelf: Shelf) -> Nested:
    """All settings that were asked for; redirects only where they can be written."""
    settings: Nested = {}
    for setting in shelf.values("setting"):
        if setting.key[0] != "redirects" or _is_written(setting, shelf):
            _put(settings, setting)
    return settings


def _put(settings: Nested, setting: Setting) -> None:
    *groups, name = setting.key
    place = settings
    for group in groups:
        place = place.setdefault(group, {})
    if isinstance(setting.value, str | int):
        place.setdefault(name, setting.value)
    else:
        place[name] = list(dict.fromkeys([*place.get(name, ()), *setting.value]))


def _is_written(setting: Setting, shelf: Shelf) -> bool:
    """Whether a redirect can be; else its old address is told."""
    old = setting.key[1]
    try:
        urls.old_address(old)
        urls.new_address(str(setting.value))
    except ValueError:
        lost = Unanswered("query" if "?" in old else "unwritable", old)
        shelf.put("unanswered", f"redirect {old}", lost)
        return False
    return True


def without_pages(settings: Nested, shelf: Shelf) -> Nested:
    """`settings` without redirects from where something is, or that lead to themselves."""
    redirects = {
        old: new
        for old, new in settings.get("redirects", {}).items()
        if shelf.get("address", urls.same_place(urls.old_address(old))) is None and old != new
    }
    kept = {name: value for name, value in settings.items() if name != "redirects"}
    return kept | ({"redirects": redirects} if redirects else {})


def settings_text(about: About, settings: Nested) -> str:
    """The sitegen.toml of a new site."""
    site: Nested = {
        "title": " ".join(about.title.split()) or "My newspaper",
        "base_url": _base_url(about.base_url),
        "tagline": about.tagline,
        "language": about.language if i18n.is_language(about.language) else "en",
        "timezone": _zone(about.timezone),
    }
    whole = {"site": {k: v for k, v in site.items() if v} | settings.get("site", {})}
    return toml_text(whole | {k: v for k, v in settings.items() if k != "site"})


def _base_url(url: str) -> str:
    try:
        return whole_base_url(url.strip())
    except ValueError:
        return _ADDRESS


def _zone(name: str) -> str:
    try:
        instants.zone(name)
    except ValueError:
        return "UTC"
    return name


def config_of(text: str) -> Config:
    """Settings of ours as they are understood."""
    return Config.model_validate(tomllib.loads(text))


def missing(settings: Nested, there: Mapping[str, Any]) -> Nested:
    """What of `settings` is not among those that are `there`; of a list the whole one."""
    found: Nested = {}
    for name, value in settings.items():
        if name not in there:
            found[name] = value
        elif isinstance(value, dict) and isinstance(there[name], dict):
            if inner := missing(value, there[name]):
                found[name] = inner
        elif isinstance(value, list) and set(value) - set(there[name]):
            found[name] = list(dict.fromkeys([*there[name], *value]))
    return found


def joined(there: Nested, settings: Nested) -> Nested:
    """What is `there`, and behind it what of `settings` is missing."""
    more = missing(settings, there)
    whole = {n: joined(v, more.pop(n, {})) if isinstance(v, dict) else v for n, v in there.items()}
    return whole | more


def toml_text(settings: Nested) -> str:
    """Groups with their values, as a person would write them."""
    return "\n".join(_groups(settings, ()))


def _groups(settings: Nested, path: tuple[str, ...]) -> Iterator[str]:
    own = [(name, value) for name, value in settings.items() if not isinstance(value, dict)]
    if own:
        head = f"[{'.'.join(map(_key, path))}]\n" if path else ""
        yield head + "".join(f"{_key(name)} = {_value(value)}\n" for name, value in own)
    for name, value in settings.items():
        if isinstance(value, dict):
            yield from _groups(value, (*path, name))


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _value(name)


def _value(value: object) -> str:
    """JSON's texts, numbers and lists are TOML's, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
