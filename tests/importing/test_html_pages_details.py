"""Imports of saved pages: what pages of real sites are like, and what copies of them lack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sitegen.config import load_config
from tests.importing.old_site import OldSite
from tests.importing.test_html_pages import PROSE, STORY, TEXT, dated, page, put
from tests.picture_files import saved, smooth

SITE = "https://old.example"


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    old = OldSite(tmp_path, "html", "saved")
    old.source.mkdir()
    return old


def story(more: str = "", title: str = "Storm") -> str:
    return f"<article><h1>{title}</h1>{STORY}{more}</article>"


CODINGS = {
    "iso-8859-1": ("iso-8859-1", "cp1252"),
    "windows-1252": ("windows-1252", "cp1252"),
    "says utf-8": ("utf-8", "cp1252"),
    "says latin": ("iso-8859-1", "utf-8"),
    "says nothing": ("", "cp1252"),
    "says nonsense": ("x-none", "utf-8"),
    "utf-16": ("utf-8", "utf-16"),
}


@pytest.mark.parametrize("form", CODINGS)
def test_pages_are_read_as_browsers_read_them(old: OldSite, form: str) -> None:
    said, coding = CODINGS[form]
    words = "<p>“Nobody was hurt”, said the mayor of Saint-Malô – it cost 5 € – and went home.</p>"
    html = page(story(words), dated()).replace('charset="utf-8"', f'charset="{said}"')
    (old.source / "storm.html").write_bytes(html.encode(coding))
    old.run().ok()
    expected = words.removeprefix("<p>").removesuffix("</p>")
    assert old.body("2019/storm.md") == f"{TEXT}\n\n{expected}"


def test_a_page_of_utf_8_with_pasted_bytes_keeps_both(old: OldSite) -> None:
    html = page(story("<p>Malô, Malô and Malô: § a word of the mayor to all of us.</p>"), dated())
    (old.source / "storm.html").write_bytes(html.encode().replace("§".encode(), b"\x97"))
    old.run().ok()
    assert "Malô, Malô and Malô: — a word" in old.body("2019/storm.md")


def test_a_page_with_an_xml_declaration_is_read(old: OldSite) -> None:
    html = '<?xml version="1.0" encoding="iso-8859-1"?>\n' + page(story("<p>Malô.</p>"), dated())
    (old.source / "storm.html").write_bytes(html.replace("utf-8", "").encode("cp1252"))
    old.run().ok()
    assert old.body("2019/storm.md").endswith("Malô.")


def linked(*nodes: dict[str, Any]) -> str:
    graph = json.dumps({"@context": "https://schema.org", "@graph": nodes})
    return f'<script type="application/ld+json">/*<![CDATA[*/{graph}/*]]>*/</script>'


SITE_NODE = {"@type": "WebSite", "@id": f"{SITE}/#site", "name": "The Old Harbour"}


def test_things_that_a_page_only_refers_to_are_looked_up(old: OldSite) -> None:
    """As the plugin that most WordPress sites have writes them."""
    head = linked(
        {
            "@type": ["Article", "NewsArticle"],
            "headline": "Storm",
            "datePublished": "2019-03-04T10:00:00+00:00",
            "author": {"@id": f"{SITE}/#maria"},
            "image": {"@id": f"{SITE}/storm/#primaryimage"},
            "publisher": {"@id": f"{SITE}/#org"},
        },
        {"@type": "WebPage", "@id": f"{SITE}/storm/"},
        {"@type": "ImageObject", "@id": f"{SITE}/storm/#primaryimage", "url": f"{SITE}/a.jpg"},
        {"@type": "Person", "@id": f"{SITE}/#maria", "name": "Maria López"},
        SITE_NODE,
    )
    pictures = '<img src="/b.jpg" alt="B"><img src="/a-300x200.jpg" alt="A">'
    put(old, "storm.html", page(f"<article><h1>Storm</h1>{pictures}{STORY}</article>", head))
    old.run()
    assert "authors: [Maria López]\n" in old.matter("2019/storm.md")
    assert "image:\n  src: /a.jpg\n  alt: A\n" in old.matter("2019/storm.md")


def test_a_page_that_describes_its_whole_site_is_no_list(old: OldSite) -> None:
    head = linked({"@type": "WebPage", "@id": f"{SITE}/about/"}, SITE_NODE)
    put(old, "about.html", page(f"<h1>About us</h1>{STORY}", head, f"{SITE}/about/")).run().ok()
    assert old.files == {"pages/about.md"}


def test_a_page_that_search_engines_leave_out_is_kept(old: OldSite) -> None:
    head = '<meta name="robots" content="noindex,follow">'
    put(old, "legal.html", page(f"<h1>Legal</h1>{STORY}", head, f"{SITE}/legal/")).run().ok()
    assert "noindex: true\n" in old.matter("pages/legal.md")


@pytest.mark.parametrize("refresh", ["600; url=/other/", "0; url=/2019/03/storm/"])
def test_a_page_that_loads_itself_anew_is_an_article(old: OldSite, refresh: str) -> None:
    head = f'{dated()}<meta http-equiv="refresh" content="{refresh}">'
    put(old, "storm.html", page(story(), head)).run().ok()
    assert old.files == {"2019/storm.md"}


def test_names_without_a_letter_are_told_and_bylines_are_people(old: OldSite) -> None:
    tags = "".join(f'<meta property="article:tag" content="{t}">' for t in ("Sea", "!?", "sea"))
    byline = '<meta name="author" content="By Maria López and Jonas Wick">'
    put(old, "storm.html", page(story(), dated() + tags + byline)).run().ok()
    assert "tags: [Sea]\nauthors: [Maria López, Jonas Wick]\n" in old.matter("2019/storm.md")
    assert [loss["detail"] for loss in old.lost("field")] == ["the name !?"]


@pytest.mark.parametrize("form", ["{} | The Old Harbour", "The Old Harbour - {}"])
def test_the_sites_name_is_no_part_of_headlines(old: OldSite, form: str) -> None:
    names = ("Storm | part two", "Gates", "Ferries")
    for number, name in enumerate(names):
        head = dated() + f"<title>{form.format(name)}</title>"
        head = head.replace("og:title", "x").replace("2019", f"201{number}")
        html = page(f"<article>{STORY}</article>", head, f"{SITE}/{number}/")
        put(old, f"{number}.html", html)
    old.run().ok()
    assert "title: Storm | part two\n" in old.matter("2010/0.md")
    assert "title: Gates\n" in old.matter("2011/1.md")
    assert load_config(old.folder).site.title == "The Old Harbour"


def test_descriptions_that_programs_make_are_none(old: OldSite) -> None:
    same = '<meta name="description" content="News from the harbour">'
    start = f'<meta name="description" content="{PROSE[0][:60]} […]">'
    own = '<meta name="description" content="What it did to the town.">'
    for name, head in {"a": same, "b": same, "c": start, "d": own}.items():
        put(old, f"{name}.html", page(story(), dated() + head, f"{SITE}/{name}/"))
    old.run().ok()
    described = {name for name in "abcd" if "description:" in old.matter(f"2019/{name}.md")}
    assert described == {"d"}


def test_the_page_itself_is_taken_and_not_its_copies_for_telephones(old: OldSite) -> None:
    html = page(story(), dated(), f"{SITE}/storm/")
    put(old, "old.example/storm/amp/index.html", html.replace(PROSE[2], ""))
    put(old, "old.example/storm/index.html", html)
    old.run().ok()
    assert old.body("2019/storm.md") == TEXT
    assert [left["where"] for left in old.left("again")] == ["old.example/storm/amp/index.html"]


def test_an_address_that_is_relative_or_that_of_the_home_page_is_understood(old: OldSite) -> None:
    put(old, "old.example/a/index.html", page(story(), dated(), "/2019/a/"))
    og = f'<meta property="og:url" content="{SITE}/2019/b/">'
    put(old, "old.example/b/index.html", page(story(), dated() + og, f"{SITE}/"))
    old.run().ok()
    assert "url: /2019/a/\n" in old.matter("2019/a.md")
    assert "url: /2019/b/\n" in old.matter("2019/b.md")


def test_the_date_may_stand_in_the_address_or_where_readers_see_it(old: OldSite) -> None:
    shown = '<p class="post-date">Posted on March 4, 2003</p>'
    body = "<div><h1>{}</h1>{}" + STORY + "</div>"
    put(old, "a.html", page(body.format("A", shown), "", f"{SITE}/a.html"))
    put(old, "b.html", page(body.format("B", ""), "", f"{SITE}/2004/05/06/b.html"))
    put(old, "c.html", page(body.format("C", ""), "", f"{SITE}/c.html"))
    old.run().ok()
    assert old.files == {"2003/a.md", "2004/b.md", "pages/c.md"}
    assert "date: 2003-03-04\n" in old.matter("2003/a.md")
    assert [loss["detail"] for loss in old.lost("guessed")] == ["2004-05-06"]


def test_files_are_called_as_programs_that_copy_a_site_call_them(old: OldSite) -> None:
    html = page(story(), dated(), "")
    put(old, "old.example/2019/03/storm", html)
    put(old, "old.example/story.php?id=7", html)
    put(old, "old.example/story.php@id=8.html", html)
    put(old, "old.example/LICENSE", "All rights reserved.")
    put(old, "old.example/gates.mht", "MIME-Version: 1.0")
    old.run().ok()
    assert old.report["found"] == {"page": 4}
    assert [left["where"] for left in old.left("form")] == ["old.example/gates.mht"]
    assert "url: /2019/03/storm/\n" in old.matter("2019/storm.md")
    queries = [one["address"] for one in old.unanswered("query")]
    assert queries == ["/story.php?id=7", "/story.php?id=8"]


def test_pictures_of_a_copied_site_stay_at_their_addresses(old: OldSite) -> None:
    for name in ("storm", "gates"):
        picture = '<img src="../pictures/pier.jpg" alt="A pier">'
        put(old, f"old.example/{name}/index.html", page(story(picture), dated(), ""))
    (old.source / "old.example" / "pictures").mkdir()
    (old.source / "old.example" / "pictures" / "pier.jpg").write_bytes(saved(smooth(), "JPEG"))
    old.run().ok()
    assert old.files == {"2019/storm.md", "2019/gates.md", "pictures/pier.jpg"}
    assert old.body("2019/gates.md").endswith("![A pier](/pictures/pier.jpg)")


def test_pages_that_an_archive_of_the_web_has_kept_are_as_they_were(old: OldSite) -> None:
    kept = "https://web.archive.org/web/20190305120000/"
    html = page(story(f'<p>See <a href="{kept}{SITE}/gates/">the gates</a>.</p>'), dated())
    bar = "<!-- {} WAYBACK TOOLBAR INSERT -->"
    bar = f"{bar.format('BEGIN')}<p>Kept 7 times</p>{bar.format('END')}"
    html = html.replace("<body>", f"<body>{bar}").replace(
        'href="https://old', f'href="{kept}https://old'
    )
    put(old, "storm.html", html).run().ok()
    assert "url: /2019/03/storm/\n" in old.matter("2019/storm.md")
    assert old.body("2019/storm.md").endswith("See [the gates](/gates/).")


def test_a_page_that_singlefile_has_saved_knows_its_address(old: OldSite) -> None:
    remark = (
        f"<!--\n Page saved with SingleFile \n url: {SITE}/2019/03/storm/ \n saved date: x\n-->"
    )
    put(old, "Storm.html", page(story(), dated(), "").replace("<head>", f"{remark}<head>"))
    old.run().ok()
    assert "url: /2019/03/storm/\n" in old.matter("2019/storm.md")


def test_lists_that_the_new_site_has_too_are_not_missed(old: OldSite) -> None:
    items = "".join(f'<li><a href="/{n}/">A headline that leads on {n}</a></li>' for n in range(9))
    head = '<meta property="article:section" content="City">'
    put(old, "storm.html", page(story(), dated() + head))
    for name in ("city", "2019", "tags", "rubric"):
        put(old, f"{name}.html", page(f"<ul>{items}</ul>", "", f"{SITE}/{name}/"))
    old.run().ok()
    assert [one["address"] for one in old.unanswered("archive")] == ["/rubric/"]


@pytest.mark.parametrize("text", ['{"a":' * 50_000, "[" * 50_000, "{}", "null", "//"])
def test_nonsense_for_machines_is_passed_over(old: OldSite, text: str) -> None:
    script = f'<script type="application/ld+json">{text}]}}</script>'
    put(old, "storm.html", page(story(), dated() + script)).run().ok()
    assert old.files == {"2019/storm.md"}


def test_pages_that_are_tables_are_articles(old: OldSite) -> None:
    """As they were made around 2000."""
    for name in ("storm", "gates", "ferries"):
        text = "<P>".join(PROSE)
        html = (
            f"<HTML><HEAD><TITLE>The Old Harbour: {name}</TITLE></HEAD><BODY BGCOLOR=white>"
            "<TABLE WIDTH=600><TR><TD WIDTH=120><A HREF='/'>Home</A><BR><A HREF='/n/'>News</A></TD>"
            f"<TD><FONT SIZE=+2><B>{name}</B></FONT><BR><FONT SIZE=-1>March 4, 2003</FONT>"
            f"<P>{text}<TABLE><TR><TD>7</TD><TD>Mill</TD></TR></TABLE></TD></TR></TABLE></BODY></HTML>"
        )
        put(old, f"old.example/2003/{name}.html", html)
    old.run().ok()
    assert old.files == {"2003/storm.md", "2003/gates.md", "2003/ferries.md"}
    assert "title: storm\ndate: 2003-03-04\n" in old.matter("2003/storm.md")
    body = old.body("2003/storm.md")
    assert TEXT in body and "| 7 | Mill |" in body
    assert "Home" not in body and "**storm**" not in body


def test_a_list_of_links_goes_with_its_heading(old: OldSite) -> None:
    share = (
        '<div class="entry"><div><h3>Share this:</h3><ul><li><a href="https://x.example/">X</a>'
        "</li></ul></div></div>"
    )
    put(old, "storm.html", page(story(share), dated())).run().ok()
    assert old.body("2019/storm.md") == TEXT


def test_a_page_that_names_what_it_leads_to_as_its_own_is_a_redirect(old: OldSite) -> None:
    """As sitegen and Hugo write them."""
    new = "https://old.example/2019/03/storm/"
    head = f'<meta http-equiv="refresh" content="0; url={new}">'
    moved = f'<html><head><link rel="canonical" href="{new}">{head}</head><body></body></html>'
    put(old, "old.example/2019/03/storm/index.html", page(story(), dated()))
    put(old, "old.example/old-storm/index.html", moved).run().ok()
    assert '"/old-storm/" = "/2019/03/storm/"' in old.settings
    assert [left["where"] for left in old.left("moved")] == ["old.example/old-storm/index.html"]
    assert old.left("again") == []


def test_lists_that_are_elsewhere_now_are_led_on_and_so_is_what_led_to_them(old: OldSite) -> None:
    site = "https://old.example"
    head = dated() + '<meta name="author" content="Maria López">'
    put(old, "storm.html", page(story(), head + '<meta property="article:tag" content="Sea">'))
    links = "".join(f'<li><a href="{site}/2019/03/{n}/">Storm {n}</a></li>' for n in range(9))
    for name in ("author/maria-l%C3%B3pez", "tag/sea", "tag/gone"):
        put(old, f"{name}.html", page(f"<ul>{links}</ul>", "", f"{site}/{name}/"))
    refresh = '<meta http-equiv="refresh" content="0; url=/author/maria-l%C3%B3pez/">'
    put(old, "maria.html", page("", refresh, f"{site}/author/maria/")).run().ok()
    assert '"/author/maria-lópez/" = "/authors/maria-lópez/"' in old.settings
    assert '"/author/maria/" = "/authors/maria-lópez/"' in old.settings
    assert '"/tag/sea/" = "/tags/sea/"' in old.settings
    assert [one["address"] for one in old.unanswered("archive")] == ["/tag/gone/"]
    assert not [w for w in old.site.warnings if w["code"].startswith("redirect")]
