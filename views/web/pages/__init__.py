"""The pages of the explorer: each is asked with the words of its address and returns what it shows."""
