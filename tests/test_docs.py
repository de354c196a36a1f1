"""The tables of docs/ hold what the code holds, and nothing else.

A field, setting, option, code or name that is new needs its row; one that is gone leaves none. What
the documentation calls “kept for a later release” changes nothing, and everything else does.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin

import click
import pytest
from annotated_types import Ge, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sitegen import cli
from sitegen.advice import CHECKS, SILENCEABLE
from sitegen.build import rendering
from sitegen.config import Config
from sitegen.errors import Misuse, SitegenError
from sitegen.instants import parse_instant, zone
from sitegen.model import TYPES
from sitegen.read import documents, fields, names
from sitegen.read.fields import FrontMatter, StandingFields, TermFields
from sitegen.render.chain import ThemeSettings
from sitegen.settings import FrontMatterSettings, Preset
from tests.commands import BY_NAME
from tests.picture_files import photo, png
from tests.site_test import SiteTest, article

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
LATER = "for a later release"
NOTHING = "—"

Row = Sequence[str]


# Reading the documentation.


def tables(document: str, first: str, heading: str = "") -> list[Row]:
    """The rows of a document's tables whose first column is `first`, perhaps below a heading."""
    rows: list[Row] = []
    here, inside = "", False
    text = (DOCS / document).read_text(encoding="utf-8")
    for line in re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE).splitlines():
        if line.startswith("#"):
            here = line.lstrip("# ")
        if not line.startswith("|"):
            inside = False
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] == first:
            inside = here.startswith(heading)
        elif inside and not cells[0].startswith("--"):
            rows.append(cells)
    assert rows, f"{document} has no table of {first} below {heading or 'any heading'}"
    return rows


def named(cell: str) -> list[str]:
    """What stands in a cell between backticks."""
    return re.findall(r"`([^`]+)`", cell)


def by_name(rows: Sequence[Row]) -> dict[str, Row]:
    """Name → its row; no name has two."""
    found: dict[str, Row] = {}
    for row in rows:
        for name in named(row[0]):
            assert name not in found, f"{name} has two rows"
            found[name] = row
    return found


def general(key: str) -> str:
    """A key with its placeholders nameless: `sections.<section>.title` → `sections.<>.title`."""
    return re.sub(r"<[^>]*>", "<>", key)


class Block(NamedTuple):
    """A fenced block of the documentation."""

    document: str
    kind: str
    file: str
    """The file that it is an example of, when a remark before it says so."""
    text: str


@cache
def blocks() -> Sequence[Block]:
    fence = re.compile(r"(?:<!-- file: (\S+) -->\n)?```(\w+)\n(.*?)\n```", re.DOTALL)
    found = []
    for path in [*sorted(DOCS.glob("*.md")), ROOT / "README.md"]:
        for match in fence.finditer(path.read_text(encoding="utf-8")):
            found.append(Block(path.name, match[2], match[1] or "", match[3] + "\n"))
    return found


# Reading the models.


class Described(NamedTuple):
    """A field of a model, as its row should be."""

    key: str
    info: FieldInfo


def model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for m in map(model_in, get_args(annotation)) if m is not None), None)


def origins(annotation: Any) -> set[Any]:
    found = {get_origin(annotation)}
    return found.union(*map(origins, get_args(annotation)))


def settings_of(model: type[BaseModel], prefix: str = "") -> Iterator[Described]:
    """Every key of `sitegen.toml`: groups themselves are headings, not rows."""
    for name, info in model.model_fields.items():
        key, inner = prefix + (info.alias or name), model_in(info.annotation)
        if tuple in origins(info.annotation) and inner:
            yield Described(key, info)
            yield from settings_of(inner, f"{key}[].")
        elif get_origin(info.annotation) is Mapping[str, str].__origin__:  # type: ignore[attr-defined]
            yield from settings_of(inner, f"{key}.<>.") if inner else [Described(f"{key}.<>", info)]
        else:
            yield from settings_of(inner, f"{key}.") if inner else [Described(key, info)]


def fields_of(
    model: type[BaseModel], prefix: str = "", known: Sequence[type[BaseModel]] = ()
) -> Iterator[Described]:
    """Every field of front matter; a group has a row too, for it may be written as one word."""
    for name, info in model.model_fields.items():
        yield Described(prefix + name, info)
        inner = model_in(info.annotation)
        if inner and inner not in known:
            kinds = origins(info.annotation)
            mapped = Mapping[str, str].__origin__ in kinds  # type: ignore[attr-defined]
            step = "[]." if list in kinds else ".<>." if mapped else "."
            yield from fields_of(inner, f"{prefix}{name}{step}", known)


def default_of(info: FieldInfo, write: Any) -> str:
    """What the default's cell must say."""
    if info.is_required():
        return "required"
    value = info.get_default(call_default_factory=True)
    empty = value is None or value == "" or value == {} or value == []
    return NOTHING if empty else f"`{write(value)}`"


def plain(value: object) -> str:
    """A value as YAML would have it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def allowed(annotation: Any) -> Iterator[str]:
    """The words and numbers that an annotation allows."""
    if get_origin(annotation) is Literal:
        yield from (str(word) for word in get_args(annotation) if word)
    else:
        for part in get_args(annotation):
            yield from allowed(part)


def bounds(info: FieldInfo) -> Iterator[str]:
    for limit in info.metadata:
        if isinstance(limit, Ge):
            yield str(limit.ge)
        elif isinstance(limit, Le):
            yield str(limit.le)


def check(rows: Mapping[str, Row], described: Sequence[Described], write: Any) -> None:
    """Each field has one row, with the same default and all that it may be; and vice versa."""
    documented = {general(key): row for key, row in rows.items()}
    expected = {field.key: field.info for field in described}
    assert documented.keys() - expected.keys() == set(), "rows of what does not exist"
    assert expected.keys() - documented.keys() == set(), "no rows of what exists"
    for key, info in expected.items():
        _, may_be, default, meaning = documented[key]
        assert default == default_of(info, write), key
        assert meaning.endswith((".", ":")), f"{key}: its meaning is no sentence"
        words = {word.strip('"') for word in named(may_be)} | set(re.findall(r"\d+", may_be))
        missing = {*allowed(info.annotation), *bounds(info)} - words
        assert not missing, f"{key} may also be {missing}"


# settings.md and front-matter.md against the models.


def settings_rows() -> dict[str, Row]:
    return by_name(tables("settings.md", "Key"))


def field_rows(heading: str) -> dict[str, Row]:
    return by_name(tables("front-matter.md", "Field", heading))


def test_every_setting_has_its_row() -> None:
    def toml(value: object) -> str:
        return json.dumps(value)

    described = list(settings_of(Config))
    rows = settings_rows()
    empty_lists = {f.key for f in described if not f.info.is_required() and f.info.default == ()}
    for key in empty_lists:
        assert rows[next(k for k in rows if general(k) == key)][2] == "`[]`", key
    others = [field for field in described if field.key not in empty_lists]
    check({k: r for k, r in rows.items() if general(k) not in empty_lists}, others, toml)
    assert len(described) > 50


def test_every_field_of_an_article_has_its_row() -> None:
    rows = field_rows("Fields of an article")
    check(rows, list(fields_of(FrontMatter)), plain)
    assert set(TYPES) <= set(named(rows["type"][1]))


def test_every_field_of_a_standing_page_has_its_row() -> None:
    check(field_rows("Standing pages"), list(fields_of(StandingFields)), plain)


def test_every_field_of_an_authors_or_terms_file_has_its_row() -> None:
    described = list(fields_of(TermFields, known=[fields.Image]))
    check(field_rows("Files of authors"), described, plain)


def test_every_key_of_the_front_by_hand_has_its_row() -> None:
    described = [f for f in fields_of(documents._Front) if f.key != "sections"]
    check(field_rows("The home page by hand"), described, plain)


def test_every_preset_has_its_names_in_the_table() -> None:
    documented: set[tuple[str, str, str]] = set()
    for theirs, where, ours in tables("front-matter.md", "Their name"):
        preset = "" if where == "everywhere" else named(where)[0]
        field = "" if ours == "nothing" else named(ours)[0]
        for name in named(theirs):
            entry = (preset, name.lower(), field)
            assert entry not in documented, entry
            documented.add(entry)
    coded = {("", name, field) for name, field in names._EVERYWHERE.items()}
    for preset, own in names._PRESETS.items():
        coded |= {(preset, name, field) for name, field in own.items()}
    for preset, ignored in names._WITHOUT_MEANING_HERE.items():
        coded |= {(preset, name, "") for name in ignored}
    assert documented == coded
    assert {preset for preset, _, _ in documented} == set(get_args(Preset))


# What holds an article back.


def written(text: str) -> tuple[str, str]:
    name, _, value = text.partition(": ")
    return name, value


def test_what_the_documentation_says_holds_an_article_back_does(tmp_path: Path) -> None:
    rows = tables("front-matter.md", "Written")
    site = SiteTest(tmp_path)
    for number, (cell, *_) in enumerate(rows):
        name, value = written(named(cell)[0])
        date = "" if name == "date" else "date: 2026-11-01\n"
        text = f"---\ntitle: T\nslug: a{number}\n{date}{name}: {value}\n---\nText.\n"
        site.write(f"a{number}.md", text)
    site.build("--keep-going")
    why = {held["source"]: held["why"] for held in site.report["held_back"]}
    for number, (cell, until, report) in enumerate(rows):
        source = f"content/a{number}.md"
        if until.startswith("error"):
            assert source in site.report["left_out"] and report == NOTHING, cell
        else:
            assert why.get(source) == named(report)[0], cell
    assert site.report["articles"] == 0


def test_every_name_that_holds_an_article_back_is_in_the_table() -> None:
    cells = (row[0] for row in tables("front-matter.md", "Written"))
    documented = {written(named(cell)[0])[0].lower() for cell in cells}
    words: set[str] = set()
    for path in (ROOT / "sitegen" / "read").glob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        texts = (node.value for node in nodes if isinstance(node, ast.Constant))
        words |= {text for text in texts if isinstance(text, str) and text.isidentifier()}
    assert {"publishdate", "password"} <= words
    assert {word for word in words if holds_back(word)} <= documented


def holds_back(name: str) -> bool:
    """Whether some value of the field `name` keeps an article from readers."""
    for value in ("true", "false", "draft", "never", "2027-01-01"):
        found = names.our_names({"date": "2026-11-01", name: value}, FrontMatterSettings(), ())
        if found.mistakes or {"embargo", "status"} & found.values.keys():
            return True
    return False


# What does something, and what is kept for a later release.


class Probe(NamedTuple):
    """A built site, and what it gave."""

    site: SiteTest
    before: object

    def changes(self) -> bool:
        return outcome(self.site) != self.before


def outcome(site: SiteTest) -> object:
    """All that a build gives: its bytes and its report."""
    site.build("--max-removed", "0")
    skipped = ("seconds", "reasons", "rendered", "written", "unchanged", "changed", "removed")
    told = {name: value for name, value in site.report.items() if name not in skipped}
    told.pop("deleted")
    return site.bytes if site.public.exists() else {}, told


SETTINGS: dict[str, Any] = {
    "site": {"title": "T", "base_url": "https://test.example/"},
    "sections": {"politics": {"title": "P"}, "other": {}},
    "taxonomies": {"place": {}},
    "types": {"dispatch": {"label": "D"}},
    "languages": {"ar": {"title": "A"}},
    "newsletter": {"action": "https://newsletter.example/"},
    "search": {"action": "https://search.example/"},
    "support": {"action": "https://donate.example/", "amounts": [1]},
    "publisher": {"follow": [{"label": "L", "url": "https://l.example/"}]},
}
"""The settings of the site that each setting is changed in."""

CHOSEN = {
    "<policy>": "ethics",
    "<code>": "ar",
    "<section>": "politics",
    "<taxonomy>": "place",
    "<type>": "dispatch",
    "<their name>": "blurb",
    "<kind>": "site",
    "<directive>": "img-src",
}
"""Placeholder → the name that this site has for it."""

CHANGED_SETTINGS: Mapping[str, Any] = {
    "site.base_url": "https://other.example/",
    "site.language": "de",
    "site.timezone": "Asia/Tokyo",
    "site.theme": "own",
    "urls.permalink": "/{year}/{slug}/",
    "urls.section": "/section/{slug}/",
    "urls.tag": "/topic/{slug}/",
    "urls.author": "/by/{slug}/",
    "urls.slugs": "ascii",
    "publisher.policies.<policy>": "/ethics/",
    "publisher.follow": [],
    "publisher.follow[].url": "/elsewhere/",
    "publisher.logo": "/logo.png",
    "publisher.founded": "1987",
    "site.icon": "emblem.png",
    "structured_data.faq": True,
    "structured_data.speakable": True,
    "sections.<section>.required": ["image"],
    "taxonomies.<taxonomy>.url": "/at/{slug}/",
    "types.<type>.schema": "Report",
    "front_matter.preset": "jekyll",
    "front_matter.unknown": "error",
    "front_matter.names.<their name>": "summary",
    "markdown.html": "escape",
    "embeds.hosts": ["video.example"],
    "listings.front": 1,
    "listings.thin": 5,
    "listings.periods.<kind>": "year",
    "ticker.items": 1,
    "ticker.breaking_hours": 100,
    "ticker.max_stale_hours": 7,
    "ticker.rotate_seconds": 8,
    "site.digits": "arab",
    "site.words_per_minute": 1,
    "languages.<code>.digits": "arab",
    "languages.<code>.words_per_minute": 1,
    "urls.corrections": "/errata/",
    "newsletter.action": "https://other.example/",
    "search.action": "https://other.example/",
    "support.action": "https://other.example/",
    "support.amounts": [2],
    "support.currency": "GBP",
    "feeds.items": 1,
    "feeds.formats": ["atom"],
    "feeds.text": "summary",
    "feeds.listings.<kind>": "full",
    "feeds.hub": "https://hub.example/",
    "paywall.teaser": 0,
    "paywall.text_in_page": True,
    "share.networks": ["x"],
    "assets.fingerprint": True,
    "csp.<directive>": ["https://pictures.example"],
    "build.max_removed": 1,
    "check.silence": ["html-removed"],
    "host.target": "netlify",
}
"""Key → another value; a text where none is given."""


def toml(value: object) -> str:
    """`value` as TOML on one line; JSON has the same texts, numbers and truth values."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def with_value(settings: Mapping[str, Any], path: Sequence[str], value: object) -> dict[str, Any]:
    """`settings` with one value changed, at a path such as `("publisher", "follow[]", "url")`."""
    changed = json.loads(json.dumps(settings))
    place = changed
    for part in path[:-1]:
        inner = place.setdefault(part.removesuffix("[]"), [{}] if part.endswith("[]") else {})
        place = inner[0] if part.endswith("[]") else inner
    place[path[-1]] = value
    return dict(changed)


def written_settings(settings: Mapping[str, Any]) -> str:
    return "\n".join(f"{name} = {toml(value)}" for name, value in settings.items()) + "\n"


@pytest.fixture(scope="module")
def settings_probe(tmp_path_factory: pytest.TempPathFactory) -> Probe:
    site = SiteTest(tmp_path_factory.mktemp("settings"), written_settings(SETTINGS))
    site.file("themes/own/theme.toml", 'extends = "broadsheet"\n')
    site.file("themes/own/templates/head-end.html", "<!-- own -->\n")
    site.file("static/emblem.png", png())
    more: dict[str, Any] = {"place": ["x"], "tags": ["t"], "type": "dispatch"}
    more |= {"title": "New", "date": "2026-11-20 09:00", "section": "politics", "breaking": True}
    faq: dict[str, Any] = {"faq": [{"question": "Q", "answer": "A"}]}
    old = article(
        title="Old", date="2026-10-01 23:30", authors=["Zoë"], blurb="B", excerpt="E", **faq
    )
    site.write("zoë.md", old.replace("Text.", 'Some <b onclick="f()">text</b>.'))
    site.write("new.md", **more).write("new.ar.md", **more, body="One two three.")
    site.write("paid.md", title="Paid", paywall=True, body="One.\n\nTwo.")
    for number in range(3):
        site.write(f"gone{number}.md", title="Gone", expires="2026-11-02", slug=f"gone{number}")
    return Probe(site, outcome(site))


def placed(key: str) -> list[str]:
    """The path of a documented key in the settings of this site."""
    for placeholder, name in CHOSEN.items():
        key = key.replace(placeholder, name)
    return key.split(".")


def test_a_setting_that_is_kept_for_later_changes_nothing_and_every_other_does(
    settings_probe: Probe,
) -> None:
    wrong = []
    for key, row in settings_rows().items():
        value = CHANGED_SETTINGS.get(key, "Changed")
        settings = with_value(SETTINGS, placed(key), value)
        settings_probe.site.settings(written_settings(settings))
        if settings_probe.changes() == (LATER in row[3]):
            wrong.append(key)
    assert CHANGED_SETTINGS.keys() <= settings_rows().keys()
    assert not wrong, f"these say “{LATER}” and change something, or the other way round: {wrong}"


CHANGED_FIELDS: Mapping[str, Any] = {
    "date": "2026-10-02",
    "slug": "own",
    "url": "/own/",
    "updated": "2026-11-02",
    "image": "/i.png",
    "image.src": "/j.png",
    "image.focus": "60% 30%",
    "image.license": "https://licence.example/",
    "image.decorative": True,
    "faq": [{"question": "Q", "answer": "A"}],
    "breaking": "2026-11-30",
    "type": "opinion",
    "sources[].url": "https://s.example/",
    "corrections": [{"date": "2026-11-02", "text": "C"}],
    "corrections[].date": "2026-11-03",
    "corrections[].minor": True,
    "status": "draft",
    "embargo": "2027-01-01",
    "expires": "2026-11-10",
    "withdrawn": {"date": "2026-11-10"},
    "withdrawn.date": "2026-11-11",
    "aliases": ["/old/"],
    "related": ["b.md"],
    "translation_of": "b.ar.md",
    "featured": True,
    "lang": "ar",
    "canonical_url": "https://c.example/",
    "noindex": True,
    "paywall": True,
    "ai": "generated",
    "ai.use": "generated",
    "audio": "/a.mp3",
    "audio.src": "/b.mp3",
    "audio.transcript": "/b.txt",
    "template": "own.html",
    "silence": ["field-unknown"],
    "extra": {"rating": 4},
}

WHOLE: Mapping[str, Any] = {
    "image": {"src": "/i.png"},
    "faq": [{"question": "Q", "answer": "A"}],
    "sources": [{"title": "S"}],
    "corrections": [{"date": "2026-11-20", "text": "C"}],
    "withdrawn": {"date": "2026-11-10"},
    "ai": {"use": "assisted"},
    "audio": {"src": "/a.mp3"},
}
"""Group → a value that it may have, so that one more within it can be seen to change something."""

ARTICLE: Mapping[str, Any] = {"title": "A", "date": "2026-11-01", "nobody_knows": 1}


@pytest.fixture(scope="module")
def field_site(tmp_path_factory: pytest.TempPathFactory) -> SiteTest:
    site = SiteTest(
        tmp_path_factory.mktemp("fields"),
        written_settings({**SETTINGS, "site": {**SETTINGS["site"], "theme": "own"}}),
    )
    theme = 'extends = "broadsheet"\ncard_extra = ["rating"]\n'
    site.file("themes/own/theme.toml", theme).file("content/i.png", png((400, 300)))
    own = '{% extends "broadsheet/article.html" %}{% block title %}OWN{% endblock %}'
    site.file("themes/own/templates/own.html", own)
    shown = '{{ (article if article is defined else {"extra": {}}).extra|tojson }}\n'
    site.file("themes/own/templates/body-end.html", shown)
    site.write("b.md", title="B", date="2026-11-05").write("b.ar.md", title="B", date="2026-11-05")
    return site


def test_a_field_that_is_kept_for_later_changes_nothing_and_every_other_does(
    field_site: SiteTest,
) -> None:
    wrong = []
    rows = field_rows("Fields of an article")
    for key, row in rows.items():
        value = CHANGED_FIELDS.get(key, "Changed")
        group, _, inner = key.partition(".")
        base: dict[str, Any] = dict(ARTICLE)
        if inner:
            base[group.removesuffix("[]")] = WHOLE[group.removesuffix("[]")]
        field_site.write("a.md", article(**base))
        before = outcome(field_site)
        assert field_site.exit_code == 0, field_site.output
        field_site.write("a.md", article(**with_value(base, key.split("."), value)))
        if (outcome(field_site) != before) == (LATER in row[3]):
            wrong.append(key)
        assert field_site.exit_code == 0, (key, field_site.output)
    assert CHANGED_FIELDS.keys() <= rows.keys()
    assert not wrong, f"these say “{LATER}” and change something, or the other way round: {wrong}"


# The examples.


def test_every_example_of_settings_is_right() -> None:
    examples = [block for block in blocks() if block.kind == "toml"]
    assert any(block.document == "settings.md" for block in examples)
    for block in examples:
        values = tomllib.loads(block.text)
        first = block.text.splitlines()[0]
        if "theme.toml" in first:
            ThemeSettings.model_validate(values)
        elif "front.toml" not in first:
            least = {"title": "T", "base_url": "https://test.example/"}
            Config.model_validate({**values, "site": {**least, **values.get("site", {})}})


def test_the_example_of_settings_builds(site: SiteTest) -> None:
    example = next(b for b in blocks() if b.document == "settings.md" and b.kind == "toml")
    site.settings(example.text).write("a.md", section="politics").write("a.ar.md").build().ok()
    assert "بريد الميناء" in site.page("ar/index.html")


def test_the_examples_of_articles_and_other_files_build(site: SiteTest) -> None:
    examples = [block for block in blocks() if block.file]
    assert len(examples) == 4
    site.settings(written_settings({**SETTINGS, "sections": {"harbour": {"title": "Harbour"}}}))
    for example in examples:
        site.file(example.file, example.text)
        for picture in re.findall(r"\s/([\w/-]+\.png)", example.text):
            site.file(f"static/{picture}", "a picture")
    site.write("how-the-gates-work.md", title="How the gates work", section="Harbour")
    site.write("newer.md", title="Newer than the choice", date="2026-11-20 11:00")
    site.build().ok()
    assert site.warnings == []
    story = site.page("2026/11/harbour-storm/index.html")
    assert '<a href="/2026/11/how-the-gates-work/">' in story
    assert "harbour-storm" in site.page("about/index.html")
    assert "Harbour correspondent" in site.page("authors/maria-lópez/index.html")
    assert site.report["next_due"] == "2026-11-24T06:00:00Z"


def test_dates_are_read_as_the_documentation_says() -> None:
    text = (DOCS / "front-matter.md").read_text(encoding="utf-8")
    paragraph = text.partition("**Dates**")[2].partition("\n\n")[0]
    dates = [word for word in named(paragraph) if word != "site.timezone"]
    assert len(dates) == 6
    for date in dates[:-1]:
        assert f"{parse_instant(date, zone('Europe/London')):%Y-%m-%d}" == "2026-11-20"
    with pytest.raises(ValueError):
        parse_instant(dates[-1], zone("Europe/London"))


def test_the_names_of_files_mean_what_the_table_says(site: SiteTest) -> None:
    site.settings(written_settings(SETTINGS))
    rows = tables("front-matter.md", "File in `content/`")
    draft = "_drafts/idea.md"
    for file, _, _ in rows:
        name = named(file)[0]
        if name.endswith(".toml"):
            site.write(name, "")
        elif name.endswith(".png"):
            site.write(name, photo(40, 30, format="PNG"))
        elif name.startswith(("pages/", "authors/", "tags/")):
            site.write(name, "---\ntitle: Something\n---\nText.\n")
        else:
            body = "[m](map.png)" if name == "flood/index.md" else "Text."
            dated = name.startswith("2026-")
            text = article(body=body, authors=["Maria-Lopez"], tags=["Ferries"])
            site.write(name, text.replace('date: "2026-11-01"\n', "") if dated else text)
    site.build().ok()
    for file, address, _ in rows:
        name = named(file)[0]
        if address == NOTHING:
            assert not any(Path(name).stem in path for path in site.bytes if "front" not in name)
        else:
            path = named(address)[0].strip("/")
            assert (path if path.endswith(".png") else f"{path}/index.html") in site.bytes, name
    assert [held["source"] for held in site.report["held_back"]] == [f"content/{draft}"]
    assert [warning["source"] for warning in site.warnings] == ["content/politics/_index.md"]
    for page in ("2026/11/vote", "2026/11/flood", "about"):
        assert f"/ar/{page}/" in site.page(f"{page}/index.html"), "a pair of translations"


# report.md.


@pytest.mark.parametrize("command", BY_NAME)
def test_every_option_has_its_row(command: str) -> None:
    """In the document of the command; of most in desk.md, below their name."""
    elsewhere = {
        "build": ("report.md", "Option"),
        "serve": ("serve.md", "Option"),
        "schema": ("writing.md", "Option"),
        "deploy": ("hosting.md", "Option", "`sitegen deploy"),
        "diff": ("hosting.md", "Option", "`sitegen diff"),
        "import": ("moving.md", "Option"),
    }
    where = elsewhere.get(command, ("desk.md", "Option", f"`sitegen {command}"))
    rows = {frozenset(named(row[0])): row for row in tables(*where)}
    options = {
        frozenset(option.opts): option
        for option in BY_NAME[command].params
        if isinstance(option, click.Option) and not option.hidden
    }
    options[frozenset({"-h", "--help"})] = click.Option(["-h", "--help"], is_flag=True)
    assert rows.keys() == options.keys()
    for opts, option in options.items():
        _, value, default, _ = rows[opts]
        assert (value == "") == option.is_flag, opts
        if isinstance(option.type, click.Choice):
            assert named(value) == list(option.type.choices), opts
        if isinstance(option.default, str | Path) and option.default:
            assert default == f"`{option.default}`", opts


def shapes(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    """(name as the table has it, a value) of everything in a report."""
    if isinstance(value, dict):
        if name:
            yield name, value
        if name != "reasons":
            for key, inner in value.items():
                yield from shapes(inner, f"{name}.{key}" if name else key)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield name, value
        for item in value:
            for inner, found in shapes(item, f"{name}[]"):
                if inner != f"{name}[]":
                    yield inner, found
    else:
        yield name, value


def fits(value: object, kind: str) -> bool:
    tests: Mapping[str, bool] = {
        "true or false": isinstance(value, bool),
        "whole number": isinstance(value, int) and not isinstance(value, bool),
        "number": isinstance(value, int | float) and not isinstance(value, bool),
        "text": isinstance(value, str),
        "text or null": value is None or isinstance(value, str),
        "object": isinstance(value, dict),
        "list of texts": isinstance(value, list) and all(isinstance(i, str) for i in value),
        "list of objects": isinstance(value, list) and all(isinstance(i, dict) for i in value),
    }
    return tests[kind]


def test_every_name_of_the_report_has_its_row(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "FEW", 8)  # so few files would need no workers
    site.write("good.md", title="Good", body="[later](later.md)", unknown="x")
    site.write("later.md", title="Later", date="2026-12-01").write("draft.md", status="draft")
    site.write("gone.md", title="Gone").build().ok()
    site.remove("gone.md").write("bad.md", "---\ntitle: A\n---\n")
    site.file("public/foreign.txt", "foreign").build("--keep-going", "--profile")
    assert site.exit_code == 4
    filled = ("changed", "removed", "held_back", "left_out", "not_owned", "errors", "warnings")
    assert all(site.report[name] for name in filled), site.report
    reports = [site.report, site.build("--keep-going", now="2027-01-01").report]
    reports.append(site.build("--keep-going", "--profile", "--clean", "--jobs", "2").report)
    assert [report["next_due"] is None for report in reports] == [False, True, False]
    problems = {f"{group}[]" for group in ("errors", "warnings")}
    found: dict[str, list[object]] = {}
    for name, value in [shape for report in reports for shape in shapes(report)]:
        group, _, inner = name.rpartition(".")
        found.setdefault(f"problem.{inner}" if group in problems else name, []).append(value)
    every = tables("report.md", "Name", "The report as JSON")
    first = next(n for n, row in enumerate(every) if row[0] == "`code`")
    entry = by_name(every[first:])
    rows = {**by_name(every[:first]), **{f"problem.{name}": row for name, row in entry.items()}}
    rows |= by_name(tables("report.md", "Name", "Where the time went"))
    assert found.keys() == rows.keys()
    for name, values in found.items():
        kind = rows[name][1]
        assert all(fits(value, kind) for value in values), name
        assert kind != "text or null" or None in values, f"{name} is never null"
    site.run("build", "-s", str(site.folder), "--keep-going", "--format", "json")
    assert "reasons" not in site.report


def test_every_exit_code_has_its_row() -> None:
    command = import_module("sitegen.cli.build")  # the package has its command by that name
    coded = {cli.INTERNAL, cli.INTERRUPTED, command.DONE, command.LEFT_OUT}
    coded |= {SitegenError.exit_code, Misuse.exit_code}
    documented = {int(named(row[0])[0]) for row in tables("report.md", "Code", "Exit codes")}
    assert documented == coded


def coded_problems() -> set[str]:
    """Every code in the sources: the first argument of whatever makes a problem or a note."""
    makers = ("Problem", "Note", "note", "_mistake")
    required = {
        name
        for model in (FrontMatter, StandingFields, TermFields)
        for field in fields_of(model)
        if field.info.is_required()
        for name in [re.split(r"[.\[\]]+", field.key)[-1]]
    }
    found: set[str] = set()
    for path in sorted((ROOT / "sitegen").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = call.func.id if isinstance(call.func, ast.Name) else ""
            name = call.func.attr if isinstance(call.func, ast.Attribute) else name
            first = next(
                iter([*call.args, *(k.value for k in call.keywords if k.arg == "code")]), None
            )
            if name not in makers or first is None:
                continue
            if isinstance(first, ast.Constant):
                found.add(str(first.value))
            elif isinstance(first, ast.JoinedStr):
                ending = first.values[-1]
                assert isinstance(ending, ast.Constant), ast.unparse(call)
                found |= {field + str(ending.value) for field in required}
            else:
                assert ast.unparse(first) in ("code", "note.code"), (
                    f"{path.name}: {ast.unparse(call)}"
                )
    return found


def problem_kinds() -> dict[str, str]:
    """Code → what its entry in errors.md says that it does; every entry says how to mend it."""
    text = (DOCS / "errors.md").read_text(encoding="utf-8")
    entry = re.compile(
        r"### `([a-z-]+)`\n\n\*\*(.+?):\*\* .+?\n\nWhat to do: .+?(?=\n\n#|$)", re.DOTALL
    )
    found = {match[1]: match[2] for match in entry.finditer(text)}
    assert len(found) == text.count("\n### "), "an entry is repeated, or is not written as others"
    return found


def test_every_code_of_a_problem_has_its_entry() -> None:
    documented = problem_kinds()
    coded = coded_problems()
    assert len(coded) > 40
    assert documented.keys() - coded == set(), "entries of codes that nothing has"
    assert coded - documented.keys() == set(), "codes without an entry"


def test_what_can_be_silenced_is_documented_as_a_warning_or_a_note() -> None:
    kinds = {code: kind.split(",")[0] for code, kind in problem_kinds().items()}
    assert {code for code, kind in kinds.items() if kind in ("warning", "note")} == SILENCEABLE
    for code, severity in CHECKS.items():
        assert kinds[code] == severity.value, code


def test_a_warning_is_documented_as_one_and_an_error_is_not(site: SiteTest) -> None:
    kinds = problem_kinds()
    site.write("_index.md", "---\ntitle: T\n---\n").write("front.toml", 'lead = "no.md"\n')
    body = '[a](b.md) [c](d.pdf) <b onclick="f()">b</b> {{< video >}} ![p](none.png)'
    site.write("a.md", body=body, stuff=1, deck="x", summary="y", related=["no.md"], slug="a")
    site.write("good.md", body=body.replace("![p](none.png)", ""), stuff=1, deck="x", summary="y")
    site.write("b.md", status="draft").write("c.md", slug="a").write("d.md", tags=["!"], slug="d")
    site.write("e.md", "---\ntitle: E\n---\n").write("f.md", "Words.\n").build("--keep-going")
    told = [("warning", w) for w in site.warnings] + [("article", e) for e in site.errors]
    assert len({problem["code"] for _, problem in told}) > 10
    for kind, problem in told:
        assert kind in kinds[problem["code"]], problem
