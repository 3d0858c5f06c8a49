"""The cost plan on screen: row by row, and what it comes to, live; beside it who pays it."""

from html import escape
from typing import Any

import streamlit as st

from components import application_field as part_of
from components import money, notices, session
from components.words import Words
from data import costs
from data.applications import Application
from data.costs import MAX_ITEM, MAX_ROWS, Cost, CostKind
from data.problems import BadInput, Conflict
from data.rules import ProjectId

PART = "costs"
FIELDS = ("item", "quantity", "cents", "kind")


def draw(words: Words, application: Application) -> None:
    """Draw the rows, a button for one more, and the sum."""
    project_id = application.project.id
    plan = part_of.hold(application, PART).base
    with st.container(key="kk-plan"):
        notices.show(_place(project_id))
        for number, row in enumerate(plan):
            _row(words, project_id, number, row)
        st.button(
            words("application.costs.more"),
            key=f"cost-more-{project_id}",
            icon=":material/add:",
            disabled=len(plan) >= MAX_ROWS,
            on_click=_more,
            args=(project_id,),
        )
    total(words, plan)


def total(words: Words, plan: tuple[Cost, ...]) -> None:
    """Draw what the plan comes to."""
    said = escape(words("application.costs.total"))
    st.html(
        f'<p class="kk-plan-total" role="status"><span>{said}</span> '
        f"<strong>{escape(words.money(costs.total(plan)))}</strong></p>"
    )


def balance(words: Words, application: Application) -> None:
    """Draw whether what is asked for, given and granted by others comes to the plan."""
    of = application.parts
    planned, own, other = costs.total(of["costs"]), of["own_cents"], of["other_cents"]
    rest = planned - own - other
    lines = (
        ("planned", planned), ("own", -own), ("other", -other), ("rest", rest),
    )  # fmt: skip
    rows = "".join(
        f"<div><dt>{escape(words(f'application.balance.{name}'))}</dt>"
        f"<dd>{escape(words.money(cents))}</dd></div>"
        for name, cents in lines
        if cents or name == "rest"
    )
    st.html(f'<dl class="kk-balance">{rows}</dl>')
    if rest > 0 and rest != of["cents"]:
        st.button(
            words("application.balance.take", sum=words.money(rest)),
            key=f"cost-take-{application.project.id}",
            icon=":material/check:",
            on_click=_take,
            args=(application.project.id, rest),
        )


def years(words: Words, application: Application) -> None:
    """Draw how much is needed in which calendar year."""
    project = application.project
    st.text(words("application.finance_plan"))
    base = part_of.hold(application, "finance_plan").base
    first = (project.starts_on or part_of.today()).year
    last = min(
        max((project.ends_on or project.starts_on or part_of.today()).year, first), first + 7
    )
    for year in sorted({*map(str, range(first, last + 1)), *base}):
        key = f"year-{year}-{project.id}-{words.lang}"
        part_of.fill(key, money.typed(base[year]) if year in base else "")
        st.text_input(
            words("application.year", year=year), key=key, max_chars=20, autocomplete="off",
            on_change=_save_year, args=(project.id, year, key),
        )  # fmt: skip
        notices.show(key)


# --- inside -----------------------------------------------------------------


def _row(words: Words, project_id: ProjectId, number: int, row: Cost) -> None:
    keys = {name: _key(project_id, number, name) for name in FIELDS}
    for name, key in keys.items():
        part_of.fill(key, shown(row, name))

    def given(name: str) -> dict[str, Any]:
        return {"key": keys[name], "on_change": _save, "args": (project_id, number, name)}

    with st.container(key=f"kk-cost-{number}", horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            words("application.costs.item", n=number + 1), max_chars=MAX_ITEM,
            placeholder=words("application.costs.example"), autocomplete="off", **given("item"),
        )  # fmt: skip
        st.text_input(
            words("application.costs.quantity"), max_chars=7, autocomplete="off",
            **given("quantity"),
        )  # fmt: skip
        st.text_input(
            words("application.costs.price"), max_chars=20, placeholder="12,50",
            autocomplete="off", **given("cents"),
        )  # fmt: skip
        st.selectbox(
            words("application.costs.kind"), list(CostKind),
            format_func=lambda kind: words(f"application.costs.{kind}"), **given("kind"),
        )  # fmt: skip
        st.html(
            f'<p class="kk-cost-sum"><span>{escape(words("application.costs.sum"))}</span> '
            f"<strong>{escape(words.money(row.total))}</strong></p>"
        )
        st.button(
            words("application.costs.remove", n=number + 1),
            key=f"{keys['item']}-remove",
            icon=":material/delete:",
            type="tertiary",
            on_click=_remove,
            args=(project_id, number, row),
        )
    notices.show(keys["item"])


def shown(row: Cost, name: str) -> str:
    """Write a field of a row as one would type it.

    >>> shown(Cost("Erde", 2, 1250), "cents"), shown(Cost(), "cents")
    ('12,50', '')
    """
    if name == "cents":
        return money.typed(row.cents) if row.cents else ""
    return str(row.quantity) if name == "quantity" else getattr(row, name)


def typed(name: str, text: str) -> Any:
    """Read a field of a row as it was typed; BadInput for a quantity or price that is no number.

    >>> typed("cents", " 12,50 "), typed("quantity", ""), typed("item", "Erde")
    (1250, 1, 'Erde')
    """
    plain = text.strip().translate(money.DIGITS)
    if name == "quantity" and plain and not plain.isdecimal():
        raise BadInput("application.quantity", field="costs", limit=costs.MAX_QUANTITY)
    if name == "quantity":
        return int(plain or 1)
    if name == "cents":
        return money.cents(text) if plain else 0
    return CostKind(text or CostKind.MATERIAL) if name == "kind" else text


def _save(project_id: ProjectId, number: int, name: str) -> None:
    """Store one field of a row; what is refused stays as it was typed.

    Where somebody else changed this very field, both rows stay: theirs, and one's own below.
    """
    key = _key(project_id, number, name)
    text, before = st.session_state.get(key), part_of.filled(key)
    if text is None:
        return

    def change(stored: tuple[Cost, ...]) -> tuple[Cost, ...]:
        value = typed(name, text)
        if number < len(stored) and shown(stored[number], name) in (before, text):
            row = stored[number]._replace(**{name: value})
            return (*stored[:number], row, *stored[number + 1 :])
        notices.keep(_place(project_id), session.the_words()("application.costs.clash"), "info")
        part_of.clear([key])
        own = stored[number] if number < len(stored) else Cost()
        return (*stored, own._replace(**{name: value}))

    with notices.said(_key(project_id, number, "item")):
        part_of.merge(project_id, PART, change)
        part_of.known(key, shown(Cost()._replace(**{name: typed(name, text)}), name))


def _more(project_id: ProjectId) -> None:
    with notices.said(_place(project_id)):
        part_of.merge(project_id, PART, lambda stored: (*stored, Cost()))


def _remove(project_id: ProjectId, number: int, row: Cost) -> None:
    """Take out the row that was shown; when somebody else changed it meanwhile, it stays."""

    def change(stored: tuple[Cost, ...]) -> tuple[Cost, ...]:
        if number >= len(stored) or stored[number] != row:
            raise Conflict("application.row_changed")
        return (*stored[:number], *stored[number + 1 :])

    with notices.said(_place(project_id)):
        part_of.merge(project_id, PART, change)
        for later in range(number, costs.MAX_ROWS):
            part_of.clear(_key(project_id, later, name) for name in FIELDS)


def _take(project_id: ProjectId, cents: int) -> None:
    """Ask for what the plan leaves open."""
    with notices.said(_place(project_id)):
        part_of.put(project_id, "cents", cents)
        st.session_state.pop(part_of.key_of(project_id, "cents"), None)


def _save_year(project_id: ProjectId, year: str, key: str) -> None:
    with notices.said(key):
        asked = (st.session_state.get(key) or "").strip()
        cents = money.cents(asked) if asked else 0
        part_of.merge(project_id, "finance_plan", lambda stored: {**stored, year: cents})


def _key(project_id: ProjectId, number: int, name: str) -> str:
    return f"cost-{name}-{number}-{project_id}-{session.lang()}"


def _place(project_id: ProjectId) -> str:
    return f"costs-{project_id}"
