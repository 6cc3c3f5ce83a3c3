"""Scripts and style sheets of the explorer, ours all of them."""
