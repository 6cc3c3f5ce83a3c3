"""Page templates; filled by cli.visual."""
