"""Doors of imports and claims."""
