"""With the port or without it a text becomes the same: examples, archives, generated texts."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import markdown_it
import pytest
from markdown_it_pyrs import markdown_it_pyrs

from sitegen.read import markdown, quick
from sitegen.read.links import Linker
from sitegen.read.matter import MatterError, read_matter
from tests.site_test import SiteTest

ROOT = Path(__file__).parent.parent.parent.parent
ARCHIVES = ROOT.parent / "shared" / "archives"
"""Beside the project where they are present; nothing else needs them."""

BLOCKS = (
    *("# Head\n", "## Two *heads*\n", "Under\n===\n", "---\n", "* * *\n", "***\n"),
    *("- one\n- two\n", "* a\n\n* b\n", "1. one\n2. two\n", "7) seven\n", "- a\n  - b\n", "+ \n"),
    *(
        "> said\n",
        "> one\n> two\n",
        ">> twice\n",
        "- > listed\n",
        "    indented\n",
        "```\nx\n```\n",
    ),
    *("| a | b |\n|---|--:|\n| 1 | *2* |\n", "| a |\n|--|\n", "a | b\n-- | --\n", "|:-:|---|\n"),
    *("Term\n: what it means\n", "[a]: /b\n", "[^1]: note\n", "- [x] done\n", "<div>\nx\n</div>\n"),
    *("![Alt](p.jpg 'Caption | Credit')\n", "A ![b](c.jpg) d\n", "\n", "\n", "\n\n"),
)
WORDS = (
    *(
        "word",
        "Tom's",
        '"said"',
        "«\u00a0dit\u00a0»",
        "10\u00a0km",
        "\u00a0",
        "été",
        "日本",
        "…",
        "–",
    ),
    *("*em*", "_em_", "**bold**", "***both***", "*", "**", "_", "a_b_c", "~~gone~~", "`code`", "^"),
    *("[a](/b)", "[a](b.md 'T')", "[a](<b c>)", "[a](//ü/)", "[a](mailto:a@b.example)", "[", "]("),
    *("![p](q.png)", "[^1]", "<b>", "<http://a.example>", "&amp;", "&copy", "&", "\\*", "\\\n"),
    *(
        "(",
        ")",
        "|",
        ":",
        "!",
        "#",
        "-",
        "1.",
        ">",
        "{{< x >}}",
        "{% y %}",
        "  \n",
        "\n",
        "\t",
        ".",
    ),
)
QUOTES = (
    *('"', "'", "'so'", '"So,"', "bakers'", "rock'n'roll", "6'2\"", "'*x*'", '*"x*"', "**'y**'z"),
    *(
        "[it's](/b 'o\"n')",
        '["x](/c)"',
        "[/d](/d)",
        "[/*e*](/e)",
        "[see /f](/f)",
        "'tis",
        "d'Or\n'",
    ),
)
PROSE = ("A sentence.", "Two *of them*, “quoted”.", "The [register](https://a.example/b) it's in.")


def documents(count: int) -> Iterator[str]:
    """Invented texts: most are odd, some are nearly prose."""
    rng = Random(9)
    for number in range(count):
        words = (WORDS, PROSE * 20 + WORDS, PROSE * 3 + QUOTES)[number % 3]
        parts: list[str] = []
        for _ in range(rng.randint(1, 6)):
            text = rng.choice(("", " ")).join(rng.choices(words, k=rng.randint(1, 6)))
            parts.append(rng.choice((text, text, rng.choice(BLOCKS))))
        yield rng.choice(("\n\n", "\n\n", "\n")).join(parts)


@contextmanager
def absent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a machine without the extra."""
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "markdown_it_pyrs", None)
        forget()
        yield
    forget()


def forget() -> None:
    quick._port.cache_clear()
    markdown._parser.cache_clear()


def body_of(text: str, lang: str) -> tuple[object, ...]:
    """All that reading learns from the text of an article."""
    linker = Linker("news/a.md", "news.example")
    return markdown.render_text(text, lang, linker, "sanitize"), linker


def made_of(text: str, lang: str) -> tuple[object, ...]:
    """The same, and what becomes of the text elsewhere: before a paywall, in a field, in a line."""
    linker = Linker("news/a.md", "")
    opening = markdown.render_opening(text, lang, linker, "sanitize", 2)
    field = markdown.render_blocks(text, lang, linker, "escape")
    line = markdown.render_inline(text.partition("\n")[0], lang, linker, "sanitize")
    return body_of(text, lang), opening, field, line, linker


def compare(
    texts: Iterable[str],
    monkeypatch: pytest.MonkeyPatch,
    lang: str = "en",
    read: Callable[[str, str], object] = made_of,
) -> float:
    """The share of `texts` that the port parses; asserts that they are read as without it."""
    texts = list(texts)
    with absent(monkeypatch):
        expected = [read(text, lang) for text in texts]
        assert all(quick.tokens_of(text) is None and not quick.html_of(text) for text in texts)
    for text, wanted in zip(texts, expected, strict=True):
        assert read(text, lang) == wanted, text
    return sum(quick.tokens_of(text) is not None for text in texts) / len(texts)


def bodies(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*.md")):
        try:
            yield read_matter(path.read_text(encoding="utf-8"), path.name).body
        except MatterError:
            continue


def test_the_versions_that_are_installed_are_those_that_this_compares() -> None:
    assert (markdown_it_pyrs.__version__, markdown_it.__version__) in quick.TESTED


def test_the_examples_of_the_specification_are_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    path = ROOT / "tests" / "commonmark" / "examples.json"
    examples = json.loads(path.read_text(encoding="utf-8"))
    assert len(examples) == 652
    assert compare(examples, monkeypatch) > 0.25


def test_the_demo_is_read_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    assert compare(bodies(ROOT / "content"), monkeypatch) > 0.85


@pytest.mark.parametrize(("name", "share"), [("18f/posts", 0.45), ("digitalgov/news", 0.13)])
def test_a_real_archive_is_read_alike(
    name: str, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not (ARCHIVES / name).is_dir():
        # The archives are other people's, and no part of the project.
        pytest.skip(f"the archive {name} is not on this machine")
    assert compare(bodies(ARCHIVES / name), monkeypatch, read=body_of) > share


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_generated_texts_are_read_alike(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert compare(documents(2500), monkeypatch, lang) > 0.2


@pytest.mark.parametrize(
    "text",
    [
        "> said\n- ",  # the port takes the empty item for more of the quotation
        "| a | b |\n|---|---|\n| 1 | 2 |\n* ",
        "a\n--:",  # a table for the port alone
        "|a\n--",  # and one for the reference alone
        "# Head\u00a0",
        "[a](//ü/)",
        "*£*a",
        "b**a_b_cb*[a](b)b***b*",
        "- " * 12 + "deep",
    ],
)
def test_a_text_that_the_port_would_read_otherwise_is_not_given_to_it(text: str) -> None:
    port = markdown_it_pyrs.MarkdownIt("commonmark").enable("table")
    reference = markdown_it.MarkdownIt("commonmark").enable("table")
    assert port.render(text) != reference.render(text)
    assert quick.tokens_of(text) is None


def test_a_paragraph_is_cut_from_wherever_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        "- # Head\n- Bar\n  ---\n  bare *text*\n",
        "> - x\n>   y\n",
        "- [/a](/a)\n\nThen this.",
        "[*/a*](/a)\n[/b](/b)\n\n- [see /c](/c)\n  ***\n  *So*",
        "1. - a",
    ]
    compare(texts, monkeypatch)
    assert [bool(quick.html_of(text)) for text in texts] == [True] * 3 + [False, True]


def test_prose_needs_no_tokens() -> None:
    texts = list(bodies(ROOT / "content"))
    assert sum(bool(quick.html_of(text)) for text in texts) / len(texts) > 0.5
    texts = list(documents(600))
    assert sum(bool(quick.html_of(text)) for text in texts) / len(texts) > 0.2


@pytest.mark.parametrize(
    "text",
    [
        "![A](b.jpg)",
        r"\"So\"",
        "&quot;So&quot;",
        "    code",
        ">",
        "[a](/ü)",
    ],
)
def test_what_only_tokens_tell_is_not_made_of_html(text: str) -> None:
    assert not quick.html_of(text)


def test_a_text_on_which_the_port_fails_is_not_given_to_it() -> None:
    assert not quick.is_plain("[`")


def test_where_the_port_fails_all_the_same_the_reference_reads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(quick, "is_plain", bool)
    linker = Linker("a.md", "")
    assert markdown.render_text("[`", "en", linker, "sanitize").html == "<p>[`</p>\n"


def test_another_version_of_the_port_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(markdown_it_pyrs, "__version__", "0.3.9")
        forget()
        assert quick.tokens_of("A text.") is None
    forget()
    assert quick.tokens_of("A text.")


def test_a_site_is_the_same_with_the_port_and_without_it(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "# Head\n\nIt's *so*; see [there](b.md).\n\n- one\n- two\n\n> “Said.”\n"
    for name in "ab":
        site.write(f"{name}.md", title=name, body=text)
    with absent(monkeypatch):
        before = site.build("--jobs", "1").ok().bytes
    assert "<em>so</em>" in site.page("2026/11/a/index.html")
    assert site.build("--jobs", "1").rendered == set()
    assert site.build("--jobs", "1", "--clean").ok().bytes == before


def test_every_odd_space_is_looked_for() -> None:
    every = {chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()}
    assert set(quick._SPACES) == every - {" ", "\n"}
    for space in quick._SPACES:
        assert not quick.is_plain(f"Two words{space}{space}and a space")
