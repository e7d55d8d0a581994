"""Doors for machines: they ask without a name, and all get the same."""
