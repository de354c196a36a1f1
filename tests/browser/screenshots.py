"""Pictures of the demo newspaper for the README.

`python -m tests.browser.screenshots http://127.0.0.1:8000 docs/pictures`, while it is served there.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.programs import CHROMIUM, find


class Shot(NamedTuple):
    """One picture: what it shows, and how."""

    name: str
    address: str
    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"


SHOTS = (
    Shot("home", "/", 1280, 1400),
    Shot("article", "/2026/11/barrier-closes/", 1280, 1400),
    Shot("archive-dark", "/archive/", 1280, 1000, "dark"),
    Shot("arabic-phone", "/ar/", 360, 1000),
    Shot("article-phone", "/2026/11/barrier-closes/", 360, 1000, "dark"),
)


def main(origin: str, folder: Path) -> None:
    """Take the pictures of the site that is served at `origin`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find("chromium"), args=list(CHROMIUM))
        for shot in SHOTS:
            page = browser.new_page(
                viewport={"width": shot.width, "height": shot.height}, color_scheme=shot.scheme
            )
            page.goto(origin + shot.address, wait_until="networkidle")
            taken = Image.open(BytesIO(page.screenshot()))
            # A palette of 64 colours: a third of the bytes, and nobody sees the difference.
            taken.convert("RGB").quantize(64).save(folder / f"{shot.name}.png", optimize=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
