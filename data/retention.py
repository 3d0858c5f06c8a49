"""For how long what is kept: a table of kinds of data, their days, and their erasure by itself.

The days are settings; the privacy notice and the record of processing read the same ones.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from data import pins, rules, safety, settings, trail
from data.audit import ERASED
from data.problems import BadInput
from data.projects import OVER, ProjectStatus
from data.rules import Act, Actor, PinId
from data.safety import Report, What
from data.store import Store, Transaction

Erasing = Callable[[Transaction, Actor, dict[str, Any]], int]
MANY = 500  # pins erased in one write: the queue of writers must not wait for thousands


@dataclass(frozen=True)
class Kind:
    """One kind of data: after how many days it is erased, and how."""

    name: str
    days: int
    choices: tuple[int, ...]
    erase: Erasing

    @property
    def key(self) -> str:
        """Name its setting."""
        return f"retention.{self.name}"


def _simple(*statements: str) -> Erasing:
    """Erase by statements that return a row for each thing that is erased."""

    def erase(tx: Transaction, _: Actor, times: dict[str, Any]) -> int:
        return sum(len(tx.execute(sql, _used(sql, times))) for sql in statements)

    return erase


def _used(sql: str, times: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in times.items() if f"${name}" in sql}


def _hidden_pins(tx: Transaction, actor: Actor, times: dict[str, Any]) -> int:
    """Erase hidden pins as if they had been taken back; their senders are told why."""
    rows = tx.execute(
        "select id from pin where status = 'hidden' and changed_at < $before order by id limit $many",
        {"before": times["before"], "many": MANY},
    )
    for (pin_id,) in rows:
        pins.erase(tx, PinId(pin_id), now=times["moment"])
        trail.note(tx, actor, Act.PIN_REVIEW, "pin", pin_id, now=times["moment"], step="expired")
    return len(rows)


def _trail_words(tx: Transaction, _: Actor, times: dict[str, Any]) -> int:
    """Erase how things were before they were changed; the lines and their seals stay."""
    rows = tx.execute(
        "update trail set details = $erased where starts_with(details, $kept) "
        "and happened_at < $before returning id",
        {"erased": ERASED, "kept": f'{{"{trail.BEFORE}":', "before": times["before"]},
    )
    return len(rows)


_ENDED = ", ".join(f"'{status}'" for status in sorted(OVER | {ProjectStatus.DRAFT}))
KINDS: tuple[Kind, ...] = (
    Kind("hidden_pins", 180, (30, 90, 180, 365), _hidden_pins),
    Kind(
        "redactions", 365, (30, 90, 180, 365),
        _simple("delete from redaction where redacted_at < $before returning pin_id"),
    ),
    Kind(
        "waiting_photos", 180, (30, 90, 180, 365),
        _simple("delete from photo where state = 'waiting' and changed_at < $before returning pin_id"),
    ),
    Kind(
        "offer_contact", 182, (30, 90, 182),
        _simple("update offer set contact = '' where contact <> '' and created_at < $before returning id"),
    ),
    Kind(
        "offer_words", 365, (90, 182, 365, 730),
        _simple(
            "update offer set words = '' where words <> '' and state <> 'open' "
            "and changed_at < $before returning id"
        ),
    ),
    Kind(
        "feedback_contact", 90, (31, 60, 90, 180),
        _simple("update feedback set contact = '' where contact <> '' and created_at < $before returning id"),
    ),
    Kind(
        "feedback_words", 730, (180, 365, 730),
        _simple("delete from feedback where done_at is not null and done_at < $before returning id"),
    ),
    Kind(
        "support_words", 730, (180, 365, 730),
        _simple("update support set words = '' where words <> '' and created_at < $before returning key_hash"),
    ),
    Kind(
        "better_words", 730, (180, 365, 730),
        _simple("update better set words = '' where words <> '' and created_at < $before returning pin_id"),
    ),
    Kind(
        "applicants", 730, (180, 365, 730, 1095, 3650),
        _simple(
            "delete from project_contact where changed_at < $before and project_id in ("  # noqa: S608
            f"select id from project where status in ({_ENDED}) and changed_at < $before) "
            "returning project_id",
            "delete from project_link where expires_at < $before returning project_id",
        ),
    ),
    Kind(
        "wifi", 30, (7, 30, 90),
        _simple(
            "update meeting set wifi_password = '' where wifi_password <> '' "
            "and closed_at < $before returning id"
        ),
    ),
    Kind(
        "jury_notes", 90, (30, 90, 180, 365),
        _simple(  # of who sits on no body any more, or whose account is closed
            "delete from jury_note where changed_at < $before and person_id not in ("
            "select person.id from person join member on member.person_id = person.id "
            "where removed_at is null and term_to >= cast($before as date) "
            "and (disabled_at is null or disabled_at >= $before)) returning project_id"
        ),
    ),
    Kind("deeds", 90, (30, 90, 180, 365), _simple("delete from deed where done_at < $before returning id")),
    Kind("trail_words", 365, (30, 90, 180, 365, 730), _trail_words),
    Kind(
        "sessions", 1, (1, 7),
        _simple(
            "delete from login_session where expires_at < $before returning person_id",
            "delete from meeting_session where expires_at < $before returning meeting_id",
            "delete from setup_link where expires_at < $before returning role",
            "delete from member_link where expires_at < $before returning member_id",
        ),
    ),
    Kind(
        "closed_accounts", 1095, (365, 1095, 1825, 3650),
        _simple(
            "update person set name = '–', login = id, password_hash = '' "
            "where disabled_at < $before and login <> id returning id"
        ),
    ),
)  # fmt: skip
NAMES = {kind.name: kind for kind in KINDS}


def days(store: Store, name: str) -> int:
    """Read after how many days a kind of data is erased."""
    kind = NAMES[name]
    return int(settings.get(store, kind.key) or kind.days)


def all_days(store: Store) -> dict[str, int]:
    """Read the days of every kind, in the order of the table."""
    return {kind.name: days(store, kind.name) for kind in KINDS}


def choose(store: Store, actor: Actor, chosen: Mapping[str, int], *, now: datetime) -> None:
    """Set after how many days kinds of data are erased; BadInput for others than the choices."""
    rules.check(actor, Act.SETTING_CHANGE)
    for name, number in chosen.items():
        if name not in NAMES or number not in NAMES[name].choices:
            raise BadInput("retention.unknown", field=name)
    for name, number in chosen.items():
        if number != days(store, name):
            settings.change(store, actor, NAMES[name].key, str(number), now=now)


def erase(store: Store, actor: Actor, *, report_id: str, now: datetime) -> Report:
    """Erase what is past its days, and report how much of each kind there was.

    The trail says of each kind that it was done, never of what. The files of the database, its
    journal and copies hold none of it some seconds later; backups lose it by their rotation.
    """
    rules.check(actor, Act.SETTING_CHANGE)
    begun = now
    counts = {}
    for kind in KINDS:
        done = _erase_kind(store, actor, kind, now=now)
        if done:
            counts[kind.name] = done
    return safety.keep(store, Report(report_id, What.ERASURE, begun, 0.0, True, {"counts": counts}))


# --- inside -----------------------------------------------------------------


def _erase_kind(store: Store, actor: Actor, kind: Kind, *, now: datetime) -> int:
    before = trail.utc(now - timedelta(days=days(store, kind.name)))
    times = {"before": before, "moment": now}

    def job(tx: Transaction) -> int:
        done = kind.erase(tx, actor, times)
        if done:
            tx.forget()
            told = {"count": done}
            trail.note(tx, actor, Act.SETTING_CHANGE, "retention", kind.name, now=now, details=told)
        return done

    total = done = store.write(job)
    while done >= MANY and kind.erase is _hidden_pins:
        done = store.write(job)
        total += done
    return total
