"""Doors to reporting, deciding, keeping away and the log."""
