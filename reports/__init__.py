"""What came of it: read-only answers for managers."""
