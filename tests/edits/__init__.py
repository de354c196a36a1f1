"""Edits after a build: only what they touch is planned, and all is as in a clean build."""
