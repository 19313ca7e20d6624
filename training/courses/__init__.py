"""Courses: loading, reading, analysis."""
