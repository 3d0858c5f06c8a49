"""What came of a funded project, told by who carried it out: a short report, and photos.

Photos are ours: re-encoded without metadata, as residents' photos are, and seen by nobody but
staff and the applicant before the office has released them. One that is not shown is erased.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from data import photos, pictures, rules, trail
from data.problems import BadInput, Conflict, NotFound
from data.projects import ProjectStatus
from data.rules import Act, Actor
from data.store import Store, Transaction
from data.texts import clean, not_longer

MAX_WORDS = 5000
MAX_PEOPLE = 100_000
MAX_CAPTION = 300
MAX_PHOTOS = 12
OPEN = (ProjectStatus.RUNNING, ProjectStatus.ACCOUNTED)  # when it is written
FUNDED = (  # whose report and photos everybody may see
    *(ProjectStatus.APPROVED, ProjectStatus.APPROVED_WITH_CONDITIONS, ProjectStatus.AGREEMENT),
    *(ProjectStatus.RUNNING, ProjectStatus.ACCOUNTED, ProjectStatus.CLOSED),
)


class PhotoState(StrEnum):
    """Where a photo stands."""

    WAITING = "waiting"  # for the office to look at it
    SHOWN = "shown"
    REFUSED = "refused"  # erased; that there was one is still known


@dataclass(frozen=True)
class Report:
    """What is told of a project; version 0 = nothing yet. `people` took part, None = not said."""

    words: str = ""
    people: int | None = None
    version: int = 0


@dataclass(frozen=True)
class ReportPhoto:
    """What is known of a photo without its picture. Pixels; times are UTC."""

    id: str
    project_id: str
    words: str  # what is to be seen
    width: int
    height: int
    state: PhotoState
    created_at: datetime


def get(store: Store, actor: Actor, project_id: str) -> Report:
    """Load a project's report, for the office and whoever holds its link."""
    rules.check_project(actor, Act.APPLICATION_READ, project_id)
    return _report(store, project_id)


def keep(
    store: Store,
    actor: Actor,
    project_id: str,
    *,
    words: str,
    people: int | None,
    seen: int,
    now: datetime,
) -> Report:
    """Keep a report as it was written now; the same again is one.

    `seen` is the version that was shown (0 = none): Conflict when it was changed meanwhile or the
    project does not run.
    """
    rules.check_project(actor, Act.APPLICATION_WRITE, project_id)
    given = {"words": _text(words, MAX_WORDS), "people": _people(people)}

    def job(tx: Transaction) -> None:
        stands = tx.execute(
            "select words, people, version from report where project_id = $id", {"id": project_id}
        )
        if stands and stands[0][:2] == (given["words"], given["people"]):
            return
        if (stands[0][2] if stands else 0) != seen:
            raise Conflict("report.changed_meanwhile")
        _check_open(tx, project_id)
        tx.execute(
            "insert into report values ($id, $words, $people, 1, $now) on conflict (project_id) "
            "do update set words = excluded.words, people = excluded.people, "
            "version = version + 1, changed_at = excluded.changed_at",
            {**given, "id": project_id, "now": trail.utc(now)},
        )
        kept = {"was": {"words": stands[0][0], "people": stands[0][1]}} if stands else {}
        details = {"report": True, **kept}
        trail.note(
            tx, actor, Act.APPLICATION_WRITE, "project", project_id, now=now, details=details
        )

    store.write(job)
    return _report(store, project_id)


def add_photo(
    store: Store,
    actor: Actor,
    project_id: str,
    raw: bytes,
    *,
    photo_id: str,
    words: str = "",
    now: datetime,
) -> ReportPhoto:
    """Take a photo for a report; one already taken under its id stays as it is.

    Raises BadInput for what is no picture of ours (data/pictures.py), Conflict while the project
    does not run or has as many as it may.
    """
    rules.check_project(actor, Act.APPLICATION_WRITE, project_id)
    caption = _text(words, MAX_CAPTION)
    store.write(lambda tx: _check_open(tx, project_id))  # said before the picture is unpacked
    with photos.my_turn():
        picture = pictures.taken(raw)

    def job(tx: Transaction) -> None:
        if tx.execute("select 1 from report_photo where id = $id", {"id": photo_id}):
            return
        _check_open(tx, project_id)
        _check_room(tx, project_id)
        record = {"id": photo_id, "project": project_id, "jpeg": picture.jpeg, "words": caption}
        size = {"width": picture.width, "height": picture.height}
        tx.execute(
            "insert into report_photo values "
            "($id, $project, $jpeg, $words, $width, $height, 'waiting', $now)",
            {**record, **size, "now": trail.utc(now)},
        )
        details = {"photo": photo_id}
        trail.note(
            tx, actor, Act.APPLICATION_WRITE, "project", project_id, now=now, details=details
        )

    store.write(job)
    return _photos(store, "id = $id", {"id": photo_id})[0]


def photos_of(store: Store, actor: Actor, project_id: str) -> list[ReportPhoto]:
    """List a report's photos, also those that wait, the earliest first."""
    rules.check_project(actor, Act.APPLICATION_READ, project_id)
    return _photos(store, "project_id = $id and state <> 'refused'", {"id": project_id})


def check_photo(
    store: Store,
    actor: Actor,
    photo_id: str,
    *,
    shown: bool,
    seen: str,
    words: str | None = None,
    now: datetime,
) -> None:
    """Show a report's photo to everybody, with what is to be seen on it; or erase it.

    `seen` is the state in which it was looked at: Conflict when it is another by now.
    """
    rules.check(actor, Act.PHOTO_CHECK)
    state = PhotoState.SHOWN if shown else PhotoState.REFUSED
    caption = None if words is None else _text(words, MAX_CAPTION)

    def job(tx: Transaction) -> None:
        done = tx.execute(
            "update report_photo set state = $state, words = coalesce($words, words), "
            "original = case when $shown then original end "
            "where id = $id and state = $seen and state <> 'refused' returning project_id",
            {"id": photo_id, "state": state, "shown": shown, "seen": seen, "words": caption},
        )
        if not done:
            raise Conflict("photo.changed")
        if not shown:
            tx.forget()  # the picture is erased, also where the journal kept it
        details = {"photo": photo_id, "state": state}
        trail.note(tx, actor, Act.PHOTO_CHECK, "project", done[0][0], now=now, details=details)

    store.write(job)


def picture(store: Store, actor: Actor, photo_id: str) -> bytes:
    """Give a report's photo as a JPEG: everybody a shown one, staff and its applicant each."""
    rules.check(actor, Act.PIN_READ)
    found = store.read(
        "select project_id, original, report_photo.state, status from report_photo "
        "join project on project.id = project_id where report_photo.id = $id",
        {"id": photo_id},
    )
    if not found or found[0][1] is None:
        raise NotFound("photo.none")
    project_id, jpeg, state, status = found[0]
    if state != PhotoState.SHOWN or status not in FUNDED:
        own = actor.project in (None, project_id)
        if not (rules.may(actor, Act.APPLICATION_READ) and own):
            raise NotFound("photo.none")
    return bytes(jpeg)


def told(store: Store, project_ids: Sequence[str]) -> dict[str, Report]:
    """Load what everybody may read of funded projects' reports, by project."""
    rows = store.read(
        "select project_id, words, people, report.version from report "
        "join project on project.id = project_id "
        "where project_id = any($ids) and status = 'closed'",
        {"ids": list(project_ids)},
    )
    return {project_id: Report(*rest) for project_id, *rest in rows}


def shown(store: Store, project_ids: Sequence[str]) -> list[ReportPhoto]:
    """List the photos of funded projects that everybody may see, the earliest first."""
    return _photos(
        store,
        "state = 'shown' and project_id in "
        "(select id from project where id = any($ids) and status = any($funded))",
        {"ids": list(project_ids), "funded": list(FUNDED)},
    )


# --- inside -----------------------------------------------------------------


def _report(store: Store, project_id: str) -> Report:
    found = store.read(
        "select words, people, version from report where project_id = $id", {"id": project_id}
    )
    return Report(*found[0]) if found else Report()


def _photos(store: Store, where: str, params: dict[str, object]) -> list[ReportPhoto]:
    rows = store.rows(
        "select id, project_id, words, width, height, state, created_at from report_photo "  # noqa: S608
        f"where {where} order by created_at, id",
        params or None,
    )
    return [
        ReportPhoto(
            **{
                **row,
                "state": PhotoState(row["state"]),
                "created_at": row["created_at"].replace(tzinfo=UTC),
            }
        )
        for row in rows
    ]


def _check_open(tx: Transaction, project_id: str) -> None:
    found = tx.execute("select status from project where id = $id", {"id": project_id})
    if not found:
        raise NotFound("project.not_found")
    if found[0][0] not in OPEN:
        raise Conflict("report.not_running")


def _check_room(tx: Transaction, project_id: str) -> None:
    [(many,)] = tx.execute(
        "select count(*) from report_photo where project_id = $id and state <> 'refused'",
        {"id": project_id},
    )
    if many >= MAX_PHOTOS:
        raise Conflict("report.photos_many", limit=MAX_PHOTOS)


def _text(typed: str, limit: int) -> str:
    return not_longer(clean(typed[: 20 * limit]), limit, "words", "project.words_too_long")


def _people(people: int | None) -> int | None:
    if people is None:
        return None
    if isinstance(people, bool) or not isinstance(people, int) or not 0 <= people <= MAX_PEOPLE:
        raise BadInput("report.people", field="people", limit=MAX_PEOPLE)
    return people
