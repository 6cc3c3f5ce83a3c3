"""Each picture: the questions that it asks, and the shapes or cells that it makes of their answers."""
