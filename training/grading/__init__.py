"""Grading by people: answers that no program can judge wait here for a trainer and a rubric."""
