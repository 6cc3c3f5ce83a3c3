"""Measuring readings and links against annotations."""
