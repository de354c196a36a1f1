"""The leak test: a word in every part of what is held back, and in no byte of the output.

Each part of a held back article, page, author's or tag's file holds a word of its own that nothing
else has, and everything that can name an article names it. Before its instant none of the words is
in an output file, a path, or the public part of the report; after it, each of them is.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.picture_files import png, telling
from tests.site_test import SETTINGS, SiteTest, article
from tests.test_held_back import INSTANTS, LATER, WAYS

SECRET = "zzsecret"
BEFORE = "2026-11-30T23:59:59Z"

SITE = (
    SETTINGS.replace('language = "en"', 'language = "en"\ntheme = "own"')
    + """\
[taxonomies.place]
[languages.ar]
title = "T"
"""
)

PARTS: Mapping[str, Any] = {
    "title": "Title zzsecrettitle",
    "url": "/2026/11/zzsecretslug/",
    "section": "Zzsecretsection",
    "tags": ["Zzsecrettag"],
    "authors": ["Zzsecretauthor"],
    "place": ["Zzsecretplace"],
    "summary": "Summary zzsecretsummary",
    "kicker": "zzsecretkicker",
    "short_title": "zzsecretshort",
    "description": "zzsecretdescription",
    "image": {
        "src": "zzsecrethero.png",
        "alt": "zzsecretalt",
        "caption": "zzsecretcaption",
        "credit": "zzsecretcredit",
    },
    "key_points": ["Point zzsecretpoint"],
    "why_it_matters": "zzsecretwhy",
    "what_it_means": "zzsecretmeans",
    "faq": [{"question": "zzsecretquestion?", "answer": "zzsecretanswer"}],
    "sources": [
        {
            "title": "zzsecretsource",
            "url": "https://zzsecreturl.example/",
            "publisher": "zzsecretpublisher",
        }
    ],
    "corrections": [{"date": "2026-11-02", "text": "zzsecretcorrection"}],
    "audio": {"src": "zzsecret.mp3", "title": "zzsecretaudio", "transcript": "zzsecret.txt"},
    "ai": {"use": "assisted", "reviewed_by": "zzsecretreviewer"},
    "aliases": ["/old/zzsecretalias/"],
    "breaking": "2027-01-01",
    "featured": True,
    "extra": {"note": "zzsecretextra"},
}
BODY = """\
Body zzsecretbody, ![picture](zzsecretinline.png) and [a file](zzsecret.pdf).

## Heading zzsecretheading
"""
PICTURES = ("zzsecrethero.png", "zzsecretinline.png", "authors/zzsecretface.png")
FILES = ("zzsecret.pdf", "zzsecret.mp3", "zzsecret.txt")
TERMS = {
    "authors/zzsecretauthor.md": "name: zzsecretname\nrole: zzsecretrole\nimage: zzsecretface.png\n"
    'links: [{label: zzsecretlink, url: "https://zzsecretlink.example/"}]',
    "tags/zzsecrettag.md": "title: zzsecrettagtitle\nmerge: [zzsecretmerged]",
    "place/zzsecretplace.md": "title: zzsecretplacetitle",
}
RAW = "zzsecretraw"
"""Stands in a comment of each picture: readers get it in other forms, which have none."""
NEVER = {"zzsecretmerged", "zzsecret", RAW}
"""What no page shows even when all is published."""

AT = "/2026/11/zzsecretslug/"
LINKS = (
    "[the label](/{file})",
    "[the label](/{file}#part)",
    f"[the label]({AT})",
    f"[the label]({AT[:-1]}?from=here)",
    f"[the label]({AT}index.html)",
    f"[the label](https://test.example{AT})",
    f"[the label](//test.example/2026//10/../11{AT[8:]})",
    "[the label](/old/zzsecretalias/)",
    f"[https://test.example{AT}]({AT})",
    f"<https://test.example{AT}>",
    f'<a href="{AT}" class="x">the label</a>',
    f'<blockquote cite="https://test.example{AT}">Words.</blockquote>',
    "[the label][there]\n\n[there]: /{file}",
)
"""Links from published text; each leads to the held back article as a browser understands it."""


def words_of(value: object) -> set[str]:
    """Every sentinel word in a value."""
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
    found = "".join(c if c.isalnum() else " " for c in text.lower()).split()
    return {word for word in found if word.startswith(SECRET)}


WORDS = words_of([PARTS, BODY, FILES, PICTURES, list(TERMS.values())]) - NEVER


def shown(site: SiteTest) -> set[str]:
    """The sentinel words in the output: in its paths, folders and bytes."""
    paths = [path.relative_to(site.public).as_posix() for path in site.public.rglob("*")]
    found = words_of(paths)
    for data in site.bytes.values():
        found |= words_of(data.decode(errors="replace"))
    return found


NEWSROOM = ("held_back", "left_out", "warnings", "errors", "reasons")
"""The parts of the report that speak of what is not published: docs/report.md says so."""


def public_report(site: SiteTest) -> str:
    return json.dumps({k: v for k, v in site.report.items() if k not in NEWSROOM})


def silent(site: SiteTest) -> bool:
    """Whether the last build says nothing of what is held back, and a clean build neither."""
    assert site.exit_code == 0, site.output
    assert words_of(public_report(site)) == set()
    assert shown(site) == set()
    clean = site.clean_bytes()
    assert clean == site.bytes
    return True


def published(site: SiteTest) -> bool:
    """Whether everything of it is out, and everywhere where it belongs."""
    assert site.exit_code == 0, site.output
    assert shown(site) >= WORDS, WORDS - shown(site)
    assert RAW not in shown(site)
    for name in ("zzsecrethero", "zzsecretinline", "zzsecretface"):
        assert site.forms(name), name
    assert set(FILES) <= set(site.bytes)
    pages = {path for path, data in site.bytes.items() if b"zzsecretshort" in data}
    for place in (
        *("index.html", "feed.xml", "headlines.json", "archive/index.html", "2026/11/index.html"),
        *("tags/zzsecrettag/index.html", "authors/zzsecretauthor/index.html"),
        *("zzsecretsection/index.html", "place/zzsecretplace/index.html"),
    ):
        assert place in pages or b"zzsecrettitle" in site.bytes[place], place
    for index in ("tags", "authors", "place"):
        assert SECRET.encode() in site.bytes[f"{index}/index.html"], index
    assert b"zzsecretcorrection" in site.bytes["corrections/index.html"]
    return True


def accomplices(site: SiteTest, file: str) -> SiteTest:
    """Published files that name the article in `file`, in every way there is."""
    site.settings(SITE).file("themes/own/theme.toml", 'extends = "broadsheet"\n')
    site.file(
        "themes/own/templates/article.html",
        '{% extends "broadsheet/article.html" %}{% block share %}{{ article.extra }}{% endblock %}',
    )
    links = "\n\n".join(links.replace("{file}", file) for links in LINKS)
    site.write("authors/ann.md", f"---\nname: Ann\n---\n{links}\n")
    own = [
        {"url": f"https://test.example{AT}"},
        {"title": "Ours", "url": f"https://test.example{AT}"},
    ]
    site.write(
        "a.md",
        title="A",
        date="2026-11-03",
        authors=["Ann"],
        body=links,
        related=[file],
        sources=own,
        key_points=[LINKS[0].replace("{file}", file)],
        faq=[{"question": "Q", "answer": links}],
        corrections=[{"date": "2026-11-03", "text": LINKS[2]}],
        image={"src": "/a.png", "caption": LINKS[2]},
    )
    site.file("static/a.png", png())
    site.write("b.md", title="B", body=LINKS[3], related=[AT], date="2026-11-04")
    site.write("ar/b2.md", title="C", translation_of=f"/{file}", date="2026-11-04")
    site.write("pages/about.md", f"---\ntitle: About\n---\n{links}\n")
    picks = f'lead = "{file}"\ntop = ["{AT}"]\n'
    return site.write("front.toml", f"{picks}[sections.politics]\n{picks}[ar]\n{picks}")


def folder_of(path: str) -> str:
    return f"{path.rpartition('/')[0]}/".lstrip("/")


def held(site: SiteTest, path: str, fields: Mapping[str, Any]) -> SiteTest:
    """Everything that belongs to the held back article."""
    site.write(path, article(**{"body": BODY, **PARTS, **fields}))
    for file in PICTURES:
        place = "" if file.startswith("authors/") else folder_of(path)
        site.write(f"{place}{file}", telling(RAW))
    for file in FILES:
        site.write(f"{folder_of(path)}{file}", "zzsecretfile")
    for file, text in TERMS.items():
        site.write(file, f"---\n{text}\n---\nzzsecretbio of {file.partition('/')[0]}.\n")
    return site


PRESETS: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "hugo: draft": ("hugo", "held.md", {"draft": True}),
    "hugo: publishDate": ("hugo", "held.md", {"publishDate": "2027-01-01"}),
    "jekyll: published": ("jekyll", "held.md", {"published": False}),
    "jekyll: _drafts": ("jekyll", "_drafts/held.md", {}),
    "jekyll: a dated file": ("jekyll", "2027-01-01-held.md", {"date": None}),
    "zola: draft": ("zola", "held.md", {"draft": True}),
    "pelican: Status": ("pelican", "held.md", {"Status": "draft"}),
    "wordpress: post_status": ("wordpress", "held.md", {"post_status": "private"}),
    "wordpress: visibility": ("wordpress", "held.md", {"visibility": "private"}),
    "wordpress: future": ("wordpress", "held.md", {"status": "future"}),
}


def every_way() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, fields in WAYS.values():
        yield "", path, fields
    for fields in INSTANTS.values():
        yield "", "held.md", fields
    yield from PRESETS.values()


@pytest.mark.parametrize(
    "preset, path, fields", list(every_way()), ids=[*WAYS, *INSTANTS, *PRESETS]
)
def test_nothing_of_what_is_held_back_leaks(
    site: SiteTest, preset: str, path: str, fields: Mapping[str, Any]
) -> None:
    held(accomplices(site, path), path, fields)
    site.settings(SITE + f'[front_matter]\npreset = "{preset}"\nunknown = "ignore"\n')
    site.now = BEFORE
    assert silent(site.build())
    assert site.report["held_back"][0]["source"] == f"content/{path}"


def test_all_of_it_is_out_at_its_instant_and_none_after_an_earlier_build(site: SiteTest) -> None:
    fields = {"date": "2026-11-05", "embargo": LATER}
    held(accomplices(site, "held.md"), "held.md", fields)
    site.now = BEFORE
    assert silent(site.build())
    assert published(site.build(now=LATER))
    for path in ("feed.xml", "feed.json", "sitemaps/2026-11.xml", "sitemaps/news.xml"):
        assert "zzsecretslug" in site.page(path), path
    assert AT in site.page("old/zzsecretalias/index.html")
    assert "the label</a>" in site.page("2026/11/a/index.html")
    assert site.page("2026/11/a/index.html").count(f'href="{AT}') >= len(LINKS) - 3
    assert "now-earlier" in {warning["code"] for warning in site.build().warnings}
    assert shown(site) == set()
    assert silent(site.build())


def test_the_manifest_of_a_deploy_names_only_what_is_published(site: SiteTest) -> None:
    """TR-06"""
    held(accomplices(site, "zzsecret.md"), "zzsecret.md", {"date": "2026-11-05", "embargo": LATER})
    site.write("pages/draft.md", "---\ntitle: T\nslug: zzsecretpage\nstatus: draft\n---\n")
    file = site.folder / "deploy.json"
    site.build("--manifest", str(file), now=BEFORE).ok()
    assert words_of(file.read_text(encoding="utf-8")) == set()
    site.build("--manifest", str(file), now=LATER).ok()
    assert "zzsecretslug" in words_of(file.read_text(encoding="utf-8"))


def test_an_article_that_is_a_draft_again_leaves_nothing(site: SiteTest) -> None:
    held(accomplices(site, "held.md"), "held.md", {})
    assert published(site.build())
    held(site, "held.md", {"status": "draft"})
    site.build().ok()
    gone = set(site.report["removed"])
    assert f"{AT[1:]}index.html" in gone and "zzsecret.pdf" in gone
    assert shown(site) == set() and site.clean_bytes() == site.bytes
    assert silent(site.build())


def test_an_article_that_becomes_scheduled_or_embargoed_again_leaves_nothing(
    site: SiteTest,
) -> None:
    held(accomplices(site, "held.md"), "held.md", {})
    for fields in ({"date": LATER}, {"embargo": LATER}):
        held(site, "held.md", {})
        assert published(site.build())
        held(site, "held.md", fields).build().ok()
        assert shown(site) == set() and site.clean_bytes() == site.bytes


def test_an_article_that_is_deleted_leaves_nothing(site: SiteTest) -> None:
    held(site.settings(SITE.replace('theme = "own"', "")), "held.md", {}).write("a.md")
    site.build().ok()
    assert shown(site)
    site.remove("held.md").build().ok()
    assert shown(site) == set() and site.clean_bytes() == site.bytes


@pytest.mark.parametrize(
    "path, field",
    [
        ("pages/zzsecret.md", "status: draft"),
        ("pages/zzsecret.md", "draft: true"),
        ("pages/zzsecret.md", "published: false"),
        ("pages/zzsecret.md", "visibility: private"),
        ("pages/_drafts/zzsecret.md", "noindex: false"),
        ("_drafts/pages/zzsecret.md", "noindex: false"),
    ],
)
def test_nothing_of_a_standing_page_that_is_a_draft_leaks(
    site: SiteTest, path: str, field: str
) -> None:
    site.settings(SETTINGS + '[languages.ar]\ntitle = "T"\n')
    link = (
        f"[the label](/{path}) [b](/zzsecret/) [c](/old/zzsecret/) <https://test.example/zzsecret>"
    )
    site.write("a.md", title="A", body=link)
    site.write("pages/about.md", f"---\ntitle: About\n---\n{link}\n")
    site.write("pages/zzsecret.ar.md", "---\ntitle: T\nslug: translation\n---\nT.\n")
    head = f"title: zzsecret\nsummary: zzsecret\naliases: [/old/zzsecret/]\n{field}\n"
    text = f"---\n{head}---\nzzsecret ![x](zzsecret.png)\n"
    site.write(path, text).write(f"{folder_of(path)}zzsecret.png", telling(RAW))
    if path.startswith("_drafts"):  # only a folder pages/ at the top makes a page
        site.write(path, text.replace("title:", "date: 2026-11-01\nurl: /zzsecret/\ntitle:"))
    site.build().ok()
    assert words_of(public_report(site)) == set() and shown(site) == set()
    assert site.build("--clean").ok() and shown(site) == set()


def test_a_draft_does_not_take_the_address_of_a_page_from_links(site: SiteTest) -> None:
    site.write("pages/a-draft.md", "---\ntitle: D\nurl: /about/\nstatus: draft\n---\n")
    site.write("pages/about.md", "---\ntitle: About\n---\n")
    site.write("a.md", title="A", body="[us](/about/)", date="2026-11-02").build().ok()
    assert '<a href="/about/">us</a>' in site.page("2026/11/a/index.html")
    assert site.warnings == []


@pytest.mark.parametrize("href", [f'"{AT}"', f"'{AT}'", f'"https://test.example{AT}" id="i"'])
def test_links_in_trusted_html_are_labels_too(site: SiteTest, href: str) -> None:
    site.settings(SETTINGS + '[markdown]\nhtml = "trust"\n')
    site.write("held.md", title="H", slug="zzsecretslug", status="draft")
    body = f'<p onclick="f()"><A class="x" HREF={href}>the <b>label</b></A> <a href="#x">x</a></p>'
    site.write("a.md", title="A", body=body).build().ok()
    page = site.page("2026/11/a/index.html")
    assert shown(site) == set() and 'onclick="f()">the <b>label</b> <a href="#x">x</a>' in page
    site.write("held.md", title="H", slug="zzsecretslug").build().ok()
    assert f'<a class="x" href="{AT}"' in site.page("2026/11/a/index.html")


def test_an_address_as_a_label_is_shown_once_it_leads_somewhere(site: SiteTest) -> None:
    site.write("held.md", title="H", slug="zzsecretslug", status="draft", date="2026-10-01")
    auto = "https://test.example/2026/10/zzsecretslug/"
    site.write("a.md", title="A", body=f"First, <{auto}>.").build().ok()
    assert "<p>First, ….</p>" in site.page("2026/11/a/index.html")
    assert "<description>First, .</description>" in site.page("feed.xml")
    site.write("held.md", title="H", slug="zzsecretslug", date="2026-10-01").build().ok()
    assert f">{auto}</a>.</p>" in site.page("2026/11/a/index.html")


def test_a_source_of_our_own_is_a_link_once_it_is_published(site: SiteTest) -> None:
    site.write("held.md", title="H", status="draft")
    ours = "https://test.example/2026/11/held/"
    cited = [{"title": "Our story", "url": ours}, {"url": ours}, {"url": "https://x.example/"}]
    site.write("a.md", title="A", sources=cited)
    site.write("authors/ann.md", "---\nname: Ann\nlinks: [{label: L, url: /2026/11/held/}]\n---\n")
    site.write("b.md", title="B", authors=["Ann"]).build().ok()
    page = site.page("2026/11/a/index.html")
    assert "<li>Our story</li>" in page and "/2026/11/held/" not in page
    assert '<a href="https://x.example/" rel="external noopener">https://x.example/</a>' in page
    assert "<li>L</li>" in site.page("authors/ann/index.html")
    site.write("held.md", title="H").build().ok()
    page = site.page("2026/11/a/index.html")
    assert '<a href="/2026/11/held/"' in page and ">/2026/11/held/</a>" in page
    assert '<a href="/2026/11/held/" rel="me noopener">L</a>' in site.page("authors/ann/index.html")
