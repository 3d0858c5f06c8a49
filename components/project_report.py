"""The short report of a funded project with its photos; the office releases each photo."""

from html import escape
from typing import Any

import streamlit as st

from components import edits, frame, notices, photo, session
from components.words import Words
from data import pictures, project_reports
from data.problems import BadInput
from data.project_reports import MAX_CAPTION, PhotoState, ReportPhoto
from data.projects import Project
from data.rules import Act, may

PLACE = "report"


def draw(words: Words, project: Project, *, head: str = "###") -> None:
    """Draw the report, to be written while the project runs, and its photos."""
    here, actor = session.instance(), session.applying()
    report = project_reports.get(here.store, actor, project.id)
    photos = project_reports.photos_of(here.store, actor, project.id)
    opened = project.status in project_reports.OPEN
    if not (opened or report.version or photos):
        return
    st.markdown(f"{head} {words('report.title')}")
    notices.show(PLACE)
    if opened:
        _form(words, project, report)
        _giving(words, project)
    elif report.words:
        st.text(report.words)
    for one in photos:
        _photo(words, one)


# --- inside -----------------------------------------------------------------


def _form(words: Words, project: Project, report: project_reports.Report) -> None:
    form = edits.opened(f"report-{project.id}", report.version)
    with st.form(f"report-{form.token}", border=False, enter_to_submit=False):
        st.text_area(
            words("report.words"),
            report.words,
            key=f"report-words-{form.token}",
            max_chars=project_reports.MAX_WORDS,
            height=160,
            help=None,
            placeholder=words("report.example"),
        )
        st.text_input(
            words("report.people"),
            "" if report.people is None else str(report.people),
            key=f"report-people-{form.token}",
            max_chars=6,
        )
        st.form_submit_button(
            words("report.save"), icon=":material/check:", on_click=_keep, args=(project.id, form)
        )


def _keep(project_id: str, form: edits.Edit) -> None:
    here, words, actor = session.instance(), session.the_words(), session.applying()
    state, thing = st.session_state, f"report-{project_id}"
    with notices.said(PLACE):
        typed = (state[f"report-people-{form.token}"] or "").strip()
        if typed and not (typed.isascii() and typed.isdigit()):
            raise BadInput("report.people", field="people", limit=project_reports.MAX_PEOPLE)
        with edits.following(
            thing, lambda: project_reports.get(here.store, actor, project_id).version
        ):
            project_reports.keep(
                here.store,
                actor,
                project_id,
                words=state[f"report-words-{form.token}"] or "",
                people=int(typed) if typed else None,
                seen=form.version,
                now=session.now(),
            )
        edits.close(thing)
        notices.keep(PLACE, words("report.saved"), "success")


def _giving(words: Words, project: Project) -> None:
    """Let who carries the project out add a photo; it is looked at before anybody sees it."""
    frame.look("photo")
    most = pictures.MAX_BYTES
    too_big = BadInput("photo.too_big", limit=most // 1_000_000)
    texts = {name: words(f"photo.{name}") for name in photo.SAID}
    texts |= {"title": words("report.photo"), "hint": words("report.photo.how")}
    texts |= {"too_big": words.problem(too_big)}
    data: dict[str, Any] = {
        "code": project.id,
        "to": f"api/reports/{project.id}/photos",
        "lang": words.lang,
        "most": most,
        "there": False,
        "texts": texts,
    }
    photo.giving()(data=data, key=f"kk-report-photo-{project.id}", on_sent_change=_sent)


def _sent() -> None:
    notices.keep(PLACE, session.the_words()("report.photo.sent"), "success")


def _photo(words: Words, one: ReportPhoto) -> None:
    frame.look("photo")
    said = one.words or words("report.photo.no_words")
    with st.container(key=f"kk-report-photo-row-{one.id}", gap=None):
        st.html(
            f'<img class="kk-seen" src="api/report_photos/{escape(one.id)}" loading="lazy" '
            f'width="{one.width}" height="{one.height}" alt="{escape(said)}">'
            f'<p class="kk-facts"><span class="kk-tag">'
            f"{escape(words(f'report.photo.{one.state}'))}</span> <bdi>{escape(said)}</bdi></p>"
        )
        if may(session.actor(), Act.PHOTO_CHECK):
            _look_at(words, one)


def _look_at(words: Words, one: ReportPhoto) -> None:
    waiting = one.state == PhotoState.WAITING
    key = f"caption-{one.id}"
    if waiting:
        st.text_input(words("report.photo.words"), one.words, key=key, max_chars=MAX_CAPTION)
    with st.container(key=f"kk-report-photo-acts-{one.id}", horizontal=True, gap="small"):
        if waiting:
            st.button(
                words("report.photo.show"),
                key=f"show-{one.id}",
                type="primary",
                on_click=_check,
                args=(one, True, key),
            )
        st.button(
            words("report.photo.refuse"),
            key=f"erase-{one.id}",
            icon=":material/visibility_off:",
            on_click=_check,
            args=(one, False, ""),
        )


def _check(one: ReportPhoto, shown: bool, key: str) -> None:
    here, words = session.instance(), session.the_words()
    with notices.said(PLACE):
        caption = st.session_state.get(key) if key else None
        if shown and not (caption or "").strip():
            raise BadInput("report.caption_missing", field="words")
        project_reports.check_photo(
            here.store,
            session.actor(),
            one.id,
            shown=shown,
            seen=one.state,
            words=caption,
            now=session.now(),
        )
        state = PhotoState.SHOWN if shown else PhotoState.REFUSED
        notices.keep(PLACE, words(f"report.photo.{state}"), "success")
