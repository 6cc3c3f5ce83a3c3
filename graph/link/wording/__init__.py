"""The subject of a heading and the pairs of characters of a text, with their weights: used by every comparison."""
