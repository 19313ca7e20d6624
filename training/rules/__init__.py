"""Pure rules of teaching: grading, attempts, progress, course files. No database, no framework."""
