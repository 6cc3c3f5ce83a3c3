"""A Neo4j server: asked read-only, written by a push."""
