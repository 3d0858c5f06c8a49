"""Who has a vote: seats, substitutes who stand in, quorum and residents' majority."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from data.deciding_rules import Rules
from data.deciding_standing import Count, ItemId, ItemStanding, MemberId, Seat, Standing, Vote


def count(
    rules: Rules,
    seats: Mapping[MemberId, Seat],
    present: Sequence[MemberId],
    out: Collection[MemberId] = (),
) -> Count:
    """Count who has a vote; `out` stepped aside."""
    full = [one for one in seats.values() if not one.substitute and one.id not in out]
    return _counted(rules, seats, len(full), _entitled(seats, full, present, out))


def at_vote(standing: Standing, vote: Vote, voted: Collection[MemberId]) -> Count:
    """Count who takes part in a running vote: still there, or with the vote given."""
    here = [one for one in vote.present if one in standing.present or one in voted]
    return _counted(standing.rules, standing.seats, vote.seats, here)


def _counted(
    rules: Rules, seats: Mapping[MemberId, Seat], full: int, entitled: Sequence[MemberId]
) -> Count:
    return Count(
        seats=full,
        entitled=tuple(entitled),
        needed=rules.quorum.of(full),
        residents=sum(seats[one].resident for one in entitled),
        residents_needed=rules.residents.of(len(entitled)) if rules.residents else 0,
    )


def _entitled(
    seats: Mapping[MemberId, Seat],
    full: Sequence[Seat],
    present: Sequence[MemberId],
    out: Collection[MemberId],
) -> list[MemberId]:
    here = [seats[one] for one in present if one in seats and one not in out]
    absent = [one.resident for one in full if one.id not in present]
    free = {sort: absent.count(sort) for sort in (True, False)}
    found = []
    for one in here:
        if one.substitute:
            if not free[one.resident]:
                continue
            free[one.resident] -= 1
        found.append(one.id)
    return found


def aside(items: Mapping[ItemId, ItemStanding], among: Iterable[ItemId]) -> frozenset[MemberId]:
    """Return who stepped aside from any of some items, and so from ordering them."""
    return frozenset(who for one in among if one in items for who in items[one].recused)
