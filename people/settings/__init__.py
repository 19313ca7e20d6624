"""What the owner sets for the whole company."""
