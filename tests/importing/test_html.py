"""HTML as Markdown: whatever a text holds, readers see its words as before."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.importers.html import to_markdown
from sitegen.importers.markdown import picture
from sitegen.importers.players import frame_of
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
    """Texts without spaces, without dashes, which stand for the signs of lists within tables, and
    with straight quotation marks, which depend on the language."""
    text = re.sub("[“”‘’]", "'", soup.get_text()).replace('"', "'")
    return re.sub(r"[\s–]+", "", text)


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
LEAF = st.one_of(
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
    INLINE.map(lambda text: f"<dl><dt>T</dt><dd>{text}</dd></dl>"),
    INLINE.map(lambda text: f"<figure><iframe></iframe><figcaption>{text}</figcaption></figure>"),
)


@st.composite
def blocks(draw: st.DrawFn, depth: int = 3) -> str:
    """A block that may hold others, as people and programs write them, rightly or not."""
    if not depth or draw(st.booleans()):
        leaf: str = draw(LEAF)
        return leaf
    inner = st.lists(blocks(depth - 1), min_size=1, max_size=2)
    name = draw(st.sampled_from(["ul", "ol", "blockquote", "a", "table", "details", "div", "dl"]))
    if name in ("ul", "ol"):
        entries = "".join(f"<li>{draw(INLINE)}{block}</li>" for block in draw(inner))
        return f"<{name}>{entries}<{name}><li>x</li></{name}></{name}>"
    if name == "table":
        rows = st.lists(st.tuples(st.sampled_from(["", ' colspan="2"']), inner), max_size=3)
        cells = ("".join(f"<td{span}>{''.join(i)}</td>" for span, i in draw(rows)) for _ in "ab")
        return f"<table><tr>{'</tr><tr>'.join(cells)}</tr></table>"
    said = draw(INLINE) + "".join(draw(inner))
    if name == "details":
        return f"<details><summary>S</summary>{said}</details>"
    if name == "dl":
        return f"<dl><dt>T</dt><dd>{said}</dd></dl>"
    return f'<a href="https://x.example/">{said}</a>' if name == "a" else f"<{name}>{said}</{name}>"


@example(["<dl><dt>T</dt><dd>1</dd></dl><ul><li><dl><dt>T</dt><dd>1</dd></dl></li></ul>"])
@example(['<p><a href="https://x.example/">^]:</a></p>'])
@example(['<p>Five^<a href="https://x.example/">1</a> times</p>'])
@given(st.lists(blocks(), min_size=1, max_size=3))
def test_readers_see_the_words_of_any_html(parts: list[str]) -> None:
    source = "\n".join(parts)
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


FRAME = '<iframe src="https://x.example/1"></iframe>'
LINKED = '<figure><a href="/x/"><img src="/a.jpg" alt="A"></a></figure>'


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
        ('<a href="/x/"><h2>A</h2><p>b</p></a>', "## [A](/x/)\n\nb"),
        ('<a href="/x/"><figure><img src="/a.jpg" alt="A"></figure></a>', LINKED),
        (
            '<a href="/x/"><div> </div><div><img src="/a.jpg" alt="A"></div></a>',
            "[![A](/a.jpg)](/x/)",
        ),
        ("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ol><ul><li>b</li></ul></ol>", "1. - b"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<ol><li>a</li></ol> <ol><li>b</li></ol>", "1. a\n\n1) b"),
        ('<ol><li value="7">a</li><li>b</li></ol>', "7. a\n8. b"),
        (
            "<table><caption>C</caption><colgroup><col></colgroup>"
            "<tr><th>1</th></tr><tr><td>2</td></tr></table>",
            "C\n\n| 1 |\n| --- |\n| 2 |",
        ),
        (
            "<table><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></table>",
            "<table>\n<tr><td>a</td></tr>\n<tr><td>b</td><td>c</td></tr>\n</table>",
        ),
        (
            '<table><tr><td colspan="2"><p>a</p>b<img src="/a.jpg" alt="A"></td></tr></table>',
            '<table>\n<tr><td colspan="2">a<br>b<img src="/a.jpg" alt="A"></td></tr>\n</table>',
        ),
        (
            "<table><tr><td><h2>a</h2><p>b</p></td></tr><tr><td>c</td></tr></table>",
            "## a\n\nb\n\nc",
        ),
        (
            "<table><tr><td>a</td><td><table><tr><th>b</th></tr></table></td></tr></table>",
            "a\n\n| b |\n| --- |",
        ),
        ('<iframe data-src="https://x.example/1"></iframe>', FRAME),
        ('<iframe src="about:blank" data-cmplz-src="https://x.example/1"></iframe>', FRAME),
        (
            '<object><param name="movie" value="http://www.youtube.com/v/abcdefghijk&hl=en"></object>',
            '<iframe src="https://www.youtube-nocookie.com/embed/abcdefghijk"></iframe>',
        ),
        ("<p>a<svg><title>icon</title></svg>b</p>", "ab"),
        ('<p>Hi <img class="emoji" src="/x.svg" alt="🙂"></p>', "Hi 🙂"),
        ('<p>a<img src="https://x.example/b.gif" width="1" height="1"></p>', "a"),
        ('<img srcset="/a-300.jpg 300w, /a,b.jpg 900w" alt="A">', "![A](/a,b.jpg)"),
        ('<img src="/dot.gif" data-lazy-src="/a.jpg" alt="A">', "![A](/a.jpg)"),
        ('<picture><source srcset="/a.webp 1x"><img alt="A"></picture>', "![A](/a.webp)"),
        (
            '<div class="fb-post" data-href="https://www.facebook.com/1"></div>',
            "<https://www.facebook.com/1>",
        ),
        (
            '<figure><figure><img src="/a.jpg"><figcaption>A</figcaption></figure>'
            "<figcaption>Both</figcaption></figure>",
            '![](/a.jpg "A")\n\nBoth',
        ),
        (
            '<p><a href="#caf%C3%A9">a</a></p><p id="café">x</p>',
            '[a](#caf%C3%A9)\n\n<a id="café"></a>x',
        ),
        ("<p>a<br>=</p>", "a\\\n\\="),
        ("<p>a <del>~b</del></p>", "a ~~\\~b~~"),
        ("<blockquote><a href='/x/'><br></a>=</blockquote>", "> \\="),
        ("<p>a^[b]</p>", "a\\^[b]"),
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


@pytest.mark.parametrize(
    ("address", "player"),
    [
        (
            "https://youtu.be/abcdefghijk?t=90",
            "www.youtube-nocookie.com/embed/abcdefghijk?start=90",
        ),
        ("//www.youtube.com/embed/abcdefghijk", "www.youtube-nocookie.com/embed/abcdefghijk"),
        (
            "https://www.youtube.com/playlist?list=PL1",
            "www.youtube-nocookie.com/embed/videoseries?list=PL1",
        ),
        ("https://vimeo.com/123/ab12", "player.vimeo.com/video/123?h=ab12"),
        ("https://player.vimeo.com/video/123?h=ab12&t=1", "player.vimeo.com/video/123?h=ab12"),
        ("http://vimeo.com/moogaloop.swf?clip_id=123", "player.vimeo.com/video/123"),
        ("https://vimeo.com/showcase/123", ""),
        (
            "https://www.dailymotion.com/video/x7_a-title",
            "geo.dailymotion.com/player.html?video=x7",
        ),
        ("https://www.dailymotion.com/playlist/x7", ""),
        ("https://elsewhere.example/v/abcdefghijk", ""),
        ("http://[", ""),
    ],
)
def test_videos_are_played_by_their_hosts(address: str, player: str) -> None:
    assert frame_of(address) == (f"https://{player}" if player else "")


def test_a_form_around_an_article_is_none_and_one_within_it_goes() -> None:
    page = Recorded()
    form = f"<form>{'<p>Words of the article.</p>' * 20}<input></form><form>Search <input></form>"
    assert to_markdown(form, page) == "\n\n".join(["Words of the article."] * 20)
    assert page.lost == [("code", "<input>"), ("code", "<form>")]


def test_a_frame_without_an_address_is_told() -> None:
    page = Recorded()
    assert to_markdown("<p>a</p><iframe></iframe>", page) == "a"
    assert page.lost == [("embed", "a frame that only a script fills")]


def test_deeply_nested_html_is_no_trouble() -> None:
    source = "<div>" * 300 + "words" + "</div>" * 300
    assert to_markdown(source, Recorded()) == "words"
