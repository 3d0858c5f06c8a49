"""How the random tokens of cookies and links are kept: never themselves."""

import hashlib


def hashed(token: str) -> str:
    """Hash a token for keeping; its 256 random bits need no salt."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
