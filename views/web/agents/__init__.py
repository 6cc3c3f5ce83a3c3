"""The graph for agents: read-only tools by the Model Context Protocol, each answer with its evidence and its limits."""
