"""Who walks over which pages of the hostile neighbourhood, and what a page must be like there."""

from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page

from data import areas, demo
from data.meetings import Round
from tests.browser.conftest import DESKTOP, PHONE
from tests.hostile_kiez import CODE, token
from tests.hostile_said import AREA, LINKS

SOURCE = "window.pwned = () => { window.__pwned = (window.__pwned || 0) + 1 }"
MARKS = ("pwned()", "7*7", "evil.example")  # one of them stands wherever words are shown
LOOK = Path(__file__).with_name("hostile_page.js").read_text(encoding="utf-8")
RUNNING = demo.id_of(areas.load(AREA), "project", 2)  # a granted one, with receipts and a report
HELD, TONIGHT = (demo.id_of(areas.load(AREA), "sitting", name) for name in ("held", "tonight"))
FIRST = 21  # the number of the first project after the demo's twenty


class Visit(NamedTuple):
    """Who walks over which pages."""

    who: str
    size: dict
    lang: str
    addresses: tuple[str, ...]


COOKIES = {
    **{who: ("kiezkarte_session", token(who)) for who in ("office", "jury", "admin")},
    **{who: ("kiezkarte_application", link) for who, link in LINKS.items()},
    **{
        f"ROOM{step.upper()}": ("kiezkarte_meeting", token(f"ROOM{step.upper()}")) for step in Round
    },
}
PUBLIC = (
    "results", "funded", "funded?project=2", "advice?pin=pin-1", "privacy", "imprint", "netiquette",
    f"follow?code={CODE}", "?pin=pin-8", "tablet?m=ROOMCOLLECT",
)  # fmt: skip
OFFICE = (
    "inbox", "pins", "groups", "needs", "needs?need=need-4", "needs?need=need-5", "projects",
    "projects?project=2", "projects?project=1&part=application", f"projects?project={FIRST}",
    "sittings", f"sittings?sitting={HELD}", "sittings?sitting=evil",
    f"sittings?sitting={TONIGHT}&lead=1", "meetings", "meetings?meeting=room-collect", "funds",
    "bodies", "figures", "figures?view=silence", "partners", "answers", "offers", "photos",
    "texts", "people", "safety",
)  # fmt: skip
JURY = (
    "sitting", f"sitting?sitting={HELD}", f"sitting?sitting={TONIGHT}", "proposals",
    f"sitting?sitting={TONIGHT}&lead=1", "proposals?project=3&with=7",
)  # fmt: skip
VISITS = {
    "residents": Visit("", PHONE, "ar", PUBLIC),
    "written": Visit("written", PHONE, "de", ("application", "application?step=costs", "application?step=check")),
    "running": Visit("running", PHONE, "ar", ("application",)),
    "jury": Visit("jury", PHONE, "ar", JURY),
    "office": Visit("admin", DESKTOP, "de", OFFICE),
    **{
        f"room {step}": Visit(
            f"ROOM{step.upper()}", DESKTOP, ("de", "ar")[n % 2], (f"wall?m=ROOM{step.upper()}",)
        )
        for n, step in enumerate(Round)
    },
    "desk": Visit("ROOMCOLLECT", DESKTOP, "de", ("desk?m=ROOMCOLLECT", "tablet?m=ROOMDOTS")),
}  # fmt: skip
PAPER = {
    "ROOMGROUP": tuple(f"/api/prints/{sheet}m=ROOMGROUP" for sheet in ("map?pins=1&", "cards?count=4&", "codes?", "protocol?")),
    "office": ("/api/prints/letter?route=letter-0", "/api/prints/letter?route=letter-1"),
}  # fmt: skip
FILES = {
    "office": (
        f"/api/prints/minutes?sitting={HELD}", f"/api/prints/decision?project={RUNNING}",
        "/api/exports/pins.csv", "/api/exports/pins.geojson", "/api/exports/figures.csv",
        "/api/exports/pins.csv?text=%3Cscript%3E&kind=x%0d%0aX-Evil:1",
    ),
    "running": (f"/api/prints/decision?project={RUNNING}",),
}  # fmt: skip


def noted(page: Page) -> Page:
    """Let a page note every script that somebody's words would run."""
    page.context.add_init_script(SOURCE)
    return page


def faults(page: Page) -> list[str]:
    """List what somebody's words did to a page: scripts, elements, looks; empty is right."""
    ran = [frame.url for frame in page.frames if frame.evaluate("window.__pwned || 0")]
    broken = page.locator("[data-testid=stException]").count()
    found = page.evaluate(LOOK)["faults"]
    return [*(f"ran in {url}" for url in ran), *["exception"] * broken, *found]


def words_on(page: Page) -> str:
    """Return every text that stands on a page, also in its fields."""
    return page.evaluate(LOOK)["text"]
