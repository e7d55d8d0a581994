"""The doors of chat. Everything works with plain forms."""
