"""docs/themes.md holds what the themes and the code hold; its tasks, followed to the letter, work.

A template, block, name, filter or key that is new needs its row; one that is gone leaves none.
"""

from __future__ import annotations

import inspect
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

import jinja2.filters
import pytest
from jinja2 import Environment, meta, nodes
from PIL import Image

from sitegen.config import Config
from sitegen.model import Body, Corrections, Json, Key, Moment, Picture, Summary
from sitegen.outputs import Page
from sitegen.plan.icons import icon_urls
from sitegen.render.chain import ThemeSettings
from sitegen.render.filters import FILTERS
from sitegen.render.page import Renderer
from sitegen.render.site import shared_facts
from sitegen.render.syntax import OPTIONS, PART
from sitegen.render.theme import load_theme
from tests.site_test import SiteTest
from tests.test_docs import (
    DOCS,
    NOTHING,
    ROOT,
    Row,
    blocks,
    by_name,
    check,
    general,
    named,
    settings_of,
    tables,
    toml,
    written_settings,
)

DOCUMENT = "themes.md"
BROADSHEET = ROOT / "themes/broadsheet"
NIGHTDESK = ROOT / "themes/nightdesk"
PRIVATE = "_"
EVERYWHERE = frozenset({"site", "page", "assets", "translations"})
"""What every page sees."""
DECLARED = frozenset({"lists", "data"})
"""What a page sees when the theme, or it itself, asks for it."""

SETTINGS: dict[str, Any] = {
    "site": {
        "title": "The Harbour Courier",
        "base_url": "https://courier.example/news/",
        "language": "en-GB",
        "timezone": "Europe/London",
        "theme": "mine",
    },
    "publisher": {
        "policies": {"ethics": "/ethics/"},
        "follow": [{"label": "Mastodon", "url": "https://social.example/@courier"}],
    },
    "languages": {"ar": {"title": "A"}},
    "sections": {"harbour": {"title": "Harbour"}, "politics": {"description": "The council."}},
    "taxonomies": {"place": {"title": "Places"}},
    "types": {"backstory": {"label": "Backstory"}},
    "listings": {"front": 1},
    "feeds": {"formats": ["rss", "json", "atom"]},
    "search": {"action": "https://search.example/?site=courier.example"},
    "support": {"action": "https://donate.example/?campaign=autumn", "amounts": [5, 10]},
    "newsletter": {"action": "https://newsletter.example/"},
    "llms": {"publish": True},
    "check": {"silence": ["base-path"]},
}
"""The site of the reference: between its pages, every name has a value."""

STORM: dict[str, Any] = {
    "title": "Storm closes the harbour",
    "date": "2026-11-20 06:30",
    "section": "Harbour",
    "tags": ["Ferries"],
    "authors": ["Maria López"],
    "place": ["Lowgate"],
    "summary": "No ship will leave.",
    "updated": "2026-11-21",
    "image": {"src": "storm.png", "alt": "Waves", "caption": "The *pier*", "focus": "60% 30%"},
    "key_points": ["See [the vote](vote.md)"],
    "faq": [{"question": "When?", "answer": "On Sunday."}],
    "sources": [{"title": "Tide tables", "url": "https://tides.example/"}],
    "corrections": [{"date": "2026-11-21", "text": "At 5, not at 6."}],
    "ai": {"use": "assisted", "reviewed_by": "Maria López"},
    "audio": {"src": "/storm.mp3", "title": "The storm", "transcript": "/storm.txt"},
    "featured": True,
    "related": ["vote.md"],
    "aliases": ["/old/storm/", "/2026/11/strom/"],
    "extra": {"rating": 4, "hidden": 1},
}

MARIA = """\
---
name: Maria López
role: Harbour correspondent
image: {src: ../storm.png, alt: Maria, focus: 60% 30%}
links: [{label: Mastodon, url: "https://social.example/@maria"}]
extra: {phone: "1234"}
---
She wrote [this](../storm.md).
"""

ABOUT = """\
---
title: About us
lists: {ferries: {tag: ferries}}
data: [tides]
extra: {colour: blue}
---
## People

We wrote [this](../storm.md).
"""

MAPS = frozenset(
    {
        "assets",
        "lists",
        "data",
        "site.taxonomies",
        "site.schema_types",
        "site.types",
        "site.publisher.policies",
        "page.counts",
        "page.publications",
        "page.seen",
        "page.ids",
        "page.times",
        "page.writers",
        "item.extra",
        "article.extra",
        "profile.extra",
        "standing.extra",
    }
)
"""Groups whose names the site chooses."""
WHOLE = frozenset({"site", "page", "lists.<>", "data.<>"})
"""Names whose contents other tables describe, or the site."""


def picture() -> bytes:
    data = BytesIO()
    Image.new("RGB", (640, 480)).save(data, "PNG")
    return data.getvalue()


# What pages see, by building some.


class Seen(NamedTuple):
    """A page, and the names that its template saw."""

    page: Page
    names: Mapping[str, Json]
    facts: Mapping[Key, Json]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Seen]:
    """All pages of a small site that has something of everything."""
    site = SiteTest(tmp_path_factory.mktemp("seen"), written_settings(SETTINGS))
    asks = 'extends = "broadsheet"\ncard_extra = ["rating"]\n[lists.water]\ntag = "ferries"\n'
    site.file("themes/mine/theme.toml", asks + "[data.tides]\n").file("data/tides.toml", "high = 3")
    heading = "## The gates\n\nSee [the vote](vote.md).\n\n![The gates](gates.png)"
    site.write("gates.png", picture())
    site.write("storm.md", body=heading, breaking="2026-12-01", **STORM)
    site.write("storm.png", picture())
    site.file("static/storm.mp3", "a sound").file("static/storm.txt", "its text")
    site.write("storm.ar.md", title="A storm", date="2026-11-20")
    site.write("vote.md", title="The vote", section="Politics", tags=["Ferries"])
    site.write("before.md", date="2026-10-01", section="Politics", tags=["Ferries"])
    site.write("long-before.md", date="2025-10-01", section="Politics", tags=["Ferries"])
    for number, month in enumerate(("01", "02", "03", "04", "05")):
        site.write(f"view{number}.md", type="opinion", date=f"2026-{month}-01", authors=["Zoë"])
    for number in range(9):
        seen_since = {"embargo": "2026-11-22T06:00:00Z"} if number == 8 else {}
        site.write(f"note{number}.md", date=f"2024-11-0{number + 1}", **seen_since)
    site.write("gone.md", withdrawn={"date": "2026-11-02", "reason": "The figures were wrong."})
    site.write("authors/maria-lópez.md", MARIA)
    site.write("pages/about.md", ABOUT).write("pages/about.ar.md", "---\ntitle: A\n---\nText.\n")
    found: list[Seen] = []
    context = Renderer._context

    def recording(self: Renderer, page: Page, facts: Mapping[Key, Json]) -> dict[str, Json]:
        names = context(self, page, facts)
        found.append(Seen(page, names, facts))
        return names

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Renderer, "_context", recording)
        site.build().ok()
    assert found, "no page was rendered in this process"
    return found


def leaves(name: str, value: Json) -> Iterator[tuple[str, Json]]:
    """(name as the tables have it, value) of all that a name stands for."""
    if name in WHOLE:
        yield name, value
    elif isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from leaves(f"{name}.<>" if name in MAPS else f"{name}.{key}", inner)
    elif isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
        for item in value:
            yield from leaves(f"{name}[]", item)
    else:
        yield name, value


def collected(pairs: Iterable[tuple[str, Json]]) -> dict[str, list[Json]]:
    """Name → its values; a group or list that was empty somewhere is known by what is in it."""
    found: dict[str, list[Json]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    inner = {name[: dot.start()] for name in found for dot in re.finditer(r"\.|\[\]", name)}
    return {name: values for name, values in found.items() if name not in inner}


def values_of(seen: Sequence[Seen], group: str) -> Iterator[Json]:
    """Every value that has the names of a table."""
    for page, names, _ in seen:
        if group == "item":
            for cards in cards_of(page):
                yield from cards_in(names, cards)
        elif group == "term":
            yield from (names["term"],) if "term" in names else ()
            yield from (*names.get("terms", ()), *names.get("writers", ()))
        elif group in names:
            yield names[group]


def cards_of(page: Page) -> Iterator[str]:
    """The names by which a page sees cards."""
    for name, need in page.needs:
        if isinstance(need, tuple) and need and all(key.startswith("summary:") for key in need):
            yield name


def cards_in(names: Mapping[str, Json], name: str) -> Sequence[Json]:
    group, _, inner = name.partition(".")
    cards: Sequence[Json] = names[group][inner] if inner else names[group]
    return cards


# What templates hold, by reading them.


def environment() -> Environment:
    made = Environment(autoescape=True, **OPTIONS)
    made.filters.update({**FILTERS, PART: str})
    return made


@cache
def trees(theme: Path = BROADSHEET) -> Mapping[str, nodes.Template]:
    """Template → its syntax."""
    folder = theme / "templates"
    found = {
        path.relative_to(folder).as_posix(): environment().parse(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    assert found, f"{folder} has no templates"
    return found


def needed(template: str) -> set[str]:
    """The names that a template uses without giving them a value itself."""
    tree = environment().parse((BROADSHEET / "templates" / template).read_text(encoding="utf-8"))
    names = meta.find_undeclared_variables(tree) - environment().globals.keys() - EVERYWHERE
    names -= {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
    return {name for name in names if not name.startswith(PRIVATE)}


def given_to_parts() -> dict[str, set[str]]:
    """Part → the names that it is given anywhere."""
    found: dict[str, set[str]] = {}
    for tree in trees().values():
        for call in tree.find_all(nodes.Filter):
            if call.name == PART and isinstance(call.node, nodes.Const):
                names = {str(pair.key) for pair in call.kwargs if isinstance(pair, nodes.Keyword)}
                found.setdefault(call.node.value, set()).update(names)
    return found


def drawn_in() -> set[str]:
    """The templates that others extend or include."""
    found: set[str] = set()
    for tree in trees().values():
        for node in tree.find_all((nodes.Extends, nodes.Include)):
            assert isinstance(node, nodes.Extends | nodes.Include)
            if isinstance(node.template, nodes.Const):
                found.add(node.template.value)
    return found


def same(documented: Iterable[object], real: Iterable[object], of: str) -> None:
    """Both hold the same; if not, say what the documentation lacks and what it has too much."""
    ours, theirs = {*documented}, {*real}
    lacking, too_much = theirs - ours, ours - theirs
    assert not lacking, f"{DOCUMENT}: no rows for {of}: {sorted(map(str, lacking))}"
    assert not too_much, (
        f"{DOCUMENT}: rows for {of} that are not there: {sorted(too_much, key=str)}"
    )


def rows(first: str, heading: str = "") -> dict[str, Row]:
    return by_name(tables(DOCUMENT, first, heading))


# The reference: templates and blocks.


def test_every_template_of_broadsheet_has_its_row(seen: Sequence[Seen]) -> None:
    made = {page.template for page, _, _ in seen}
    parts = given_to_parts().keys()
    same(rows("Template"), made, "templates of pages")
    same(rows("Part"), parts, "parts")
    same(rows("Included"), drawn_in(), "templates that are extended or included")
    kinds = [*rows("Template"), *rows("Part"), *rows("Included")]
    assert len(kinds) == len(set(kinds)), "a template is in two tables"
    same(kinds, trees(), "templates of broadsheet")


def test_the_templates_of_pages_see_what_their_rows_say(seen: Sequence[Seen]) -> None:
    real: dict[str, set[str]] = {}
    for page, _, _ in seen:
        names = {name.partition(".")[0] for name, _ in page.needs}
        private = {name for name in names if name.startswith(PRIVATE)}
        shown = names - EVERYWHERE - DECLARED - private
        real.setdefault(page.template, set()).update(shown)
    for template, (_, _, sees) in rows("Template").items():
        same(named(sees), real[template], f"names that {template} sees")
        assert needed(template) <= real[template] | DECLARED, template
    described = rows("Name", "What the templates of pages see")
    same(described, set().union(*real.values()), "names that templates of pages see")


def test_the_rows_of_names_say_which_of_them_are_cards(seen: Sequence[Seen]) -> None:
    every = {name.partition(".")[0] for page, _, _ in seen for name in cards_of(page)} - DECLARED
    described = rows("Name", "What the templates of pages see")
    same({name for name, row in described.items() if row[1].startswith("Cards")}, every, "cards")


def test_parts_are_given_what_their_rows_say() -> None:
    given = given_to_parts()
    for part, (_, _, names) in rows("Part").items():
        same(named(names), given[part], f"names that {part} is given")
        assert needed(part) <= given[part], part


def test_included_templates_use_what_their_rows_say() -> None:
    for template, (_, _, names) in rows("Included").items():
        same(named(names), needed(template), f"names that {template} uses")


def test_every_block_has_its_row() -> None:
    documented = []
    for block, where, holds in tables(DOCUMENT, "Block"):
        assert holds.endswith("."), f"{block}: no sentence"
        documented += [(template, name) for name in named(block) for template in named(where)]
    assert len(documented) == len(set(documented)), "a block has two rows"
    real = {
        (template, block.name)
        for template, tree in trees().items()
        for block in tree.find_all(nodes.Block)
    }
    same(documented, real, "blocks")


def is_empty(block: nodes.Block) -> bool:
    """Whether nothing but space stands in a block."""
    return not block.body or all(
        isinstance(node, nodes.Output)
        and all(isinstance(n, nodes.TemplateData) and not n.data.strip() for n in node.nodes)
        for node in block.body
    )


def parts_in(block: nodes.Block) -> set[str]:
    return {
        call.node.value
        for call in block.find_all(nodes.Filter)
        if call.name == PART and isinstance(call.node, nodes.Const)
    }


def test_the_rows_of_blocks_say_nothing_of_what_is_empty_and_name_parts_that_are_in_them() -> None:
    found = {
        (template, block.name): block
        for template, tree in trees().items()
        for block in tree.find_all(nodes.Block)
    }
    for block, where, holds in tables(DOCUMENT, "Block"):
        for name in named(block):
            every = [found[template, name] for template in named(where)]
            assert holds.startswith("Nothing") == all(map(is_empty, every)), name
            for part in named(holds.partition("the part ")[2]):
                assert all(part in parts_in(one) for one in every), f"{name}: {part}"
    for template, (_, holds, _) in rows("Included").items():
        text = (BROADSHEET / "templates" / template).read_text(encoding="utf-8")
        assert holds.startswith("Nothing") == (text.strip() == ""), template


# The reference: names.


def compare(documented: Mapping[str, Row], found: Mapping[str, Sequence[Json]]) -> None:
    """Each name has its row, with an example of the kind of value that it has; and vice versa."""
    same(map(general, documented), found, "names")
    for name, row in documented.items():
        meaning, example = row[-2:]
        assert meaning.endswith("."), f"{name}: its meaning is no sentence"
        if example == NOTHING:
            assert general(name) in WHOLE, f"{name} has no example"
            continue
        kinds = {kind(value) for value in found[general(name)] if value is not None}
        assert kind(json.loads(named(example)[0])) in kinds, f"{name} is {kinds}: {example}"


def step(name: str) -> str:
    """The first of the names that a path such as `faq[].question` is made of."""
    return re.split(r"[.\[]", name)[0]


def kind(value: Json) -> type[Any]:
    return list if isinstance(value, tuple) else type(value)


def test_every_name_that_all_pages_see_has_its_row(seen: Sequence[Seen]) -> None:
    found = collected(
        pair
        for _, names, _ in seen
        for name in (EVERYWHERE | DECLARED) & names.keys()
        for pair in leaves(name, names[name])
    )
    for page, names, _ in seen:
        own = {name.partition(".")[0] for name, _ in page.needs}
        more = {name for name in names.keys() - own if not name.startswith(PRIVATE)}
        assert more <= EVERYWHERE, f"{page.path} sees more than is documented"
        assert names.keys() >= EVERYWHERE, page.path
    compare(rows("Name", "What every page sees"), found)


def test_every_name_of_the_site_has_its_row(tmp_path: Path) -> None:
    theme = load_theme("broadsheet", tmp_path)
    config = Config.model_validate(SETTINGS)
    icons = icon_urls(config, (), {"favicon.ico": "/favicon.ico"}, alone=False)
    facts = shared_facts(config, theme, {}, icons, Moment(0))
    pairs = [
        pair for key, value in facts["site:en-GB"].items() for pair in leaves(f"site.{key}", value)
    ]
    compare(rows("Name", "`site`"), collected(pairs))


@pytest.mark.parametrize(
    "group", ["item", "article", "term", "profile", "portraits", "standing", "corrected"]
)
def test_every_name_of_what_pages_show_has_its_row(group: str, seen: Sequence[Seen]) -> None:
    values = list(values_of(seen, group))
    assert values, f"no page has shown any {group}"
    pairs = [pair for value in values for pair in leaves(group, value)]
    compare(rows("Name", f"`{group}`"), collected(pairs))


@pytest.mark.parametrize(
    ("group", "shape"),
    [
        ("item", Summary),
        ("article", Body),
        ("corrected[]", Corrections),
        ("item.image", Picture),
        ("article.image", Picture),
    ],
)
def test_every_field_of_the_model_has_its_row(group: str, shape: type[Any]) -> None:
    every = rows("Name", f"`{step(group)}`")
    below = [name.removeprefix(f"{group}.") for name in every if name.startswith(f"{group}.")]
    same(map(step, below), get_type_hints(shape), group)


def test_every_value_of_a_page_has_its_row(seen: Sequence[Seen]) -> None:
    real: dict[str, set[str]] = {}
    pairs = []
    for page, names, _ in seen:
        for key, value in names["page"].items():
            for name, leaf in leaves(f"page.{key}", value):
                pairs.append((name, leaf))
                real.setdefault(name, set()).add(page.template)
    found = collected(pairs)
    documented = rows("Name", "`page`")
    compare(documented, found)
    every = {page.template for page, _, _ in seen}
    for name, (_, where, _, _) in documented.items():
        stated = every if where == "every page" else {*named(where)}
        parent = general(name).removesuffix(".<>")
        same(stated, real[general(name)] | real.get(parent, set()), f"templates with {name}")


# The reference: filters and theme.toml.


def whole(row: Row) -> list[str]:
    """A row whose cells hold bars, which Markdown writes as `\\|`."""
    cells = re.split(r"(?<!\\)\|", "|".join(row))
    return [cell.strip().replace("\\|", "|") for cell in cells]


def filter_rows() -> list[list[str]]:
    return [whole(row) for row in tables(DOCUMENT, "Filter")]


def written_call(name: str) -> str:
    """A filter as its row has it: with the names of what it may be given."""
    function = Renderer._part if name == PART else FILTERS[name]
    parameters = list(inspect.signature(function).parameters.values())
    passed = 1 + (name == PART) + hasattr(function, "jinja_pass_arg")  # the value, self, context
    more = ", ".join(str(p).partition(":")[0] for p in parameters[passed:])
    return f"{name}({more})" if more else name


def test_every_filter_has_its_row_with_its_arguments() -> None:
    documented = by_name(filter_rows())
    same(documented, map(written_call, (*FILTERS, PART)), "filters")
    assert all(row[1].endswith(".") for row in documented.values())


@pytest.mark.parametrize("row", filter_rows(), ids=lambda row: named(row[0])[0])
def test_a_filter_does_what_its_example_says(row: list[str], seen: Sequence[Seen]) -> None:
    call, _, example, gives = row
    assert f"|{call.strip('`').partition('(')[0]}" in example, "the example is of another filter"
    page, _, facts = next(s for s in seen if s.page.source == "storm.md")
    theme = load_theme("broadsheet", ROOT)
    templates = {**theme.templates, "example.html": named(example)[0]}
    text = Renderer(templates).render(page._replace(template="example.html"), facts).decode()
    assert text.strip() == named(gives)[0]


def test_jinjas_own_filters_are_there_too() -> None:
    text = (DOCS / DOCUMENT).read_text(encoding="utf-8")
    sentence = text.partition("Jinja's own filters are there too, such as")[2].partition("\n\n")[0]
    names = named(sentence)
    assert len(names) > 5
    assert {*names} <= jinja2.filters.FILTERS.keys() - FILTERS.keys()


def test_every_key_of_theme_toml_has_its_row() -> None:
    check(rows("Key"), list(settings_of(ThemeSettings)), json.dumps)


def test_every_link_within_the_document_leads_somewhere() -> None:
    text = (DOCS / DOCUMENT).read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings}
    links = re.findall(r"\]\(([^)]+)\)", text)
    within = {link[1:] for link in links if link.startswith("#")}
    files = {link.partition("#")[0] for link in links if not link.startswith(("#", "https:"))}
    assert len(within) > 5
    assert within <= anchors
    assert all((DOCS / file).is_file() for file in files), files


# The tasks.


class Written(NamedTuple):
    """A file that the documentation tells readers to write."""

    heading: str
    path: str
    text: str


@cache
def files() -> Sequence[Written]:
    """A line with nothing but a path, and a block: that file."""
    text = (DOCS / DOCUMENT).read_text(encoding="utf-8")
    pattern = r"^#+ (?P<heading>[^\n]*)$|^`(?P<path>[^`\s]+)`\n\n```\w+\n(?P<text>.*?)^```$"
    found, heading = [], ""
    for match in re.finditer(pattern, text, re.DOTALL | re.MULTILINE):
        heading = match["heading"] or heading
        if match["path"]:
            found.append(Written(heading, match["path"], match["text"]))
    return found


FIRST = "First: a theme of your own"
CARDS = "Task: show a field of your own on cards"
STAFF = "Task: a staff page"
BLOCK = "Task: replace one block"
LOOK = "Task: colours and a script of your own"
TEXTS = "Texts and languages"


def follow(site: SiteTest, *headings: str) -> SiteTest:
    """Do what the documentation says below `headings`, on a site with two authors, and build."""
    settings: dict[str, Any] = {"site": {"title": "T", "base_url": "https://test.example/"}}
    for file in (file for file in files() if file.heading in (FIRST, *headings)):
        if file.path == "sitegen.toml":
            settings["site"] |= tomllib.loads(file.text)["site"]
        else:
            site.file(file.path, file.text)
    site.settings(written_settings(settings))
    site.write("storm.md", title="Storm", authors=["Maria López", "Sami Haddad"], tags=["Ferries"])
    site.write("unsigned.md", title="Unsigned", tags=["Ferries"])
    site.build().ok()
    assert site.warnings == []
    return site


def test_every_file_of_the_documentation_belongs_to_a_task_that_is_tried() -> None:
    tasks = {FIRST, CARDS, STAFF, BLOCK, LOOK, TEXTS}
    assert {file.heading for file in files()} == tasks
    text = (DOCS / DOCUMENT).read_text(encoding="utf-8")
    assert len(files()) == len(re.findall(r"^`[^`\s]+`$", text, re.MULTILINE))


def test_a_theme_of_ones_own_begins_as_broadsheet(site: SiteTest) -> None:
    mine = follow(site).bytes
    text = (site.folder / "sitegen.toml").read_text(encoding="utf-8")
    site.settings(text.replace(toml("mine"), toml("broadsheet"))).build().ok()
    assert site.bytes == mine


def test_the_task_of_cards_shows_the_rating_on_every_card_and_no_other(site: SiteTest) -> None:
    follow(site, CARDS)
    for page in ("index.html", "culture/index.html", "archive/index.html"):
        assert site.page(page).count('<p class="rating">4 of 5 stars</p>') == 1, page
    card = re.search(
        r"<article class=\"card\">(?:(?!</article>).)*rating", site.page("index.html"), re.S
    )
    assert card and "Tide Tables, a play" in card[0] and "The water rises" in card[0]


def test_the_task_of_the_staff_page_makes_one(site: SiteTest) -> None:
    page = follow(site, STAFF).page("staff/index.html")
    assert "<title>Our staff | T</title>" in page
    assert "Write to any of us" in page
    assert page.count("<li><strong>") == 2
    maria = "<strong>Maria López</strong>, Harbour correspondent: "
    assert f'{maria}<a href="mailto:maria@courier.example">' in page
    table = "name,role,email\nZoë,Editor,zoe@courier.example\n"
    site.file("data/staff.csv", table).build().ok()
    assert site.rendered == {"staff/index.html"}
    assert "Zoë" in site.page("staff/index.html")


def test_the_task_of_the_block_replaces_it_and_nothing_else(site: SiteTest) -> None:
    follow(site)
    before = site.bytes
    usual = re.sub(r"<[^>]*>", "", site.page("2026/11/storm/index.html"))
    assert "By Maria López and Sami Haddad" in usual
    after = follow(site, BLOCK).bytes
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed == {"2026/11/storm/index.html", "2026/11/unsigned/index.html"}
    byline = r'<p class="byline">.*?</p>\n'
    for path in changed:
        texts = [re.sub(byline, "", b[path].decode(), flags=re.S) for b in (before, after)]
        assert texts[0] == texts[1]
    signed = re.search(byline, site.page("2026/11/storm/index.html"), re.S)
    assert signed and re.sub(r"<[^>]*>|\n", "", signed[0]) == "Maria López · Sami Haddad"
    unsigned = re.search(byline, site.page("2026/11/unsigned/index.html"), re.S)
    assert unsigned and re.sub(r"<[^>]*>|\n", "", unsigned[0]) == "T"


def test_the_task_of_colours_loads_both_files_on_every_page(site: SiteTest) -> None:
    follow(site, LOOK)
    pages = [site.page(path) for path in site.bytes if path.endswith(".html")]
    for page in pages:
        head = page.partition("</head>")[0]
        own = head.index('<link rel="stylesheet" href="/assets/mine.css">')
        assert own > head.index('href="/assets/site.css"'), "the parent's stylesheet wins"
        assert '<script src="/assets/mine.js" defer></script>' in head
    style = site.page("assets/mine.css")
    assert properties(style) <= properties((BROADSHEET / "static/site.css").read_text("utf-8"))
    assert "scripted" in site.page("assets/mine.js")


def test_a_text_that_counts_is_replaced_as_the_documentation_says(site: SiteTest) -> None:
    terms = follow(site, TEXTS).page("tags/index.html")
    assert "<span>2 stories</span>" in terms
    assert "articles</span>" not in terms


def test_all_tasks_go_together(site: SiteTest) -> None:
    follow(site, CARDS, STAFF, BLOCK, LOOK)
    assert "4 of 5 stars" in site.page("index.html")
    assert "Maria López" in site.page("staff/index.html")
    assert " · " in site.page("2026/11/storm/index.html")


# What else the documentation says of themes.


def example(words: str) -> str:
    """The text of the one block of the documentation that holds `words`."""
    found = [block.text for block in blocks() if block.document == DOCUMENT and words in block.text]
    assert len(found) == 1, words
    return found[0]


def child(site: SiteTest, asks: str = 'extends = "broadsheet"\n', **templates: str) -> SiteTest:
    """A site with a theme `mine`, and templates of it by their names without an ending."""
    settings = {"site": {**SETTINGS["site"], "language": "en"}, "check": SETTINGS["check"]}
    site.settings(written_settings(settings))
    site.file("themes/mine/theme.toml", asks)
    for name, text in templates.items():
        site.file(f"themes/mine/templates/{name}.html", text)
    return site.write("a.md", title="Crossing", tags=["Ferries"], type="report")


def test_home_sees_the_lists_and_data_of_the_example(site: SiteTest) -> None:
    own = '{% extends "broadsheet/home.html" %}\n{% block opinions %}\n<p id="own">'
    own += "{{ lists.from_the_quays[0].title }}, {{ data.tides.high }}</p>\n{% endblock %}\n"
    child(site, example("from_the_quays"), home=own).file("data/tides.toml", 'high = "at noon"\n')
    site.write("b.md", title="Newer", tags=["Ferries"]).build().ok()
    assert '<p id="own">Crossing, at noon</p>' in site.page("index.html")
    assert site.warnings == []


def test_a_list_on_the_pages_of_articles_is_warned_of(site: SiteTest) -> None:
    asks = 'extends = "broadsheet"\n[lists.new]\nlimit = 1\ntemplates = ["article.html"]\n'
    child(site, asks).build().ok()
    assert [warning["code"] for warning in site.warnings] == ["list-everywhere"]
    site.write("b.md", title="Newer", date="2026-11-20").build().ok()
    assert "2026/11/a/index.html" in site.rendered


def test_a_part_sees_the_site_and_what_it_is_given_and_nothing_else(site: SiteTest) -> None:
    part = "{{ given }} {{ site.lang }} {{ page.lang }} {{ assets|length > 0 }} {{ 'older'|t }} "
    part += "{{ 'older' in _strings }} {{ 'no such text' in _strings }} "
    part += "{{ page.url is defined }} {{ article is defined }}"
    own = '{% extends "broadsheet/article.html" %}{% block byline %}<p id="own">'
    own += "{{ 'part.html'|part(given=article.title) }}</p>{% endblock %}"
    child(site, part=part, article=own).build().ok()
    told = '<p id="own">Crossing en en True Older True False False False</p>'
    assert told in site.page("2026/11/a/index.html")


def test_a_childs_texts_are_laid_over_the_parents_language_by_language(site: SiteTest) -> None:
    child(site).file("themes/mine/i18n/en.toml", 'published = "Out"\n')
    site.settings(written_settings({**SETTINGS, "languages": {"ar": {}, "eo": {}}}))
    assert not (BROADSHEET / "i18n/eo.toml").exists()
    site.write("a.ar.md").write("a.eo.md").build().ok()
    arabic = tomllib.loads((BROADSHEET / "i18n/ar.toml").read_text(encoding="utf-8"))
    for path, word in (("", "Out"), ("eo/", "Out"), ("ar/", arabic["published"])):
        assert f"<span>{word} <time" in site.page(f"{path}2026/11/a/index.html")


def test_the_name_of_a_theme_in_front_is_that_themes_template(site: SiteTest) -> None:
    own = "<p>{{ 'broadsheet/row.html'|part(item=item, dated=false) }}</p>"
    child(site, card=own, row="<b>mine</b>").build().ok()
    home = site.page("index.html")
    assert '<p><li><a href="/news/2026/11/a/">Crossing</a>' in home
    assert "<b>mine</b>" in site.page("2026/11/index.html")


def test_a_static_file_of_the_same_name_replaces_the_parents(site: SiteTest) -> None:
    child(site).file("themes/mine/static/site.css", "body {}").build().ok()
    assert site.page("assets/site.css") == "body {}"
    assert site.bytes["assets/site.js"] == (BROADSHEET / "static/site.js").read_bytes()


def test_another_host_is_let_through_by_the_example_of_the_settings(site: SiteTest) -> None:
    site.write("a.md").build().ok()
    assert "https://count.example" not in site.page("index.html")
    site.settings((site.folder / "sitegen.toml").read_text("utf-8") + example("[csp]")).build().ok()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', site.page("index.html"))
    assert policy and policy[1].count("https://count.example") == 2


def test_a_name_that_is_not_there_is_an_error(site: SiteTest) -> None:
    child(site, card="<p>\n{{ item.extra.rating }}</p>").build()
    assert site.exit_code == 1
    error = site.errors[0]
    assert (error["source"], error["line"]) == ("themes/mine/templates/card.html", 2)
    assert "rating" in error["message"]


def test_a_missing_parent_is_an_error_with_file_and_line(site: SiteTest) -> None:
    child(site, 'name = "Mine"\nextends = "broadshet"\n').build()
    assert site.exit_code == 1
    error = site.errors[0]
    place = (error["code"], error["source"], error["line"])
    assert place == ("theme-missing", "themes/mine/theme.toml", 2)
    assert "broadshet" in error["message"] and "broadsheet" in error["hint"]


def test_themes_that_extend_each_other_are_an_error_with_file_and_line(site: SiteTest) -> None:
    site.file("themes/yours/theme.toml", 'extends = "mine"\n')
    child(site, 'extends = "yours"\n').build()
    assert site.exit_code == 1
    error = site.errors[0]
    place = (error["code"], error["source"], error["line"])
    assert place == ("theme-loop", "themes/yours/theme.toml", 1)
    assert "mine → yours → mine" in error["message"]


# nightdesk, the larger example.


def properties(style: str) -> set[str]:
    """The custom properties that a stylesheet sets or uses."""
    return set(re.findall(r"--[\w-]+", style))


def strings(theme: Path, lang: str) -> Mapping[str, Any]:
    return tomllib.loads((theme / f"i18n/{lang}.toml").read_text(encoding="utf-8"))


@pytest.fixture
def nightdesk(site: SiteTest) -> SiteTest:
    settings = {**SETTINGS, "site": {**SETTINGS["site"], "theme": "nightdesk"}}
    site.settings(
        written_settings({name: settings[name] for name in ("site", "languages", "check")})
    )
    more: dict[str, Any] = {"why_it_matters": "The ferries carry the mail.", "authors": ["Zoë"]}
    site.write("live.md", title="On air", extra={"live": True}, **more)
    site.write("live.ar.md", title="Arabic", extra={"live": True}, **more)
    site.write("quiet.md", title="Quiet", **more).build().ok()
    assert site.warnings == []
    return site


def test_nightdesk_is_short() -> None:
    every = [path for path in NIGHTDESK.rglob("*") if path.is_file()]
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in every) < 60


def test_nightdesk_changes_the_colours_in_a_stylesheet_of_its_own(nightdesk: SiteTest) -> None:
    parents, own = nightdesk.page("assets/site.css"), nightdesk.page("assets/nightdesk.css")
    assert parents == (BROADSHEET / "static/site.css").read_text(encoding="utf-8")
    assert properties(own) <= properties(parents)
    colour = r"(--[\w-]+): *(#\w+)"
    first = dict(re.findall(colour, parents.partition("}")[0]))
    changed = dict(re.findall(colour, own))
    assert changed.keys() == first.keys() and len(first) > 5
    assert all(changed[name] != value for name, value in first.items())
    for path in ("index.html", "2026/11/quiet/index.html"):
        head = nightdesk.page(path).partition("</head>")[0]
        assert head.index("/assets/nightdesk.css") > head.index("/assets/site.css")


def test_nightdesk_marks_what_is_live_in_blocks_of_its_parent(nightdesk: SiteTest) -> None:
    ours = {
        (t, block.name)
        for t, tree in trees(NIGHTDESK).items()
        for block in tree.find_all(nodes.Block)
    }
    theirs = {
        (t, block.name) for t, tree in trees().items() for block in tree.find_all(nodes.Block)
    }
    assert ours and ours <= theirs
    for path, lang in (("", "en"), ("ar/", "ar")):
        mark = f'<p class="live">{strings(NIGHTDESK, lang)["live"]}</p>'
        assert nightdesk.page(f"{path}index.html").count(mark) == 1
        assert mark in nightdesk.page(f"{path}2026/11/live/index.html").partition("</header>")[2]
    assert 'class="live"' not in nightdesk.page("2026/11/quiet/index.html").partition("related")[0]


def test_nightdesk_replaces_one_text_of_its_parent(nightdesk: SiteTest) -> None:
    own, parents = strings(NIGHTDESK, "en"), strings(BROADSHEET, "en")
    replaced = own.keys() & parents.keys()
    assert replaced == {"why_it_matters"}
    assert own["why_it_matters"] != parents["why_it_matters"]
    page = nightdesk.page("2026/11/quiet/index.html")
    assert f'<h2 id="block-why">{own["why_it_matters"]}</h2>' in page
