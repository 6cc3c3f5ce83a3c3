"""The graph as RDF: the mapping (`graph/schema/rdf.toml`), Turtle, JSON-LD and N-Quads, SHACL shapes, checks of SPARQL.

`mapping`, `statements` and `write` need no library; what imports rdflib does so in the module that needs it.
"""
