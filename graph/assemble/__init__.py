"""From what readings say to the rows of a snapshot."""
