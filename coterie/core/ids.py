"""Names of things that tell nothing: no order, no time, no owner."""

import hashlib
import secrets

# No vowels and no look-alikes: nothing rude and nothing misread aloud.
ALPHABET = "bcdfghjkmnpqrstvwxz23456789"
LENGTH = 18


def new_public_id() -> str:
    """A random id for URLs, 85 bits wide."""
    # One number and its digits: imports need millions, and each call for chance costs.
    number, letters = secrets.randbelow(len(ALPHABET) ** LENGTH), ""
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        letters += ALPHABET[digit]
    return letters


def random_key() -> int:
    """A random positive 63-bit primary key, for rows whose order would tell."""
    return secrets.randbits(63) or 1


def new_token() -> str:
    """A bearer token of 128 random bits, 22 characters long."""
    return secrets.token_urlsafe(16)


def hashed(token: str) -> str:
    """The only form in which a token is stored."""
    return hashlib.sha256(token.encode()).hexdigest()
