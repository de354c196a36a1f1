"""A cluster's workers make the bytes that processes of this machine make, or say why not."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from distributed import Client, LocalCluster
from distributed.diagnostics.plugin import WorkerPlugin

import sitegen
from sitegen.build import publishing
from sitegen.cluster import scheduler as cluster
from sitegen.write.staging import Staging
from tests.site_test import SiteTest
from tests.test_determinism import site_of

WORKERS = 2
BLIND = """\
import sys

def hook(event, arguments):
    if event == "os.scandir" and str(arguments[0]) == {folder!r}:
        raise FileNotFoundError(2, "No such file or directory", {folder!r})

sys.addaudithook(hook)
"""
"""What a worker loads that is not to see a folder: the test has no second machine."""


class KilledOnce(WorkerPlugin):  # type: ignore[misc]  # Dask's types are not read: pyproject.toml
    """Kills the first worker that begins a piece of work; `death` is a file that is there then."""

    def __init__(self, death: Path) -> None:
        self.name = self.death = str(death)

    def transition(self, key: str, start: str, finish: str, **_: object) -> None:
        if finish == "executing" and key.startswith("_do"):
            with suppress(FileExistsError):
                os.close(os.open(self.death, os.O_CREAT | os.O_EXCL))
                os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    with local(WORKERS, tmp_path_factory.mktemp("workers")) as started:
        yield started


def local(number: int, folder: Path) -> LocalCluster:
    own = {"dashboard_address": ":0", "local_directory": str(folder), "silence_logs": 50}
    return LocalCluster(n_workers=number, threads_per_worker=1, **own)


def has_rendered() -> bool:
    """On a worker: whether it was ever given pages to render."""
    return "sitegen.render.page" in sys.modules


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> tuple[SiteTest, dict[str, bytes]]:
    """A site, and what processes of this machine make of it."""
    site = site_of(tmp_path_factory.mktemp("cluster") / "site")
    return site, site.clean_bytes("--jobs", "2")


def built(site: SiteTest, scheduler: str, *args: str) -> SiteTest:
    return site.build("--executor", "dask", "--scheduler", scheduler, "--jobs", "8", *args)


@contextmanager
def extended(scheduler: str, folder: Path, *args: str) -> Iterator[str]:
    """One worker more, with its own arguments; a sitegen in `folder` is the one that it has."""
    command = [sys.executable, "-m", "distributed.cli.dask_worker", scheduler, "--no-nanny"]
    own = ["--nthreads", "1", "--no-dashboard", "--local-directory", str(folder / "own"), *args]
    with subprocess.Popen(
        [*command, *own],
        cwd=folder,  # Python looks there first
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        try:
            yield address_in(process.stderr)
        finally:
            process.kill()


def address_in(log: Iterable[str]) -> str:
    """The address that a worker says it has, once it says that its scheduler knows it, too."""
    told = []
    for line in log:
        told.append(line)
        if "Registered to:" in line:
            (address,) = {
                found for each in told for found in re.findall(r"worker at: +(\S+)", each)
            }
            return str(address)
    pytest.fail("".join(told))


def test_a_cold_build_and_an_edit_are_the_same_bytes(
    workers: LocalCluster,
    expected: tuple[SiteTest, dict[str, bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site, clean = expected
    with monkeypatch.context() as patch:
        # Another machine must not move files, however many there are.
        patch.setattr(publishing, "FEW_MOVED", 0)
        patch.setattr(publishing, "place", None)
        assert built(site, workers.scheduler_address).ok().bytes == clean
    with Client(workers.scheduler_address, set_as_default=False) as client:
        assert any(client.run(has_rendered).values())
    site.write("story-0-0.md", title="Edited", section="politics")
    edited = site.settings((site.folder / "sitegen.toml").read_text().replace("Test", "Trial"))
    assert len(built(edited, workers.scheduler_address, "--verify").ok().rendered) > 160
    site_of(site.folder)


def test_a_worker_that_is_killed_costs_nothing_but_time(
    workers: LocalCluster, expected: tuple[SiteTest, dict[str, bytes]], tmp_path: Path
) -> None:
    site, clean = expected
    with Client(workers.scheduler_address, set_as_default=False) as client:
        client.register_plugin(KilledOnce(tmp_path / "death"))
    assert built(site, workers.scheduler_address, "--clean").ok().bytes == clean
    assert (tmp_path / "death").exists()


def test_work_that_kills_its_workers_is_given_up(
    workers: LocalCluster, expected: tuple[SiteTest, dict[str, bytes]], tmp_path: Path
) -> None:
    site, _ = expected
    before = site.bytes
    most = workers.scheduler.allowed_failures
    workers.scheduler.allowed_failures = 0
    with Client(workers.scheduler_address, set_as_default=False) as client:
        client.register_plugin(KilledOnce(tmp_path / "death"))
    built(site, workers.scheduler_address, "--clean")
    workers.scheduler.allowed_failures = most
    assert [error["code"] for error in site.errors] == ["worker-killed"]
    assert site.exit_code == 1
    assert site.bytes == before


def test_a_worker_with_another_sitegen_is_refused_before_any_work(
    workers: LocalCluster, expected: tuple[SiteTest, dict[str, bytes]], tmp_path: Path
) -> None:
    site, _ = expected
    before = site.bytes
    package = Path(sitegen.__file__).parent
    copytree(package, tmp_path / "sitegen", ignore=ignore_patterns("__pycache__"))
    with (tmp_path / "sitegen" / "urls.py").open("a") as module:
        module.write("# Another release.\n")
    scheduler = workers.scheduler_address
    with extended(scheduler, tmp_path) as address:
        (error,) = built(site, scheduler, "--clean").errors
    assert error["code"] == "cluster-worker"
    assert error["message"].startswith(f"the worker {address} has another sitegen: sitegen ")
    assert "one image" in error["hint"]
    assert site.bytes == before


def test_a_worker_that_does_not_see_the_site_is_refused_before_any_work(
    workers: LocalCluster, expected: tuple[SiteTest, dict[str, bytes]], tmp_path: Path
) -> None:
    site, _ = expected
    before = site.bytes
    folder = str((site.folder / "content").resolve())
    preload = tmp_path / "blind.py"
    preload.write_text(BLIND.format(folder=folder))
    scheduler = workers.scheduler_address
    with extended(scheduler, tmp_path, "--preload", str(preload)) as address:
        (error,) = built(site, scheduler, "--clean").errors
    assert error["code"] == "cluster-folder"
    expected_message = f"the worker {address} does not see the folder {folder} as this machine does"
    assert error["message"] == expected_message
    assert site.bytes == before


def test_a_state_of_the_same_name_on_another_machine_is_not_the_builds(tmp_path: Path) -> None:
    (tmp_path / "cluster").mkdir()
    (tmp_path / "cluster" / "mark").write_bytes(b"of another build")
    answer = cluster.answer([str(tmp_path)], str(tmp_path), b"of this build")
    assert answer.trouble == f"does not see the folder {tmp_path} as this machine does"


def test_a_scheduler_that_does_not_answer_is_told_within_seconds(
    expected: tuple[SiteTest, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cluster.PATIENCE < 10
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    site, _ = expected
    before = site.bytes
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    for address in (f"tcp://127.0.0.1:{port}", "nonsense://127.0.0.1:1"):
        (error,) = built(site, address, "--clean").errors
        assert error["code"] == "cluster-unreachable"
        assert error["message"] == f"no Dask scheduler answers at {address}"
        assert site.exit_code == 1
    assert site.bytes == before


def test_a_scheduler_without_workers_is_told_within_seconds(
    expected: tuple[SiteTest, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    site, _ = expected
    with local(0, tmp_path) as empty:
        (error,) = built(site, empty.scheduler_address, "--clean").errors
        assert error["code"] == "cluster-empty"
        assert f"dask worker {empty.scheduler_address}" in error["hint"]


def test_the_extra_is_named_where_it_is_missing(
    site: SiteTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    (error,) = built(site.write("a.md"), "tcp://127.0.0.1:1").errors
    assert error["code"] == "cluster-tools"
    assert "sitegen[dask]" in error["hint"]


@pytest.mark.parametrize(
    "arguments", [["--executor", "dask"], ["--scheduler", "tcp://127.0.0.1:8786"]]
)
def test_the_executor_and_the_scheduler_need_each_other(
    site: SiteTest, arguments: list[str]
) -> None:
    site.run("build", "-s", str(site.folder), *arguments)
    assert site.exit_code == 2
    assert "--executor dask and --scheduler ADDRESS" in site.output
    assert not site.public.exists()


def test_two_builds_never_stage_in_one_folder(site: SiteTest) -> None:
    (site.folder / ".sitegen").mkdir()
    folders = []
    for _ in range(2):
        with Staging(site.public, site.folder / ".sitegen") as staging:
            folders.append(staging.folder)
        assert not staging.folder.parent.exists()
    assert folders[0] != folders[1]
