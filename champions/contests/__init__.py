"""Contesting a score and answering it."""
