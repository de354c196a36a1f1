"""What the preview leaves behind: nothing in public/, and a state that builds go on from."""

from __future__ import annotations

import shutil

from tests.serve.conftest import Serve
from tests.site_test import SiteTest, tree


def test_previews_never_disturb_what_was_built(site: SiteTest, serve: Serve) -> None:
    site.write("a.md").write("draft.md", status="draft").build().ok()
    before = site.bytes
    for args in (("--drafts",), ("--base-url", "https://other.example/x/"), ()):
        server = serve(site.folder, *args).whole()
        assert server.get("/x/" if args[1:] else "/").status == 200
        assert server.stop() == 0
    assert site.bytes == before and not (site.folder / "preview").exists()
    assert site.build().ok().rendered == set()


def test_without_a_build_nothing_is_written_but_the_state(site: SiteTest, serve: Serve) -> None:
    server = serve(site.write("a.md").folder).whole()
    assert server.get("/").status == 200 and not site.public.exists()
    assert site.build().ok().bytes == site.clean_bytes()


def test_it_lives_on_when_the_state_is_made_anew_or_lost(site: SiteTest, serve: Serve) -> None:
    server = serve(site.write("a.md", title="First").folder).whole()
    site.build("--clean").ok()
    assert "First" in server.read("/2026/11/a/")
    shutil.rmtree(site.folder / ".sitegen")
    assert "First" in server.read("/2026/11/a/")
    site.write("a.md", title="Second")
    server.until(lambda told: "Second" in server.read("/2026/11/a/"), "/2026/11/a/")
    assert not [line for line in server.lines if "Traceback" in line]


def test_the_text_of_a_removed_article_is_not_kept(site: SiteTest, serve: Serve) -> None:
    site.write("a.md", body="TEXT-THAT-IS-TAKEN-BACK").write("b.md")
    server = serve(site.folder).whole()
    assert "TEXT-THAT-IS-TAKEN-BACK" in server.read("/2026/11/a/")
    site.remove("a.md")
    server.until(lambda told: server.get("/2026/11/a/").status == 404, "/2026/11/a/")
    assert server.stop() == 0
    site.build().ok()
    kept = tree(site.folder / ".sitegen")
    assert not [path for path, data in kept.items() if b"TEXT-THAT-IS-TAKEN-BACK" in data]
