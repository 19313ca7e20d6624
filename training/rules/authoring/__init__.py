"""Writing a course: changing its parts, checking it, saying what changed."""
