"""What a deploy asks of a target, and which kind of target an address names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from sitegen.deploy.file import File
from sitegen.errors import Misuse, Problem, SitegenError
from sitegen.folders import Folders

Done = Callable[[str], None]
"""Called with the path of each file that is where it belongs, or gone."""
Tell = Callable[[str], None]
"""Called with a sentence for the user."""

_SSH = re.compile(r"(?:[^\s/@:]+@[^\s/@:]+|[^\s/@:]{2,}):(?!//)\S.*")
"""`user@host:path`, as rsync and scp write it; `C:` alone is a drive of Windows."""


class Target(Protocol):
    """A place that readers get files from. Paths are relative to it.

    Everything but `record` raises SitegenError when the target refuses. Nothing is ever half there:
    a file has its old bytes until it has all of its new ones.
    """

    def takes(self, path: str) -> bool:
        """Whether files at this path are sent at all."""

    def mark(self, file: File) -> str:
        """A digest of all that the target keeps of a file: another one, and it is sent again."""

    def record(self) -> bytes | None:
        """What was remembered there; None: nothing. Raises SitegenError when nobody can tell."""

    def remember(self, record: bytes) -> None:
        """Keep `record` there, in place of the last one."""

    def same(self, files: Sequence[File]) -> set[str]:
        """The paths of those files that are there already, as they would be sent."""

    def existing(self, paths: Sequence[str]) -> set[str]:
        """Those of `paths` that are there, or may be."""

    def send(self, files: Sequence[File], done: Done) -> None:
        """Put files there, several at a time."""

    def delete(self, paths: Sequence[str], done: Done) -> None:
        """Delete files, with the folders that they leave empty; what is not there is no mistake."""

    def close(self) -> None:
        """End what connections there are."""


@dataclass(frozen=True, slots=True)
class Access:
    """How a target is reached."""

    endpoint: str = ""
    """The address of storage that speaks S3 and is not Amazon's; empty: Amazon's."""
    threads: int = 8
    """Files that are sent at a time."""


def target_at(written: str, access: Access, folders: Folders, tell: Tell) -> Target:
    """The target that is `written`; it may `tell` the user something later on.

    Raises Misuse when it is none, or one that is not safe.
    """
    if access.endpoint and not written.startswith("s3://"):
        raise _misuse(written, "--endpoint-url is for s3:// alone")
    if written.startswith("s3://"):
        from sitegen.deploy.s3 import Bucket

        parts = urlsplit(written)
        if not parts.netloc or parts.query or parts.fragment:
            raise _misuse(written, "write s3://bucket or s3://bucket/folder")
        return Bucket(parts.netloc, unquote(parts.path).strip("/"), access)
    if written.startswith("sftp://"):
        return _sftp(written, access, tell)
    if written.startswith("rsync://") or _SSH.fullmatch(written):
        from sitegen.deploy.rsync import Rsync

        return Rsync(written, folders.output)
    return _folder(written, access, folders)


def _sftp(written: str, access: Access, tell: Tell) -> Target:
    parts = urlsplit(written)
    try:
        port = parts.port
    except ValueError:
        raise _misuse(written, "its port is no number up to 65535") from None
    if parts.password is not None:
        why = "a password in an address is shown and kept; put it into SITEGEN_SFTP_PASSWORD"
        raise _misuse("sftp://…", why)
    path = unquote(parts.path).rstrip("/")
    names = path.split("/")[1:]
    wrong = not names or any(name in ("", ".", "..") for name in names)
    if not parts.hostname or wrong or parts.query or parts.fragment:
        why = "write sftp://user@host/folder, or sftp://user@host/~/folder below the home folder"
        raise _misuse(written, why)
    try:
        from sitegen.deploy.login import Login
        from sitegen.deploy.sftp import Sftp
    except ModuleNotFoundError as error:
        if error.name != "asyncssh":
            raise
        message = "sending by SFTP needs a package that is not installed"
        hint = 'install it: pip install "sitegen[sftp]"'
        raise SitegenError(Problem("deploy-tools", message, hint=hint)) from None
    # What has no / before it is looked for in the home folder (draft-ietf-secsh-filexfer-02, 5).
    folder = "/".join(names[1:]) or "." if names[0] == "~" else path
    login = Login(parts.hostname, unquote(parts.username or ""), port)
    return Sftp(login, folder, access.threads, tell)


def _folder(written: str, access: Access, folders: Folders) -> Target:
    from sitegen.deploy.folder import Folder

    if not written or ("://" in written and not written.startswith("file://")):
        raise _misuse(written, "it begins with a name that sitegen does not know")
    plain = unquote(urlsplit(written).path) if written.startswith("file://") else written
    root = Path(plain).expanduser().resolve()
    own = ("content", "static", "themes", "data", ".git")
    kept = [folders.output, folders.state, *(folders.site / name for name in own)]
    if root in (Path(root.anchor), Path.home().resolve()) or folders.site.is_relative_to(root):
        raise _misuse(written, "it is no folder of its own: other things lie in it")
    if any(_overlap(root, folder.resolve()) for folder in kept):
        raise _misuse(written, "it lies in a folder of the site, or a folder of the site in it")
    return Folder(root, access.threads)


def _overlap(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)


def _misuse(written: str, why: str) -> Misuse:
    hint = (
        "a folder, s3://bucket/folder, sftp://user@host/folder, user@host:folder or "
        "rsync://host/module: docs/hosting.md"
    )
    return Misuse(Problem("deploy-target", f"nothing can be sent to “{written}”: {why}", hint=hint))


def failed(message: str, path: str, hint: str = "") -> Problem:
    """That a target refused something; the next deploy does the rest."""
    again = "deploy once more when that is mended: only what is missing is sent then"
    return Problem("deploy-failed", message, path, hint=hint or again)


def by_path(files: Iterable[File]) -> dict[str, File]:
    """Path → file."""
    return {file.path: file for file in files}
