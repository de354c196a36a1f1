"""sitegen: a folder of Markdown articles in, the static website of a news archive out."""

__version__ = "0.1.0"
