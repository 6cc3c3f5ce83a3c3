"""Links of tasks one by one: what is stored, what speaks for each, and a person's word."""
