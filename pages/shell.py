"""Streamlit's main script: language, who is here, the pages by audience, and the page itself."""

import streamlit as st

from components import frame, session
from data import legal, settings, worklists
from data.instance import ROOT
from data.rules import Act, may

words = session.the_words()
st.set_page_config(
    page_title=f"Kiezkarte – {session.instance().area.title}",
    page_icon=str(ROOT / "static" / "icon.svg"),
    layout="wide",
    initial_sidebar_state="collapsed",
)
actor = session.actor()

# Every page is known to everyone (an unknown one would be an English dialog);
# what it shows is decided in data/, and each staff page asks for the right first.
RESIDENTS = {
    "map": st.Page("residents/map.py", title=words("page.map"), default=True),
    "results": st.Page("residents/results.py", title=words("page.results"), url_path="results"),
    "follow": st.Page("residents/follow.py", title=words("page.follow"), url_path="follow"),
    "funded": st.Page("residents/funded.py", title=words("page.funded"), url_path="funded"),
    "advice": st.Page("residents/advice.py", title=words("page.advice"), url_path="advice"),
    "about": st.Page("residents/about.py", title=words("page.about"), url_path="about"),
}
SECOND = ("advice", "funded", "about")  # behind "more", so that a phone belongs to the map
APPLICANT = {
    "application": st.Page(
        "residents/application.py", title=words("page.application"), url_path="application"
    )
}
OFFICE = {
    name: st.Page(f"office/{name}.py", title=words(f"page.{name}"), url_path=name)
    for name in ("inbox", "pins", "groups", "needs", "projects", "sittings", "meetings")
}
DESK = {
    name: st.Page(f"office/{name}.py", title=words(f"page.{name}"), url_path=name)
    for name in ("funds", "bodies", "figures", "partners", "answers", "offers", "photos", "texts")
}
MEETING = {
    name: st.Page(f"meeting/{name}.py", title=words(f"page.{name}"), url_path=name)
    for name in ("tablet", "desk", "wall")
}
ADMIN = {
    name: st.Page(f"office/{name}.py", title=words(f"page.{name}"), url_path=name)
    for name in ("people", "safety")
}
LEGAL = {
    name: st.Page(f"residents/legal_{name}.py", title=words(f"page.{name}"), url_path=name)
    for name in legal.PAGES
}
JURY = {
    name: st.Page(f"jury/{name}.py", title=words(f"page.{name}"), url_path=name)
    for name in ("proposals", "sitting")
}
pages = {**RESIDENTS, **APPLICANT, **OFFICE, **DESK, **JURY, **ADMIN, **MEETING, **LEGAL}
page = st.navigation(list(pages.values()), position="hidden")
shown = [page for name, page in RESIDENTS.items() if name not in SECOND]
more, waiting = [RESIDENTS[name] for name in SECOND], {}
if may(actor, Act.PIN_REVIEW):
    counted = worklists.counts(session.instance().store, actor, now=session.now())
    waiting = {page: counted[name] for page, name in worklists.PAGES.items()}
    shown = [pages["map"], *OFFICE.values()]
    more = [JURY["proposals"], *DESK.values(), pages["results"], pages["funded"]]
elif may(actor, Act.PROJECT_READ):
    shown, more = list(JURY.values()), [DESK["funds"], DESK["partners"], *RESIDENTS.values()]
if may(actor, Act.PERSON_MANAGE):
    more += ADMIN.values()
st.session_state["pages"] = pages
if page in MEETING.values():  # a page of its own kind: no ways lead out of it by accident
    frame.bare(words)
    page.run()
else:
    demo = settings.get(session.instance().store, "demo") == "1"
    frame.top(words, actor, frame.Ways(shown, more, page, waiting), demo=demo)
    try:
        page.run()
    finally:  # also below a page that stopped at its gate
        frame.foot(words, list(LEGAL.values()), page)
