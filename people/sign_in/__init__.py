"""Signing in and out, passwords, reset links."""
