"""Attempts at quizzes, saved answer by answer."""
