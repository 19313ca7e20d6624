"""How the rest learn: assignments, courses, quizzes, attempts."""
