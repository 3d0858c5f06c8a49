"""The application form as data: its short steps, the parts that are written, and their limits.

What a fund asks for, and which of it must be there, stands in its rules (data/fund_rules.py) by
the keys of FIELDS; a field is written in one part or several.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from data import application_place, costs
from data.costs import Cost, is_count
from data.fields import FIELDS as FIELDS_OF_ACTION
from data.funds import MAX_CENTS, Fund
from data.needs import checked_title
from data.problems import BadInput
from data.texts import clean, not_longer
from geo.area import Area

STEPS: dict[str, tuple[str, ...]] = {  # one short screen each
    "idea": ("title", "description"),
    "goal": ("goal", "target_group", "people", "period"),
    "place": ("at",),
    "who": ("applicant", "contact", "helpers", "own_share"),
    "costs": ("costs",),
    "money": ("cents", "other_funding"),
    "criteria": ("field", "criteria"),
    "permits": ("permissions", "publicity"),
    "answers": ("needs",),
    "lasting": ("indicators", "lasting", "diversity", "finance_plan"),
}
FIELDS: dict[str, tuple[str, ...]] = {  # a field of the form and the parts that it is written in
    "title": ("title",),
    "description": ("description",),
    "goal": ("goal",),
    "target_group": ("target_group",),
    "people": ("people",),
    "at": ("at",),
    "period": ("starts_on", "ends_on"),
    "applicant": ("applicant", "of_age"),
    "contact": ("name", "contact"),
    "helpers": ("helpers",),
    "own_share": ("own_contribution", "own_cents"),
    "costs": ("costs", "fee_self"),
    "cents": ("fund", "cents"),
    "other_funding": ("other_funding", "other_cents"),
    "field": ("field", "climate"),
    "criteria": ("criteria",),
    "permissions": ("permissions", "permissions_words"),
    "publicity": ("publicity", "logo"),
    "needs": ("needs", "pins"),
    "indicators": ("indicators",),
    "lasting": ("lasting",),
    "diversity": ("diversity",),
    "finance_plan": ("finance_plan",),
}
LIMITS = {  # signs
    "description": 5000,
    "goal": 1500,
    "target_group": 300,
    "applicant": 200,
    "name": 200,
    "contact": 300,
    "helpers": 500,
    "own_contribution": 1000,
    "other_funding": 500,
    "permissions_words": 500,
    "publicity": 1000,
    "indicators": 1500,
    "lasting": 1500,
    "diversity": 1500,
}
ONE_LINE = {"target_group", "applicant", "name", "contact"}
SUMS = ("cents", "own_cents", "other_cents")
DAYS = ("starts_on", "ends_on")
FLAGS = ("climate", "logo", "of_age", "fee_self")
LISTS = ("criteria", "permissions")
LINKS = ("needs", "pins")
PERMISSIONS = ("street", "park", "owner", "noise", "food", "other", "none")
COLUMNS = (
    *("title", "description", "fund", "cents", "field", "climate"),
    *("starts_on", "ends_on", "applicant"),
)
PARTS = tuple(part for parts in FIELDS.values() for part in parts)
IN_DETAILS = tuple(
    part for part in PARTS if part not in (*COLUMNS, *LINKS, "at", "name", "contact")
)
MAX_PEOPLE, MAX_LINKS, MAX_TYPED = 100_000, 200, 100_000
YEARS = (1990, 2200)
EMPTY: dict[str, Any] = {part: () for part in (*LISTS, *LINKS, "costs")} | {
    "people": None,
    "at": None,
    "starts_on": None,
    "ends_on": None,
    "own_cents": 0,
    "other_cents": 0,
    "of_age": False,
    "logo": False,
    "fee_self": False,
    "finance_plan": {},
}


def steps(form: Collection[str]) -> list[str]:
    """List the steps in which a fund's form asks something, in their order."""
    return [step for step, fields in STEPS.items() if set(fields) & set(form)]


def in_step(step: str, form: Collection[str]) -> list[str]:
    """List the fields of a step that a fund's form asks for; an unknown step has none."""
    return [field for field in STEPS.get(step, ()) if field in form]


def step_of(field: str) -> str:
    """Return the step in which a field or a part of one is filled in; '' for an unknown one."""
    whole = next((name for name, parts in FIELDS.items() if field == name or field in parts), "")
    return next((step for step, fields in STEPS.items() if whole in fields), "")


def empty(part: str) -> Any:
    """Return what stands in a part before anybody wrote in it."""
    return EMPTY.get(part, "")


def checked(area: Area, part: str, value: Any) -> Any:
    """Return a part as it would be stored, or refuse it with BadInput; it may be unfinished."""
    if part == "title":
        return checked_title(_typed(value))
    if part in LIMITS:
        return _text(part, value)
    if part in SUMS:
        return _sum(part, value)
    if part in DAYS:
        return _day(part, value)
    if part in FLAGS:
        return bool(value)
    if part in OTHERS:
        return OTHERS[part](value)
    if part == "at":
        return application_place.checked(area, value)
    raise TypeError(f"no part of an application: {part}")


def kept(part: str, value: Any) -> Any:
    """Return a checked part as JSON takes it."""
    if part == "costs":
        return costs.kept(value)
    return list(value) if isinstance(value, tuple) else value


def read(part: str, details: Mapping[str, Any]) -> Any:
    """Read a part out of a project's details; what is not of its sort counts as empty."""
    if part == "costs":
        return costs.rows(details)
    value, blank = details.get(part), empty(part)
    if part in LISTS:
        found = value if isinstance(value, list) else []
        return tuple(one for one in found if isinstance(one, str))
    if part == "people":
        return value if is_count(value) else None
    return value if type(value) is type(blank) else blank


# --- inside -----------------------------------------------------------------


def _typed(value: object) -> str:
    text = value if isinstance(value, str) else ""
    # Nothing is cleaned that nobody can have typed
    return not_longer(text, MAX_TYPED, "", "application.too_long")


def _text(part: str, value: object) -> str:
    text, limit = clean(_typed(value)), LIMITS[part]
    text = " ".join(text.split()) if part in ONE_LINE else text
    return not_longer(text, limit, part, "application.too_long")


def _sum(part: str, value: object) -> int:
    if not is_count(value) or value < 0:  # type: ignore[operator]
        raise BadInput("project.sum_unreadable", field=part)
    if value > MAX_CENTS:  # type: ignore[operator]
        raise BadInput("application.sum_too_big", field=part)
    return value  # type: ignore[return-value]


def _day(part: str, value: object) -> date | None:
    if value is None:
        return None
    if type(value) is not date or not YEARS[0] <= value.year <= YEARS[1]:
        raise BadInput("application.day_unreadable", field=part)
    return value


def _people(value: object) -> int | None:
    if value is None:
        return None
    if not is_count(value) or not 0 <= value <= MAX_PEOPLE:  # type: ignore[operator]
        raise BadInput("application.people", field="people", limit=MAX_PEOPLE)
    return value  # type: ignore[return-value]


def _fund(value: object) -> Fund:
    if value not in set(Fund):
        raise BadInput("project.fund_unknown", field="fund")
    return Fund(str(value))


def _field(value: object) -> str:
    if value not in FIELDS_OF_ACTION:
        raise BadInput("need.field_missing", field="field")
    return str(value)


def _keys(value: Iterable[object]) -> tuple[str, ...]:
    """Keep short keys, each once; whether they say something is asked by the rules."""
    found = [one for one in value if isinstance(one, str) and 0 < len(one) <= 40]
    return tuple(dict.fromkeys(found))[:60]


def _permissions(value: Iterable[object]) -> tuple[str, ...]:
    return tuple(key for key in PERMISSIONS if key in set(value))


def _ids(value: Iterable[object]) -> tuple[str, ...]:
    found = sorted({one for one in value if isinstance(one, str) and 0 < len(one) <= 64})
    if len(found) > MAX_LINKS:
        raise BadInput("application.too_many_links", field="needs", limit=MAX_LINKS)
    return tuple(found)


def _costs(value: Iterable[Cost]) -> tuple[Cost, ...]:
    return costs.checked(value)


def _years(value: Mapping[Any, Any]) -> dict[str, int]:
    years = {str(year): _sum("finance_plan", cents) for year, cents in dict(value).items()}
    if any(not (year.isdigit() and len(year) == 4) for year in years):
        raise BadInput("application.day_unreadable", field="finance_plan")
    return {year: cents for year, cents in sorted(years.items()) if cents}


OTHERS = {
    "people": _people,
    "fund": _fund,
    "field": _field,
    "criteria": _keys,
    "permissions": _permissions,
    "costs": _costs,
    "finance_plan": _years,
    "needs": _ids,
    "pins": _ids,
}
