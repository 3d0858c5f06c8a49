"""The funds of the programme, and what each may be asked for."""

from enum import StrEnum
from typing import NamedTuple, Protocol

from data.problems import BadInput

MAX_CENTS = 100_000_000_000


class Fund(StrEnum):
    """Where the money comes from."""

    AKTIONSFONDS = "aktionsfonds"
    PROJEKTFONDS = "projektfonds"
    BAUFONDS = "baufonds"


class Limited(Protocol):
    """Rules that say what may be asked for, in cents, both ends included."""

    @property
    def least(self) -> int: ...  # noqa: D102
    @property
    def most(self) -> int: ...  # noqa: D102


class Limits(NamedTuple):
    """What a fund may be asked for, in cents, both ends included."""

    least: int
    most: int


LIMITS: dict[Fund, Limited] = {  # as since 2015, where no rules of a day are asked for
    Fund.AKTIONSFONDS: Limits(1, 1_500_00),
    Fund.PROJEKTFONDS: Limits(5_000_00, MAX_CENTS),
    Fund.BAUFONDS: Limits(50_000_00, MAX_CENTS),
}


def check_fund(fund: str) -> Fund:
    """Return the fund of a name, or refuse it with BadInput."""
    if fund not in set(Fund):
        raise BadInput("project.fund_unknown", field="fund")
    return Fund(fund)


def check_sum(fund: str, cents: int, rules: Limited | None = None) -> Fund:
    """Return the fund when it may be asked for this sum by its rules, or refuse it with BadInput."""
    asked = check_fund(fund)
    if isinstance(cents, bool) or not isinstance(cents, int) or cents <= 0:
        raise BadInput("project.sum_missing", field="cents")
    limits = rules or LIMITS[asked]
    if cents > limits.most:
        raise BadInput("project.over_limit", field="cents", limit=limits.most // 100)
    if cents < limits.least:
        raise BadInput("project.under_limit", field="cents", limit=limits.least // 100)
    return asked
