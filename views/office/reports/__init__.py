"""Reports to print and to hand on: the correlation table, coverage, lists; one content, written in several formats."""
