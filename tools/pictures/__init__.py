"""Draws the pictures of the demo newspaper: linocuts, maps and charts in one hand."""
