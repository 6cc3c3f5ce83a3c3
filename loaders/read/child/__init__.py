"""A process of its own for formats that strangers can make harmful: it can be killed, and what comes back is data."""
