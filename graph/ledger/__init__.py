"""What people say, kept beside the snapshots: lines that are whole or absent, and the progress of tasks (台账)."""
