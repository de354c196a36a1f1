"""The text of an article: links, raw HTML, shortcodes, and what Markdown makes of the rest."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.heads import Head
from tests.picture_files import png
from tests.site_test import SETTINGS, SiteTest
from tests.test_bad_input import good, only_error, refused


def story(site: SiteTest, body: str, **fields: Any) -> str:
    """The page of an article with this body."""
    site.write("a.md", title="A", body=body, **fields).build().ok()
    return site.page("2026/11/a/index.html")


@pytest.mark.parametrize("link", ["politics/b.md", "./politics/b.md", "/politics/b.md"])
def test_a_link_to_a_source_leads_to_its_address(site: SiteTest, link: str) -> None:
    site.write("politics/b.md", title="B", slug="other")
    assert '<a href="/2026/11/other/#part">B</a>' in story(site, f"[B]({link}#part)")


def test_a_link_finds_its_source_from_a_folder_and_with_encoded_names(site: SiteTest) -> None:
    site.write("two words.md", title="B", slug="b")
    site.write("x/a.md", title="A", body="[B](../two%20words.md?q=1#c)").build().ok()
    assert '<a href="/2026/11/b/?q=1#c">B</a>' in site.page("2026/11/a/index.html")


def test_links_follow_a_base_path(site: SiteTest) -> None:
    site.settings(SETTINGS.replace("test.example/", "test.example/news/"))
    site.write("b.md", title="B")
    page = story(
        site, "[B](b.md) [C](/2026/11/b/) [D](/static.pdf) ![e](p.png)".replace("![e](p.png)", "")
    )
    assert page.count('href="/news/2026/11/b/"') >= 2 and 'href="/news/static.pdf"' in page


def test_a_link_that_leads_nowhere_is_an_error_naming_the_near_file(site: SiteTest) -> None:
    good(site).write("politics/harbour-vote.md", title="B")
    refused(site.write("a.md", title="A", body="One.\n\nSee [it](politics/harbor-vote.md)."))
    error = only_error(site, "a.md")
    assert error["line"] == 7 and "politics/harbor-vote.md" in error["message"]
    assert "did you mean “politics/harbour-vote.md”?" in error["hint"]


def test_a_link_in_raw_html_is_resolved_wherever_its_attributes_stand(site: SiteTest) -> None:
    site.write("b.md", title="B").write("m.png", png((40, 30)))
    page = story(
        site, 'x <a class="button" title="1 > 2" href="b.md">B</a> <img alt="1 > 2" src="m.png">'
    )
    assert "sitegen-ref" not in page
    assert 'href="/2026/11/b/"' in page
    (image,) = Head(page).tree.findall(".//img[@alt='1 > 2']")
    assert image.get("src", "").removeprefix("/") in site.forms("m")
    assert (image.get("width"), image.get("height")) == ("40", "30")


@pytest.mark.parametrize(
    "body",
    [
        "[o](https://other.example/)",
        '<p><a href="https://other.example/">o</a></p>',
        "<https://other.example/>",
    ],
)
def test_a_link_to_another_site_has_a_rel(site: SiteTest, body: str) -> None:
    assert 'href="https://other.example/" rel="external noopener"' in story(site, body)


def test_links_in_sponsored_articles_say_so(site: SiteTest) -> None:
    assert 'rel="sponsored noopener"' in story(site, "[o](https://o.example/)", type="sponsored")


def test_a_link_to_this_site_with_its_host_is_not_external(site: SiteTest) -> None:
    assert "external" not in story(site, "[o](https://test.example/about/)")


HTML = """\
<script>alert(1)</script><iframe src="https://x.example/"></iframe>

<div onclick="x()" style="color: red" class="box">kept <b>bold</b></div>

<script>alert(2)</script> and <a href="javascript:alert(3)">x</a>
"""


def test_raw_html_is_sanitised_and_what_was_removed_is_told_with_counts(site: SiteTest) -> None:
    site.write("b.md", title="B", body="<iframe src='https://y.example/'></iframe>")
    page = story(site, HTML)
    assert '<div class="box">kept <b>bold</b></div>' in page
    for gone in ("alert(", "iframe", "onclick", "style=", "javascript:"):
        assert gone not in page, gone
    told = {w["message"].partition(": ")[2]: w for w in site.warnings}
    assert any(t.startswith("<iframe> (2 files") for t in told), told
    assert any(t.startswith("<script> (2 times in 1 file") for t in told), told
    assert any('onclick=""' in t for t in told) and any('style=""' in t for t in told)
    assert all(w["source"].startswith("content/") and w["hint"] for w in site.warnings)


def test_raw_html_may_be_escaped(site: SiteTest) -> None:
    site.settings(SETTINGS + '[markdown]\nhtml = "escape"\n')
    page = story(site, HTML)
    assert "&lt;script&gt;alert(1)" in page and "<iframe" not in page and not site.warnings


def test_raw_html_may_be_trusted(site: SiteTest) -> None:
    site.settings(SETTINGS + '[markdown]\nhtml = "trust"\n')
    page = story(site, HTML)
    assert "<script>alert(1)</script><iframe" in page and not site.warnings


@pytest.mark.parametrize("field", ["why_it_matters", "key_points", "faq", "corrections"])
def test_raw_html_in_a_field_is_sanitised_and_told_too(site: SiteTest, field: str) -> None:
    evil = "<script>alert(1)</script> <b>kept</b>"
    values: dict[str, Any] = {
        "why_it_matters": evil,
        "key_points": [evil],
        "faq": [{"question": "Q", "answer": evil}],
        "corrections": [{"date": "2026-11-02", "text": evil}],
    }
    page = story(site, "Text.", **{field: values[field]})
    assert "alert(" not in page and "<b>kept</b>" in page
    assert any("<script>" in warning["message"] for warning in site.warnings)


@pytest.mark.parametrize(
    "path, head",
    [("pages/p.md", "title: P"), ("authors/p.md", "name: P"), ("tags/p.md", "title: P")],
)
def test_html_and_shortcodes_of_other_files_are_told_too(
    site: SiteTest, path: str, head: str
) -> None:
    site.write(
        path, f"---\n{head}\n---\n<iframe src='https://x.example/'></iframe> {{{{< map >}}}}\n"
    )
    site.build().ok()
    messages = " ".join(warning["message"] for warning in site.warnings)
    assert "<iframe>" in messages and "{{< map >}}" in messages
    assert all(warning["source"] == f"content/{path}" for warning in site.warnings)


def test_shortcodes_are_told_by_kind_with_counts_and_the_first_place(site: SiteTest) -> None:
    site.write("b.md", title="B", body="{{< youtube x >}}\n\n`{{< code >}}`\n\n[gallery ids=1]\n")
    story(
        site, "One.\n\n{{< youtube a >}} {{< youtube b >}}\n\n{% include x.html %} {{ page.x }}\n"
    )
    told = {w["message"]: w for w in site.warnings}
    (youtube,) = [w for m, w in told.items() if "{{< youtube >}}" in m]
    assert "3 times in 2 files" in youtube["message"]
    assert (youtube["source"], youtube["line"]) == ("content/a.md", 7)
    assert any("{% include %}" in m for m in told) and any("[gallery]" in m for m in told)
    assert not any("code" in m.partition("shortcode ")[2] for m in told)


@pytest.mark.parametrize(
    "lang, quoted",
    [
        ("en", "“a ‘b’ c”"),
        ("de", "„a ‚b‘ c“"),
        ("fr", "«\xa0a ‹\xa0b\xa0› c\xa0»"),
        ("ar", "«a ‹b› c»"),
    ],
)
def test_quotation_marks_are_those_of_the_language(site: SiteTest, lang: str, quoted: str) -> None:
    site.settings(SETTINGS.replace('language = "en"', f'language = "{lang}"'))
    assert quoted in story(site, 'He said "a \'b\' c" and `"code"` went.')


def test_an_apostrophe_alone_is_a_quotation_mark_too(site: SiteTest) -> None:
    assert "It’s a ‘test’." in story(site, "It's a 'test'.")


def test_markdown_beyond_commonmark(site: SiteTest) -> None:
    page = story(
        site,
        "- [ ] open\n- [x] done\n\nNote[^1].\n\n[^1]: The *note*.\n\nTerm\n: Meaning\n\n"
        "| a | b | c |\n|:--|--:|:-:|\n| 1 | 2 | 3 |\n\n~~gone~~\n\n## Part\n\n## Part\n",
    )
    assert page.count('type="checkbox"') == 2 and page.count('checked="checked"') == 1
    assert "footnote" in page and "The <em>note</em>." in page
    assert "<dl>\n<dt>Term</dt>\n<dd>Meaning</dd>" in page
    assert 'class="align-end">2' in page and 'class="align-center">3' in page
    assert "<s>gone</s>" in page
    assert '<h2 id="part">' in page and '<h2 id="part-2">' in page
    assert "style=" not in page


def test_a_summary_is_taken_from_the_first_paragraph_when_there_is_none(site: SiteTest) -> None:
    page = story(site, "## Head\n\nThe *first* paragraph.\n\nThe second.\n")
    assert '<meta name="description" content="The first paragraph.">' in page


def test_a_picture_that_is_missing_is_an_error(site: SiteTest) -> None:
    good(site).write("media/harbour.png", png((40, 30)))
    refused(site.write("a.md", title="A", body="![x](media/harbor.png)"))
    error = only_error(site, "a.md")
    assert error["line"] == 5 and "did you mean “media/harbour.png”?" in error["hint"]


def test_a_text_of_an_author_cannot_pretend_to_be_a_reference(site: SiteTest) -> None:
    site.write("b.md", title="B")
    page = story(site, '[B](b.md) [C](sitegen-ref:0) <a href="sitegen-ref:0">D</a> sitegen-ref:0')
    assert 'href="sitegen-ref' not in page


ABOUT = "the picture at the top is "


@pytest.mark.parametrize(
    "image, found",
    [
        ({"alt": "Waves at the mole", "caption": "The mole on Friday", "credit": "C"}, []),
        ({"credit": "C"}, ["without an alt text"]),
        ({"alt": "Waves", "caption": "The mole"}, ["without a credit"]),
        ({"alt": "The Storm", "credit": "C"}, ["with the headline as its alt text"]),
        (
            {"alt": "Waves ", "caption": "waves", "credit": "C"},
            ["with its caption as its alt text"],
        ),
        ({"alt": "IMG_2034.jpeg", "credit": "C"}, ["with a file's name as its alt text"]),
        ({"alt": "An image of waves", "credit": "C"}, ["with an alt text that begins “image of”"]),
        (
            {"alt": "Waves", "caption": "The storm", "credit": "C"},
            ["with the headline as its caption"],
        ),
        ({"decorative": True, "credit": "C"}, []),
        ({"decorative": True}, ["without a credit"]),
        (
            {"decorative": True, "alt": "Waves", "credit": "C"},
            ["marked as decorative, and has an alt text"],
        ),
    ],
)
def test_what_a_lead_pictures_texts_lack_is_told(
    image: dict[str, Any], found: list[str], site: SiteTest
) -> None:
    """AC-12, TR-14, S3: nobody is read the headline three times."""
    site.write("sea.png", png((40, 30)))
    site.write("a.md", title="The storm", image={"src": "sea.png", **image}).build().ok()
    told = [warning["message"].partition(" (")[0] for warning in site.warnings]
    assert told == [ABOUT + text for text in found]
    assert all(w["code"] == "picture-text" and w["line"] == 4 for w in site.warnings)


def test_a_missing_alt_text_is_an_error_when_warnings_are(site: SiteTest) -> None:
    site.write("sea.png", png((40, 30))).write("a.md", image="sea.png").build("--strict")
    assert site.exit_code == 1 and not site.public.exists()
    assert {error["code"] for error in site.errors} == {"picture-text"}


def test_pictures_of_other_hosts_are_told_until_they_are_allowed(site: SiteTest) -> None:
    body = "![One](https://pictures.example/1.png) ![Two](https://pictures.example/2.png)"
    body += '<script src="https://scripts.example/x.js"></script>'
    site.write("a.md", body=body).build().ok()
    removed, warning = site.warnings
    assert removed["code"] == "html-removed"
    assert warning["code"] == "media-elsewhere" and "2 times in 1 file" in warning["message"]
    assert 'img-src = ["https://pictures.example"]' in warning["hint"]
    for source in ("https://pictures.example", "https://*.example", "https:", "*"):
        site.settings(SETTINGS + f'[csp]\nimg-src = ["{source}"]\n').build().ok()
        assert site.warnings == [removed]
        assert f"img-src 'self' {source};" in site.page("2026/11/a/index.html").replace(
            "&#39;", "'"
        )


def test_a_frame_of_an_allowed_host_is_a_link_until_somebody_asks_for_it(site: SiteTest) -> None:
    site.settings(SETTINGS + '[embeds]\nhosts = ["player.example", "*.maps.example"]\n')
    frames = [
        '<iframe src="https://player.example/v?a=1&b=2" title="A <film>" width="9"></iframe>',
        '<iframe src="//east.maps.example/x"></iframe>',
        '<iframe src="https://maps.example/y"></iframe>',
        '<iframe src="http://player.example/z"></iframe>',
        '<iframe src="javascript:alert(1)"></iframe>',
    ]
    site.write("a.md", body="\n\n".join(frames)).build().ok()
    page = site.page("2026/11/a/index.html")
    assert "<iframe" not in page
    assert re.findall(
        r'<a class="embed" href="([^"]*)"[^>]*>(.*?)</a>(?: <small>(.*?)<)?', page
    ) == [
        ("https://player.example/v?a=1&amp;b=2", "A &lt;film&gt;", "player.example"),
        ("https://east.maps.example/x", "east.maps.example", ""),
    ]
    assert "frame-src https://player.example https://*.maps.example;" in page
    (warning,) = site.warnings
    assert "<iframe> (3 times in 1 file" in warning["message"]


def test_a_page_has_one_headline_whatever_its_fields_hold(site: SiteTest) -> None:
    page = story(
        site,
        "### First\n\n<h1>Raw</h1>\n",
        why_it_matters="# Why\n\nText.",
        faq=[{"question": "Q", "answer": "# Answer"}],
        key_points=["<h1>Point</h1>"],
        authors=["ann"],
    )
    assert page.count("<h1") == page.count("</h1>") == 1
    assert '<h2 id="first">' in page and "<h3>Why</h3>" in page and "<h3>Answer</h3>" in page
    site.write("authors/ann.md", "---\nname: Ann\n---\n# Bio\n").build().ok()
    profile = site.page("authors/ann/index.html")
    assert profile.count("<h1") == 1 and "<h2>Bio</h2>" in profile
