"""Other places' exports as neutral records. `sniff.parser_of` finds who can read a file."""
