"""References of a file: what is ours becomes a number, everything else stays."""

from __future__ import annotations

import pytest

from sitegen.read.links import Linker


@pytest.mark.parametrize(
    "written, to, tail",
    [
        ("b.md", "source:politics/b.md", ""),
        ("./b.md#c", "source:politics/b.md", "#c"),
        ("../b.md?x=1#c", "source:b.md", "?x=1#c"),
        ("/sport/b.md", "source:sport/b.md", ""),
        ("two%20words.md", "source:politics/two words.md", ""),
        ("../../../etc/passwd.md", "source:../../etc/passwd.md", ""),
        ("/about/", "url:/about/", ""),
        ("map.png", "file:politics/map.png", ""),
        ("../media/map.png", "file:media/map.png", ""),
        ("https://news.example/about/#x", "url:/about/", "#x"),
        ("https://news.example/2026/11/b/", "url:/2026/11/b/", ""),
    ],
)
def test_what_is_ours_becomes_a_number(written: str, to: str, tail: str) -> None:
    linker = Linker("politics/a.md", "news.example")
    assert linker.link(written) == "sitegen-ref:0"
    assert linker.refs == [{"to": to, "tail": tail}]
    assert linker.link(written) == "sitegen-ref:0" and len(linker.refs) == 1


@pytest.mark.parametrize(
    "written",
    ["#part", "?q=1", "https://other.example/a.md", "mailto:a@b.example", "//cdn.example/x"],
)
def test_everything_else_stays_as_it_is(written: str) -> None:
    linker = Linker("a.md", "news.example")
    assert linker.link(written) == written and not linker.refs


@pytest.mark.parametrize(
    "href, sponsored, rel",
    [
        ("https://other.example/", False, "external noopener"),
        ("//other.example/", False, "external noopener"),
        ("https://other.example/", True, "sponsored noopener"),
        ("https://news.example/x", False, ""),
        ("/x", False, ""),
        ("mailto:a@b.example", False, ""),
    ],
)
def test_links_to_other_sites_have_a_rel(href: str, sponsored: bool, rel: str) -> None:
    assert Linker("a.md", "news.example", sponsored=sponsored).rel(href) == rel
