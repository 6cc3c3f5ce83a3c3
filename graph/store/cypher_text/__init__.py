"""Checks of a typed-in Cypher query: its clauses, procedures and functions, and those of them that are refused."""
