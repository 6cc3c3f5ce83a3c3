"""The explorer: pages about a graph in a browser, and the server that gives them."""
