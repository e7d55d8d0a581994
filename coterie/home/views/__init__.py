"""Doors of the hall: the front page, home, the first run, me."""
