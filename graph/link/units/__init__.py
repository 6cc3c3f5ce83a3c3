"""Groups of names that mean one unit, and pairs of units that are counterparts."""
