"""Tests of what the people who write use."""
