"""Documents of word processors: DOCX, DOC and the WPS that is made like it."""
