"""Practice: questions of passed modules come back over weeks, two minutes a day."""
