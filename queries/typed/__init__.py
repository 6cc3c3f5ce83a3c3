"""Queries that somebody typed in: checked, and run in a process that can be killed."""
