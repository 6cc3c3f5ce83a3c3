"""Which task carries out which: two outlines compared."""
