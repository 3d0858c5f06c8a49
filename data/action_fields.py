"""Fields of action in their generations: what an old code meant, and which field of today it is."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data import rules, trail
from data.fields import FIELDS
from data.filters import local_day
from data.problems import BadInput, Conflict, NotFound
from data.rules import Act, Actor
from data.store import Store, Transaction
from data.texts import clean

LANGUAGES = ("de", "en", "tr", "ar")  # easy German says the German title
MAX_TITLE = 200
TODAY = "C"  # the generation whose codes are those of data/fields.py


@dataclass(frozen=True)
class ActionField:
    """A field of action in one generation; `now` is the field of today that it went into."""

    generation: str
    code: str
    titles: Mapping[str, str]
    now: str
    valid_from: date
    valid_to: date | None
    version: int

    def title(self, lang: str) -> str:
        """Return its title in a language, else in German."""
        return self.titles.get(lang) or self.titles["de"]


def listing(store: Store, *, day: date | None = None) -> list[ActionField]:
    """List the fields of all generations, the newest first; or those that hold on a day.

    Anybody may know them.
    """
    rows = store.rows(
        "select generation, code, titles, now, valid_from, valid_to, version from action_field "
        "where $every or (valid_from <= $day and coalesce(valid_to >= $day, true)) "
        "order by generation desc, place",
        {"every": day is None, "day": day},
    )
    return [_field(row) for row in rows]


def of(store: Store, code: str, day: date) -> ActionField | None:
    """Find what a code meant on a day, in the generation of that day; None when it meant nothing.

    A code of a later or an earlier generation is taken as what it means there: a project from
    1 January on may still say the old one.
    """
    said = [one for one in listing(store) if one.code == code]
    held = [one for one in said if one.valid_from <= day and day <= (one.valid_to or day)]
    return next(iter(held or said), None)


def now_of(store: Store, code: str, generation: str = "") -> str:
    """Return the field of today for a code of a generation ('' = the newest that knows it).

    A field that ended is the one that goes on for it; '' for a code that no generation knows.
    """
    known = {(one.generation, one.code): one for one in reversed(listing(store))}
    newest = {of_code: of_generation for of_generation, of_code in known}
    found = known.get((generation or newest.get(code, ""), code))
    into, seen = (found.now if found else ""), {code}
    while into and into not in seen:
        seen.add(into)
        into, code = known[TODAY, into].now, into
    return into


def codes_now(store: Store, wanted: Iterable[str]) -> list[str]:
    """Return all codes, old and new, that are one of these fields of today: for a filter."""
    asked = sorted(set(wanted) & set(FIELDS))
    found = store.read(
        "select distinct code from action_field where now = any($asked) order by code",
        {"asked": asked},
    )
    return sorted({*asked, *(code for (code,) in found)})


def rename(
    store: Store,
    actor: Actor,
    generation: str,
    code: str,
    *,
    titles: Mapping[str, str],
    version: int,
    now: datetime,
) -> None:
    """Give a field of action other titles; those before stay in the trail."""
    rules.check(actor, Act.FUND_WRITE)
    said = _checked(titles)
    _update(
        store, actor, generation, code, {"titles": json.dumps(said, ensure_ascii=False)},
        version=version, now=now,
    )  # fmt: skip


def end(
    store: Store,
    actor: Actor,
    generation: str,
    code: str,
    *,
    last_day: date | None,
    goes_into: str,
    version: int,
    now: datetime,
) -> None:
    """Let a field of action end on a day (None: it goes on), and say which one goes on for it."""
    rules.check(actor, Act.FUND_WRITE)
    if goes_into not in FIELDS:
        raise BadInput("need.field_missing", field="goes_into")
    if last_day is not None and last_day < local_day(now):
        raise BadInput("fund_rules.day_past", field="last_day")
    record = {"valid_to": last_day, "now": goes_into}
    _update(store, actor, generation, code, record, version=version, now=now)


# --- inside -------------------------------------------------------------------


def _update(
    store: Store,
    actor: Actor,
    generation: str,
    code: str,
    record: dict[str, Any],
    *,
    version: int,
    now: datetime,
) -> None:
    sets = ", ".join(f"{name} = ${name}" for name in record)
    names = ", ".join(record)

    def job(tx: Transaction) -> None:
        key = {"of_generation": generation, "of_code": code}
        where = "where generation = $of_generation and code = $of_code"
        found = tx.execute(f"select version, {names} from action_field {where}", key)  # noqa: S608
        if not found:
            raise NotFound("action_field.not_found")
        stands, *before = found[0]
        if before == list(record.values()):
            return
        if stands != version:
            raise Conflict("action_field.changed_meanwhile")
        tx.execute(
            f"update action_field set {sets}, version = version + 1 {where}",  # noqa: S608
            {**record, **key},
        )
        was = {
            name: None if one is None else str(one)
            for name, one in zip(record, before, strict=True)
        }
        thing_id = f"{generation}/{code}"
        told = {"was": was}
        trail.note(tx, actor, Act.FUND_WRITE, "action_field", thing_id, now=now, details=told)

    store.write(job)


def _checked(titles: Mapping[str, str]) -> dict[str, str]:
    said = {lang: " ".join(clean(titles.get(lang, "")).split()) for lang in LANGUAGES}
    if not said["de"]:
        raise BadInput("action_field.title_missing", field="de")
    for lang, title in said.items():
        if len(title) > MAX_TITLE:
            limits = {"limit": MAX_TITLE, "length": len(title)}
            raise BadInput("title.too_long", field=lang, **limits)
    return {lang: title for lang, title in said.items() if title}


def _field(row: dict[str, Any]) -> ActionField:
    return ActionField(**{**row, "titles": json.loads(row["titles"])})
