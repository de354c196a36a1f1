"""Imports from Ghost: its JSON exports, and the redirects beside them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.config import load_config
from tests.importing.ghost_export import HOME, export, post, tag, tagged, user, written
from tests.importing.old_site import OldSite
from tests.picture_files import saved, smooth


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    return OldSite(tmp_path, "ghost", "the-old-harbour.ghost.json")


def test_a_post_becomes_an_article_at_its_old_address(old: OldSite) -> None:
    storm = post(
        "1",
        "Storm: the harbour is closed",
        f'<p>See <a href="{HOME}/title-2/#gates">the gates</a> '
        f'and <a href="{HOME}/about/">us</a>.</p>',
        slug="storm",
        custom_excerpt="No ferry before Sunday.",
        featured=1,
        updated_at="2021-03-09T08:00:00.000Z",
        canonical_url="https://first.example/storm",
    )
    old.write(
        export(
            storm,
            post("2"),
            post("3", type="page", slug="about", title="About us"),
            posts_meta=[{"id": "m", "post_id": "1", "meta_description": "For search engines."}],
            posts_tags=tagged("1", "t2", "t1", "t3"),
            posts_authors=written("1", "u2", "u1"),
            tags=[tag("t1", "Weather"), tag("t2", "Ferries"), tag("t3", "#long read")],
            users=[user("u1", "Maria López"), user("u2", "Jonas Wick")],
        )
    )
    old.run().ok()
    assert old.matter("2021/storm.md") == (
        "title: 'Storm: the harbour is closed'\n"
        "date: 2021-03-04 10:00\n"
        "tags: [Ferries, Weather]\n"
        "authors: [Jonas Wick, Maria López]\n"
        "summary: No ferry before Sunday.\n"
        "description: For search engines.\n"
        "updated: 2021-03-09 08:00\n"
        "featured: true\n"
        "url: /storm/\n"
        "canonical_url: 'https://first.example/storm'\n"
        "extra:\n"
        "  labels: [long read]\n"
    )
    assert old.body("2021/storm.md") == "See [the gates](/title-2/#gates) and [us](/about/)."
    assert {"about/index.html", "storm/index.html"} <= set(old.site.bytes)
    assert old.report["found"] == {"post": 2, "page": 1, "tag": 3, "author": 2}
    assert old.lost() == []


def test_a_new_site_has_the_old_ones_name_and_its_lists_stay_where_they_were(old: OldSite) -> None:
    old.write(
        export(
            post("1"),
            posts_tags=tagged("1", "t1"),
            posts_authors=written("1", "u1"),
            tags=[tag("t1", "Ferries & boats", slug="ferries", description="All that floats.")],
            users=[user("u1", "Maria López", slug="maria", bio="Reports.", twitter="@maria")],
        )
    )
    old.run("--address", "https://old.example/").ok()
    config = load_config(old.folder)
    assert (config.site.title, config.site.timezone) == ("The Old Harbour", "Europe/London")
    assert config.site.base_url == "https://old.example/"
    assert {"tag/ferries-boats/index.html", "author/maria-lópez/index.html"} <= set(old.site.bytes)
    assert config.redirects["/tag/ferries/"] == "/tag/ferries-boats/"
    assert config.redirects["/author/maria/rss/"] == "/author/maria-l%C3%B3pez/feed.xml"
    assert config.redirects["/rss/"] == "/feed.xml"
    assert old.body("tags/ferries-boats.md") == "All that floats."
    assert "url: 'https://x.com/maria'" in old.matter("authors/maria-lópez.md")


def test_what_is_not_published_stays_so(old: OldSite) -> None:
    old.write(
        export(
            post("1", status="draft", published_at=None),
            post("2", status="scheduled", published_at="2031-01-01T08:00:00.000Z"),
            post("3", status="sent"),
            post("4"),
            post("5", status="scheduled", published_at="2031-01-01T08:00:00.000Z"),
            post("6", status="draft"),
            posts_meta=[{"id": "m", "post_id": "5", "email_only": 1}],
        )
    )
    old.run().ok()
    assert "status: draft\n" in old.matter("2021/title-1.md")
    assert "date: 2031-01-01 08:00\n" in old.matter("2031/title-2.md")
    assert "status: draft\n" in old.matter("2021/title-3.md")
    assert "status: draft\n" in old.matter("2031/title-5.md")
    assert [loss["file"] for loss in old.lost("mail")] == [
        "content/2021/title-3.md",
        "content/2031/title-5.md",
    ]
    assert {held["why"] for held in old.site.report["held_back"]} == {"draft", "scheduled"}
    # That one was published once; nobody has ever seen the others.
    assert [one["address"] for one in old.unanswered("draft")] == ["/title-6/"]


@pytest.mark.parametrize(
    ("visibility", "told"), [("paid", []), ("members", ["for members"]), ("tiers", ["for tiers"])]
)
def test_articles_for_members_are_behind_the_paywall(
    old: OldSite, visibility: str, told: list[str]
) -> None:
    text = "<p>All may read.</p><p>Secret.</p><p>Secret.</p>"
    old.write(export(post("1", html=text, visibility=visibility))).run().ok()
    assert "paywall: true\n" in old.matter("2021/title-1.md")
    assert "Secret" not in old.site.page("title-1/index.html")
    assert [loss["detail"] for loss in old.lost("members")] == told


def test_pages_for_members_are_drafts_and_the_end_of_the_free_part_is_told(old: OldSite) -> None:
    html = "<p>All.</p><!--members-only--><p>Some.</p>"
    old.write(
        export(
            post("1", html=html, visibility="paid"),
            post("2", type="page", visibility="members", html="<p>Secret.</p>"),
            post("3", html=html),
        )
    )
    old.run().ok()
    assert [loss["file"] for loss in old.lost("members")] == [
        "content/2021/title-1.md",
        "content/pages/title-2.md",
    ]
    assert "status: draft\n" in old.matter("pages/title-2.md")
    assert not any(b"Secret" in data for data in old.site.bytes.values())
    assert [one["address"] for one in old.unanswered("draft")] == ["/title-2/"]


def test_parts_of_a_text_for_members_alone_are_left_out_and_told(old: OldSite) -> None:
    gate = '<!--kg-gated-block:begin nonMember:{} memberSegment:"status:free,status:-free" -->'
    html = (
        f"<p>All.</p>{gate.format('false')}<p>Secret.</p><!--kg-gated-block:end-->"
        f"{gate.format('true')}<p>Everybody.</p><!--kg-gated-block:end-->"
    )
    old.write(export(post("1", html=html))).run().ok()
    assert old.body("2021/title-1.md") == "All.\n\nEverybody."
    (told,) = old.lost("members")
    assert told["detail"].endswith("is left out: Secret.")


CARDS = {
    "bookmark": (
        '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" '
        'href="https://port.example/"><div class="kg-bookmark-content">'
        '<div class="kg-bookmark-title">The port</div><div class="kg-bookmark-description">All of '
        'it.</div></div><div class="kg-bookmark-thumbnail"><img src="https://port.example/t.png">'
        "</div></a></figure>",
        "[The port](https://port.example/): All of it.",
    ),
    "picture": (
        '<figure class="kg-card kg-image-card kg-card-hascaption"><img src="__GHOST_URL__/content/'
        'images/size/w1000/2021/03/pier.jpg" class="kg-image" alt="A pier" loading="lazy">'
        "<figcaption>The pier at <b>seven</b></figcaption></figure>",
        '![A pier](/content/images/2021/03/pier.jpg "The pier at seven")',
    ),
    "embed": (
        '<figure class="kg-card kg-embed-card"><iframe width="200" src="https://www.youtube.com/'
        'embed/abcdefghijk?feature=oembed" title="A film"></iframe></figure>',
        '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk" title="A film"></iframe>',
    ),
    "callout": (
        '<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">💡</div>'
        '<div class="kg-callout-text">Mind the <strong>gap</strong>.</div></div>',
        "> Mind the **gap**.",
    ),
    "toggle": (
        '<div class="kg-card kg-toggle-card"><div class="kg-toggle-heading">'
        '<h4 class="kg-toggle-heading-text">When?</h4><button class="kg-toggle-card-icon"></button>'
        '</div><div class="kg-toggle-content"><p>On Sunday.</p></div></div>',
        "<details>\n<summary>When?</summary>\n\nOn Sunday.\n\n</details>",
    ),
    "button": (
        '<div class="kg-card kg-button-card"><a href="__GHOST_URL__/title-2/" class="kg-btn">More'
        "</a></div>",
        "[More](/title-2/)",
    ),
    "file": (
        '<div class="kg-card kg-file-card"><a class="kg-file-card-container" '
        'href="__GHOST_URL__/content/files/2021/plan.pdf"><div class="kg-file-card-contents">'
        '<div class="kg-file-card-title">The plan</div></div></a></div>',
        "[The plan](/content/files/2021/plan.pdf)",
    ),
    "recording": (
        '<div class="kg-card kg-audio-card"><div class="kg-audio-player-container"><audio '
        'src="https://media.example/a.mp3"></audio><div class="kg-audio-title">The siren</div>'
        '<button class="kg-audio-play-icon"></button></div></div>',
        "[The siren](https://media.example/a.mp3)",
    ),
    "html": (
        "<!--kg-card-begin: html--><table><tr><th>A</th></tr><tr><td>1</td></tr></table>"
        "<!--kg-card-end: html-->",
        "| A |\n| --- |\n| 1 |",
    ),
}


@pytest.mark.parametrize("card", CARDS)
def test_cards_become_markdown(old: OldSite, card: str) -> None:
    html, text = CARDS[card]
    old.write(export(post("1", html=f"<p>Before.</p>{html}<p>Behind.</p>"), post("2"))).run()
    assert old.body("2021/title-1.md") == f"Before.\n\n{text}\n\nBehind."


def test_a_form_for_members_and_injected_code_are_told(old: OldSite) -> None:
    form = '<div class="kg-card kg-signup-card"><form><input></form></div>'
    code = "<script>count()</script>"
    old.write(export(post("1", html=f"<p>A.</p>{form}", codeinjection_foot=code))).run().ok()
    assert old.body("2021/title-1.md") == "A."
    assert [loss["detail"] for loss in old.lost("code")] == [
        "a form for new members",
        f"codeinjection_foot: {code}",
    ]


MOBILEDOC = {
    "version": "0.3.1",
    "markups": [["a", ["href", "https://port.example/"]], ["em"]],
    "atoms": [["soft-return", "", {}]],
    "cards": [["image", {"src": f"{HOME}/content/images/a.jpg", "caption": "Here"}]],
    "sections": [
        [1, "h2", [[0, [], 0, "Part"]]],
        [1, "p", [[0, [], 0, "See "], [0, [0, 1], 2, "it"], [1, [], 0, 0], [0, [], 0, "now"]]],
        [10, 0],
        [3, "ul", [[[0, [], 0, "one"]], [[0, [], 0, "two"]]]],
    ],
}
LEXICAL = {
    "root": {
        "children": [
            {
                "type": "extended-heading",
                "tag": "h2",
                "children": [{"type": "text", "text": "Part"}],
            },
            {
                "type": "paragraph",
                "children": [
                    {"type": "text", "text": "See "},
                    {
                        "type": "link",
                        "url": "https://port.example/",
                        "children": [{"type": "text", "text": "it", "format": 2}],
                    },
                    {"type": "linebreak"},
                    {"type": "text", "text": "now"},
                ],
            },
            {"type": "image", "src": f"{HOME}/content/images/a.jpg", "caption": "Here"},
            {
                "type": "list",
                "tag": "ul",
                "children": [
                    {"type": "listitem", "children": [{"type": "text", "text": "one"}]},
                    {"type": "listitem", "children": [{"type": "text", "text": "two"}]},
                ],
            },
        ]
    }
}


@pytest.mark.parametrize(
    "text", [{"mobiledoc": json.dumps(MOBILEDOC)}, {"lexical": json.dumps(LEXICAL)}], ids=str
)
def test_a_post_without_html_is_read_from_what_the_editor_keeps(
    old: OldSite, text: dict[str, str]
) -> None:
    old.write(export(post("1", html=None, **text))).run().ok()
    assert old.body("2021/title-1.md") == (
        "## Part\n\nSee [*it*](https://port.example/)\\\nnow\n\n"
        '![](/content/images/a.jpg "Here")\n\n- one\n- two'
    )


@pytest.mark.parametrize("text", ["{", "[]", '{"sections": [[1]]}', '{"sections": [[10, 7]]}'])
def test_a_text_that_cannot_be_read_is_told(old: OldSite, text: str) -> None:
    old.write(export(post("1", html=None, mobiledoc=text))).run().ok()
    assert [loss["file"] for loss in old.lost("html")] == ["content/2021/title-1.md"]


def test_pictures_are_taken_from_a_copy_of_the_old_sites_files(old: OldSite) -> None:
    folder = old.folder.parent / "content" / "images" / "2021"
    folder.mkdir(parents=True)
    (folder / "pier.jpg").write_bytes(saved(smooth(), "JPEG"))
    picture = post("1", feature_image=f"{HOME}/content/images/2021/pier.jpg")
    missing = post("2", feature_image=f"{HOME}/content/images/2021/gone.jpg")
    meta = {"feature_image_alt": "A pier", "feature_image_caption": "At <em>seven</em>"}
    rows = [{"id": "m", "post_id": "1"} | meta]
    old.write(export(picture, missing, posts_meta=rows))
    media = str(old.folder.parent / "content")
    old.run("--media", media, "--address", "https://old.example").site.ok()
    assert (
        "image:\n  src: /content/images/2021/pier.jpg\n  alt: A pier\n"
        "  caption: At *seven*\n" in old.matter("2021/title-1.md")
    )
    assert "content/images/2021/pier.jpg" in old.files
    assert (old.folder / "import-media.txt").read_text() == (
        "https://old.example/content/images/2021/gone.jpg\n"
    )


REDIRECTS = {
    "redirects.yaml": "301:\n  /storm-2021: /title-1/\n"
    "  ^/old/(.*)$: /title-1/\n  /blog/(.*): /$1\n"
    "302:\n  /shop/: https://shop.example/\n",
    "redirects.json": json.dumps(
        [
            {"from": "^\\/storm-2021\\/?$", "to": "/title-1/", "permanent": True},
            {"from": "/old/.*", "to": "/title-1/"},
            {"from": "/blog/(.*)", "to": "/$1"},
            {"from": "/shop/", "to": "https://shop.example/"},
        ]
    ),
}


@pytest.mark.parametrize("name", REDIRECTS)
def test_redirects_are_kept(old: OldSite, name: str) -> None:
    old.write(export(post("1")))
    (old.source.parent / name).write_text(REDIRECTS[name])
    old.run().ok()
    assert "aliases: [/storm-2021/]\n" in old.matter("2021/title-1.md")
    redirects = load_config(old.folder).redirects
    assert redirects["/shop/"] == "https://shop.example/"
    patterns = [one["address"] for one in old.report["unanswered"] if one["kind"] == "pattern"]
    assert len(patterns) == 2


def test_addresses_are_those_of_the_routes(old: OldSite) -> None:
    old.write(
        export(
            post("1"),
            post("2"),
            posts_tags=[*tagged("1", "t1"), *tagged("2", "t2", "t1")],
            tags=[tag("t1", "Podcast"), tag("t2", "City")],
        )
    )
    (old.source.parent / "routes.yaml").write_text(
        "routes:\ncollections:\n"
        "  /heard/:\n    permalink: /heard/{slug}/\n    filter: primary_tag:podcast\n"
        "  /:\n    permalink: /{primary_tag}/{year}/{slug}/\n    template: index\n"
        "taxonomies:\n  tag: /topic/{slug}/\n"
    )
    old.run().ok()
    assert "url: /heard/title-1/\n" in old.matter("2021/title-1.md")
    assert "url: /city/2021/title-2/\n" in old.matter("2021/title-2.md")
    assert "section: City\ntags: [Podcast]\n" in old.matter("2021/title-2.md")
    assert load_config(old.folder).urls.tag == "/topic/{slug}/"


def test_an_old_export_with_numbers_for_dates_is_understood(old: OldSite) -> None:
    row = {
        "id": 7,
        "title": "Long ago",
        "slug": "long-ago",
        "html": "<p>Text.</p>",
        "page": 0,
        "status": "published",
        "author_id": 1,
        "published_at": 1283780649000,
        "meta_description": "As it was.",
    }
    data = {"posts": [row], "users": [user("1", "Ana")], "posts_tags": [], "tags": []}
    old.write(json.dumps({"meta": {"version": "003"}, "data": data})).run().ok()
    assert "date: 2010-09-06 13:44" in old.matter("2010/long-ago.md")
    assert "authors: [Ana]\n" in old.matter("2010/long-ago.md")
    assert "description: As it was.\n" in old.matter("2010/long-ago.md")


def test_an_export_that_breaks_off_gives_what_is_there(old: OldSite) -> None:
    text = export(post("1"), post("2"))
    old.write(text[: text.index('"title-2"')]).run().ok()
    assert old.files == {"2021/title-1.md"}
    assert [left["kind"] for left in old.report["left_out"]] == ["broken"]


@pytest.mark.parametrize("text", ["", "{", "<rss/>", '{"items": [{}]}', "[1]", "\xff"])
def test_what_is_no_export_is_refused(old: OldSite, text: str) -> None:
    old.write(text)
    old.site.run("import", "ghost", str(old.source), "-s", str(old.folder))
    assert old.site.exit_code == 1
    assert "the-old-harbour.ghost.json" in old.site.output
    assert "Export content" in old.site.output


def test_what_changes_in_the_export_is_updated(old: OldSite) -> None:
    old.write(export(post("1"), post("2"))).run()
    old.write(export(post("1", title="Another title"), post("3"))).run().ok()
    assert old.became() == {"created": 1, "updated": 1}
    assert [entry["path"] for entry in old.report["vanished"]] == ["2021/title-2.md"]


def test_memory_does_not_grow_with_the_export(tmp_path: Path) -> None:
    """15 MB of posts, in a process of its own; an importer that keeps them all needs more."""
    source = tmp_path / "large.json"
    head, end = export(post("X")).split('"id": "X"', 1)
    start, row = head.rsplit("{", 1)
    assert row == ""
    with source.open("w") as file:
        file.write(start)
        text = "<p>" + "Some words of a long article. " * 650 + "</p>"
        rows = (json.dumps(post(str(number), html=text)) for number in range(800))
        file.writelines(f"{row}, " for row in rows)
        file.write("{" + '"id": "X"' + end)
    script = (
        "import sys; from pathlib import Path; "
        "from sitegen.importers.formats import open_source; "
        "from sitegen.importers.things import Wishes; "
        "importer = open_source('ghost', Path(sys.argv[1]), Wishes()); "
        "n = sum(1 for _ in importer.events()); "
        # Not getrusage: what that tells begins with the size of the process that forked.
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    found = subprocess.run(
        [sys.executable, "-c", script, str(source)],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ,
    )
    assert source.stat().st_size > 14e6
    assert int(found.stdout) < 75_000, "KiB"
