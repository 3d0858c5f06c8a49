"""Answers: what is due to be answered, and templates by field of action and language."""

import streamlit as st

from components import answer_due, answer_templates, frame, gate, session
from data.fields import FIELDS
from data.rules import Act

words = session.the_words()
actor = session.actor()
gate.require(words, actor, Act.ANSWER_GIVE)

frame.look("answers")
st.markdown(f"# {words('page.answers')}")
with st.container(key="kk-answers-page"):
    left, right = st.columns(2, gap="large")
with left:
    st.markdown(f"## {words('answers.due')}")
    answer_due.draw(words)
with right:
    st.markdown(f"## {words('answers.templates')}")
    st.text(words("answers.templates.about"))
    field = st.selectbox(
        words("filter.field"),
        FIELDS,
        index=None,
        format_func=lambda name: words(f"field.{name}"),
        placeholder=words("answers.all_fields"),
        key=f"answers-field-{words.lang}",
    )
    answer_templates.draw(words, field)
