"""Which version of a thing a form was opened with, so that nobody's change is lost unseen."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import streamlit as st

from components import session
from data.problems import Conflict

KEY = "edits"


@dataclass(frozen=True)
class Edit:
    """An opened form: a name for its fields, and the version that they were filled from."""

    token: str
    version: int


def opened(thing_id: str, version: int) -> Edit:
    """Return the opened form of a thing, or open one at this version."""
    return _all().setdefault(thing_id, Edit(session.new_id()[:8], version))


def moved(thing_id: str, before: int, after: int) -> None:
    """Follow an own act that raised the version; a form opened earlier stays behind."""
    edit = _all().get(thing_id)
    if edit and edit.version == before:
        _all()[thing_id] = replace(edit, version=after)


def seen(thing_id: str, version: int) -> None:
    """Take a newer version over after its conflict was told; what was typed stays."""
    edit = _all().get(thing_id)
    if edit:
        _all()[thing_id] = replace(edit, version=version)


@contextlib.contextmanager
def following(thing_id: str, version: Callable[[], int]) -> Iterator[None]:
    """Run an act of an opened form; after a conflict the form goes on from the version stored now."""
    try:
        yield
    except Conflict:
        seen(thing_id, version())
        raise


def close(thing_id: str) -> None:
    """Forget an opened form; the next one starts from what is stored."""
    _all().pop(thing_id, None)


def _all() -> dict[str, Edit]:
    return st.session_state.setdefault(KEY, {})
