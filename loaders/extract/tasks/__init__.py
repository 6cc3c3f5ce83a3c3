"""Outline and tables to tasks."""
