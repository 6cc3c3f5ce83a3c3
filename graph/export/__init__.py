"""Writing a snapshot for other programs: one function a format, all named in one table."""
