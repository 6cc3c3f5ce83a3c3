"""The embedded store that is asked in Cypher."""
