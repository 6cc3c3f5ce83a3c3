"""The read side: a catalogue of questions and the way to run them on a store."""
