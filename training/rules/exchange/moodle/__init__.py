"""Moodle XML, with the Cloze notation inside it."""
