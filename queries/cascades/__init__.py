"""Questions that follow tasks from policy to policy."""
