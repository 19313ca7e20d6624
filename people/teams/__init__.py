"""The tree of teams and who manages them."""
