"""Rows of an import that come to count."""
