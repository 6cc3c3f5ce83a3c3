"""Cards in lanes: which of them a picture shows, and where each stands."""
