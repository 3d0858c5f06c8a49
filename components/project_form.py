"""From needs to a project: text, fund, sum, the place by a tap on the map; and changing it later."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from components import edits, money, need_named, notices, session
from components import map as maps
from components.map import Event, Look
from components.words import Words
from data import projects
from data.needs import MAX_TITLE, Need, NeedId
from data.problems import BadInput
from data.projects import MAX_DESCRIPTION, Fund, Project, ProjectId
from geo import places
from geo.points import LonLat

KEY = "new-project"
PLACE = "project"
EDIT = "project-edit"


@dataclass(frozen=True)
class Begun:
    """A project that is being written; its id is the stored one's."""

    id: ProjectId
    need: NeedId
    at: LonLat | None


def begun(need: Need) -> Begun:
    """Return the project begun from a need, or begin one at the middle of its pins."""
    kept = st.session_state.get(KEY)
    if kept is None or kept.need != need.id:
        kept = Begun(ProjectId(session.new_id()), need.id, need.at)
        st.session_state[KEY] = kept
    return kept


def new(words: Words, need: Need, others: Sequence[Need]) -> None:
    """Draw the form of a new project for this need and perhaps others."""
    project = begun(need)
    _where(words, project.at, on_event=_moved)
    known = {one.id: one for one in [need, *others]}
    with st.form(f"project-{project.id}", border=False, enter_to_submit=False):
        _text(words, project.id, need.title, "")
        _fund(words, project.id, None, "")
        _field(words, project.id, need.field, False)
        # options of a multiselect are plain text, not Markdown as labels are
        st.multiselect(
            words("project.needs"),
            list(known),
            default=[need.id],
            select_all=False,
            format_func=lambda key: f"{known[key].number} · {known[key].title}",
            placeholder=words("desk.choose"),
            key=f"needs-{project.id}",
        )
        notices.show(PLACE)
        st.form_submit_button(
            words("project.create"),
            type="primary",
            icon=":material/add_task:",
            on_click=_create,
            args=(project,),
        )


def edit(words: Words, project: Project) -> None:
    """Draw a project's text, fund and sum, to be changed as they were when the form was opened."""
    form = edits.opened(project.id, project.version)
    with st.form(f"project-{project.id}-{form.token}", border=False, enter_to_submit=False):
        _text(words, form.token, project.title, project.description)
        _fund(words, form.token, project.fund, money.typed(project.cents))
        _field(words, form.token, project.field, project.climate)
        notices.show(EDIT)
        st.form_submit_button(
            words("need.save"), icon=":material/check:", on_click=_save, args=(project.id, form)
        )


def _where(words: Words, at: LonLat | None, *, on_event) -> None:
    area = session.instance().area
    st.html(f'<p class="kk-label">{words("project.place")}</p>')
    with st.container(key="kk-place"):
        look = Look(scope="all", draft=at, go=at)
        maps.show(area, words, look, key="project-map", on_event=on_event, keep=False)
    st.text(words.place(places.in_words(area, at)) if at else words("project.place_open"))


def _moved(event: Event) -> None:
    if event.tap and (kept := st.session_state.get(KEY)):
        st.session_state[KEY] = replace(kept, at=event.tap)


def _text(words: Words, token: str, title: str, description: str) -> None:
    st.text_input(words("project.title"), title, key=f"title-{token}", max_chars=MAX_TITLE)
    st.text_area(
        words("project.description"),
        description,
        key=f"description-{token}",
        max_chars=MAX_DESCRIPTION,
        height=170,
    )


def _fund(words: Words, token: str, fund: Fund | None, amount: str) -> None:
    left, right = st.columns(2)
    left.selectbox(
        words("project.fund"),
        list(Fund),
        index=list(Fund).index(fund) if fund else None,
        format_func=lambda key: words(f"fund.{key}"),
        placeholder=words("desk.choose"),
        key=f"fund-{token}",
    )
    right.text_input(
        words("project.sum"), amount, key=f"sum-{token}", max_chars=20, placeholder="1.480,50"
    )


def _field(words: Words, token: str, field: str, climate: bool) -> None:
    need_named.field(words, field, f"field-{token}")
    st.checkbox(words("climate"), climate, key=f"climate-{token}")


def _typed(token: str) -> dict:
    state = st.session_state
    return {
        "title": state[f"title-{token}"] or "",
        "description": state[f"description-{token}"] or "",
        "fund": state[f"fund-{token}"] or "",
        "cents": money.cents(state[f"sum-{token}"] or ""),
        "field": state[f"field-{token}"] or "",
        "climate": bool(state[f"climate-{token}"]),
    }


def _create(project: Begun) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        if project.at is None:
            raise BadInput("pin.place_missing", field="place")
        made = projects.create(
            here.store,
            session.actor(),
            project_id=project.id,
            **_typed(project.id),
            at=project.at,
            area=here.area,
            need_ids=st.session_state[f"needs-{project.id}"],
            now=session.now(),
        )
        st.session_state.pop(KEY, None)
        edits.close(project.need)
        st.session_state[f"way-{project.need}"] = None
        notices.keep("need", words("project.created", number=made.number), "success")


def _save(project_id: ProjectId, form: edits.Edit) -> None:
    here = session.instance()
    with notices.said(EDIT):
        with edits.following(
            project_id, lambda: projects.get(here.store, session.actor(), project_id).version
        ):
            projects.change(
                here.store,
                session.actor(),
                project_id,
                **_typed(form.token),
                area=here.area,
                version=form.version,
                now=session.now(),
            )
        edits.close(project_id)
        notices.keep(PLACE, session.the_words()("need.saved"), "success")
