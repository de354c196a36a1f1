"""Real servers, each on a port of its own, for the time of a test."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.programs import needed
from tests.servers.client import Client, free_port


@contextmanager
def nginx(root: Path, public: Path, folder: Path) -> Iterator[Client]:
    """nginx with what a build wrote to `public`, which is `root` or a folder in it."""
    program, port = needed("nginx"), free_port()
    folder.mkdir(parents=True, exist_ok=True)
    host = public / "_host"
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "\n".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    config = folder / "nginx.conf"
    config.write_text(
        f"""user root;
pid {folder}/pid;
error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 64; }}
http {{
  access_log off;
  {temporary}
  include "{host}/nginx-sizes.conf";
  include "{host}/nginx-http.conf";
  server {{
    listen 127.0.0.1:{port};
    root "{root}";
    include "{host}/nginx.conf";
  }}
}}
"""
    )
    command = [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(config)]
    started = subprocess.run(command, capture_output=True, text=True)
    assert started.returncode == 0, started.stderr
    assert "warn" not in started.stderr, started.stderr
    try:
        yield Client(port)
    finally:
        subprocess.run([*command, "-s", "stop"], check=True, capture_output=True)


@contextmanager
def apache(root: Path, folder: Path) -> Iterator[Client]:
    """Apache as a shared host has it: `.htaccess` may say what concerns files, and no more."""
    program, port = needed("apache2"), free_port()
    folder.mkdir(parents=True, exist_ok=True)
    modules = "/usr/lib/apache2/modules"
    names = ("mpm_event", "authz_core", "alias", "dir", "mime", "headers", "setenvif")
    loads = "\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in names)
    config = folder / "apache.conf"
    config.write_text(
        f"""ServerRoot "{folder}"
ServerName localhost
PidFile "{folder}/pid"
ErrorLog "{folder}/error.log"
User nobody
Group nogroup
Listen 127.0.0.1:{port}
{loads}
TypesConfig /dev/null
DirectoryIndex index.html
DocumentRoot "{root}"
<Directory "{root}">
  AllowOverride FileInfo
  Require all granted
</Directory>
"""
    )
    if os.geteuid() == 0:  # it gives up its rights, and must be let into the tests' own folders
        for part in (root, *root.parents):
            if part.is_relative_to(os.environ["PYTEST_DEBUG_TEMPROOT"]):
                part.chmod(part.stat().st_mode | 0o055)
    command = [program, "-f", str(config), "-k"]
    started = subprocess.run([*command, "start"], capture_output=True, text=True)
    assert started.returncode == 0, started.stderr + started.stdout
    try:
        yield Client(port)
    finally:
        subprocess.run([*command, "stop"], check=True, capture_output=True)
