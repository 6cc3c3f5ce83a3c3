"""Patterns as data: each with examples of what it finds and what it skips."""
