"""Which policies a document names, and which of them it carries out."""
