"""The way to a decision's letter, as soon as there is a decision."""

import urllib.parse
from html import escape

import streamlit as st

from components.words import Words
from data.projects import Project, ProjectStatus

TOLD = frozenset(
    {
        ProjectStatus.APPROVED,
        ProjectStatus.APPROVED_WITH_CONDITIONS,
        ProjectStatus.POSTPONED,
        ProjectStatus.REJECTED,
        ProjectStatus.AGREEMENT,
        ProjectStatus.RUNNING,
        ProjectStatus.ACCOUNTED,
        ProjectStatus.CLOSED,
    }
)


def draw(words: Words, project: Project) -> None:
    """Draw the link to the letter as a PDF; nothing before a decision."""
    if project.status in TOLD:
        query = urllib.parse.urlencode({"project": project.id, "lang": words.lang})
        st.html(
            f'<p><a class="kk-account kk-go" target="_blank" rel="noopener" '
            f'href="/api/prints/decision?{escape(query)}">{escape(words("decision.button"))}</a></p>'
        )
