"""The look for control characters against the expressions that it stands for."""

import re
import sys

from sitegen.controls import may_hold_controls
from sitegen.read.file import _CONTROL
from sitegen.render.syndication import _NOT_XML


def test_what_the_expressions_find_is_never_missed() -> None:
    for code in (code for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000):
        found = may_hold_controls(f"a{chr(code)}b".encode())
        if found != any(each.search(chr(code)) for each in (_CONTROL, _NOT_XML)):
            assert found and re.match("[\uffc0-\uffff\x7f]", chr(code)), hex(code)


def test_texts_of_all_scripts_hold_none() -> None:
    assert not may_hold_controls("Å, “é”, ж, ت, 日本, 한국, 😀\n\t\r".encode())
