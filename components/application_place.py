"""Where it takes place, on screen: by name or on the map, as a point, a line or an area."""

from html import escape

import streamlit as st

from components import application_field as part_of
from components import map as maps
from components import notices, session, spots
from components.map import Event, Look
from components.words import Words
from data.application_place import Spot
from data.applications import Application
from data.rules import ProjectId
from geo import places, shapes
from geo.points import LonLat

PART = "at"
FORMS = ("point", "line", "area")


def draw(words: Words, application: Application) -> None:
    """Draw the search, the map, and the chosen place in words."""
    area, project_id = session.instance().area, application.project.id
    spot: Spot | None = part_of.hold(application, PART).base
    notices.show(_place(project_id))
    told = words.place(places.in_words(area, spot.at)) if spot else words("application.at.open")
    st.html(f'<p class="kk-where" role="status">{escape(told)}</p>')
    spots.search(
        words, "application.at.search", key=f"spot-{project_id}",
        choose=lambda at: _choose(project_id, Spot(at)),
    )  # fmt: skip
    drawn = st.segmented_control(
        words("application.at"),
        FORMS,
        default=_shape(spot),
        required=True,
        format_func=lambda name: words(f"application.at.{name}"),
        key=f"form-{_shape(spot)}-{project_id}-{words.lang}",
    )
    st.text(words(f"application.at.{drawn}.how"))
    at = spot.at if spot else None
    look = Look(scope="none", draft=at, go=at, shape=spot.shape if spot else ())
    with st.container(key="kk-place"):
        maps.show(
            area, words, look, key=f"application-map-{drawn}", keep=False,
            taps=drawn == "point", shape={"point": False, "line": "line", "area": True}[drawn],
            on_event=lambda event: _happened(project_id, event),
        )  # fmt: skip


def _shape(spot: Spot | None) -> str:
    if spot is None or not spot.shape:
        return "point"
    return "line" if spot.line else "area"


def _happened(project_id: ProjectId, event: Event) -> None:
    if event.tap:
        _choose(project_id, Spot(event.tap))
    elif event.line:
        _choose(project_id, _drawn(event.line, line=True))
    elif event.shape:
        _choose(project_id, _drawn(event.shape, line=False))


def _drawn(corners: tuple[LonLat, ...], *, line: bool) -> Spot:
    return Spot(shapes.middle(corners, line=line), corners, line)


def _choose(project_id: ProjectId, spot: Spot) -> None:
    """Store the place that was chosen last, over whatever was shown."""
    with notices.said(_place(project_id)):
        part_of.put(project_id, PART, spot)


def _place(project_id: ProjectId) -> str:
    return f"place-{project_id}"
