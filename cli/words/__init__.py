"""The words of the command line, in Chinese and English."""
