"""Doors of communities."""
