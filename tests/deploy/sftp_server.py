"""A real sshd on this machine that offers SFTP alone, with keys of its own, on ports of its own."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from pathlib import Path
from typing import NamedTuple

from tests.programs import needed

SFTP = "/usr/lib/openssh/sftp-server"
"""The very code of internal-sftp, as a program: it can write down what it is asked."""


class Asked(NamedTuple):
    """What a server was asked to do that changes something."""

    verb: str
    path: str


class Server:
    """A running sshd: of its ports one is as usual, one lacks posix-rename, one only reads."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        self.log = folder / "asked"
        self._own = folder / "server"
        (self.home / ".ssh").mkdir(parents=True, mode=0o700)
        self._own.mkdir()
        self.log.touch()
        make_key(self.home / ".ssh/id_ed25519")
        make_key(self._own / "host")
        shutil.copy(self.home / ".ssh/id_ed25519.pub", self._own / "authorized")
        self.port, self.plain, self.reading = free_ports(3)
        settings = self._own / "sshd_config"
        settings.write_text(self._settings())
        if os.geteuid() == 0:  # sshd asks for this place, which the system makes at its start
            Path("/run/sshd").mkdir(exist_ok=True)
        command = [needed("sshd"), "-D", "-e", "-f", str(settings)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stderr=pipe, stdin=subprocess.DEVNULL, text=True)
        assert self._process.stderr is not None
        ready = 0
        said: list[str] = []
        while ready < 3:
            line = self._process.stderr.readline()
            assert line, f"sshd ended: {said}"
            said.append(line)
            ready += "listening on" in line
        self.know()

    def _settings(self) -> str:
        log = f"-e -l INFO 2>> {self.log}"
        return f"""\
ListenAddress 127.0.0.1:{self.port}
ListenAddress 127.0.0.1:{self.plain}
ListenAddress 127.0.0.1:{self.reading}
HostKey {self._own}/host
AuthorizedKeysFile {self._own}/authorized
PidFile none
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
LogLevel INFO
Subsystem sftp internal-sftp
Match LocalPort {self.port}
    ForceCommand {SFTP} {log}
Match LocalPort {self.plain}
    ForceCommand internal-sftp -P posix-rename
Match LocalPort {self.reading}
    ForceCommand internal-sftp -R
"""

    def know(self) -> None:
        """Let the user know the server's key, and nothing else."""
        kind, key, *_ = (self._own / "host.pub").read_text().split()
        ports = (self.port, self.plain, self.reading)
        lines = [f"[127.0.0.1]:{port} {kind} {key}\n" for port in ports]
        (self.home / ".ssh/known_hosts").write_text("".join(lines))
        (self.home / ".ssh/config").unlink(missing_ok=True)

    def address(self, folder: Path, port: int = 0) -> str:
        return f"sftp://127.0.0.1:{port or self.port}{folder}"

    def asked(self, root: Path) -> list[Asked]:
        """What changed something below `root`: where it went, what was deleted; in order."""
        found = []
        for line in self.log.read_text().splitlines():
            if match := re.match(r'(?:posix-rename old ".*" new|(remove) name) "(.*)"$', line):
                path = Path(match[2])
                if path.is_relative_to(root):
                    found.append(Asked(match[1] or "put", path.relative_to(root).as_posix()))
        self.log.write_text("")
        return found

    def close(self) -> None:
        """End the server."""
        self._process.terminate()
        self._process.communicate()


def make_key(file: Path) -> None:
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(file)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
