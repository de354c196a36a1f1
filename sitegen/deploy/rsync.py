"""Another machine as a target, by way of the program rsync: over ssh, or a daemon of its own.

Each turn of the order is a run of rsync with the list of its files. rsync itself writes a file
beside its place and moves it there when it is whole.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from sitegen.deploy.file import File
from sitegen.deploy.order import folders_above
from sitegen.deploy.record import PATH
from sitegen.deploy.target import Done, failed
from sitegen.errors import Problem, SitegenError
from sitegen.serving import HOST_FOLDER

_OPTIONS = (
    "--checksum",  # times say nothing: a fresh checkout has new ones
    "--secluded-args",  # spaces in the target's path stay what they are
    "--8-bit-output",
    "--out-format=%n",
    "--from0",
    "--timeout=120",
)
_VANISHED = 24
"""Exit code where a file of the list is not in the source: just so when it is to be deleted."""
_NETWORK = frozenset({10, 12, 30, 35, 255})
"""Exit codes (rsync(1)) of a connection that fails; 255 is ssh's."""
_PAUSES = (1.0, 4.0, 16.0)
"""Seconds before each further try."""


class Rsync:
    """A folder on another machine."""

    def __init__(self, written: str, output: Path) -> None:
        """`output` is where files are sent from. Raises SitegenError when there is no rsync."""
        self._there = written.removesuffix("/") + "/"
        self._output = output
        if shutil.which("rsync") is None:
            message = "the program rsync, which sends to other machines, is not installed"
            hint = "install it, such as with apt-get install rsync"
            raise SitegenError(Problem("deploy-tools", message, hint=hint))

    def takes(self, path: str) -> bool:
        return True

    def mark(self, file: File) -> str:
        return file.digest.hex()

    def record(self) -> bytes | None:
        # By a filter and not by its name: that there is none is then no mistake, and that the
        # target is not there is one.
        only = (f"--include=/{HOST_FOLDER}/", f"--include=/{PATH}", "--exclude=*")
        with _folder() as folder:
            self._finish("--recursive", *only, self._there, f"{folder}/")
            file = folder / PATH
            return file.read_bytes() if file.exists() else None

    def remember(self, record: bytes) -> None:
        with _folder() as folder:
            file = folder / PATH
            file.parent.mkdir()
            file.write_bytes(record)
            self._finish_list([PATH], folder)

    def same(self, files: Sequence[File]) -> set[str]:
        if not files:
            return set()
        paths = {file.path for file in files}
        return paths.difference(self._list(paths, self._output, "--dry-run"))

    def existing(self, paths: Sequence[str]) -> set[str]:
        return set(paths)  # to ask would be a run of its own, and rsync passes over what is gone

    def send(self, files: Sequence[File], done: Done) -> None:
        left = {file.path: None for file in files}
        for line in self._list(list(left), self._output):
            if line in left:
                del left[line]
                done(line)
        for path in left:  # rsync found it there already, and did not name it
            done(path)

    def delete(self, paths: Sequence[str], done: Done) -> None:
        """A file of a list that the source lacks is deleted there; then the folders left empty.

        Of these one depth at a time: rsync takes a folder for wanted that another one lies in.
        """
        folders = {folder for path in paths for folder in folders_above(path)}
        deepest = sorted(folders, key=_depth, reverse=True)
        with _folder() as nothing:
            self._finish_list(paths, nothing, "--delete-missing-args")
            for _, some in groupby(deepest, _depth):
                self._finish_list(list(some), nothing, "--delete-missing-args")
        for path in paths:
            done(path)

    def close(self) -> None:
        """Nothing: each run of rsync has a connection of its own."""

    def _finish_list(self, paths: Collection[str], source: Path, *options: str) -> None:
        for _ in self._list(paths, source, *options):
            pass

    def _finish(self, *arguments: str) -> None:
        for _ in self._run(*arguments):
            pass

    def _list(self, paths: Collection[str], source: Path, *options: str) -> Iterator[str]:
        """Run rsync with a list of paths of `source`; the names that it tells."""
        with _folder() as folder:
            names = folder / "names"
            names.write_bytes(b"".join(path.encode() + b"\0" for path in paths))
            yield from self._run(*options, f"--files-from={names}", f"{source}/", self._there)

    def _run(self, *arguments: str) -> Iterator[str]:
        """Run rsync, again where the connection fails; the names that it tells.

        Raises SitegenError with rsync's own words.
        """
        for pause in (*_PAUSES, None):
            code, said = yield from self._once(arguments)
            if code in (0, _VANISHED):
                return
            if code not in _NETWORK or pause is None:
                hint = "docs/hosting.md says what the target needs" if code == 1 else ""
                message = f"rsync ended with {code}: {_first(said)}"
                raise SitegenError(failed(message, self._there, hint))
            time.sleep(pause)  # nothing tells when a connection that failed would hold

    def _once(self, arguments: Sequence[str]) -> Generator[str, None, tuple[int, str]]:
        command = ["rsync", *_OPTIONS, *arguments]
        with tempfile.TemporaryFile() as words:
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=words) as program:
                assert program.stdout is not None, "a pipe was asked for"
                for line in program.stdout:
                    yield line.decode(errors="surrogateescape").rstrip("\n")
            words.seek(0)
            return program.returncode, words.read().decode(errors="replace")


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="sitegen-") as folder:
        yield Path(folder)


def _depth(path: str) -> int:
    return path.count("/")


def _first(said: str) -> str:
    """What is wrong, of all that rsync and ssh say."""
    lines = [line for line in said.splitlines() if line.strip()]
    own = [line for line in lines if not line.startswith(("rsync error", "rsync warning"))]
    return (own or lines or ["it says nothing"])[0]
