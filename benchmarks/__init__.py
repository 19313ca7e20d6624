"""Measures of quality, speed and page cost; each prints a table that can be repeated."""
