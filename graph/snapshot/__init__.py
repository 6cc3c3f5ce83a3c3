"""The truth on disk: typed tables in Parquet, their types, their parts, and what must hold in them."""
