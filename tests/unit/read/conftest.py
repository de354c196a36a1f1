"""Which tests are left out with a Python for which a library of theirs has no wheels."""

from __future__ import annotations

import sys

# markdown-it-pyrs has none for Python 3.13 and later, where `sitegen[fast]` does without it.
collect_ignore = ["test_quick.py"] if sys.version_info >= (3, 13) else []
