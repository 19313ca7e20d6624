"""Two questions to both sides after a module: did it help, was it worth the time."""
