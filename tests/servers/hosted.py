"""The golden site, built for a host, with old addresses of every kind."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from sitegen.cli import main
from tests.servers.client import Answer, Client
from tests.site_test import NOW, article

GOLDEN = Path(__file__).parent.parent / "golden" / "site"
WITHDRAWN = "2026/04/the-tunnel/"
ODD = ("/a b/", "/it's/", "/100%25/", "/a$b/", "/(x)/", "/[y]/", "/مرحبا/", "/a+b&c;d/", "/x.html")
MOVED = "/2026/11/now$1 é/"
RULES = """
[build]
precompress = {twins}
[host]
target = "{target}"
[redirects]
"/blog/*" = "/harbour/*"
"/قديم/*" = "/about/"
"/elsewhere/" = "https://other.example/a$b?c=d&e#f"
"/torn/" = "gone"
"/leaflets/*" = "gone"
"""


class Hosted(NamedTuple):
    """The site, built and served."""

    client: Client
    public: Path
    base: str
    """The path that it is served at, without its last slash."""

    def get(self, url: str, **headers: str) -> Answer:
        """The answer to an address within the site."""
        return self.client.get(self.base + url, **headers)


def build_for(target: str, folder: Path, base: str, twins: str = "[]") -> tuple[Path, Path]:
    """Build the site for the host called `target`. Returns a server's root and the output."""
    site, root = folder / "site", folder / "www"
    shutil.copytree(GOLDEN, site)
    settings = site / "sitegen.toml"
    settings.write_text(settings.read_text() + RULES.format(target=target, twins=twins))
    moved = article("Moved", url=MOVED, aliases=["/old/", *ODD])
    (site / "content" / "moved.md").write_text(moved)
    public = root / base.strip("/")
    where = ["-s", str(site), "-o", str(public), "--base-url", f"https://gazette.example{base}/"]
    command = ["build", *where, "--jobs", "1", "--now", NOW]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return root, public
