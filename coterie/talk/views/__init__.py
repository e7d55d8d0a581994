"""The doors of talk. Everything works with plain forms."""
