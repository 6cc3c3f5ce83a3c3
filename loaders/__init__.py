"""The write side: files become documents, documents become records, records become a snapshot."""
