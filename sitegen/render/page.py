"""One page: its template, and the facts it declared, into bytes."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.runtime import Context
from markupsafe import Markup

from sitegen import urls
from sitegen.model import Json, Key
from sitegen.outputs import Fetch, Page, Undeclared, common_needs
from sitegen.render import filters
from sitegen.render.broken import TemplateBroken
from sitegen.render.compiled import Compiled, Texts
from sitegen.render.environment import Group, PageEnvironment
from sitegen.render.syndication import as_xml
from sitegen.render.syntax import OPTIONS, PART

KEPT = 1024
"""Facts and parts that a process keeps for its next pages."""
TEXTS = 64
"""Likewise of whole texts, which are ten times as long and on two pages."""
WHOLE = ("body:", "open:")
"""How the names of facts begin that are whole texts."""


_COMPILED = Compiled()


class Renderer:
    """Renders the pages of one theme."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self._templates = templates
        self._environment = PageEnvironment(
            loader=FunctionLoader(partial(_load, templates)),
            autoescape=_escapes,
            undefined=StrictUndefined,
            cache_size=-1,
            bytecode_cache=_COMPILED,
            auto_reload=False,
            **OPTIONS,
        )
        self._environment.empty = {name for name, text in templates.items() if not text}
        self._environment.filters.update(filters.FILTERS)
        self._environment.filters[PART] = self._part
        self._parts: dict[tuple[object, ...], tuple[tuple[Json, ...], str]] = {}
        self._seen: dict[str, dict[str, Json]] = {}
        """What parts see, by language."""
        self._environment.policies["json.dumps_kwargs"] = {
            "ensure_ascii": False,
            "sort_keys": False,
        }

    def render(self, page: Page, facts: Mapping[Key, Json]) -> bytes:
        """The bytes of `page`, which sees those of the `facts` that it declared.

        Raises TemplateBroken.
        """
        context = self._context(page, facts)
        try:
            text = self._environment.get_template(page.template).render(context)
            return as_xml(text) if page.template.endswith(".xml") else text.encode()
        except RecursionError as error:
            template, line = _place(error, page.template)
            message = "it extends or includes itself; name the parent: “broadsheet/card.html”"
            raise TemplateBroken(template, line, message) from None
        except TemplateNotFound as error:
            message = f"there is no template “{error.name}”"
            raise TemplateBroken(*_place(error, page.template), message) from None
        except Exception as error:
            # A template may fail in any way that Python can; all of them are told the same way.
            template, line = _place(error, page.template)
            message = str(error) or type(error).__name__
            if not isinstance(error, TemplateError):
                message = f"{type(error).__name__}: {message}"
            raise TemplateBroken(template, line, message) from error

    def compile_all(self, names: Collection[str]) -> None:
        """Compile templates and those that they name; what is wrong with one is for its users.

        A name that is worked out while rendering is not found: whoever needs it compiles it.
        """
        pending, met = list(names), set(names)
        while pending:
            name = pending.pop()
            with suppress(TemplateError):
                self._environment.get_template(name)
            source = self._templates.get(name, "")
            found = [n for n in self._templates if n in source and n not in met]
            pending += found
            met.update(found)

    @pass_context
    def _part(self, context: Context, name: str, **given: Json) -> str:
        """A template that sees only the site, its texts and files, and what it is given.

        Rendered once, not per page: a masthead and a footer of 40 values on each page were a third
        of all rendering, and a card is on the page of each of its article's terms.
        """
        seen: dict[str, Json] | None = context.get("_seen")
        if seen is None:
            raise TemplateRuntimeError("a macro that has a part must be imported “with context”")
        key = (name, id(seen), *given, *map(id, given.values()))
        if known := self._parts.get(key):
            return known[1]
        html = self._made(name, {**seen, "_seen": seen, **given})
        html = Markup(html) if _escapes(name) else html
        if all(isinstance(value, _UNCHANGING) for value in given.values()):
            if len(self._parts) >= KEPT:
                del self._parts[next(iter(self._parts))]
            # What was seen is held, so that no other object can have its id.
            self._parts[key] = ((seen, *given.values()), html)
        return html

    def _made(self, part: str, values: Mapping[str, Json]) -> str:
        return self._environment.get_template(part).render(values)

    def _seen_by_parts(
        self, lang: str, site: Json, strings: Json, assets: Json, marks: Json
    ) -> dict[str, Json]:
        """What every part of a page sees beside what it is given: one object for pages alike.

        Of a page with marks it is its own.
        """
        names = {"site": site, "_strings": strings, "assets": assets}
        if marks is not _NONE:
            return {**names, "page": {"lang": lang, "marks": marks}}
        known = self._seen.get(lang)
        if known is None or any(known[name] is not value for name, value in names.items()):
            known = self._seen[lang] = {**names, "page": {"lang": lang, "marks": marks}}
        return known

    def _context(self, page: Page, facts: Mapping[Key, Json]) -> dict[str, Json]:
        site, strings, assets = (facts[key] for key in common_needs(page.lang))
        marks = page.values.get("marks", _NONE)
        usual = {"url": urls.url_of(page.path), "lang": page.lang, "family": page.family}
        rare = {"held": "", "marks": marks, "indexed": True, "others": ()}
        seen = self._seen_by_parts(page.lang, site, strings, assets, marks)
        context: dict[str, Json] = {
            **seen,
            "_seen": seen,
            "page": {**usual, **rare, **page.values},
            "_fetch": _declared(page, facts),
            "translations": [],
        }
        for name, need in page.needs:
            value = facts[need] if isinstance(need, str) else [facts[key] for key in need]
            group, _, inner = name.partition(".")
            if inner:
                context.setdefault(group, {})[inner] = value
            else:
                context[group] = value
        return context


def _escapes(template: str | None) -> bool:
    """Whether texts in a template are written as HTML and XML need it: everywhere but in these."""
    return template is None or not template.endswith((".json", ".txt", ".webmanifest"))


def _load(templates: Mapping[str, str], name: str) -> tuple[str, str, None] | None:
    """A template's source; its name stands in for a file's, so that errors can tell it."""
    return (templates[name], name, None) if name in templates else None


def _place(error: BaseException, template: str) -> tuple[str, int]:
    """The template's name and line that `error` came from; Jinja puts both into the traceback."""
    if isinstance(error, TemplateSyntaxError):
        return error.name or template, error.lineno
    found = (template, 0)
    traceback = error.__traceback__
    while traceback is not None:
        if "__jinja_exception__" in traceback.tb_frame.f_globals:
            found = (traceback.tb_frame.f_code.co_filename, traceback.tb_lineno)
        traceback = traceback.tb_next
    return found


def _declared(page: Page, facts: Mapping[Key, Json]) -> Fetch:
    """What `page` looks up while it is rendered: the facts that it declared, and no others."""
    allowed: set[Key] = set()  # most look nothing up

    def fetch(key: Key) -> Json:
        if not allowed:
            allowed.update(page.keys())
        if key not in allowed:
            raise Undeclared(f"{page.path} did not declare {key}")
        return facts[key]

    return fetch


class Facts(dict[Key, Json]):
    """The values of some facts by their names, each decoded when it is first asked for."""

    def __init__(self, stored: Mapping[Key, bytes]) -> None:
        """`stored`: their bytes, by name."""
        super().__init__()
        self._stored = stored

    def __missing__(self, key: Key) -> Json:
        value = self[key] = (_text if key.startswith(WHOLE) else decode)(self._stored[key])
        return value


@lru_cache(maxsize=TEXTS)
def _text(value: bytes) -> Json:
    """The whole text of an article: its own page shows it, and soon after the feed of its month.

    It is no `Group`: what is made of it is shown once, and not to be kept.
    """
    return _single(value.decode())[0]


@lru_cache(maxsize=KEPT)
def decode(value: bytes) -> Json:
    """A fact's value. Pages share it, so nothing in it can be changed by a template."""
    found = _shared(value.decode())[0]
    return _fixed(found) if isinstance(found, list) else found


def _with_fixed(found: dict[str, Json]) -> dict[str, Json]:
    for name, value in found.items():
        if isinstance(value, list):
            found[name] = _fixed(value)
    return found


def _group(found: dict[str, Json]) -> Group:
    return Group(_with_fixed(found))


def _fixed(items: list[Json]) -> tuple[Json, ...]:
    return tuple(_fixed(item) if isinstance(item, list) else item for item in items)


# Facts are canonical JSON: nothing stands before or behind their values.
_shared = json.JSONDecoder(object_hook=_group).raw_decode
_single = json.JSONDecoder(object_hook=_with_fixed).raw_decode

_NONE: dict[str, str] = {}
"""The marks of a page without any; one object, so that parts are kept for all such pages."""

_UNCHANGING = (Group, str, int, float, type(None))
"""What a part may be kept for: a template can change neither these nor what is in them."""


@lru_cache(maxsize=2)
def renderer(templates: Texts) -> Renderer:
    """The renderer of a theme, kept by the process that made it."""
    return Renderer(dict(templates))


@lru_cache(maxsize=2)
def texts_in(file: str) -> Texts:
    """The templates in a file of what `with_code` gave, and their code. Raises OSError."""
    return _COMPILED.read(Path(file))


def with_code(templates: Texts, used: Collection[str]) -> bytes:
    """Templates, with the code of those that are `used`, for other processes.

    What does not compile is told in these.
    """
    renderer(templates).compile_all(used)
    return _COMPILED.packed(templates)
