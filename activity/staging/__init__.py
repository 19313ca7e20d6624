"""Rows of an import before they count."""
