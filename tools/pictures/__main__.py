"""`python -m tools.pictures [NAME …]` draws all pictures of the demo newspaper, or those named."""

from __future__ import annotations

import sys

from tools.pictures.catalogue import draw_all

if __name__ == "__main__":
    draw_all(sys.argv[1:])
