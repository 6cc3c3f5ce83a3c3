"""Questions about one thing, or about all that hold some words or days."""
