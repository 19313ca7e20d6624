"""Questions in files of other systems."""
