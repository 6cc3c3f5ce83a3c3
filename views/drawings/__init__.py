"""Every picture of the graph: what it shows as one record, drawn as SVG, as PNG, as a page, or inside a page of others."""
