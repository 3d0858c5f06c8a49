"""What everybody may know of a project: its decision, its report and its photos, and no more."""

import io

import pytest
from PIL import Image

from data import funded, needs, pictures, pots, project_moves, project_reports, projects, results
from data.funded import Stage
from data.problems import BadInput, Conflict, NotAllowed, NotFound
from data.projects import ProjectStatus as S
from data.rules import HOUSE, VISITOR, Actor, Role
from tests.data.test_pictures import REFUSED, TAKEN, with_everything

APPLICANT = Actor(Role.APPLICANT, project="project-1")
STRANGER = Actor(Role.APPLICANT, project="project-2")
SECRET = "Nur für das Büro: Frau Beispiel"
TO_RUNNING = ("submitted", "checking", "before_jury", "approved", "agreement", "running")


@pytest.fixture
def project(store, area, office, now, spots, released):
    """A draft with one need of one pin, and a pin that it answers directly."""
    ids = released("Zu dunkel", "Der Weg ist schön")
    needs.create(
        store, office, need_id="need-1", title="Mehr Licht", field="OER", priority="now",
        pin_ids=ids[:1], now=now,
    )  # fmt: skip
    pots.allot(store, HOUSE, fund="aktionsfonds", year=2026, cents=1_000_00, seen=0, now=now)
    projects.create(
        store, office, project_id="project-1", title="Lampen", description=SECRET, applicant=SECRET,
        fund="aktionsfonds", cents=780_00, field="OER", climate=False, at=spots.lawn, area=area,
        need_ids=["need-1"], pin_ids=ids[1:], status=S.DRAFT, now=now,
    )  # fmt: skip
    return ids


def go(store, now, *states):
    for state in states:
        version = projects.get(store, HOUSE, "project-1").version
        project_moves.move(
            store, HOUSE, "project-1", to=state, version=version, reason="Darum.",
            conditions="Nur abends.", now=now,
        )  # fmt: skip


def picture():
    raw = io.BytesIO()
    Image.new("RGB", (120, 90), "green").save(raw, "JPEG", exif=b"Exif\x00\x00secret")
    return raw.getvalue()


def add(store, now, actor=APPLICANT, photo_id="photo-1"):
    return project_reports.add_photo(
        store, actor, "project-1", picture(), photo_id=photo_id, words="Lampen", now=now
    )


def test_drafts_and_withdrawn_projects_are_nobodys(store, now, project):
    assert funded.listing(store) == []
    assert funded.of_pins(store, project) == {}
    go(store, now, "submitted")
    assert [one.stage for one in funded.listing(store)] == [Stage.OPEN]
    go(store, now, "withdrawn")
    assert funded.listing(store) == []
    assert funded.of_pins(store, project) == {}


@pytest.mark.parametrize(
    ("end", "stage"),
    [
        ("approved_with_conditions", Stage.RUNNING),
        ("postponed", Stage.NOT_FUNDED),
        ("rejected", Stage.NOT_FUNDED),
    ],
)
def test_a_decision_is_told_with_its_reason_and_nothing_of_the_office(
    store, now, project, end, stage
):
    go(store, now, *TO_RUNNING[:3], end)
    [one] = funded.listing(store)
    assert (one.stage, one.reason) == (stage, "Darum.")
    assert one.decided_at == now
    assert one.granted == (780_00 if stage is Stage.RUNNING else None)
    assert one.conditions == ("Nur abends." if stage is Stage.RUNNING else "")
    assert funded.needs_of(store, one) == [(1, "Mehr Licht", 1)]
    assert SECRET not in repr((one, results.way_of(store, one.entry)))
    assert {pin.id for pin in results.behind(store, one.entry)} == set(project)


def test_while_it_waits_again_no_old_decision_is_told(store, now, project):
    go(store, now, *TO_RUNNING[:3], "rejected", "before_jury")
    [one] = funded.listing(store)
    assert (one.stage, one.reason, one.decided_at) == (Stage.OPEN, "", None)


def test_every_pin_behind_leads_to_its_project(store, now, project):
    go(store, now, "submitted")
    assert funded.of_pins(store, project) == {pin_id: [(1, "Lampen")] for pin_id in project}
    [one] = funded.listing(store)
    assert funded.needs_of(store, one) == [(1, "Mehr Licht", 1)]


# --- report and photos --------------------------------------------------------


def test_a_report_is_public_once_the_project_is_closed(store, now, project):
    with pytest.raises(Conflict, match=r"report\.not_running"):
        project_reports.keep(
            store, APPLICANT, "project-1", words="Schön", people=9, seen=0, now=now
        )
    go(store, now, *TO_RUNNING)
    for _ in range(2):  # a double click
        project_reports.keep(
            store, APPLICANT, "project-1", words="Schön", people=9, seen=0, now=now
        )
    with pytest.raises(Conflict, match="changed_meanwhile"):
        project_reports.keep(store, HOUSE, "project-1", words="Neu", people=9, seen=0, now=now)
    [one] = funded.listing(store)
    assert funded.result_of(store, one).report is None
    go(store, now, "accounted", "closed")
    [one] = funded.listing(store)
    assert funded.result_of(store, one).report.words == "Schön"


@pytest.mark.parametrize("people", [-1, 100_001, True, "9"])
def test_an_impossible_number_of_people_is_refused(store, now, project, people):
    go(store, now, *TO_RUNNING)
    with pytest.raises(BadInput):
        project_reports.keep(
            store, APPLICANT, "project-1", words="", people=people, seen=0, now=now
        )


def test_a_photo_is_seen_by_nobody_else_before_its_release(store, office, now, project):
    go(store, now, *TO_RUNNING)
    assert add(store, now) == add(store, now)  # sent twice it is one
    for actor in (VISITOR, STRANGER, Actor(Role.JURY)):
        with pytest.raises(NotFound):
            project_reports.picture(store, actor, "photo-1")
    assert b"secret" not in project_reports.picture(store, APPLICANT, "photo-1")
    [one] = funded.listing(store)
    assert funded.result_of(store, one).photos == ()
    project_reports.check_photo(store, office, "photo-1", shown=True, seen="waiting", now=now)
    assert project_reports.picture(store, VISITOR, "photo-1")
    assert len(funded.result_of(store, one).photos) == 1
    with pytest.raises(Conflict):
        project_reports.check_photo(store, office, "photo-1", shown=False, seen="waiting", now=now)
    project_reports.check_photo(store, office, "photo-1", shown=False, seen="shown", now=now)
    with pytest.raises(NotFound):
        project_reports.picture(store, office, "photo-1")  # erased


HOSTILE = (
    *("a page", "svg", "zip", "gif before a jpeg", "page before a jpeg", "heic", "moving webp"),
    *("half a jpeg", "png without pixels", "tiny file, huge jpeg", "png bomb", "too many bytes"),
    *("tiny file, huge webp", "jpeg in 3000 passes", "png of many pieces", "a stripe", "nothing"),
)


def test_what_no_resident_may_send_as_a_photo_no_applicant_may(store, now, project, fingerprint):
    go(store, now, *TO_RUNNING)
    before = fingerprint(store)
    for name in HOSTILE:
        raw, why = REFUSED[name]
        with pytest.raises(BadInput, match=f"photo.{why}"):
            project_reports.add_photo(store, APPLICANT, "project-1", raw, photo_id=name, now=now)
    assert fingerprint(store) == before


def test_of_a_reports_photo_only_what_one_sees_is_stored(store, now, project):
    go(store, now, *TO_RUNNING)
    page, packed = TAKEN["with rubbish behind it"], TAKEN["with a zip behind it"]
    place = with_everything()
    hidden = ((page, b"<script"), (packed, b"PK\x03\x04"), (place, b"Geheim"), (place, b"Exif"))
    for n, (raw, secret) in enumerate(hidden):
        assert secret in raw
        named = {"photo_id": f"photo-{n}", "now": now}
        project_reports.add_photo(store, APPLICANT, "project-1", raw, **named)
        kept = project_reports.picture(store, APPLICANT, f"photo-{n}")
        assert kept == pictures.taken(raw).jpeg
        assert secret not in kept


def test_photos_are_the_own_projects_and_not_endless(store, now, project, monkeypatch):
    go(store, now, *TO_RUNNING)
    with pytest.raises(NotAllowed):
        add(store, now, STRANGER)
    with pytest.raises(BadInput):
        project_reports.add_photo(store, APPLICANT, "project-1", b"GIF", photo_id="x", now=now)
    monkeypatch.setattr(project_reports, "MAX_PHOTOS", 1)
    add(store, now)
    with pytest.raises(Conflict, match="photos_many"):
        add(store, now, photo_id="photo-2")
