"""Scoring runs: columns in, scores stored, model card."""
