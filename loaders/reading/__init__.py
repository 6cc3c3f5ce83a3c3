"""Structure and extraction joined into the Reading of a document."""
