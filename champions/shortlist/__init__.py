"""The shortlist of a run, its filters and its cover."""
