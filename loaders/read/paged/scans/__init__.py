"""Pictures of pages: their words as a program of OCR reads them, with how sure it is of each line."""
