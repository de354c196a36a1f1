"""The servers that the tests run: where they are, and how they come there.

`python -m tests.servers.install` installs them where they are not: by apt on Debian as root.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGES = {"nginx": "nginx-light", "apache2": "apache2"}


def find(name: str) -> str | None:
    """The program called `name`; servers are where only administrators look."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    return shutil.which(name, path=path)


def install() -> int:
    """Install what is missing. Returns the exit code of what was run."""
    missing = [package for name, package in PACKAGES.items() if not find(name)]
    if not missing:
        return 0
    if not Path("/etc/debian_version").exists() or os.geteuid() != 0:
        print(f"please install {' and '.join(missing)}", file=sys.stderr)
        return 0
    # Nothing is to be started: the tests have configurations and ports of their own.
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    subprocess.run(["apt-get", "update", "-q"], env=quiet, check=False)
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *missing]
    return subprocess.run(command, env=quiet, check=False).returncode


def needed(name: str) -> str:
    """The server called `name`. Fails the test where there is none."""
    if found := find(name):
        return found
    message = f"{name} is not there: python -m tests.servers.install"
    pytest.fail(message)


if __name__ == "__main__":
    sys.exit(install())
