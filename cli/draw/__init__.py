"""Answers as text: tables, trees, sheets."""
