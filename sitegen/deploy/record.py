"""What is remembered at a target of what was deployed there; a checkout of nothing else knows it.

The order is the build's: forget → send → record. Paths that are about to change are first marked as
in flight; a deploy that follows a killed one asks after these, and after nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from sitegen.serving import HOST_FOLDER

PATH = f"{HOST_FOLDER}/deployed.json"
"""Where it is kept, relative to the target: among what no server shows. It names nothing that was
not published."""


def _within(path: str) -> str:
    """`path`, when it cannot lead out of the target. Raises ValueError."""
    if not path or "\\" in path or any(part in ("", ".", "..") for part in path.split("/")):
        raise ValueError("a path leads out of the target")
    return path


class Record(BaseModel):
    """What sitegen put at a target."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    version: Literal[1] = 1
    site: str
    """The address of the site that is deployed there."""
    files: Mapping[str, str]
    """Path → a digest of what is there; see `marks` of `Target`."""
    in_flight: tuple[str, ...] = ()
    """Paths that were being sent or deleted: ours, in a state that nobody knows."""

    @field_validator("files")
    @classmethod
    def _files_within(cls, files: Mapping[str, str]) -> Mapping[str, str]:
        for path in files:
            _within(path)
        return files

    @field_validator("in_flight")
    @classmethod
    def _in_flight_within(cls, paths: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(_within, paths))

    @property
    def ours(self) -> set[str]:
        """Every path that sitegen put there, or was about to."""
        return {*self.files, *self.in_flight}

    def as_bytes(self) -> bytes:
        """The record as it is kept: JSON in UTF-8, one file a line."""
        return self.model_dump_json(indent=0).encode()


def read_record(data: bytes | None) -> Record | None:
    """The record in `data`; None when there is none, or it is not one that can be trusted."""
    try:
        return None if data is None else Record.model_validate_json(data)
    except ValidationError:
        return None
