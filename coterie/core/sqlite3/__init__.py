"""Django's SQLite, and in front of it a line in which writers wait for their turn."""
