"""A body at a glance: who sits in it, whether that is enough, and how it decides."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from components.words import Words
from data.bodies import Body
from data.deciding_rules import HALF, TWO_THIRDS, Rules, Share
from data.members import Invited, Member

HALF_AT_LEAST, OF_100 = Share(1, 2, more_than=False), Share(51, 100, more_than=False)
QUORUMS = {"half": HALF, "half_at_least": HALF_AT_LEAST, "two_thirds": TWO_THIRDS}
RESIDENTS = {"none": None, "half": HALF, "51": OF_100}


def draw(words: Words, body: Body, found: Sequence[Member], today: date) -> None:
    """Draw what a body is for, how its seats are filled, and what is still to be done."""
    seated = [one for one in found if one.sits(today) and not one.substitute]
    todo = _todo(words, [one for one in found if one.sits(today)])
    st.html(
        f'<p class="kk-facts kk-body-kind">{escape(words(f"bodies.kind.{body.kind}"))}</p>'
        f'<div class="kk-body-facts">{_seats(words, body, seated)}{_share(words, body, seated)}'
        f"{todo}</div>"
    )


def rules(words: Words, how: Rules, seats: int) -> str:
    """Return how a body decides as HTML; `seats` are filled."""
    lines = [
        ("quorum", _quorum(words, how, seats)),
        ("residents", words(f"bodies.rule.residents.{name_of(RESIDENTS, how.residents)}")),
        ("majority", words(f"bodies.rule.majority.{how.majority}")),
        ("base", words(f"bodies.rule.base.{how.base}")),
        ("tie", words(f"bodies.rule.tie.{how.tie}")),
        ("secret", words(f"bodies.rule.secret.{how.secret}")),
        ("papers", words.number(how.papers_days)),
    ]
    rows = "".join(
        f"<div><dt>{escape(words(f'bodies.rule.{name}'))}</dt><dd>{escape(text)}</dd></div>"
        for name, text in lines
    )
    return f'<dl class="kk-dl kk-body-rules">{rows}</dl>'


def name_of(named: dict[str, Share] | dict[str, Share | None], share: Share | None) -> str:
    """Return the name of a fraction; one that has none here counts as the second."""
    return next((name for name, one in named.items() if one == share), list(named)[1])


def _quorum(words: Words, how: Rules, seats: int) -> str:
    asked = words(f"bodies.rule.quorum.{name_of(QUORUMS, how.quorum)}")
    if not seats:
        return asked
    of = words("bodies.rule.quorum.of", n=how.quorum.of(seats), seats=seats)
    return f"{asked}, {of}" if words.dir == "ltr" else f"{asked}، {of}"


def _seats(words: Words, body: Body, seated: Sequence[Member]) -> str:
    if not body.rules.seats:
        return ""
    said = words("bodies.seats", n=len(seated), seats=body.rules.seats)
    return _fact(said, len(seated) >= body.rules.seats)


def _share(words: Words, body: Body, seated: Sequence[Member]) -> str:
    """Say whether enough of a body are residents."""
    if body.rules.residents is None or not seated:
        return ""
    numbers = {
        "residents": sum(one.resident for one in seated),
        "n": len(seated),
        "needed": body.rules.residents.of(len(seated)),
    }
    enough = numbers["residents"] >= numbers["needed"]
    return _fact(
        words("bodies.share_enough" if enough else "bodies.share_short", **numbers), enough
    )


def _todo(words: Words, sitting: Sequence[Member]) -> str:
    unseen = sum(one.confirmed_on is None for one in sitting)
    outside = sum(one.invited != Invited.IN for one in sitting)
    told = [("bodies.unconfirmed", unseen), ("bodies.uninvited", outside)]
    return "".join(_fact(words(key, n=n), good=False) for key, n in told if n)


def _fact(said: str, good: bool) -> str:
    return f'<p class="kk-body-fact {"kk-good" if good else "kk-lacking"}">{escape(said)}</p>'
