"""PDF, as PDFium tells it."""
