"""Archives, and formats that are archives: members are read by name and counted as they unpack, nothing is written."""
