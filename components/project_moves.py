"""What can be done with a project next: each move of the table as a button with what it needs."""

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from components import cards, checklist, money, notices, session
from components.words import Words
from data import applications, fund_steps, pots, project_moves, trail
from data.applications import Finding
from data.filters import local_day
from data.problems import BadInput
from data.project_moves import GRANTED, Move
from data.projects import Project
from data.projects import ProjectStatus as S

PLACE, HAND_IN = "project-move", "project-hand-in"
ASIDE = (S.REVISION, S.POSTPONED, S.REJECTED, S.WITHDRAWN)  # not the way forward


def draw(
    words: Words, project: Project, found: Sequence[Finding], *, to_agreement: Callable[[], None]
) -> None:
    """Draw the moves that are possible now, the way forward first.

    `found` is what the application lacks. The agreement comes with what was agreed:
    `to_agreement` leads there.
    """
    notices.show(PLACE)
    ways = project_moves.allowed(session.actor(), project.status, project.fund)
    if project.status == S.BEFORE_JURY and project.fund in project_moves.BY_BODY:
        st.text(words("projects.in_sitting"))
    with st.container(key="kk-project-moves", horizontal=True, gap="small"):
        for one in sorted(ways, key=lambda one: one.to in ASIDE):
            if one.to == S.AGREEMENT:
                label = words("projects.move.agreement")
                st.button(label, key=f"agree-{project.id}", type="primary", on_click=to_agreement)
            elif one.to == S.SUBMITTED:
                _hand_in(words, project, applications.blocking(found))
            else:
                _way(words, project, one)


def left(words: Words, project: Project) -> None:
    """Say what the project's pot has left this year."""
    here, year = session.instance(), local_day(session.now()).year
    sums = pots.balance(here.store, session.actor(), project.fund, year)
    if sums.allotted:
        text = words("projects.pot_left", year=str(year), sum=words.money(sums.left))
        st.html(f'<p class="kk-facts">{escape(text)}</p>')


def way(words: Words, project: Project) -> None:
    """Draw every step so far, as the applicant reads it."""
    cards.way(words, trail.steps(session.instance().store, "project", project.id))


def steps(words: Words, project: Project) -> None:
    """Draw the fund's own list of steps, where it has one, and where the project stands in it."""
    here = session.instance()
    every = fund_steps.of_project(here.store, project)
    if not every:
        return
    st.html(f"<h3>{escape(words('projects.fund_steps'))}</h3>")
    at = every.index(project.step) if project.step in every else -1
    looks = ["past"] * max(at, 0) + ["at"] * (at >= 0) + [""] * (len(every) - 1 - at)
    current = {"at": ' aria-current="step"'}
    rows = "".join(
        f'<li class="kk-{look}"{current.get(look, "")}>{escape(words(f"fund_step.{step}"))}</li>'
        for step, look in zip(every, looks, strict=True)
    )
    st.html(f'<ol class="kk-fund-steps">{rows}</ol>')
    key = f"fund-step-{project.id}-{project.version}"
    with st.container(key="kk-fund-step", horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            words("projects.fund_step"),
            every,
            index=min(at + 1, len(every) - 1),
            format_func=lambda step: words(f"fund_step.{step}"),
            key=key,
        )
        st.button(
            words("projects.fund_step.save"),
            key=f"walk-{project.id}",
            on_click=_walk,
            args=(project, key),
        )


# --- inside -----------------------------------------------------------------


def _hand_in(words: Words, project: Project, lacking: Sequence[Finding]) -> None:
    """Draw the button that takes a whole application; another one is taken by a reason alone."""
    label, key = words(f"projects.move.{S.SUBMITTED}"), f"{project.id}-{project.version}"
    given = {
        "key": f"hand-in-{key}",
        "type": "primary",
        "on_click": _submit,
        "args": (project, key, bool(lacking)),
    }
    if not lacking:
        st.button(label, **given)
        return
    with st.popover(label, key=f"pop-hand-in-{key}"):
        checklist.draw(words, lacking)
        limit = project_moves.MAX_REASON
        st.text_area(words("projects.lacking_why"), key=f"why-{key}", max_chars=limit, height=100)
        notices.show(HAND_IN)
        st.button(words("projects.lacking_yes"), **given)


def _way(words: Words, project: Project, one: Move) -> None:
    label = words(f"projects.move.{one.to}")
    key, plain = f"{project.id}-{one.to}-{project.version}", one.to not in ASIDE
    if not (one.reason or one.to in GRANTED or one.to == S.WITHDRAWN):
        st.button(
            label,
            key=f"move-{key}",
            type="primary" if plain else "secondary",
            on_click=_move,
            args=(project, one, key),
        )
        return
    with st.popover(label, key=f"pop-{key}"):
        st.text(words(f"projects.move.{one.to}.how"))
        if one.to in GRANTED:
            st.text_input(
                words("projects.granted"),
                money.typed(project.cents),
                key=f"sum-{key}",
                max_chars=20,
            )
        if one.to == S.APPROVED_WITH_CONDITIONS:
            limit = project_moves.MAX_CONDITIONS
            st.text_area(words("projects.conditions"), key=f"terms-{key}", max_chars=limit)
        reason = words("projects.reason" if one.reason else "projects.reason_free")
        st.text_area(reason, key=f"why-{key}", max_chars=project_moves.MAX_REASON, height=100)
        st.button(
            label, key=f"move-{key}", type="primary", on_click=_move, args=(project, one, key)
        )


def _submit(project: Project, key: str, by_hand: bool) -> None:
    """Take an application; what its reason lacks is said beside it, in the popover that is open."""
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        try:
            applications.submit(
                here.store,
                session.actor(),
                here.area,
                project.id,
                reason=st.session_state.get(f"why-{key}") or "",
                version=project.version,
                now=session.now(),
            )
        except BadInput as refused:
            if not by_hand:
                raise
            notices.keep(HAND_IN, words.problem(refused))
        else:
            state_now = words(f"project_status.{S.SUBMITTED}")
            notices.keep(PLACE, words("projects.moved", state=state_now), "success")


def _move(project: Project, one: Move, key: str) -> None:
    here, words, state = session.instance(), session.the_words(), st.session_state
    with notices.said(PLACE):
        project_moves.move(
            here.store,
            session.actor(),
            project.id,
            to=one.to,
            version=project.version,
            reason=state.get(f"why-{key}") or "",
            cents=money.cents(state[f"sum-{key}"] or "") if one.to in GRANTED else None,
            conditions=state.get(f"terms-{key}") or "",
            now=session.now(),
        )
        state_now = words(f"project_status.{one.to}")
        notices.keep(PLACE, words("projects.moved", state=state_now), "success")


def _walk(project: Project, key: str) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        fund_steps.walk(
            here.store,
            session.actor(),
            project.id,
            step=st.session_state[key],
            version=project.version,
            now=session.now(),
        )
        notices.keep(PLACE, words("projects.fund_step.saved"), "success")
