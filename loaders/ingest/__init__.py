"""From files to a snapshot; no rule of the domain stands here."""
