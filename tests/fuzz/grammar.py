"""Articles and settings as Hypothesis draws them: mostly well formed, and strange within that."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from sitegen.config import Config
from sitegen.read.fields import FrontMatter, StandingFields, TermFields
from tests.fuzz.tokens import HTML, LENGTHS, MARKDOWN, MATTER, ODD

Text = st.SearchStrategy[str]

OTHERS = ("categories", "draft", "published", "publishDate", "permalink", "password", "image.alt")
FIELDS = sorted(
    {f for m in (FrontMatter, StandingFields, TermFields) for f in m.model_fields} | {*OTHERS}
)


def _repeated(tokens: Iterable[str]) -> Text:
    return st.builds(str.__mul__, st.sampled_from(list(tokens)), st.sampled_from(LENGTHS))


def _lines(texts: Text, most: int = 4) -> Text:
    return st.lists(texts, min_size=1, max_size=most).map("\n".join)


def _formed(form: str, *parts: Text) -> Text:
    return st.tuples(*parts).map(lambda values: form.format(*values))


WORDS = st.one_of(
    st.sampled_from(("Storm closes the harbour", "A", "1984", "no", "a, b", "x: y", "naïve")),
    st.text(max_size=12),
    _repeated(ODD),
)
DATES = st.one_of(
    st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)).map(str),
    st.sampled_from(("2026-11-01", "2026-11-01 06:30", "1 November 2026", "2020-02-29T10:00Z")),
)
INLINE = st.recursive(
    st.one_of(WORDS, _repeated(MARKDOWN), _repeated(HTML)),
    lambda inner: st.one_of(
        _formed("**{}**", inner),
        _formed("*{}_", inner),
        _formed("[{}]({})", inner, WORDS),
        _formed("![{}](<{}> '{}')", inner, WORDS, WORDS),
        _formed("<i {}>{}</i>", WORDS, inner),
        _formed("`{}`", inner),
        _formed("{} {}", inner, inner),
    ),
    max_leaves=5,
)
BLOCKS = st.recursive(
    _lines(INLINE, 3),
    lambda inner: st.one_of(
        inner.map(lambda text: "> " + text.replace("\n", "\n> ")),
        inner.map(lambda text: "- [ ] " + text.replace("\n", "\n  ")),
        inner.map(lambda text: "1. " + text.replace("\n", "\n   ")),
        _formed("## {}", inner),
        _formed("```{}\n{}\n```", WORDS, inner),
        _formed("<div {}>\n\n{}\n</div>", WORDS, inner),
        _formed("| {} | b |\n|:-:|---|\n| {} | d |\n", INLINE, INLINE),
        _formed("[^a]: {}\n\n[^a]", inner),
        _formed("{}\n: {}", WORDS, inner),
        _formed("{}\n\n{}", inner, inner),
    ),
    max_leaves=6,
)
_SCALARS = st.one_of(WORDS, DATES, INLINE, _repeated(MATTER), st.integers().map(str))
_QUOTED = _SCALARS.map(lambda text: json.dumps(text, ensure_ascii=False))
_WRITTEN = st.one_of(_QUOTED, _QUOTED, _QUOTED, _QUOTED, DATES, _SCALARS)
YAML_VALUES = st.recursive(
    _WRITTEN,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        st.lists(inner, max_size=4).map(lambda items: "".join(f"\n  - {i}" for i in items)),
        _formed("{{src: {}, alt: {}}}", inner, _WRITTEN),
        _formed("\n  - {{date: {}, text: {}}}", DATES, _WRITTEN),
        _formed("\n  - {{question: {}, answer: {}}}", _WRITTEN, _WRITTEN),
        _formed("{{{}: {}}}", _WRITTEN, inner),
        _formed("|\n  {}", WORDS),
        _formed("&a {}", inner),
    ),
    max_leaves=4,
)
TOML_VALUES = st.recursive(
    st.one_of(_QUOTED, _QUOTED, DATES, st.integers().map(str)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        _formed("{{src = {}, alt = {}}}", inner, inner),
        _formed("{{{} = {}}}", st.sampled_from(("title", "url", "label", "limit")), inner),
    ),
    max_leaves=4,
)


_TEXTS = (
    *("section", "tags", "authors", "summary", "kicker", "short_title", "description", "category"),
    *("key_points", "why_it_matters", "what_it_means", "place", "sumary", "subtitle"),
)
_FITTING: Mapping[str, Text] = {
    **dict.fromkeys(_TEXTS, _QUOTED),
    **dict.fromkeys(("updated", "embargo", "expires", "breaking"), DATES),
    **dict.fromkeys(("featured", "noindex", "paywall"), st.sampled_from(("true", "no"))),
    "aliases": st.lists(_QUOTED.map(lambda text: f'"/{text[1:]}'))
    .map(", ".join)
    .map("[{}]".format),
    "image": _formed("{{src: {}, alt: {}, caption: {}}}", _QUOTED, _QUOTED, _QUOTED),
    "audio": _formed("{{src: {}, transcript: {}}}", _QUOTED, _QUOTED),
    "faq": _formed("\n  - {{question: {}, answer: {}}}", _QUOTED, _QUOTED),
    "corrections": _formed("\n  - {{date: {}, text: {}}}", DATES, _QUOTED),
    "sources": _formed("\n  - {{title: {}, publisher: {}}}", _QUOTED, _QUOTED),
    "extra": YAML_VALUES.map("{{a: {}}}".format),
    "type": st.sampled_from(("opinion", "backstory")),
}


def _matter() -> Text:
    """Lines of YAML: most of the fields hold what they may hold."""
    right = [_formed("{}: {}", st.just(name), values) for name, values in _FITTING.items()]
    wrong = _formed("{}: {}", st.sampled_from(FIELDS), YAML_VALUES)
    lines = st.one_of(*[st.one_of(right)] * 7, wrong)
    return st.lists(lines, max_size=5, unique_by=lambda line: line.partition(":")[0]).map("\n".join)


def _fields(values: Text, names: Iterable[str]) -> Text:
    """Lines of TOML."""
    lines = _formed("{} = {}", st.sampled_from([*sorted(names), "sumary"]), values)
    return st.lists(lines, max_size=4, unique_by=lambda line: line.partition(" ")[0]).map("\n".join)


def _documents() -> Text:
    both = "title: A\ndate: 2026-11-01\n"
    known = st.sampled_from((*[both] * 12, "title: A\n"))
    yaml = _formed("---\n{}{}\n---\n{}\n", known, _matter(), BLOCKS)
    toml = _fields(TOML_VALUES, set(FIELDS) - {"title", "date"})
    dated = st.just('title = "A"\ndate = 2026-11-01\n')
    return st.one_of(yaml, yaml, _formed("+++\n{}{}\n+++\n{}\n", dated, toml, BLOCKS))


def _tables(model: type[BaseModel]) -> Iterable[tuple[str, list[str]]]:
    """Each table of the settings, and the names in it."""
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield field.alias or name, [f.alias or n for n, f in inner.model_fields.items()]
        else:
            yield f"{name}.x", ["title", "label", "url", "required", "sections"]


def _settings() -> Text:
    table = st.one_of(
        [
            _fields(TOML_VALUES, names).map(f"[{name}]\n".__add__)
            for name, names in _tables(Config)
            if name != "site"
        ]
    )
    site = '[site]\ntitle = "T"\nbase_url = "https://t.example/"\n{}\n{}\n'
    names = list(dict(_tables(Config))["site"])
    return _formed(site, _fields(TOML_VALUES, names), _lines(table, 3))


DOCUMENTS, SETTINGS = _documents(), _settings()


def drawn(strategy: Text, count: int, number: int) -> list[bytes]:
    """About `count` texts of a strategy, decided by the seed `number`."""
    found: list[bytes] = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(text: str) -> None:
        found.append(text.encode("utf-8", "surrogatepass"))

    run: Callable[[], None] = collect
    run()
    return found[:count]
