"""What the preview leaves behind: a state that may be lost or made anew."""

from __future__ import annotations

import shutil

from tests.serve.conftest import Serve
from tests.site_test import SiteTest


def test_it_lives_on_when_the_state_is_made_anew_or_lost(site: SiteTest, serve: Serve) -> None:
    server = serve(site.write("a.md", title="First").folder).whole()
    site.build("--clean").ok()
    assert "First" in server.read("/2026/11/a/")
    shutil.rmtree(site.folder / ".sitegen")
    assert "First" in server.read("/2026/11/a/")
    site.write("a.md", title="Second")
    server.until(lambda told: "Second" in server.read("/2026/11/a/"), "/2026/11/a/")
    assert not [line for line in server.lines if "Traceback" in line]
