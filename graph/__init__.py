"""What is known: records, keys, linking, snapshots and stores; knows no file format, query or screen."""
