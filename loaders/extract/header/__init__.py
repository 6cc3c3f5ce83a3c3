"""The lines around a text: which policy it is, whose, of when."""
