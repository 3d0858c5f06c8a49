"""What was changed in an application since it was sent back, for the office that looks again."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from data import application_form as form
from data import application_parts as parts
from data import applications, rules
from data.rules import Act, Actor
from data.store import Store


@dataclass(frozen=True)
class Change:
    """A part that is another now; both as JSON keeps them. Of a contact neither is told."""

    part: str
    was: Any = None
    now: Any = None


def since_sent_back(store: Store, actor: Actor, project_id: str) -> list[Change] | None:
    """List what was changed since an application was last sent back, in the form's order.

    None when it never was. A part that is as it was again is left out.
    """
    rules.check(actor, Act.PROJECT_WRITE)
    [(back,)] = store.read(
        "select max(id) from trail where thing = 'project' and thing_id = $id "
        "and step = 'project_revision'",
        {"id": project_id},
    )
    if back is None:
        return None
    before = _before(_written(store, project_id, back))
    now = applications.get(store, actor, project_id).parts
    found = [_change(part, before, now) for part in form.PARTS if part in before]
    return [one for one in found if one]


# --- inside -----------------------------------------------------------------


def _written(store: Store, project_id: str, back: int) -> list[dict[str, Any]]:
    """Read what the trail says of parts written since; receipts and reports come later."""
    rows = store.read(
        "select details from trail where thing = 'project' and thing_id = $id and id > $back "
        "and act = $act order by id",
        {"id": project_id, "back": back, "act": Act.APPLICATION_WRITE},
    )
    return [json.loads(text) for (text,) in rows]


def _before(lines: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return how each part was before it was first written; only that it was, of a contact."""
    before: dict[str, Any] = {}
    for line in lines:
        for part, was in (line.get("was") or {}).items():
            before.setdefault(part, was)
        for part in line.get("changed") or ():
            before.setdefault(part, None)
    return before


def _change(part: str, before: Mapping[str, Any], now: Mapping[str, Any]) -> Change | None:
    told = parts.told(part, now[part])
    if "was" not in told:
        return Change(part)
    kept = json.loads(json.dumps(told["was"][part]))
    return None if kept == before[part] else Change(part, before[part], kept)
