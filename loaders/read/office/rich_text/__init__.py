"""RTF, the rich text of older word processors and mail programs: its words of control, its groups, its tables."""
