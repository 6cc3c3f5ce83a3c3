"""Templates of the explorer."""
