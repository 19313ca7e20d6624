"""The staff directory: read, planned, taken over."""
