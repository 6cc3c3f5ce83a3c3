"""The vocabulary as data: nodes, links and closed lists; labels, columns, documentation and checks derive from it."""
