"""Benchmarks: `python -m benchmarks [NAME …]` measures ratios on this machine and prints them; nothing here is a test."""
