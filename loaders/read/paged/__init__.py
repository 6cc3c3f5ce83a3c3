"""Formats that hold pages: signs at places, out of which lines, tables and what stands around the text are found."""
