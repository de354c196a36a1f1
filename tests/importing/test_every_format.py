"""What holds for every format: all is accounted for, the result builds, and has no errors."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sitegen.importers.formats import FORMATS
from tests.importing import ghost_export as ghost
from tests.importing import wxr
from tests.importing.old_site import OldSite
from tests.importing.test_feeds import item, rss
from tests.importing.test_feeds_details import json_feed
from tests.importing.test_generators import PLACES
from tests.importing.test_html_pages import STORY, dated, page

SITE = "https://old.example"
TEXT = (
    f'<a href="{SITE}/gone/">gone</a> <a href="/?p=99">gone</a> <a href="#nowhere">x</a> '
    f'<img src="{SITE}/uploads/a.jpg"> <h4>Low</h4> <a href="relative.html">r</a> '
    '<a href="http://[">odd</a> <img src=""> <script>x()</script> <iframe src="//x"></iframe>'
)
"""The kinds of things that an old archive is full of."""


def wordpress(folder: Path) -> OldSite:
    names = wxr.named("category", "World") + wxr.named("post_tag", "Sea")
    items = (wxr.item(n, content=TEXT, more=names, name="same") for n in range(1, 4))
    text = wxr.export(wxr.category("world", "World"), *items)
    return OldSite(folder, "wordpress", "export.xml").write(text)


def of_ghost(folder: Path) -> OldSite:
    tags = [ghost.tag("t1", "Sea", description="Salt."), ghost.tag("t2", "sea", slug="sea-2")]
    text = ghost.export(
        *(ghost.post(str(n), html=f"<p>{TEXT}</p>", featured=1) for n in range(1, 4)),
        ghost.post("7", type="page", slug="title-1"),
        ghost.post("8", status="draft", published_at=None, created_at=None, updated_at=None),
        posts_tags=[*ghost.tagged("1", "t1", "t2"), *ghost.tagged("2", "t2")],
        tags=tags,
        posts_authors=ghost.written("1", "u1"),
        users=[ghost.user("u1", "Maria", bio="Writes.")],
    )
    return OldSite(folder, "ghost", "export.json").write(text)


def feed(folder: Path) -> OldSite:
    items = (item(f"{SITE}/same/", TEXT, f"Storm {n}") for n in range(1, 4))
    return OldSite(folder, "feed", "feed.xml").write(rss(*items, item("http://[", TEXT)))


def html(folder: Path) -> OldSite:
    old = OldSite(folder, "html", "saved")
    for name in ("a", "b", "c"):
        text = page(f"<article><h1>Storm</h1>{STORY}{TEXT}</article>", dated(), f"{SITE}/{name}/")
        old.put(f"{name}.html", text)
    return old


def generator(format: str) -> Callable[[Path], OldSite]:
    def make(folder: Path) -> OldSite:
        name, text, path = PLACES[format]
        old = OldSite(folder, format, "old").put(name, text)
        for stem in ("a", "b"):
            matter = "title: Storm\ndate: 2019-03-04\ntags: [Sea, sea]\nslug: same\n"
            old.put(path.format(stem), f"---\n{matter}---\n{TEXT}\n")
        return old

    return make


SOURCES: dict[str, Callable[[Path], OldSite]] = {
    "wordpress": wordpress,
    "ghost": of_ghost,
    "feed": feed,
    "html": html,
    **{format: generator(format) for format in PLACES},
}


def test_every_format_is_among_them() -> None:
    assert set(SOURCES) == set(FORMATS)


@pytest.mark.parametrize("format", SOURCES)
def test_a_check_after_an_import_finds_no_errors(tmp_path: Path, format: str) -> None:
    old = SOURCES[format](tmp_path).run().ok()
    old.site.run("check", "-s", str(old.folder), "--format", "json")
    assert old.site.report["errors"] == []
    assert old.run().became().keys() == {"unchanged"}


@pytest.mark.parametrize("format", SOURCES)
def test_a_source_may_be_named_from_where_one_is(
    tmp_path: Path, format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = SOURCES[format](tmp_path).run("--dry-run")
    said = {key: value for key, value in old.report.items() if key != "source"}
    monkeypatch.chdir(tmp_path)
    old.source = old.source.relative_to(tmp_path)
    old.run("--dry-run").site.ok()
    assert {key: value for key, value in old.report.items() if key != "source"} == said


WORDS = st.text(alphabet="abc é€ع<>&\"'[]#*-_:|{}%\n/\\😀", max_size=25)
LINKS = st.sampled_from(
    [
        *("", f"{SITE}/?p=1", f"{SITE}/", f"{SITE}/a/b.html", f"{SITE}/2019/", "http://["),
        *(f"{SITE}/a%2fb/", f"{SITE}/tags/", f"{SITE}/con/", f"{SITE}/{'x' * 300}/", "/x/", "x"),
        *("mailto:a@b.example", f"{SITE}/a b/?x=1", "https://far.example/a/"),
    ]
)
DATES = st.sampled_from(
    ["2019-03-04T10:00:00Z", "2019-03-04", "0000-00-00", "", "9999-12-31T23:59:59+14:00", "soon"]
)
STRANGE = st.sampled_from([None, 7, True, [], {}, "x", [None], {"a": "b"}])


def anything(usual: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Mostly what should stand there; now and then what some program wrote."""
    return st.one_of(usual, usual, usual, STRANGE)


ITEMS = st.fixed_dictionaries(
    {"content_html": anything(WORDS)},
    optional={
        "id": anything(st.sampled_from(["1", "2", "3"])),
        "url": anything(LINKS),
        "external_url": anything(LINKS),
        "title": anything(WORDS),
        "summary": anything(WORDS),
        "date_published": anything(DATES),
        "date_modified": anything(DATES),
        "image": anything(LINKS),
        "authors": anything(st.lists(st.fixed_dictionaries({"name": WORDS}), max_size=2)),
        "tags": anything(st.lists(WORDS, max_size=3)),
        "attachments": anything(
            st.lists(st.fixed_dictionaries({"url": LINKS, "mime_type": WORDS}), max_size=2)
        ),
    },
)
POSTS = st.builds(
    lambda id, **fields: ghost.post(id, **fields),
    id=st.sampled_from(["1", "2", "3", "4", "5"]),
    title=anything(WORDS),
    html=anything(WORDS),
    slug=anything(st.one_of(WORDS, st.sampled_from(["a", "tag", "index", "rss", "con", "."]))),
    type=st.sampled_from(["post", "post", "page"]),
    status=anything(st.sampled_from(["published", "published", "draft", "scheduled", "sent"])),
    visibility=anything(st.sampled_from(["public", "public", "paid"])),
    published_at=anything(DATES),
    updated_at=anything(DATES),
    created_at=anything(DATES),
    custom_excerpt=anything(WORDS),
    canonical_url=anything(LINKS),
    feature_image=anything(LINKS),
    lexical=anything(st.sampled_from(['{"root": {"children": [{"type": "x"}]}}', "{"])),
)
NAMES = st.lists(st.tuples(WORDS, anything(WORDS)), min_size=2, max_size=2)
# Each example is an import and a build: to make a failing one smaller would take minutes.
FEW = settings(max_examples=10, phases=[Phase.explicit, Phase.reuse, Phase.generate], deadline=None)


@FEW
@given(items=st.lists(st.one_of(ITEMS, ITEMS, ITEMS, STRANGE), min_size=4, max_size=12))
def test_any_items_of_a_feed_add_up_and_build(
    items: list[object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    old = OldSite(tmp_path_factory.mktemp("any"), "feed", "feed.json")
    old.write(json_feed(*items)).run().ok()
    assert old.report["found"] == {"item": len(items)}
    assert old.run().became().keys() <= {"unchanged"}


@FEW
@given(posts=st.lists(POSTS, min_size=4, max_size=12), tags=NAMES, people=NAMES)
def test_any_posts_of_ghost_add_up_and_build(
    posts: list[ghost.Row],
    tags: list[tuple[str, object]],
    people: list[tuple[str, object]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    old = OldSite(tmp_path_factory.mktemp("any"), "ghost", "export.json")
    text = ghost.export(
        *posts,
        tags=[ghost.tag(f"t{n}", name, description=text) for n, (name, text) in enumerate(tags)],
        users=[ghost.user(f"u{n}", name, bio=text) for n, (name, text) in enumerate(people)],
        posts_tags=[*ghost.tagged("1", "t1", "t0"), *ghost.tagged("2", "t0", "t9")],
        posts_authors=[*ghost.written("1", "u0"), *ghost.written("2", "u1", "u0")],
    )
    old.write(text).run().ok()
    assert sum(old.report["found"].values()) == len(posts) + len(tags) + len(people)
    assert old.run().became().keys() <= {"unchanged"}


PIECES = st.one_of(
    WORDS,
    WORDS.map(lambda text: f"<p>{text} {STORY}</p>"),
    LINKS.map(lambda url: f'<a href="{url}">A link with words</a><img src="{url}">'),
    st.sampled_from(
        [
            *(STORY, TEXT, "<h2>FAQ</h2><h3>When?</h3><p>Now.</p>", "<h1>!</h1>", "<article>"),
            *("<table><tr><td><table><tr><td>x", "</div></td>", "<p class='subtitle'>", "<ul><li>"),
            '<time datetime="soon">', "<!-- saved from url=(0)http://[ -->", "<details><summary>",
        ]
    ),
)  # fmt: skip
HEADS = st.one_of(
    st.just(dated()),
    LINKS.map(
        lambda url: f'<link rel="canonical" href="{url}"><meta property="og:image" content="{url}">'
    ),
    WORDS.map(lambda text: f'<meta name="author" content="{text}"><title>{text} | T</title>'),
    WORDS.map(lambda text: f'<script type="application/ld+json">{text}</script>'),
    st.sampled_from(['<meta http-equiv="refresh" content="0;url=/x">', '<meta charset="hex">']),
)


@FEW
@given(
    pages=st.lists(
        st.tuples(st.lists(HEADS, max_size=3), st.lists(PIECES, max_size=5)), min_size=3, max_size=6
    )
)
def test_any_saved_pages_add_up_and_build(
    pages: list[tuple[list[str], list[str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    old = OldSite(tmp_path_factory.mktemp("any"), "html", "saved")
    for number, (heads, pieces) in enumerate(pages):
        old.put(f"{number}.html", page("".join(pieces), "".join(heads), ""))
    old.run().ok()
    assert old.report["found"] == {"page": len(pages)}
    assert old.run().became().keys() <= {"unchanged"}
