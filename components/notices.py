"""One sentence where the act was: refusals, thanks, and a number for what we did not foresee."""

import contextlib
import logging
import secrets
from collections.abc import Iterator

import streamlit as st

from components.session import the_words
from data.problems import Problem

log = logging.getLogger("kiezkarte.screen")
KEY = "notices"


def keep(place: str, text: str, kind: str = "error") -> None:
    """Keep a sentence for the next drawing of a place on the page."""
    st.session_state.setdefault(KEY, {})[place] = (kind, text)


def show(place: str) -> None:
    """Draw the sentence kept for a place, once."""
    found = st.session_state.get(KEY, {}).pop(place, None)
    if found:
        kind, text = found
        {"error": st.error, "success": st.success, "info": st.info}[kind](text)


def unexpected(error: Exception) -> bool:
    """Say on the page that something broke, by the number that stands in the log."""
    reference = secrets.token_hex(3)
    log.error("unexpected trouble %s: %s", reference, type(error).__name__)
    st.error(the_words()("problem.unexpected", reference=reference))
    return True


@contextlib.contextmanager
def said(place: str) -> Iterator[None]:
    """Run an act; a refusal becomes a sentence at this place, and nothing typed is lost."""
    try:
        yield
    except Problem as problem:
        keep(place, the_words().problem(problem))
    except Exception:
        reference = secrets.token_hex(3)
        log.exception("unexpected trouble %s", reference)
        keep(place, the_words()("problem.unexpected", reference=reference))
