"""Imports: uploads, mapping, running, reports."""
