"""Certificates: which courses give them, how they are renewed, shown, checked, and taken along as a badge."""
