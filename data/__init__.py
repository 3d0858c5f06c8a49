"""The data layer: what is true and what is allowed."""
