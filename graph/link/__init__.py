"""New edges from what is there: places, units, policies, themes, the cascade."""
