"""The shape of what people type at the doors of communities."""
