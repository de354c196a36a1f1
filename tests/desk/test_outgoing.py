"""Links to other sites, asked of a real server: what is told of each, and how politely."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path

import pytest

from sitegen.desk import answers
from sitegen.desk.manners import Manners
from sitegen.desk.outgoing import Outgoing, check_outgoing
from sitegen.errors import At
from sitegen.model import Progress
from tests.desk.other_site import Meeting, OtherSite, Reply, other_site

NOW = 1_800_000_000
HOUR, DAY = 3600, 24 * 3600
LINKS = 400
WHERE = [("a.md", At(3, 7))]


@pytest.fixture
def other() -> Iterator[OtherSite]:
    with other_site() as site:
        yield site


class Editor:
    """Looks at links, without waiting; `waits` are the seconds that it would have waited."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.waits: list[float] = []
        self.steps: list[Progress] = []
        self.manners = Manners(private=True, pause=0, timeout=5, sleep=self._sleep)

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 1))

    def check(self, *urls: str, now: int = NOW) -> Outgoing:
        links = [(url, WHERE) for url in urls]
        return check_outgoing(links, self.state, now, self.steps.append, self.manners)


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    return Editor(tmp_path / ".sitegen")


def told(outgoing: Outgoing) -> tuple[str, str]:
    """Code and words of the one thing that is told."""
    (problem,) = outgoing.problems
    assert (problem.source, problem.line, problem.column) == ("a.md", 3, 7)
    assert problem.hint
    return problem.code, problem.message


def test_a_link_that_works_is_asked_for_once_without_its_page(
    other: OtherSite, editor: Editor
) -> None:
    outgoing = editor.check(other.at("/a#part"), other.at("/a#other"), other.at("/a"))
    assert (outgoing.problems, outgoing.asked, outgoing.left) == ([], 1, 0)
    assert other.log == ["HEAD /a"]
    (agent,) = other.agents
    assert "sitegen/" in agent


@pytest.mark.parametrize(
    "status, code, words",
    [
        (404, "outgoing-broken", "no such page any more (it answers 404)"),
        (410, "outgoing-broken", "no such page any more (it answers 410)"),
        (400, "outgoing-broken", "answers with an error (400)"),
        (500, "outgoing-broken", "answers with an error (500)"),
        (403, "outgoing-unsure", "does not let programs look at it (it answers 403)"),
        (429, "outgoing-unsure", "does not let programs look at it (it answers 429)"),
    ],
)
def test_an_answer_is_told_in_words_at_every_place(
    other: OtherSite, editor: Editor, status: int, code: str, words: str
) -> None:
    other.replies["/a"] = [Reply(status)]
    found = told(editor.check(other.at("/a")))
    assert found[0] == code
    assert other.at("/a") in found[1] and words in found[1]
    assert "GET" in other.asked("/a"), "nothing bad is said without having asked as a reader does"


def test_a_site_that_refuses_to_be_asked_for_headers_is_asked_as_readers_do(
    other: OtherSite, editor: Editor
) -> None:
    other.refuses_head = True
    assert editor.check(other.at("/a")).problems == []
    assert other.log == ["HEAD /a", "GET /a"]
    assert editor.waits == []


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429, 0])
def test_what_may_be_otherwise_in_a_moment_is_tried_again(
    other: OtherSite, editor: Editor, status: int
) -> None:
    other.replies["/a"] = [Reply(status), Reply(status), Reply()]
    assert editor.check(other.at("/a")).problems == []
    assert len(other.asked("/a")) == 3
    assert editor.waits == [2.0, 4.0]


@pytest.mark.parametrize("written, waits", [("0", []), ("1", [1.0]), ("never", [2.0])])
def test_a_site_is_left_alone_for_as_long_as_it_says(
    other: OtherSite, editor: Editor, written: str, waits: list[float]
) -> None:
    other.replies["/a"] = [Reply(429, {"Retry-After": written}), Reply()]
    assert editor.check(other.at("/a"), other.at("/b")).problems == []
    assert editor.waits == waits


def test_the_time_to_wait_may_be_a_date(other: OtherSite, editor: Editor) -> None:
    other.replies["/a"] = [Reply(503, {"Retry-After": formatdate(0, usegmt=True)}), Reply()]
    assert editor.check(other.at("/a")).problems == []
    assert editor.waits == []


def test_a_site_that_wants_to_be_left_alone_for_hours_is_not_asked_again(
    other: OtherSite, editor: Editor
) -> None:
    other.replies["/a"] = [Reply(429, {"Retry-After": "7200"})]
    assert told(editor.check(other.at("/a")))[0] == "outgoing-unsure"
    assert other.log == ["HEAD /a"]


def test_a_page_that_has_moved_for_good_is_told_with_its_new_address(
    other: OtherSite, editor: Editor
) -> None:
    other.replies["/a"] = [Reply(301, {"Location": "/b?x=1#part"})]
    other.replies["/b?x=1"] = [Reply(308, {"Location": "/c"})]
    other.replies["/c"] = [Reply(302, {"Location": "/today"})]
    (problem,) = editor.check(other.at("/a")).problems
    assert (problem.code, problem.hint) == ("outgoing-moved", f"write {other.at('/c')} instead")
    assert other.log == ["HEAD /a", "HEAD /b?x=1", "HEAD /c", "HEAD /today"]


def test_a_redirect_for_now_is_not_worth_a_word(other: OtherSite, editor: Editor) -> None:
    other.replies["/a"] = [Reply(302, {"Location": "/b"})]
    other.replies["/b"] = [Reply(301, {"Location": "/c"})]
    assert editor.check(other.at("/a")).problems == []


def test_a_redirect_to_a_page_that_is_gone_is_a_broken_link(
    other: OtherSite, editor: Editor
) -> None:
    other.replies["/a"] = [Reply(301, {"Location": "/b"})]
    other.replies["/b"] = [Reply(404)]
    assert told(editor.check(other.at("/a")))[0] == "outgoing-broken"


def test_a_circle_of_redirects_ends(other: OtherSite, editor: Editor) -> None:
    other.replies["/a"] = [Reply(302, {"Location": "/b"})]
    other.replies["/b"] = [Reply(302, {"Location": "/a"})]
    code, words = told(editor.check(other.at("/a")))
    assert code == "outgoing-unsure" and "in a circle" in words, "some sites want a cookie first"
    assert len(other.log) == editor.manners.redirects + 1


@pytest.mark.parametrize("location", ["app://open/it", "mailto:a@b.example"])
def test_a_redirect_out_of_the_web_is_followed_no_further(
    other: OtherSite, editor: Editor, location: str
) -> None:
    other.replies["/a"] = [Reply(302, {"Location": location})]
    assert editor.check(other.at("/a")).problems == []


def test_a_site_that_does_not_answer_in_time_is_told(other: OtherSite, editor: Editor) -> None:
    editor.manners = replace(editor.manners, timeout=0.05, tries=2)
    other.replies["/a"] = [Reply(200, seconds=30)]
    assert "nothing answers there" in told(editor.check(other.at("/a")))[1]
    assert editor.waits == [2.0]


def test_a_connection_that_breaks_off_is_told(other: OtherSite, editor: Editor) -> None:
    other.replies["/a"] = [Reply(0)]
    assert "the connection breaks off" in told(editor.check(other.at("/a")))[1]
    assert len(other.log) == editor.manners.tries


def test_a_port_where_nobody_listens_is_told(editor: Editor) -> None:
    with other_site() as gone:
        address = gone.at("/a")
    assert "the connection breaks off" in told(editor.check(address))[1]


def test_a_connection_that_is_not_secure_is_told(other: OtherSite, editor: Editor) -> None:
    address = other.at("/a").replace("http:", "https:")
    assert "no secure connection" in told(editor.check(address))[1]


@pytest.mark.parametrize(
    "url, words",
    [
        ("http://nowhere.invalid/", "no such host"),
        (f"http://{'a' * 64}.example/", "no such host"),
        ("http://[::1", "no address"),
        ("http://[::1#part", "no address"),
        ("http://", "no address"),
    ],
)
def test_an_address_that_cannot_be_asked_for_is_told(editor: Editor, url: str, words: str) -> None:
    assert words in told(editor.check(url))[1]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://2130706433:{port}/",
        "http://[::1]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_a_private_network_is_never_asked(other: OtherSite, editor: Editor, url: str) -> None:
    editor.manners = replace(editor.manners, private=False)
    address = url.format(port=other.server_address[1])
    assert "private network" in told(editor.check(address))[1]
    assert other.log == []


def test_a_host_is_asked_one_thing_at_a_time_however_many_links_lead_to_it(
    other: OtherSite, editor: Editor
) -> None:
    editor.manners = replace(editor.manners, pause=0.5)
    urls = [other.at(f"/{n}") for n in range(LINKS)]
    outgoing = editor.check(*urls)
    assert (outgoing.asked, outgoing.left, outgoing.problems) == (LINKS, 0, [])
    assert other.log == [f"HEAD /{n}" for n in range(LINKS)], "in the order of the links"
    assert other.here.most == 1
    assert editor.waits == [0.5] * (LINKS - 1)
    assert editor.steps[-1] == Progress("links", LINKS, LINKS)


def test_only_so_many_hosts_are_asked_at_once(editor: Editor) -> None:
    with ExitStack() as stack:
        sites = [stack.enter_context(other_site()) for _ in range(6)]
        meeting = Meeting()
        for site in sites:
            site.meeting = meeting
            site.replies = {f"/{n}": [Reply(seconds=0.01)] for n in range(5)}
        urls = [site.at(f"/{n}") for n in range(5) for site in sites]
        for at_once in (1, 3):
            meeting.most = 0
            editor.manners = replace(editor.manners, at_once=at_once)
            editor.check(*urls, now=NOW + at_once * 8 * DAY)
            assert 0 < meeting.most <= at_once
        assert meeting.most > 1
        assert [site.here.most for site in sites] == [1] * 6


def test_a_host_that_fails_again_and_again_is_not_tried_for_every_link(
    other: OtherSite, editor: Editor
) -> None:
    urls = [other.at(f"/{n}") for n in range(50)]
    other.replies = {f"/{n}": [Reply(0)] for n in range(50)}
    outgoing = editor.check(*urls)
    assert len(outgoing.problems) == 50
    assert len(other.log) == editor.manners.failures * editor.manners.tries


def test_one_address_that_fails_says_nothing_of_its_neighbours(
    other: OtherSite, editor: Editor
) -> None:
    other.replies = {"/a": [Reply(0)], "/b": [Reply(0)]}
    urls = [other.at(path) for path in ("/a", "/b", "/c", "/d")]
    assert {problem.message.split(": ")[0] for problem in editor.check(*urls).problems} == {
        f"it links to {url}" for url in urls[:2]
    }


def test_what_is_not_on_the_web_is_passed_over(other: OtherSite, editor: Editor) -> None:
    outgoing = editor.check("mailto:desk@paper.example", "tel:+441234", "/about/", "#top", "")
    assert (outgoing.problems, outgoing.asked) == ([], 0)


def test_an_address_without_a_scheme_is_asked_for_securely(
    other: OtherSite, editor: Editor
) -> None:
    assert "no secure connection" in told(editor.check(other.at("/a").removeprefix("http:")))[1]


def test_what_is_not_reached_in_time_is_left_for_the_next_check(
    other: OtherSite, editor: Editor
) -> None:
    other.replies["/slow"] = [Reply(200, seconds=30), Reply()]
    editor.manners = replace(editor.manners, total=0.3)
    urls = [other.at("/a"), other.at("/slow"), other.at("/b")]
    outgoing = editor.check(*urls)
    assert (outgoing.problems, outgoing.asked, outgoing.left) == ([], 1, 2)
    editor.manners = replace(editor.manners, total=60)
    assert editor.check(*urls).left == 0
    assert other.asked("/a") == ["HEAD"]


def test_answers_are_kept_good_ones_for_days_and_bad_ones_for_an_hour(
    other: OtherSite, editor: Editor
) -> None:
    other.replies["/bad"] = [Reply(404)]
    other.replies["/moved"] = [Reply(301, {"Location": "/new"})]
    urls = [other.at("/good"), other.at("/bad"), other.at("/moved")]
    first = editor.check(*urls)
    asked = len(other.log)
    for later in (0, HOUR - 1):
        again = editor.check(*urls, now=NOW + later)
        assert (again.problems, again.asked) == (first.problems, 0)
    assert len(other.log) == asked
    assert editor.check(*urls, now=NOW + HOUR).asked == 1
    assert editor.check(*urls, now=NOW + 7 * DAY).asked == 3
    assert editor.check(*urls, now=NOW).asked == 3, "what was answered later is not believed"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"[[1]]", b'{"KEY": {}}', b"\xff", b"odd"])
def test_a_damaged_memory_costs_only_that_all_is_asked_again(
    other: OtherSite, editor: Editor, damage: bytes
) -> None:
    editor.check(other.at("/a"))
    file = editor.state / answers.FILE
    odd = file.read_bytes().replace(b'"good"', b'"fine"')
    file.write_bytes(odd if damage == b"odd" else damage)
    assert editor.check(other.at("/a")).asked == 1
    assert editor.check(other.at("/a")).asked == 0


def test_the_memory_does_not_name_what_was_linked_and_can_be_dropped(
    other: OtherSite, editor: Editor
) -> None:
    editor.check(other.at("/sentinel"))
    file = editor.state / answers.FILE
    assert len(json.loads(file.read_bytes())) == 1
    assert b"sentinel" not in file.read_bytes()
    answers.forget(editor.state)
    answers.forget(editor.state)
    assert list(editor.state.iterdir()) == []


def test_without_its_library_the_command_says_how_to_install_it(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['httpx'] = None\n"
        "from pathlib import Path\n"
        "from sitegen.desk.outgoing import check_outgoing\n"
        "from sitegen.errors import Misuse\n"
        "try: check_outgoing([], Path(sys.argv[1]), 0, print)\n"
        "except Misuse as error: print(error)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert 'pip install "sitegen[links]"' in result.stdout
    assert list(tmp_path.iterdir()) == []
