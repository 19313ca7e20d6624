"""One person's score, its evidence and its page."""
