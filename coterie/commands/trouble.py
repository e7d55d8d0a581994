"""Something the person at the keyboard can put right."""


class Trouble(Exception):
    """Ends the command with exit code 1 and this sentence, which says what to do."""
