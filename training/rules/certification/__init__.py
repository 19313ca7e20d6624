"""Certificates: their terms in days and months, their states, and what a badge says. Pure."""
