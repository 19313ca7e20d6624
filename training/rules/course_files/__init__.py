"""Course folders: read, check, write."""
