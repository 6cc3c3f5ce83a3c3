"""Tables of people who collect documents: what they say of each file, and documents that stand in a table themselves."""
