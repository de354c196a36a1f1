"""Real kills, locks, damaged states, disks that are full: the site is whole, and can be mended."""

from __future__ import annotations

import gc
import json
import os
import resource
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from sitegen import locks, spool
from sitegen.build import looking, pipeline, publishing, rendering
from sitegen.build.unchanged import Looked
from sitegen.index import asked
from sitegen.index.articles import Articles
from sitegen.index.store import Store
from sitegen.model import Article, Progress
from sitegen.options import Options
from sitegen.outputs import Page
from sitegen.pool import processes
from sitegen.read import batches as file_batches
from sitegen.read.scan import Found
from sitegen.site import content, indexed
from sitegen.write import place
from sitegen.write.staging import Staged, stage, stage_copy
from tests.site_test import NOW, SETTINGS, SiteTest, tree

ARTICLES = 200
DEADLINE = 60.0
COMMAND = [sys.executable, "-m", "sitegen", "build", "--now", NOW]


def big_site(folder: Path) -> SiteTest:
    site = SiteTest(folder)
    for n in range(ARTICLES):
        site.write(
            f"story-{n}.md",
            title=f"Title {n}",
            date=f"20{20 + n % 7}-{n % 12 + 1:02}-{n % 28 + 1:02}",
            tags=[f"tag{n % 9}", f"tag{n % 4}"],
            body="Words. " * 40,
        )
    return site


def start(site: SiteTest, *args: str) -> subprocess.Popen[bytes]:
    command = [*COMMAND, "-s", str(site.folder), "--jobs", "2", *args]
    with (site.folder / "errors").open("wb") as errors:
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)


def until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> bool:
    """Wait for `condition`; False when the process ended first."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        if condition():
            return True
        if process.poll() is not None:
            return condition()
    raise AssertionError("nothing happened in time")


def children(pid: int) -> set[int]:
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found |= {int(child) for child in task.read_text().split()}
    return found


def state(pid: int) -> str:
    """A process's state, as proc(5) has it: R, S, T (stopped), Z; nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def is_alive(pid: int) -> bool:
    return state(pid) not in ("Z", "")


MOMENTS: dict[str, Callable[[SiteTest], bool]] = {
    "the state is made": lambda site: (site.folder / ".sitegen" / "state.db").exists(),
    "rendering begins": lambda site: (site.folder / ".sitegen" / "staging").exists(),
    "the first file is in place": lambda site: site.public.exists() and any(site.public.iterdir()),
    "many files are in place": lambda site: len(list(site.public.rglob("story-1*"))) > 50,
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_build_leaves_no_workers_and_the_next_one_mends_all(
    moment: str, tmp_path: Path
) -> None:
    site = big_site(tmp_path / "site")
    process = start(site)
    until(lambda: MOMENTS[moment](site), process)
    workers = children(process.pid)
    process.kill()
    process.wait()
    end = time.monotonic() + DEADLINE
    while any(is_alive(pid) for pid in workers):
        assert time.monotonic() < end, "a worker outlived its parent"
    site.build().ok()
    assert site.bytes == site.clean_bytes()
    assert not (site.folder / ".sitegen" / "staging").exists()


def _killed(root: Path, staged: Sequence[Staged]) -> None:
    """In a worker: move the first file, and die."""
    place(root, staged[:1])
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_that_is_killed_while_it_moves_stops_the_build_in_words(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("a.md", title="Old").build().ok()
    site.write("a.md", title="New")
    with monkeypatch.context() as patch:
        patch.setattr(publishing, "FEW_MOVED", 0)
        patch.setattr(publishing, "place", _killed)
        site.build("--jobs", "2")
        assert [error["code"] for error in site.errors] == ["worker-killed"]
        site.write("a.md", title="Newest")
        site.run("build", "-s", str(site.folder), "--now", NOW, "--jobs", "2")
    assert site.exit_code == 1 and "worker process was killed" in site.output
    assert "nothing was changed" not in site.output
    assert not (site.folder / ".sitegen" / "staging").exists()
    assert site.build().ok().bytes == site.clean_bytes()


def _place_late(root: Path, staged: Sequence[Staged]) -> None:
    """In a worker: move files when everybody has forgotten it, and tell what came of that."""
    pid, told = os.getpid(), root.parent
    (told / f"waiting-{pid}").touch()
    os.kill(pid, signal.SIGSTOP)
    try:
        place(root, staged)
    except FileNotFoundError:
        (told / f"failed-{pid}").touch()
    os._exit(0)


def test_a_worker_that_outlives_its_build_moves_nothing_into_the_next(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("a.md", title="Old").build().ok()
    site.write("a.md", title="New")
    monkeypatch.setattr(publishing, "MOVED", 1)
    monkeypatch.setattr(publishing, "FEW_MOVED", 0)
    build = os.fork()
    if build == 0:
        monkeypatch.setattr(publishing, "place", _place_late)
        monkeypatch.setattr(processes, "_end_with_parent", lambda: None)
        try:
            site.build("--jobs", "2")
        finally:
            os._exit(0)
    end = time.monotonic() + DEADLINE

    def those(mark: str) -> set[int]:
        return {int(file.name.removeprefix(mark)) for file in site.folder.glob(f"{mark}*")}

    try:
        while len(workers := those("waiting-")) < 2 or any(state(pid) != "T" for pid in workers):
            assert time.monotonic() < end, "no worker moves anything"
        os.kill(build, signal.SIGKILL)
        os.waitpid(build, 0)
        site.write("a.md", title="Newest").build().ok()
        for worker in workers:
            os.kill(worker, signal.SIGCONT)
        while those("failed-") < workers:
            assert time.monotonic() < end, "a worker found what it was to move"
        assert site.bytes == site.clean_bytes()
        assert site.build().rendered == set()
    finally:
        for worker in those("waiting-"):
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)


def test_workers_move_files_as_the_build_itself_does(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "MOVED", 3)
    monkeypatch.setattr(publishing, "FEW_MOVED", 0)
    for number in range(9):
        site.write(f"{number}.md", title=f"Story {number}", tags=[f"tag {number % 2}"])
    site.build("--jobs", "2").ok()
    assert site.report["written"] == site.report["rendered"] == len(site.bytes)
    assert site.bytes == site.clean_bytes()
    site.write("8.md", title="Another").build("--jobs", "2", "--clean").ok()
    assert 0 < site.report["written"] < site.report["rendered"] == len(site.bytes)
    assert site.bytes == site.clean_bytes()
    assert site.build().rendered == set()


def test_an_interrupted_build_ends_with_130_and_no_traceback(tmp_path: Path) -> None:
    site = big_site(tmp_path / "site")
    process = start(site)
    assert until(lambda: MOMENTS["rendering begins"](site), process)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=DEADLINE) == 130
    errors = (site.folder / "errors").read_text()
    assert "Traceback" not in errors
    assert "stopped" in errors
    site.build().ok()
    assert site.bytes == site.clean_bytes()


def test_an_interrupted_reading_keeps_what_was_stored_in_growing_transactions(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        site.write(f"s{number:02}.md", title=f"Story {number}", tags=["tide"])
    monkeypatch.setattr(file_batches, "BATCH", 1)
    monkeypatch.setattr(content, "FIRST_STORED", 2)
    monkeypatch.setattr(content, "MOST_STORED", 4)
    read, seen = content._read_one, []

    def interrupted(*asked: Any) -> Any:
        seen.append(asked)
        if len(seen) == 13:
            raise KeyboardInterrupt
        return read(*asked)

    with monkeypatch.context() as patch:
        patch.setattr(content, "_read_one", interrupted)
        assert site.build("--jobs", "1").exit_code == 130
    with Store(site.folder / ".sitegen") as store:
        assert Articles(store).count() == 2 + 4 + 4
    assert site.build().ok().bytes == site.clean_bytes()


@pytest.mark.parametrize("lock", ["state", "output"])
def test_a_second_build_says_that_another_is_at_work(
    lock: str, site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("a.md").build().ok()
    monkeypatch.setattr(locks, "PATIENCE", 0.1)
    state, output = locks.lock_files(site.folder / ".sitegen", site.public.resolve())
    with FileLock(state if lock == "state" else output):
        site.write("b.md").build()
    assert site.exit_code == 1
    assert site.errors[0]["code"] == "locked"
    assert "another sitegen is at work" in site.errors[0]["message"]
    site.build().ok()


def damage_random(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)


def damage_truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def damage_empty(path: Path) -> None:
    path.write_bytes(b"")


def damage_middle(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(4096, len(data), 997):
        data[at] ^= 0x55
    path.write_bytes(data)


def damage_texts(path: Path) -> None:
    """Change words inside stored values: SQLite itself notices nothing."""
    data = path.read_bytes()
    assert b"Sentinel" in data
    path.write_bytes(data.replace(b"Sentinel", b"Sentimel"))


def damage_schema(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version=99")


def damage_other_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE articles(source)")
        db.execute("PRAGMA user_version=1")


def damage_types(path: Path) -> None:
    """One bit of a row's head tells a text from bytes."""
    with sqlite3.connect(path) as db:
        db.execute("UPDATE traces SET needs='abcdefghijkl'")


DAMAGES = [
    damage_random,
    damage_truncate,
    damage_empty,
    damage_middle,
    damage_texts,
    damage_schema,
    damage_other_program,
    damage_types,
]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_state_costs_time_and_nothing_else(
    damage: Callable[[Path], None], large: bool, site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever meets it first: of a large site also who looks at the output, or renders."""
    jobs = "2" if large else "1"
    if large:
        monkeypatch.setattr(looking, "LARGE", 1)
        monkeypatch.setattr(pipeline, "AHEAD", 1)
        monkeypatch.setattr(rendering, "FEW", 0)
    for n in range(12):
        site.write(f"a{n}.md", title=f"Sentinel {n}", tags=["harbour"], date=f"2026-10-{n + 1:02}")
    site.build().ok()
    damage(site.folder / ".sitegen" / "state.db")
    site.write("new.md", title="Sentinel new", tags=["harbour"])
    if large:
        site.settings(f"{SETTINGS}# So that all is planned.\n")
    site.build("--jobs", jobs).ok()
    assert site.bytes == site.clean_bytes()
    assert site.build().rendered == set()


def test_the_state_of_another_site_is_no_danger(tmp_path: Path) -> None:
    one, other = SiteTest(tmp_path / "one"), SiteTest(tmp_path / "other")
    one.write("a.md", title="One").write("c.md", title="Both").build().ok()
    other.write("b.md", title="Other").write("c.md", title="Both too").build().ok()
    shutil.rmtree(one.folder / ".sitegen")
    shutil.copytree(other.folder / ".sitegen", one.folder / ".sitegen")
    one.build().ok()
    assert one.bytes == one.clean_bytes()
    assert other.build().ok().bytes == other.clean_bytes()


def test_a_full_disk_leaves_the_old_site_whole(tmp_path: Path) -> None:
    site = SiteTest(tmp_path / "site").write("a.md", title="Old").build().ok()
    before = site.bytes
    # The state packs texts: these are such as cannot be made smaller.
    words = (sha256(str(n).encode()).hexdigest() for n in range(40_000))
    site.write("b.md", title="New", body=" ".join(words))

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    command = [*COMMAND, "-s", str(site.folder), "--jobs", "1"]
    result = subprocess.run(command, capture_output=True, text=True, preexec_fn=no_room)
    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stderr
    assert site.bytes == before
    site.build().ok()
    assert site.bytes == site.clean_bytes()


def test_a_template_that_fails_on_the_last_page_leaves_the_old_site_whole(site: SiteTest) -> None:
    site.settings('[site]\ntitle = "T"\nbase_url = "https://t.example/"\ntheme = "own"\n').file(
        "themes/own/theme.toml", 'extends = "broadsheet"\n'
    )
    site.write("a.md").build().ok()
    before = {path: (site.public / path).stat().st_mtime_ns for path in site.bytes}
    site.write("a.md", title="Changed")
    site.file("themes/own/templates/feed.xml", "{{ site.nothing }}")
    site.build()
    assert site.exit_code == 1
    assert site.errors[0]["source"] == "themes/own/templates/feed.xml"
    assert site.errors[0]["line"] == 1
    assert "feed.xml" in site.errors[0]["hint"]
    assert {path: (site.public / path).stat().st_mtime_ns for path in site.bytes} == before


def test_a_linked_output_works_and_a_link_inside_it_is_refused(site: SiteTest) -> None:
    real, secret = site.folder.parent / "real", site.folder.parent / "secret"
    real.mkdir()
    secret.mkdir()
    site.public.symlink_to(real)
    site.write("a.md").build().ok()
    assert (real / "index.html").is_file()
    (real / "2027").symlink_to(secret)
    site.now = "2027-03-01T00:00:00Z"
    site.write("b.md", date="2027-02-02").build()
    assert site.exit_code == 1
    assert site.errors[0]["code"] == "output-in-the-way"
    assert list(secret.iterdir()) == []


def test_foreign_files_stay_and_prune_takes_all_but_hidden_ones(site: SiteTest) -> None:
    site.write("a.md").build().ok()
    (site.public / "old.html").write_text("old")
    (site.public / ".htaccess").write_text("rules")
    (site.public / "own").mkdir()
    (site.public / "own" / "file").write_text("own")
    site.file("static/robots.txt", "b").build().ok()  # which is planned with all
    assert set(site.report["not_owned"]) == {"old.html", ".htaccess", "own/file"}
    assert (site.public / "old.html").exists()
    site.build("--prune").ok()
    assert site.removed == {"old.html", "own/file"}
    assert (site.public / ".htaccess").read_text() == "rules"
    assert not (site.public / "own").exists()


def test_prune_without_a_state_takes_no_page_of_the_site(site: SiteTest) -> None:
    """What nobody remembers is foreign, until the plan says whose it is."""
    site.write("a.md").write("b.md").build().ok()
    before = {path: (site.public / path).stat().st_mtime_ns for path in site.bytes}
    (site.public / "stray.txt").write_text("old")
    shutil.rmtree(site.folder / ".sitegen")
    site.build("--dry-run", "--prune").ok()
    assert site.removed == {"stray.txt"} and site.report["deleted"] == 1
    site.build("--prune").ok()
    assert site.removed == {"stray.txt"} and site.report["written"] == 0
    assert {path: (site.public / path).stat().st_mtime_ns for path in site.bytes} == before


def test_what_stands_in_the_way_is_told_and_not_touched(site: SiteTest) -> None:
    site.public.mkdir()
    (site.public / "tags").write_text("a file")
    (site.public / "404.html").mkdir()
    (site.public / "404.html" / "mine").write_text("mine")
    before = tree(site.public)
    site.write("a.md").build()
    assert site.exit_code == 1
    assert {error["source"] for error in site.errors} == {"tags", "404.html"}
    assert tree(site.public) == before


def test_an_output_on_another_file_system_works(site: SiteTest) -> None:
    places = map(Path, ("/dev/shm", "/tmp", "/var/tmp"))
    other = next(place for place in places if place.stat().st_dev != site.folder.stat().st_dev)
    output = other / f"sitegen-test-{os.getpid()}"
    try:
        site.write("a.md").build("-o", str(output)).ok()
        assert tree(output) == site.clean_bytes()
        site.write("b.md").build("-o", str(output)).ok()
        assert tree(output) == site.clean_bytes()
    finally:
        shutil.rmtree(output)


def test_two_mounts_of_one_disk_work(site: SiteTest) -> None:
    """They have one number, and nothing can be moved from one to the other."""
    site.write("a.md")
    for name in ("one", "two", "public", ".sitegen"):
        (site.folder / name).mkdir()
    mount = "mount --bind one public && mount --bind two .sitegen && exec"
    build = f"{shlex.quote(sys.executable)} -m sitegen build --now {NOW}"
    alone = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    for _ in range(2):
        subprocess.run([*alone, "sh", "-c", f"{mount} {build}"], cwd=site.folder, check=True)
        assert tree(site.folder / "one") == site.clean_bytes()
        site.write("b.md")


def test_a_file_that_is_cut_off_for_want_of_room_is_an_error(tmp_path: Path) -> None:
    """The system may take a part of what is written, and say so only in passing."""
    (tmp_path / "long").write_bytes(bytes(2_000))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))
    try:
        with pytest.raises(OSError, match="large"):
            stage(str(tmp_path), "one", "a.html", bytes(2_000), b"")
        with pytest.raises(OSError, match="large"):
            stage_copy(str(tmp_path), "two", "long", str(tmp_path / "long"), b"")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_two_outputs_of_one_state_both_stay_right(site: SiteTest) -> None:
    site.write("a.md").build().ok()
    site.build("-o", "second").ok()
    site.write("b.md").write("a.md", title="New").build().ok()
    site.build("-o", "second").ok()
    assert tree(site.folder / "second") == site.bytes == site.clean_bytes()


def test_verify_passes_and_sees_a_difference(site: SiteTest) -> None:
    site.write("a.md").build("--verify").ok()
    page = site.public / "2026/11/a/index.html"
    info = page.stat()
    page.write_bytes(page.read_bytes().replace(b"Text.", b"Toxt."))
    os.utime(page, ns=(info.st_atime_ns, info.st_mtime_ns))
    site.build("--verify")
    assert site.exit_code == 1
    assert site.errors[0]["code"] == "verify-failed"
    assert "2026/11/a/index.html" in site.errors[0]["message"]
    site.build("--clean", "--verify").ok()


def test_memory_does_not_hold_the_bodies(tmp_path: Path) -> None:
    """120 MB of text, in a process that stays below twice that: each is held more than once."""
    site = SiteTest(tmp_path / "site")
    for n in range(600):
        date = f"2026-{n % 10 + 1:02}-03"
        site.write(f"a{n}.md", title=f"T {n}", date=date, body="word " * 40_000)
    script = (
        "import resource, sys; from sitegen.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as end: assert not end.code\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    command = ["build", "-s", str(site.folder), "--now", NOW, "--jobs", "2", "-q"]
    # Through a shell: a process starts with the peak of the one that forked it, here of the tests.
    result = subprocess.run(
        ["sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-c", script, *command],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(result.stdout) < 240_000, "kilobytes"


def test_memory_does_not_hold_the_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 900 articles and their pages a large archive's build has as few as it works on."""
    site = SiteTest(tmp_path / "site")
    for n in range(900):
        date = f"20{n % 20:02}-{n % 12 + 1:02}-03T10:{n % 60:02}:00Z"
        site.write(f"a{n}.md", title=f"T {n}", date=date, tags=[f"t{n % 9}"])
    gc.collect()
    before = Counter(map(type, gc.get_objects()))
    most: Counter[type] = Counter()

    def counting(show: Callable[[Progress], None]) -> Callable[[Progress], None]:
        def shown(progress: Progress) -> None:
            for kind, number in Counter(map(type, gc.get_objects())).items():
                most[kind] = max(most[kind], number - before[kind])
            show(progress)

        return shown

    build = pipeline.run

    def run(options: Options, made_with: str, looked: Looked, *more: Any) -> None:
        report, show, clock = more
        build(options, made_with, looked, report, counting(show), clock)

    monkeypatch.setattr(pipeline, "run", run)
    monkeypatch.setattr(indexed, "MANY", 0)
    monkeypatch.setattr(asked, "_RECENT", 20)
    monkeypatch.setattr(spool, "_AT_FIRST", 100)
    monkeypatch.setattr(content, "FIRST_STORED", 1)
    monkeypatch.setattr(content, "MOST_STORED", 1)
    monkeypatch.setattr(file_batches, "BATCH", 32)
    site.build().ok()
    assert site.report["pages"] > 1_100
    assert 10 < most[Page] < 300, most[Page]
    assert 10 < most[Article] < 250, most[Article]
    assert 10 < most[Found] < 250, most[Found]
