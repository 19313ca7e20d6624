"""Texts of other programs into Markdown and plain words, and back."""
