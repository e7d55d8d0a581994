"""Sealed boxes: text and bytes that a copy of the database without the key file cannot read."""

import base64
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from coterie.core.keys import key_for

NONCE = 12


def seal(text: str, purpose: str) -> str:
    """`text` under the purpose's key with a fresh nonce: never the same bytes twice."""
    return base64.b64encode(seal_bytes(text.encode(), purpose)).decode()


def unseal(box: str, purpose: str) -> str:
    """What was sealed; raises `InvalidTag` for another key or a changed box."""
    return unseal_bytes(base64.b64decode(box), purpose).decode()


def seal_bytes(content: bytes, purpose: str) -> bytes:
    """The same for what is no text."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key_for(purpose)).encrypt(nonce, content, None)


def unseal_bytes(box: bytes, purpose: str) -> bytes:
    """What was sealed by `seal_bytes`."""
    return AESGCM(key_for(purpose)).decrypt(box[:NONCE], box[NONCE:], None)
