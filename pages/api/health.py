"""Is Kiezkarte well? `GET /api/health`, and what is loaded before the first visitor comes."""

import gc
import importlib
import threading

from starlette.requests import Request
from starlette.responses import JSONResponse

from components.words import LANGUAGES, words
from data import pins
from data.filters import Filter
from data.instance import running
from data.problems import Problem
from data.rules import VISITOR
from pages.api import map_data, packed


def health(_: Request) -> JSONResponse:
    """Answer 200 once pins can be stored and read, 503 otherwise."""
    try:
        store = running().store
        store.check()
        found = pins.count(store, VISITOR, Filter())
    except (Problem, RuntimeError):
        return JSONResponse({"ok": False}, 503, {"cache-control": "no-store"})
    answer = {"ok": True, "public_pins": found, "waiting_writes": store.pending()}
    return JSONResponse(answer, headers={"cache-control": "no-store"})


def warm_up() -> None:
    """Load in the background what the first visitor would wait for: words, drawn map, folium."""
    threading.Thread(target=_load, name="warm-up", daemon=True).start()


def _load() -> None:
    for lang in LANGUAGES:
        words(lang)("kind.idea")
    map_data.drawn()
    packed.pack_first()
    # not st_folium itself: its component is registered only when a visitor's script imports it
    importlib.import_module("folium").Map(location=[0, 0], tiles=None).get_root().render()
    gc.collect()
    gc.freeze()  # what a start makes lives for ever; no later collection walks it again
