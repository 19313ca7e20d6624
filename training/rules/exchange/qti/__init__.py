"""QTI of 1EdTech, versions 2.1, 2.2 and 3.0: items and packages."""
