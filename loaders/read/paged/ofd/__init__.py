"""OFD, the national format of pages (GB/T 33190)."""
