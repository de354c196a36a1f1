"""HTML as Markdown: whatever a text holds, readers see its words as before."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from sitegen.importers.html import to_markdown
from sitegen.importers.markdown import picture
from sitegen.read.links import Linker
from sitegen.read.markdown import render_text


@dataclass
class Recorded:
    """A page that says what it was asked for."""

    lost: list[tuple[str, str]] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)

    def link(self, href: str) -> str:
        return href

    def picture(self, src: str) -> str:
        return src

    def frame(self, host: str) -> None:
        self.frames.append(host)

    def lose(self, kind: str, detail: str) -> None:
        self.lost.append((kind, detail))


def shown(markdown: str) -> BeautifulSoup:
    """What readers get of a text."""
    linker = Linker("a.md", "test.example", frame_hosts=("x.example",))
    return BeautifulSoup(render_text(markdown, "en", linker, "sanitize").html, "lxml")


def words(soup: BeautifulSoup) -> str:
    """Texts without spaces, and with straight quotation marks, which depend on the language."""
    text = re.sub("[“”‘’]", "'", soup.get_text()).replace('"', "'")
    return re.sub(r"\s+", "", text)


SIGNS = st.text(alphabet="ab1 .*_`[]()<>&#+-=~|\\!:;\"'^{}$%@/\n\u00e9é", max_size=30)
INLINE = st.recursive(
    SIGNS.map(html.escape),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.tuples(st.sampled_from(["b", "em", "del", "sub", "u", "span"]), inner).map(
            lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
        ),
        inner.map(lambda text: f'<a href="https://x.example/">{text}</a>'),
        st.just("<br>"),
    ),
    max_leaves=6,
)
BLOCK = st.one_of(
    INLINE.map(lambda text: f"<p>{text}</p>"),
    INLINE.map(lambda text: f"<h2>{text}</h2>"),
    INLINE.map(lambda text: f"<blockquote><p>{text}</p></blockquote>"),
    st.lists(INLINE, min_size=1, max_size=3).map(
        lambda items: f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
    ),
    st.lists(INLINE, min_size=2, max_size=2).map(
        lambda cells: f"<table><tr><th>{cells[0]}</th></tr><tr><td>{cells[1]}</td></tr></table>"
    ),
    SIGNS.map(lambda text: f"<pre>{html.escape(text)}</pre>"),
)


@given(st.lists(BLOCK, min_size=1, max_size=4))
def test_readers_see_the_words_of_any_html(blocks: list[str]) -> None:
    source = "\n".join(blocks)
    markdown = to_markdown(source, Recorded())
    assert words(shown(markdown)) == words(BeautifulSoup(source, "lxml")), markdown


@given(SIGNS, SIGNS, SIGNS)
def test_a_picture_keeps_its_texts_whatever_they_hold(alt: str, caption: str, credit: str) -> None:
    soup = shown(picture("a b(1).jpg", alt, caption, credit))
    (image,) = soup.select("img")
    said = " ".join(alt.split())
    assert words(BeautifulSoup(html.escape(str(image["alt"])), "lxml")) == re.sub(
        r"[\s]", "", said.replace('"', "'")
    )
    below = soup.find("figcaption")
    if caption.strip() or credit.strip():
        assert below is not None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p><b><i>both</i></b></p>", "***both***"),
        ("<b><p>block in bold</p></b>", "block in bold"),
        ("<p><b>a</b><b>b</b></p>", "**ab**"),
        ("<p>a<b> b </b>c</p>", "a **b** c"),
        ("<p>a <b></b>b</p>", "a b"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"),
        ('<pre class="lang-py"><code>a = `b`\n```\n</code></pre>', "````py\na = `b`\n```\n````"),
        ("<p>H<sub>2</sub>O, <kbd>Ctrl</kbd></p>", "H<sub>2</sub>O, <kbd>Ctrl</kbd>"),
        (
            '<h2 id="x">Part</h2><p><a href="#x">there</a></p>',
            '## <a id="x"></a>Part\n\n[there](#x)',
        ),
        ('<h2 id="part">Part</h2><p><a href="#part">there</a></p>', "## Part\n\n[there](#part)"),
        ("<h3><img src='a.jpg' alt='A'></h3>", "![A](a.jpg)"),
        ("<p>A</p>\n<p>&nbsp;</p>\n<p>B</p>", "A\n\nB"),
        ("<p>a<br></p>", "a"),
        ('<iframe src="https://x.example/1" title="T"></iframe>', None),
        ("<audio><source src='/t.mp3'></audio>", "[t.mp3](/t.mp3)"),
        ('<a href="/big.jpg"><img src="/a.jpg" alt="A"></a>', "![A](/a.jpg)"),
        ('<figure><a href="/x/"><img src="/a.jpg" alt="A"></a></figure>', None),
        ("<center>old</center><font>ways</font>", "old\n\nways"),
        ("<p>x</p><!-- remark --><style>p{}</style>", "x"),
    ],
)
def test_html_becomes_the_markdown_that_people_write(source: str, expected: str | None) -> None:
    found = to_markdown(source, Recorded())
    assert found == (source if expected is None else expected)


def test_a_table_with_a_list_in_a_cell_stays_html_and_is_told() -> None:
    page = Recorded()
    source = "<table><tr><td><ul><li>a</li><li>b</li></ul></td><td>c</td></tr></table>"
    markdown = to_markdown(source, page)
    assert markdown == "<table>\n<tr><td>– a<br>– b</td><td>c</td></tr>\n</table>"
    assert page.lost == [("table", "a table of 1 rows")]


def test_deeply_nested_html_is_no_trouble() -> None:
    source = "<div>" * 300 + "words" + "</div>" * 300
    assert to_markdown(source, Recorded()) == "words"
