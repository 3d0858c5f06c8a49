"""Receipt codes: what a sender keeps instead of an account. Only their hash is stored."""

import hashlib
import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: nothing that looks alike
LENGTH = 13  # 65 bits
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def code(random: bytes) -> str:
    """Write 9 or more random bytes as a code like `7Q2MX-9D4RT-0KB`.

    >>> code(bytes(9))
    '00000-00000-000'
    """
    number = int.from_bytes(random, "big")
    signs = "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(LENGTH))
    return f"{signs[:5]}-{signs[5:10]}-{signs[10:]}"


def normal(typed: str) -> str:
    """Read a code as people type it: any case, gaps, look-alike signs, Arabic digits.

    >>> normal(" 7q2mx 9d4rt-okb ")
    '7Q2MX9D4RT0KB'
    """
    return re.sub(r"[\s‐-―.-]", "", western(typed)).upper().translate(_ALIKE)


def western(typed: str) -> str:
    """Write Arabic and Persian digits as 0 to 9.

    >>> western("١٢ 3")
    '12 3'
    """
    return typed.translate(_DIGITS)


def short_code(random: bytes) -> str:
    """Write 5 or more random bytes as eight signs without look-alikes, for an address on paper.

    >>> short_code(bytes(5))
    '00000000'
    """
    number = int.from_bytes(random, "big")
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(8))


def hashed(typed: str) -> str:
    """Hash a code for keeping; its 65 random bits need no salt."""
    return hashlib.sha256(normal(typed).encode("utf-8", "replace")).hexdigest()
