"""Templates that cannot be used: the one error that all of render raises for them."""

from __future__ import annotations


class TemplateBroken(Exception):
    """A template failed: which, where, why. It can be sent between processes."""

    def __init__(self, template: str, line: int, message: str) -> None:
        super().__init__(template, line, message)
        self.template = template
        self.line = line
        self.message = message
