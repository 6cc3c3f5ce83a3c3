"""From bytes to a Document: what is printed, as spans of the text, never changed."""
