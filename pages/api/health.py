"""Is Kiezkarte well? `GET /api/health`, and what is loaded before the first visitor comes."""

import gc
import importlib
import threading

from starlette.requests import Request
from starlette.responses import JSONResponse

from components.words import LANGUAGES, words
from data import pins, safety
from data.filters import Filter
from data.instance import running
from data.problems import Problem
from data.rules import VISITOR
from data.safety import Report, What
from pages.api import map_data, packed


def health(_: Request) -> JSONResponse:
    """Answer 200 once pins can be stored and read, 503 otherwise; nothing about anybody.

    `live`: the server answers. `ready`: it takes and gives pins. The times are UTC.
    """
    try:
        store = running().store
        store.check()
        found = pins.count(store, VISITOR, Filter())
        answer = {
            "ok": True,
            "live": True,
            "ready": True,
            "public_pins": found,
            "waiting_writes": store.pending(),
            "last_backup": _told(safety.last(store, What.BACKUP)),
            "last_drill": _told(safety.last(store, What.DRILL)),
        }
    except (Problem, RuntimeError):
        broken = {"ok": False, "live": True, "ready": False}
        return JSONResponse(broken, 503, {"cache-control": "no-store"})
    return JSONResponse(answer, headers={"cache-control": "no-store"})


def _told(report: Report | None) -> dict[str, object] | None:
    """Say when something was done and whether it went well, never where or why not."""
    return {"at": f"{report.at:%Y-%m-%dT%H:%MZ}", "ok": report.ok} if report else None


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
