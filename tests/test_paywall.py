"""What of an article for subscribers is in the output: TR-12, by a sentinel in every part of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.picture_files import telling
from tests.site_test import SETTINGS, SiteTest, article

SECRET = "Q-secret"
OPEN = "Q-open"
IN_PAGE = SETTINGS + "[paywall]\ntext_in_page = true\n"

BODY = f"""\
## {SECRET} heading

The {OPEN} paragraph[^1], with an ![{OPEN} picture](open.png).

The {SECRET} paragraph, [a link](secret.txt) and ![{SECRET}](secret.png).

- {SECRET} item

> {SECRET} quotation

```
{SECRET} code
```

<div>{SECRET} html</div>

[^1]: {SECRET} note
"""

FIELDS: dict[str, Any] = {
    "paywall": True,
    "tags": ["t"],
    "key_points": [f"{OPEN} point"],
    "why_it_matters": f"{SECRET} why",
    "what_it_means": f"{SECRET} means",
    "faq": [{"question": f"{SECRET}?", "answer": f"{SECRET} answer"}],
    "sources": [f"{OPEN} source"],
    "corrections": [{"date": "2026-11-03", "text": f"{OPEN} correction, see [it](open.txt)"}],
    "audio": {"src": "secret.mp3", "title": SECRET, "transcript": "secret.txt"},
    "image": {"src": "hero.png", "alt": f"{OPEN} hero", "credit": "C"},
}
PAGE = "2026/11/a/index.html"


def paid(site: SiteTest, body: str = BODY, **fields: Any) -> SiteTest:
    for name in ("open.png", "hero.png", "secret.png"):
        site.write(name, telling(SECRET))
    site.write("secret.mp3", SECRET).write("open.txt", "x").write("secret.txt", SECRET)
    return site.write("a.md", article(body=body, **{**FIELDS, **fields}))


def leaks(site: SiteTest) -> list[str]:
    return [
        path
        for path, data in site.bytes.items()
        if SECRET.encode() in data or "secret" in path.lower()
    ]


@pytest.mark.parametrize("more", [{}, {"summary": "S"}], ids=["without summary", "with summary"])
def test_what_subscribers_pay_for_is_in_no_file(site: SiteTest, more: dict[str, str]) -> None:
    paid(site, **more).write("b.md", tags=["t"], body="[See](a.md)").build().ok()
    assert leaks(site) == []
    assert site.warnings == []
    page = site.page(PAGE)
    for shown in ("paragraph", "picture", "point", "source", "correction", "hero"):
        assert f"{OPEN} {shown}" in page, shown
    assert site.forms("open") and site.forms("hero") and "open.txt" in site.bytes
    assert "The rest of this article is for subscribers." in page
    assert page.count('class="paywall"') == 1 and "footnote" not in page
    assert site.build().rendered == set()
    assert site.bytes == site.clean_bytes()


def test_the_whole_text_is_in_the_page_only_when_it_is_said_aloud(site: SiteTest) -> None:
    site.settings(IN_PAGE)
    paid(site).write("b.md", paywall=True).build().ok()
    page = site.page(PAGE)
    start = page.index('<article class="paywall">')
    assert (
        start
        < page.index(SECRET, page.index("</head>"))
        < page.rindex(SECRET)
        < page.index("</article>")
    )
    assert "for subscribers" not in page and "secret.mp3" in site.bytes
    made = site.forms("secret")
    assert made and not [path for path in made if SECRET.encode() in site.bytes[path]]
    (warning,) = site.warnings
    assert warning["code"] == "paywall-open" and "2 articles" in warning["message"]
    site.settings(IN_PAGE + '[check]\nsilence = ["paywall-open"]\n').build().ok()
    assert site.warnings == []


def test_nothing_is_said_where_no_article_is_for_subscribers(site: SiteTest) -> None:
    site.settings(IN_PAGE).write("a.md").write("b.md", paywall=True, status="draft").build().ok()
    assert site.warnings == []


def test_a_change_of_mind_takes_the_text_out_again(site: SiteTest) -> None:
    site.settings(IN_PAGE)
    paid(site).build().ok()
    site.settings(SETTINGS).build().ok()
    assert leaks(site) == []
    assert site.reasons[PAGE]
    assert site.forms("open") and site.forms("hero")


def test_a_preview_shows_the_lawyer_everything(site: SiteTest) -> None:
    paid(site).build("--preview").ok()
    page = (site.folder / "preview" / PAGE).read_text(encoding="utf-8")
    assert f"{SECRET} quotation" in page and f"{SECRET} answer" in page


@pytest.mark.parametrize(
    "teaser, body, shown, hidden",
    [
        (2, "One.\n\nTwo.\n\nThree.", ["<p>One.</p>", "<p>Two.</p>"], ["Three"]),
        (0, "One.\n\nTwo.", [], ["One.", "Two."]),
        (1, "The only paragraph.", [], ["only paragraph"]),
        (5, "One.\n\nTwo.", ["<p>One.</p>"], ["Two."]),
        (
            1,
            "- Q-one\n- Q-two\n\nThen.\n\nQ-end.",
            ["<p>Then.</p>"],
            ["Q-two", "Q-end"],
        ),
    ],
)
def test_the_teaser_is_so_many_paragraphs_and_never_the_last_part(
    site: SiteTest, teaser: int, body: str, shown: list[str], hidden: list[str]
) -> None:
    site.settings(SETTINGS + f"[paywall]\nteaser = {teaser}\n")
    site.write("a.md", body=body, paywall=True).build().ok()
    page = site.page(PAGE)
    assert all(text in page for text in shown)
    every = b"".join(site.bytes.values())
    assert not [text for text in hidden if text.encode() in every]


def test_a_mistake_in_the_hidden_part_is_told_all_the_same(site: SiteTest) -> None:
    site.write("a.md", paywall=True, body="One.\n\nTwo [three](gone.md).\n").build()
    assert site.exit_code == 1
    assert [(e["code"], e["line"]) for e in site.errors] == [("link-missing", 8)]


def test_html_that_was_removed_is_counted_once(site: SiteTest) -> None:
    body = "One <script>x()</script>.\n\nTwo.\n"
    site.write("a.md", paywall=True, body=body).build().ok()
    (warning,) = site.warnings
    assert warning["message"].endswith("(1 file, first here)")
