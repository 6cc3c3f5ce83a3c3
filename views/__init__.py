"""Pictures and pages of what questions answer: one payload for all of them; no rule of the domain."""
