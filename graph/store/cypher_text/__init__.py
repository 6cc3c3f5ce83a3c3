"""What a typed-in Cypher query says, and what it may not do."""
