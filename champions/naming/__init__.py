"""Peer naming: whom people go to for help, asked twice a year, kept as counts alone."""
