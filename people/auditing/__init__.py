"""Decisions about people, chained by hash."""
