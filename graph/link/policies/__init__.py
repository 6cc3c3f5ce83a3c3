"""Which mentions mean one policy, and which policies are of one family."""
