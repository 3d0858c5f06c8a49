"""Sums as people type them."""

import re

from data.problems import BadInput

_EURO = re.compile(r"(?:€|\beuros?\b|\beur\b)", re.IGNORECASE)
_SUM = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:[,.](\d{1,2}|-{1,2}|–))?")
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬", "0123456789,.")


def cents(typed: str) -> int:
    """Read euros as typed in German into cents; BadInput for what is no sum.

    >>> [cents(typed) for typed in ("1.480,50", "1480", "1.480 €", "12,5", "1480.50", "900,-")]
    [148050, 148000, 148000, 1250, 148050, 90000]
    >>> cents("1.48.0")
    Traceback (most recent call last):
    ...
    data.problems.BadInput: project.sum_unreadable
    """
    plain = "".join(_EURO.sub("", typed.translate(DIGITS)).split())
    found = _SUM.fullmatch(plain)
    if not found or len(plain) > 20:
        raise BadInput("project.sum_unreadable", field="cents")
    euros, part = found.groups()
    small = part if part and part.isdigit() else "0"
    return int(euros.replace(".", "")) * 100 + int(small.ljust(2, "0"))


def typed(amount: int) -> str:
    """Write cents as one would type them.

    >>> typed(148050), typed(90000)
    ('1.480,50', '900')
    """
    euros = f"{amount // 100:,}".replace(",", ".")
    return f"{euros},{amount % 100:02d}" if amount % 100 else euros
