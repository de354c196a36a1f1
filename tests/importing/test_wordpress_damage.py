"""WordPress: exports as they really are, with what twenty years left in a database."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sitegen.importers import Task, run
from sitegen.importers.formats import open_source
from sitegen.importers.target import Target
from sitegen.importers.things import Wishes
from sitegen.importers.wordpress.parting import Parting
from sitegen.model import Progress
from tests.importing.old_site import OldSite
from tests.importing.wxr import BASE, author, category, export, item, named, picture


@pytest.fixture
def old(tmp_path: Path) -> OldSite:
    return OldSite(tmp_path, "wordpress", "export.xml")


def test_characters_that_no_text_may_hold_are_taken_out_and_told(old: OldSite) -> None:
    old.write(export(item(1, "A\x0bB", "Te\x00xt\x1f&#11;.\ufffe"), item(2))).run().ok()
    assert "title: AB\n" in old.matter("2019/title-1.md")
    assert old.body("2019/title-1.md") == "Text."
    assert [loss["file"] for loss in old.lost("characters")] == ["content/2019/title-1.md"]


def test_bytes_of_an_older_coding_are_understood(old: OldSite) -> None:
    good = export(item(1, "Café", "“One” — two"), item(2))
    old.write(good.encode().replace("“One” —".encode(), b"\x93One\x94 \x97")).run().ok()
    assert old.body("2019/title-1.md") == "“One” — two"
    assert "title: Café" in old.matter("2019/title-1.md")


def test_a_file_in_the_coding_that_it_names_is_read(old: OldSite) -> None:
    text = export(item(1, "Café", "Über")).replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    old.write(text.encode("iso-8859-1")).run().ok()
    assert old.body("2019/title-1.md") == "Über"


def test_a_file_that_windows_saved_is_read(old: OldSite) -> None:
    old.write(export(item(1, "Café")).encode("utf-16")).run().ok()
    assert "title: Café" in old.matter("2019/title-1.md")


def test_spaces_and_a_mark_before_the_file_are_no_harm(old: OldSite) -> None:
    old.write(b"\xef\xbb\xbf\n\n  " + export(item(1)).encode()).run().ok()
    assert old.files == {"2019/title-1.md"}


def test_entities_of_html_and_open_ampersands_are_characters(old: OldSite) -> None:
    text = export(item(1), item(2))
    broken = text.replace(
        "<title><![CDATA[A title]]></title>", "<title>Fish&nbsp;&amp; chips &hellip; R&D</title>", 1
    )
    old.write(broken).run().ok()
    assert "title: Fish & chips … R&D\n" in old.matter("2019/title-1.md")


def test_the_end_of_a_cdata_section_within_a_text_is_kept(old: OldSite) -> None:
    old.write(export(item(1, content="<code>a[b[0]]>c</code>"))).run().ok()
    assert old.body("2019/title-1.md") == "`a[b[0]]>c`"


def test_the_end_of_a_cdata_section_that_nobody_escaped_is_text(old: OldSite) -> None:
    """As old versions of WordPress wrote it."""
    raw = "<script>//<![CDATA[\nx()\n//]]></script>One <code>a[b[0]]>c</code> &amp; two"
    text = export(item(1), item(2)).replace("<![CDATA[Text.]]>", f"<![CDATA[{raw}]]>", 1)
    old.write(text).run().ok()
    assert old.body("2019/title-1.md") == "One `a[b[0]]>c` & two"
    assert old.body("2019/title-2.md") == "Text."


BROKEN = {
    "a sign that begins no tag": ("<title>", "I <3 you"),
    "an element without an end": ("<title>", "Love <b>x"),
    "a warning of PHP": ("<wp:post_id>", "\n<br />\n<b>Warning</b>: R&D <b>x.php</b><br>"),
    "an end that begins nowhere": ("<wp:post_id>", "</wp:postmeta>"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_record_breaks_no_other(old: OldSite, name: str) -> None:
    """To a parser all that follows would be a part of it."""
    before, broken = BROKEN[name]
    good = item(2).replace("<title><![CDATA[A title]]></title>", "<title>A title</title>")
    at = good.index(before) + (len(before) if before == "<title>" else 0)
    whole = export(item(1), good[:at] + broken + good[at:], item(3), item(4))
    old.write(whole).run().ok()
    assert old.report["found"] in ({"post": 4}, {"post": 3, "record": 1})
    assert {"2019/title-1.md", "2019/title-3.md", "2019/title-4.md"} <= old.files
    told = [loss["where"] for loss in old.lost("damaged")] + [
        left["where"] for left in old.left("broken")
    ]
    assert told or old.files == {f"2019/title-{n}.md" for n in range(1, 5)}
    line = whole[: whole.index(item(1)) + len(item(1))].count("\n") + 1
    assert all(f"line {line}" in where for where in told)


WHOLE = export(
    author("a", "A"),
    item(1, content="a </item> <item> ]]> b", more=named("category", "World")),
    "<br><b>Warning</b>",
    item(2).replace("</item>", ""),
    category("world", "World"),
    item(3),
)


@given(st.lists(st.integers(0, len(WHOLE)), max_size=6).map(sorted))
def test_records_are_the_same_wherever_a_file_is_cut_into_pieces(cuts: list[int]) -> None:
    at_once, in_pieces = Parting(), Parting()
    expected = list(at_once.feed(WHOLE))
    assert [part.whole for part in expected] == [True, True, False, True]
    ends = [*cuts, len(WHOLE)]
    pieces = (WHOLE[start:end] for start, end in zip([0, *cuts], ends, strict=True))
    assert [part for piece in pieces for part in in_pieces.feed(piece)] == expected
    assert in_pieces.head == at_once.head


def test_a_record_without_an_end_is_kept_and_told(old: OldSite) -> None:
    old.write(export(item(1).replace("</item>", ""), item(2))).run().ok()
    assert old.files == {"2019/title-1.md", "2019/title-2.md"}
    assert [loss["detail"] for loss in old.lost("damaged")] == ["it has no end"]


def test_words_before_the_file_itself_are_no_harm(old: OldSite) -> None:
    old.write("<br />\n<b>Notice</b>: Undefined index\n" + export(item(1))).run().ok()
    assert old.files == {"2019/title-1.md"}


def test_the_line_of_a_record_is_that_of_the_file(old: OldSite) -> None:
    many = export(item(1, content="\n" * 70_000), item(2, "", content="x"))
    old.write(many).run()
    (loss,) = old.lost("title")
    assert f"line {many[: many.rindex('<item>')].count(chr(10)) + 1}" in loss["where"]


def test_a_file_that_was_cut_off_gives_what_it_has_and_says_so(old: OldSite) -> None:
    whole = export(item(1), item(2), item(3))
    old.write(whole[: whole.index("<wp:post_date_gmt>", whole.index("title-3"))]).run().ok()
    assert {"2019/title-1.md", "2019/title-2.md"} <= old.files
    (left,) = old.left("broken")
    assert (
        left["detail"] == "the file ends before the export does, within record 3 “A title”, line 62"
    )


def test_entities_that_would_grow_without_end_do_not(old: OldSite) -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM '
    bomb += '"file:///etc/passwd">]>\n<rss'
    text = export(item(1, more="<wp:x>&b;&x;</wp:x>")).replace("<rss", bomb, 1)
    old.write(text.replace("<![CDATA[Text.]]>", "Text.&x;")).run().ok()
    assert "root:" not in old.text("2019/title-1.md")


@pytest.mark.parametrize("lost", ["wp:post_id", "wp:post_name", "link", "dc:creator", "wp:status"])
def test_an_item_that_lacks_something_is_kept(old: OldSite, lost: str) -> None:
    text = item(1, "Storm")
    start, end = text.index(f"<{lost}>"), text.index(f"</{lost}>") + len(lost) + 3
    old.write(export(text[:start] + text[end:], item(2))).run().ok()
    assert old.report["files"]["created"] == 2


def test_a_long_text_is_read_whole(old: OldSite) -> None:
    old.write(export(item(1, content="word " * 2_200_000))).run()
    assert old.body("2019/title-1.md").count("word") == 2_200_000


WORDS = st.text(alphabet="abc é€ع<>&\"'[]#*-_:|{}%\n\x0b/\\", max_size=25)
DATES = st.sampled_from(
    ["2019-03-04 10:00:00", "0000-00-00 00:00:00", "2019-02-30 99:00:00", "", "1999-12-31 23:59:59"]
)
LINKS = st.sampled_from(
    [
        *(None, "", f"{BASE}/?p=1", f"{BASE}/", f"{BASE}/a/b.html", f"{BASE}/2019/", "http://["),
        *(f"{BASE}/a%2fb/", f"{BASE}/tags/", f"{BASE}/con/", f"{BASE}/{'x' * 300}/", "/x/"),
        f"{BASE}/a b/?x=1",
    ]
)
ITEMS = st.builds(
    lambda id, **fields: item(id, **fields),
    id=st.integers(1, 20),
    title=WORDS,
    content=WORDS,
    excerpt=WORDS,
    type=st.sampled_from(["post", "post", "page", "attachment", "nav_menu_item", ""]),
    name=st.one_of(st.none(), WORDS, st.sampled_from(["a", "index", "con", "%d8%b9", "."])),
    link=LINKS,
    date=DATES,
    gmt=DATES,
    status=st.sampled_from(["publish", "publish", "draft", "future", "private", "trash", "odd"]),
    author=st.one_of(st.just("maria"), WORDS),
    meta=st.dictionaries(
        st.sampled_from(["_thumbnail_id", "_yoast_wpseo_metadesc", "_wp_old_slug", "footnotes"]),
        st.one_of(WORDS, st.just("2")),
        max_size=2,
    ),
    more=st.lists(
        st.builds(named, st.sampled_from(["category", "post_tag"]), WORDS, st.just("s")), max_size=2
    ).map("".join),
)


# Each example is an import and a build: to make a failing one smaller would take minutes.
@settings(max_examples=12, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(items=st.lists(ITEMS, min_size=5, max_size=12))
def test_any_items_add_up_and_build(
    items: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    old = OldSite(tmp_path_factory.mktemp("any"), "wordpress", "export.xml")
    old.write(export(*items, item(9), picture(8, "a.jpg"))).run().ok()
    assert old.run().became().keys() <= {"unchanged", "kept"}


def test_without_its_libraries_the_command_says_how_to_install_them(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['lxml'] = None\n"
        "from pathlib import Path\n"
        "from sitegen.errors import Misuse\n"
        "from sitegen.importers.formats import open_source\n"
        "from sitegen.importers.things import Wishes\n"
        "try: open_source('wordpress', Path(sys.argv[1]), Wishes())\n"
        "except Misuse as error: print(error)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert 'pip install "sitegen[import]"' in result.stdout


def test_ten_times_the_articles_take_hardly_more_memory(tmp_path: Path) -> None:
    """The parser, the shelf and the pages of HTML keep nothing of what was read."""
    peaks = []
    for count in (50, 500):
        source = tmp_path / f"{count}.xml"
        source.write_text(export(*(item(n, content="Word. " * 900) for n in range(1, count))))
        script = (
            "import sys; from pathlib import Path; from sitegen.cli import main\n"
            "try: main(['import', 'wordpress', sys.argv[1], '-s', sys.argv[2], '-q'])\n"
            "except SystemExit as end: assert end.code == 0\n"
            # Not getrusage: what that tells begins with the size of the process that forked.
            "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])\n"
        )
        command = [sys.executable, "-c", script, str(source), str(tmp_path / f"site{count}")]
        result = subprocess.run(command, capture_output=True, text=True, check=True)
        peaks.append(int(result.stdout))
    assert source.stat().st_size > 2_000_000
    assert peaks[1] < peaks[0] + 15_000, f"{peaks} KiB"


def test_progress_is_told_in_bytes_of_the_file(old: OldSite) -> None:
    old.write(export(*(item(n) for n in range(1, 30))))
    steps: list[Progress] = []
    importer = open_source("wordpress", old.source, Wishes(new_site=True))
    run(
        Task("wordpress", old.source, old.folder, dry=True),
        importer,
        Target(old.folder),
        steps.append,
    )
    size = old.source.stat().st_size
    reading = [(step.done, step.total) for step in steps if step.stage == "reading"]
    assert reading[-1] == (size, size)
    assert [(s.done, s.total) for s in steps if s.stage == "writing"][-1] == (29, 29)
