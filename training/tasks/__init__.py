"""Practical tasks: a learner hands in a real reply or post; the trainer or two peers grade it by a rubric."""
