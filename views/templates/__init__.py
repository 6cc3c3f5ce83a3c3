"""Page templates; filled by views.picture_file."""
