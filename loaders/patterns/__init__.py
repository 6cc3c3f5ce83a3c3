"""The grammar as data: patterns and words, each with examples of what it finds and what it skips."""
