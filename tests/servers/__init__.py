"""Tests that serve built sites by real servers, with what sitegen wrote for them."""
