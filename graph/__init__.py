"""Records, keys, linking, snapshots and stores: the knowledge itself. It knows no file format, query or screen."""
