"""Who carries a task."""
