"""The admin's page of safety: backups and their drills, how long what is kept, and the trail."""

import streamlit as st

from components import filters as views
from components import frame, gate, safety, safety_retention, safety_trail, session
from data.rules import Act

words = session.the_words()
gate.require(words, session.actor(), Act.SETTING_CHANGE, Act.TRAIL_READ)
frame.look("safety")
VIEWS = {
    "backup": safety.backup,
    "retention": safety_retention.show,
    "trail": safety_trail.show,
    "record": safety_retention.record,
}

st.title(words("page.safety"), anchor=False)
shown = views.view(words, tuple(VIEWS), label="safety.view", key="safety-view")
with st.container(key="kk-safety"):
    VIEWS[shown](words)
