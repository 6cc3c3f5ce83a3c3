"""One `.cypher` file for each catalogue question that is a single query."""
