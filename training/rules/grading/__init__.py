"""Grading by people: what a form with a rubric says, and what two peers say together."""
