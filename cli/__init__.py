"""Words for people: commands, tables, pages; no rule of the domain lives here."""
