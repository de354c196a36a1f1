"""A list of articles that a theme or a standing page asks for by name: what it may say."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field


class DeclaredList(BaseModel):
    """The newest articles that fit everything it names, in the language of the page."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    section: str = ""
    tag: str = ""
    author: str = ""
    type: str = ""
    taxonomy: Mapping[str, str] = {}
    limit: int = Field(default=10, ge=1, le=1000)
