"""The graph for other programs: tools for agents by the Model Context Protocol, and the pages described as an API."""
