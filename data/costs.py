"""The cost plan of an application: its rows, in whole cents, and what they come to."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from data.funds import MAX_CENTS
from data.problems import BadInput
from data.texts import clean

MAX_ROWS, MAX_ITEM, MAX_QUANTITY = 60, 200, 100_000


class CostKind(StrEnum):
    """What sort of cost a row is."""

    MATERIAL = "material"
    FEE = "fee"
    LUMP = "lump"


class Cost(NamedTuple):
    """A row of the plan: what, how many, and the price of one in cents."""

    item: str = ""
    quantity: int = 1
    cents: int = 0
    kind: CostKind = CostKind.MATERIAL

    @property
    def total(self) -> int:
        """The row's sum in cents."""
        return self.quantity * self.cents

    @property
    def is_whole(self) -> bool:
        """Tell whether the row says what and how much."""
        return bool(self.item and self.total > 0)


def rows(details: Mapping[str, Any]) -> tuple[Cost, ...]:
    """Read the plan out of a project's details; what is not a row is left out.

    >>> rows({"costs": [{"item": "Erde", "cents": 900, "quantity": 2}, {"item": "?"}, "x"]})
    (Cost(item='Erde', quantity=2, cents=900, kind=<CostKind.MATERIAL: 'material'>),)
    >>> rows({})
    ()
    """
    found = details.get("costs")
    return tuple(_row(raw) for raw in (found if isinstance(found, list) else []) if _is_row(raw))


def total(plan: Iterable[Cost]) -> int:
    """Add up a plan, in cents.

    >>> total([Cost("Erde", 2, 900), Cost("Holz", 1, 50)]), total([])
    (1850, 0)
    """
    return sum(row.total for row in plan)


def kept(plan: Iterable[Cost]) -> list[dict[str, Any]]:
    """Return the plan as it is stored in a project's details."""
    return [row._asdict() for row in plan]


def checked(plan: Iterable[Cost]) -> tuple[Cost, ...]:
    """Return a plan as it would be stored, or refuse it with BadInput; a row may be unfinished."""
    found = tuple(_checked(row) for row in plan)
    if len(found) > MAX_ROWS:
        raise BadInput("application.too_many_rows", field="costs", limit=MAX_ROWS)
    if total(found) > MAX_CENTS:
        raise BadInput("application.sum_too_big", field="costs")
    return found


def _checked(row: Cost) -> Cost:
    item = " ".join(clean(row.item).split())
    if len(item) > MAX_ITEM:
        raise BadInput("application.too_long", field="costs", limit=MAX_ITEM, length=len(item))
    if not is_count(row.quantity) or not 1 <= row.quantity <= MAX_QUANTITY:
        raise BadInput("application.quantity", field="costs", limit=MAX_QUANTITY)
    if not is_count(row.cents) or row.cents < 0:
        raise BadInput("project.sum_unreadable", field="costs")
    if row.cents > MAX_CENTS:
        raise BadInput("application.sum_too_big", field="costs")
    return Cost(item, row.quantity, row.cents, CostKind(row.kind))


def is_count(value: object) -> bool:
    """Tell whether a value is a whole number.

    >>> is_count(3), is_count(True), is_count(3.0)
    (True, False, False)
    """
    return isinstance(value, int) and not isinstance(value, bool)


def _is_row(raw: object) -> bool:
    return isinstance(raw, Mapping) and is_count(raw.get("cents"))


def _row(raw: Mapping[str, Any]) -> Cost:
    quantity, kind = raw.get("quantity", 1), raw.get("kind", "")
    return Cost(
        str(raw.get("item", "")),
        quantity if is_count(quantity) else 1,
        raw["cents"],
        CostKind(kind) if kind in set(CostKind) else CostKind.MATERIAL,
    )
