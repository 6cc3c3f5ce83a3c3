"""Answers as files: text for machines and spreadsheets, workbooks."""
