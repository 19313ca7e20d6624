"""Pure measures: suppression of small groups, trends, shares."""
