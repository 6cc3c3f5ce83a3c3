"""Which names mean one unit, and which units are counterparts."""
