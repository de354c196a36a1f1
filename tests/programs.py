"""The programs of the system that tests run, and how they come there.

`python -m tests.programs` installs what is missing: by apt on Debian as root; a browser else by
Playwright.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGES = {
    "apache2": ("apache2",),
    "chromium": ("chromium", "fonts-noto-core"),
    "chromium-headless-shell": ("chromium-headless-shell",),
    "nginx": ("nginx-light",),
    "rsync": ("rsync",),
    "sshd": ("openssh-server",),
    "strace": ("strace",),
}
_NO_FEATURES = (
    # The pages of the address bar, which nobody sees, were 60 % of what a new window cost.
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
    # What Playwright switches off; Chromium heeds the last list alone.
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
)
CHROMIUM = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={','.join(_NO_FEATURES)}",
)
"""Arguments of the browser: tests run as root in containers, without a sandbox, and load nothing
but what they made themselves."""
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_SHELL = "chromium-headless-shell"


def find(name: str) -> str | None:
    """The program called `name`, by its key in PACKAGES."""
    # Servers are where only administrators look.
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    names = _CHROMIUM if name == "chromium" else (name,)
    return next((found for each in names if (found := shutil.which(each, path=path))), None)


def needed(name: str) -> str:
    """The program called `name`. Fails the test where there is none."""
    if found := find(name):
        return found
    pytest.fail(f"{name} is not there: python -m tests.programs installs it")


def browser() -> str | None:
    """What shows pages to tests: Chromium's engine without windows, where there is one.

    A new page costs it half of what it costs the whole browser.
    """
    return find(_SHELL) or find("chromium")


def install() -> int:
    """Install what is missing. Returns the exit code of what was run."""
    missing = [name for name in PACKAGES if not find(name)]
    if missing and Path("/etc/debian_version").exists() and os.geteuid() == 0:
        # Nothing is to be started: the tests have configurations and ports of their own.
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
        subprocess.run(["apt-get", "update", "-q"], env=quiet, check=False)
        command = ["apt-get", "install", "-y", "-q", "--no-install-recommends"]
        for name in missing:  # one by one: what a release lacks must not keep the others away
            subprocess.run([*command, *PACKAGES[name]], env=quiet, check=False)
        missing = [name for name in PACKAGES if not find(name)]
    if others := [name for name in missing if name not in ("chromium", _SHELL)]:
        print(f"please install {', '.join(others)}: tests run them", file=sys.stderr)
    if "chromium" not in missing:
        return 0
    return subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"]).returncode


if __name__ == "__main__":
    sys.exit(install())
