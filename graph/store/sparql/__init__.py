"""Stores that are asked in SPARQL, embedded or by address."""
