"""The doors of gatherings. Everything works with plain forms."""
