"""What changed from one text to another, and from one task to another: words, units, dates, numbers."""
