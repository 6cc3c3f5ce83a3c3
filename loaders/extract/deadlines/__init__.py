"""When a task must be done."""
