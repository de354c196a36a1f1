"""The inks: the colours of themes/broadsheet, with a sea, a lamp and a field beside them."""

from __future__ import annotations

# themes/broadsheet/static/site.css: --paper, --wash, --rule, --quiet, --ink, --mark.
PAPER = "#fffdf9"
WASH = "#f5f0e6"
SAND = "#d9d2c6"
STONE = "#aaa39a"
QUIET = "#5c5750"
INK = "#1b1a18"
MARK = "#8c1d18"

# What that theme has no need of, and a harbour has.
RED = "#b93a2c"
ROSE = "#f2a79b"
NIGHT = "#132b36"
SEA = "#1f4b59"
WATER = "#5a8f99"
SHALLOW = "#b9d2d0"
LAMP = "#e3a33b"
GLOW = "#f4d595"
MOSS = "#3f5f49"
FIELD = "#8ba678"
SKIN = ("#f3d3b8", "#e3b08c", "#b97a52", "#80503a")
