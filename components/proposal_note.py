"""One's own note on a proposal and what one leans to; nobody else ever sees it."""

from collections.abc import Mapping

import streamlit as st

from components import edits, notices, session
from components.words import Words
from data import jury_notes
from data.jury_notes import MAX_NOTE, Leaning, Note
from data.projects import Project
from data.rules import Act, ProjectId, may

PLACE = "jury-note"
CONFLICT = "jury-note-conflict"  # the field whose words met others


def mine() -> Mapping[ProjectId, Note]:
    """Return the own notes; none for whoever is not of the jury."""
    actor = session.actor()
    return jury_notes.mine(session.instance().store, actor) if may(actor, Act.JURY_NOTE) else {}


def draw(words: Words, project: Project, note: Note) -> None:
    """Draw the note of a proposal; it is kept when one leaves the field, and by its button."""
    if not may(session.actor(), Act.JURY_NOTE):
        return
    names, first = _form(project, note)
    given = {"on_change": _keep, "args": (project.id, names)}
    with st.expander(_title(words, note), key=f"kk-note-{project.number}"):
        st.text(words("note.private"))
        st.segmented_control(
            words("note.leaning"), [one for one in Leaning if one], key=names["lean"],
            default=first.leaning or None, format_func=lambda one: words(f"lean.{one}"), **given,
        )  # fmt: skip
        st.text_area(
            words("note.words"), first.words, key=names["words"], max_chars=MAX_NOTE, height=120,
            **given,
        )  # fmt: skip
        _theirs(words, note, names)
        st.button(
            words("note.save"), key=f"note-save-{project.number}", type="primary",
            on_click=_keep, args=(project.id, names),
        )  # fmt: skip
        notices.show(PLACE)


def _form(project: Project, note: Note) -> tuple[dict[str, str], Note]:
    """Return the names of the form's fields, and the note that they were filled from.

    They keep it while they are on screen; who comes back to a proposal sees what is stored.
    """
    thing = _thing(project.id)
    if _names(thing, note)["words"] not in st.session_state:
        edits.close(thing)
    names = _names(thing, note)
    return names, st.session_state.setdefault(f"{names['words']}-first", note)


def _names(thing: str, note: Note) -> dict[str, str]:
    token = edits.opened(thing, note.version).token
    return {part: f"note-{part}-{token}" for part in ("lean", "words")}


def _title(words: Words, note: Note) -> str:
    title = words("note.title")
    return f"{title}: {words(f'lean.{note.leaning}')}" if note.leaning else title


def _theirs(words: Words, note: Note, names: Mapping[str, str]) -> None:
    """Show what the own other device wrote, after it was in the way."""
    if st.session_state.get(CONFLICT) == names["words"] and note.words:
        st.text(words("note.other_device"))
        st.text(note.words)


def _keep(project_id: ProjectId, names: Mapping[str, str]) -> None:
    here, words, actor = session.instance(), session.the_words(), session.actor()
    thing, typed = _thing(project_id), st.session_state

    def version() -> int:
        typed[CONFLICT] = names["words"]
        return jury_notes.mine(here.store, actor).get(project_id, Note()).version

    with notices.said(PLACE), edits.following(thing, version):
        jury_notes.keep(
            here.store, actor, project_id, words=typed.get(names["words"]) or "",
            leaning=typed.get(names["lean"]) or "", version=edits.opened(thing, 0).version,
            now=session.now(),
        )  # fmt: skip
        edits.seen(thing, version())
        typed.pop(CONFLICT, None)
        notices.keep(PLACE, words("note.saved"), "success")


def _thing(project_id: ProjectId) -> str:
    return f"jury-note-{project_id}"
