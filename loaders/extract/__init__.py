"""From a document to records, one kind of record a module; sees no store and no link."""
