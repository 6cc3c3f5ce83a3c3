"""Scores (考评): what counts how much, the cases that a definition finds, and places and units ranked by them."""
