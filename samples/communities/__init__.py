"""A real community in neutral files, taken through the same loop."""
