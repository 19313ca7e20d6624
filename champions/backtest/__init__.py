"""Looking back: what past rankings would have been worth."""
