"""Rules of deciding about people, pure: rounds of naming, the life of a nomination, shares of groups."""
