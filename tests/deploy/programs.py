"""The system's rsync, and how it comes there.

`python -m tests.deploy.programs` installs it where there is none: by apt on Debian as root.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def install() -> int:
    """Install rsync where there is none. Returns the exit code of what was run."""
    if shutil.which("rsync"):
        return 0
    if not Path("/etc/debian_version").exists() or os.geteuid() != 0:
        print("install the program rsync: tests send files with it", file=sys.stderr)
        return 1
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-q"], env=quiet, check=False)
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "rsync"]
    return subprocess.run(command, env=quiet, check=False).returncode


if __name__ == "__main__":
    sys.exit(install())
