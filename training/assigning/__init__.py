"""Plans of assignments: proposed, published, undone."""
