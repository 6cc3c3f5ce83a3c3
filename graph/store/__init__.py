"""Stores: projections of a snapshot that answer questions."""
