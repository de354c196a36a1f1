"""The system's Chromium: where it is, and how it comes there.

`python -m tests.browser.chromium` installs it where there is none: by apt on Debian as root, else
Playwright's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
"""No sandbox: tests run as root in containers, and load nothing but what they made themselves."""


def system_chromium() -> str | None:
    """The browser that the system has; None: Playwright's own is to be used."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> int:
    """Install a browser where there is none. Returns the exit code of what was run."""
    if system_chromium():
        return 0
    if Path("/etc/debian_version").exists() and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-q"], env=quiet, check=False)
        packages = ["chromium", "fonts-noto-core"]
        command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
        if subprocess.run(command, env=quiet, check=False).returncode == 0:
            return 0
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"]).returncode


if __name__ == "__main__":
    sys.exit(install())
