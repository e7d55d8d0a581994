"""What parsers stand on: bounded bytes out of an upload, JSON of any size, neutral records."""
