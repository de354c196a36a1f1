"""A small newspaper to deploy, and a server to deploy it to."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from tests.deploy.storage import KEYS, Storage
from tests.site_test import SiteTest


def picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (8, 6)).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def paper(site: SiteTest) -> SiteTest:
    """A site with articles, a picture, an Arabic page and a file of its own, built."""
    site.file("static/old/ads.txt", "none\n").file("static/pictures/tide.png", picture())
    site.file("static/data/figures.csv", "a,b\n").file("static/_host/rules.conf", "# none\n")
    for day in range(1, 6):
        site.write(f"tide-{day}.md", title=f"Tide {day}", date=f"2026-11-0{day}", tags=["sea"])
    site.write(
        "tide-1.md", title="One", date="2026-11-01", image="/pictures/tide.png", tags=["sea"]
    )
    return site.build().ok()


@pytest.fixture(scope="session")
def running_storage() -> Iterator[Storage]:
    storage = Storage()
    yield storage
    storage.close()


@pytest.fixture
def storage(running_storage: Storage, monkeypatch: pytest.MonkeyPatch) -> Storage:
    """The server, with the environment that a deploy needs for it."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    running_storage.asked()
    return running_storage
