"""The application form on screen: one short step at a time, saved as soon as a field is left."""

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st
from streamlit.components import v2

from components import (
    application_answers,
    application_field,
    application_place,
    checklist,
    frame,
    session,
)
from components import application_steps as parts
from components.words import Words
from data import application_form as form
from data import applications
from data.applications import Application, Finding
from data.fund_rules import FundRules
from data.instance import ROOT
from data.projects import Project

CHECK = "check"  # the last step: what is missing, and handing it in
WHOLE = {"at": application_place.draw, "needs": application_answers.draw}


def draw(words: Words, project: Project) -> None:
    """Draw the step that is open of a project's application, for who may write in it."""
    here, actor = session.instance(), session.applying()
    frame.look("application")
    application = applications.get(here.store, actor, project.id)
    today = application_field.today()
    rules = applications.rules_of(here.store, application.project, today)
    found = applications.findings(here.store, actor, here.area, project.id, now=session.now())
    if not applications.may_write(actor, application.project):
        st.text(words("application.closed"))
        return
    every = [*form.steps(rules.form), CHECK]
    step = opened(every)
    with st.container(key="kk-application"):
        _progress(words, every, step, found)
        if step == CHECK:
            checklist.draw(words, found, go=go)
        else:
            _step(words, application, rules, step, found)
        _ways(words, every, step)
        _saved(words)
    _script()(data={"step": step}, key="kk-steps")


def opened(every: Sequence[str]) -> str:
    """Return the step that the address names, else the first."""
    asked = st.query_params.get("step", "")
    return asked if asked in every else every[0]


def is_last() -> bool:
    """Tell whether the last step is open, in which the application is handed in."""
    return st.query_params.get("step", "") == CHECK


def go(step: str) -> None:
    """Open a step; the address keeps it over a reload."""
    st.query_params["step"] = step


@st.cache_resource
def _script() -> Any:
    text = (ROOT / "static" / "application.js").read_text(encoding="utf-8")
    return v2.component("kiezkarte_application", html="<span></span>", js=text)


# --- inside -----------------------------------------------------------------


def _step(
    words: Words,
    application: Application,
    rules: FundRules,
    step: str,
    found: Sequence[Finding],
) -> None:
    fields = form.in_step(step, rules.form)
    for field in fields:
        WHOLE.get(field, parts.of(field, rules))(words, application)
    checklist.beside(words, found, fields)


def _progress(words: Words, every: Sequence[str], step: str, found: Sequence[Finding]) -> None:
    number, many = every.index(step) + 1, len(every)
    said = words("application.progress", n=words.number(number), all=words.number(many))
    share = 100 * number // many
    st.html(
        f'<p class="kk-facts" id="kk-step">{escape(said)}</p>'
        f'<div class="kk-progress" aria-hidden="true"><span style="width:{share}%"></span></div>'
    )
    name = escape(words(f"application.step.{step}"))
    st.html(f'<h2 id="kk-step-title" tabindex="-1">{name}</h2>')
    with st.popover(words("application.overview"), icon=":material/list:", key=f"kk-all-{step}"):
        for one in every:
            _entry(words, one, found, here=one == step)


def _entry(words: Words, step: str, found: Sequence[Finding], *, here: bool) -> None:
    """Draw the way to a step, with how much is open there."""
    open_points = [one for one in applications.blocking(found) if form.step_of(one.field) == step]
    name = words(f"application.step.{step}")
    count = words.many("application.open", len(open_points)) if open_points else ""
    st.button(
        f"{name} ({count})" if count else name,
        key=f"step-{step}",
        type="primary" if here else "secondary",
        icon=":material/check:" if not open_points and step != CHECK else None,
        width="stretch",
        on_click=go,
        args=(step,),
    )


def _ways(words: Words, every: Sequence[str], step: str) -> None:
    number = every.index(step)
    with st.container(key="kk-ways", horizontal=True, gap="small"):
        if number > 0:
            st.button(
                words("application.back"), key="application-back", on_click=go,
                args=(every[number - 1],),
            )  # fmt: skip
        if number + 1 < len(every):
            st.button(
                words("application.next"), key="application-next", type="primary", on_click=go,
                args=(every[number + 1],),
            )  # fmt: skip


def _saved(words: Words) -> None:
    moment = st.session_state.get("application-saved")
    told = words("application.saved", moment=words.moment(moment)) if moment else ""
    st.html(f'<p class="kk-facts" role="status">{escape(told or words("application.saves"))}</p>')
