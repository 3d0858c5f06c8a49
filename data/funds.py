"""The funds of the programme, and what each may be asked for."""

from enum import StrEnum
from typing import NamedTuple

from data.problems import BadInput

MAX_CENTS = 100_000_000_000


class Fund(StrEnum):
    """Where the money comes from."""

    AKTIONSFONDS = "aktionsfonds"
    PROJEKTFONDS = "projektfonds"
    BAUFONDS = "baufonds"


class Limits(NamedTuple):
    """What a fund may be asked for, in cents, both ends included."""

    least: int
    most: int


LIMITS = {  # as since 2015; areas and years differ, so they become settings with the funds
    Fund.AKTIONSFONDS: Limits(1, 1_500_00),
    Fund.PROJEKTFONDS: Limits(5_000_00, MAX_CENTS),
    Fund.BAUFONDS: Limits(50_000_00, MAX_CENTS),
}


def check_sum(fund: str, cents: int) -> Fund:
    """Return the fund when it may be asked for this sum, or refuse it with BadInput."""
    if fund not in set(Fund):
        raise BadInput("project.fund_unknown", field="fund")
    if isinstance(cents, bool) or not isinstance(cents, int) or cents <= 0:
        raise BadInput("project.sum_missing", field="cents")
    least, most = LIMITS[Fund(fund)]
    if cents > most:
        raise BadInput("project.over_limit", field="cents", limit=most // 100)
    if cents < least:
        raise BadInput("project.under_limit", field="cents", limit=least // 100)
    return Fund(fund)
