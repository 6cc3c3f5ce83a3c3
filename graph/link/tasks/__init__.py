"""Links from a task to the tasks that it carries out, found by comparing two outlines."""
