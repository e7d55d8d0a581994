"""Sealed boxes: text that a copy of the database without the key file cannot read."""

import base64
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from coterie.core.keys import key_for

NONCE = 12


def seal(text: str, purpose: str) -> str:
    """`text` under the purpose's key with a fresh nonce: never the same bytes twice."""
    nonce = secrets.token_bytes(NONCE)
    body = AESGCM(key_for(purpose)).encrypt(nonce, text.encode(), None)
    return base64.b64encode(nonce + body).decode()


def unseal(box: str, purpose: str) -> str:
    """What was sealed; raises `InvalidTag` for another key or a changed box."""
    raw = base64.b64decode(box)
    return AESGCM(key_for(purpose)).decrypt(raw[:NONCE], raw[NONCE:], None).decode()
