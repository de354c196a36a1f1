"""Ordered steps: an edit, a build, and what exactly it made."""

import pytest

pytest.register_assert_rewrite("tests.scenarios.steps")
