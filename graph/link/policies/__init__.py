"""Groups of mentions that mean one policy, and families of policies."""
