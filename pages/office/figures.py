"""Figures of the office: what was said, where, in which language, and how soon it was answered."""

from html import escape

import streamlit as st

from components import charts, exports, figures, frame, gate, session
from components import filters as filter_bar
from components import silence as silence_view
from data import answer_times, silence
from data import figures as counts
from data.filters import Filter
from data.rules import Act

words = session.the_words()
here = session.instance()
actor = session.actor()
gate.require(words, actor, Act.FIGURES_READ)
frame.look("figures")
VIEWS = ("charts", "silence")


def draw_charts(wanted: Filter) -> None:
    """Draw what was counted, or kindly that there is nothing to count."""
    counted = counts.counted(here.store, actor, wanted)
    if not counted.pins:
        st.html(
            f'<div class="kk-empty"><p>{escape(words("figures.empty"))}</p>'
            f"<p>{escape(words('figures.empty_next'))}</p></div>"
        )
        return
    told = answer_times.counted(here.store, actor, wanted, now=session.now())
    st.html(
        f'<p class="kk-total">{escape(figures.said(words, counted))}</p>{figures.legend(words)}'
    )
    st.html(charts.html(words, figures.every(words, counted, told, wanted)))


with st.container(key="kk-tools", horizontal=True, vertical_alignment="center", gap="small"):
    st.markdown(f"# {words('page.figures')}", width="content")
    shown = filter_bar.view(words, VIEWS, label="figures.view", key="figures-view")
    wanted = filter_bar.bar(words, names=filter_bar.ALL, key="figures")
    exports.draw(words, wanted, key="figures")
    filter_bar.active(words, wanted, names=filter_bar.ALL, key="figures")
if shown == "silence":
    found = silence.heard(here.store, actor, here.area, wanted)
    silence_view.draw(words, found, wanted)
else:
    draw_charts(wanted)
