"""The fields of the application form, each with its parts, in the order of the screen."""

from collections.abc import Callable

import streamlit as st

from components import application_field as part_of
from components import cost_plan, field_names, money
from components.words import Words
from data import application_form as form
from data.applications import Application
from data.costs import CostKind
from data.fund_rules import FundRules
from data.funds import Fund

Draw = Callable[[Words, Application], None]
LINES = {"description": 6, "goal": 3, "publicity": 3, "own_contribution": 3}
LINES |= {"indicators": 4, "lasting": 4, "diversity": 4, "other_funding": 2}


def of(field: str, rules: FundRules) -> Draw:
    """Return how a field of the form is drawn."""
    if field in SPECIAL:
        return lambda words, application: SPECIAL[field](words, application, rules)
    return lambda words, application: part_of.text(
        words, application, field, lines=LINES.get(field, 0)
    )


# --- inside -----------------------------------------------------------------


def _people(words: Words, application: Application, _: FundRules) -> None:
    part_of.short(words, application, "people", part_of.COUNT, example="40")


def _period(words: Words, application: Application, _: FundRules) -> None:
    left, right = st.columns(2)
    with left:
        part_of.short(words, application, "starts_on", part_of.DAY, example="01.05.2027")
    with right:
        part_of.short(words, application, "ends_on", part_of.DAY, example="31.05.2027")
    st.text(words("application.period.how"))


def _applicant(words: Words, application: Application, rules: FundRules) -> None:
    part_of.text(words, application, "applicant")
    st.text(words("application.applicant.how"))
    if rules.least_age:
        label = words("application.of_age", age=rules.least_age)
        part_of.tick(words, application, "of_age", label)


def _contact(words: Words, application: Application, _: FundRules) -> None:
    part_of.text(words, application, "name")
    part_of.text(words, application, "contact")
    st.text(words("application.contact.why"))


def _own_share(words: Words, application: Application, _: FundRules) -> None:
    part_of.text(words, application, "own_contribution", lines=LINES["own_contribution"])
    part_of.short(words, application, "own_cents", part_of.SUM, example="50")


def _costs(words: Words, application: Application, _: FundRules) -> None:
    st.text(words("application.costs.how"))
    cost_plan.draw(words, application)
    if any(row.kind == CostKind.FEE for row in application.parts["costs"]):
        label = words("application.fee_self")
        part_of.tick(words, application, "fee_self", label)


def _cents(words: Words, application: Application, rules: FundRules) -> None:
    part_of.choice(words, application, "fund", list(Fund), "fund")
    limits = {"least": words.money(rules.least), "most": words.money(rules.most)}
    capped = rules.most < form.MAX_CENTS
    st.text(words("application.fund.limits" if capped else "application.fund.least", **limits))
    part_of.short(
        words, application, "cents", part_of.SUM, example=money.typed(min(rules.most, 1480_00))
    )
    cost_plan.balance(words, application)


def _other(words: Words, application: Application, _: FundRules) -> None:
    part_of.text(words, application, "other_funding", lines=LINES["other_funding"])
    part_of.short(words, application, "other_cents", part_of.SUM, example="0")


def _field(words: Words, application: Application, _: FundRules) -> None:
    offered = field_names.offered(application.project.field)
    part_of.choice(words, application, "field", offered, "field")
    part_of.tick(words, application, "climate", words("climate"))


def _criteria(words: Words, application: Application, rules: FundRules) -> None:
    labels = {key: words(f"criterion.{key}") for key in rules.criteria}
    legend = words("application.criteria")
    part_of.ticks(words, application, "criteria", labels, legend=legend)


def _permissions(words: Words, application: Application, _: FundRules) -> None:
    labels = {key: words(f"application.permission.{key}") for key in form.PERMISSIONS}
    legend = words("application.permissions")
    part_of.ticks(words, application, "permissions", labels, legend=legend)
    part_of.text(words, application, "permissions_words")


def _publicity(words: Words, application: Application, _: FundRules) -> None:
    part_of.text(words, application, "publicity", lines=LINES["publicity"])
    part_of.tick(words, application, "logo", words("application.logo"))


def _finance_plan(words: Words, application: Application, _: FundRules) -> None:
    cost_plan.years(words, application)


SPECIAL: dict[str, Callable[[Words, Application, FundRules], None]] = {
    "people": _people,
    "period": _period,
    "applicant": _applicant,
    "contact": _contact,
    "own_share": _own_share,
    "costs": _costs,
    "cents": _cents,
    "other_funding": _other,
    "field": _field,
    "criteria": _criteria,
    "permissions": _permissions,
    "publicity": _publicity,
    "finance_plan": _finance_plan,
}
