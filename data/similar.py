"""Earlier projects that resemble a proposal, and what came of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data import projects, rules
from data.projects import Project, ProjectStatus
from data.rules import Act, Actor
from data.store import Store
from geo import kinship, meaning
from geo.points import metres

NEAR = 400.0  # metres: so far two projects may still be for the same neighbours
ENOUGH = 2.3  # points; the same field of action on the same spot alone is no resemblance
NEED, FIELD, PLACE, SUBJECTS, WORDS = 2.5, 1.0, 1.0, 3.0, 0.7  # what each may add at most
MOST_WORDS = 3  # words in common that count
LONG = 7  # letters of a word that may say what a text is about; its beginning is compared
RARE = 0.2  # of all projects: a word in more of them tells nothing
UNDECIDED = frozenset(
    {
        ProjectStatus.DRAFT,
        ProjectStatus.SUBMITTED,
        ProjectStatus.CHECKING,
        ProjectStatus.REVISION,
        ProjectStatus.BEFORE_JURY,
    }
)


@dataclass(frozen=True)
class Similar:
    """An earlier project, why it resembles, and what its report says. The distance is in metres."""

    project: Project
    metres: float
    same_need: bool
    same_field: bool
    subjects: tuple[str, ...]  # keys, the telling ones first
    words: tuple[str, ...]  # that both use, as the earlier one writes them
    report: str
    people: int | None  # who took part
    points: float


def earlier(store: Store, actor: Actor, project: Project, *, limit: int = 4) -> list[Similar]:
    """List decided projects that are about the same matter, place or need, the likest first."""
    rules.check(actor, Act.PROJECT_READ)
    others = [
        one
        for one in projects.listing(store, actor)
        if one.id != project.id and one.status not in UNDECIDED
    ]
    if not others:
        return []
    every = [project, *others]
    subjects, words, reports = _subjects(every), _words(every), _reports(store, others)
    found = [
        _compared(project, one, subjects[n], words[n], reports.get(one.id, ("", None)))
        for n, one in enumerate(others)
    ]
    alike = [one for one in found if one.points >= ENOUGH]
    return sorted(alike, key=lambda one: (-one.points, one.metres, one.project.number))[:limit]


# --- inside -----------------------------------------------------------------


def _text(project: Project) -> str:
    """Return what a project is about; what is to be bought often says more than the title."""
    rows = project.details.get("costs")
    rows = rows if isinstance(rows, list) else []
    bought = " ".join(str(row.get("item", "")) for row in rows if isinstance(row, Mapping))
    return f"{project.title}. {bought}. {project.description}"


def _subjects(every: Sequence[Project]) -> list[tuple[float, tuple[str, ...]]]:
    """Return how much the first one's subjects are each other's (0 to 1), and which they share."""
    subjects = [meaning.subjects_of(_text(one)) for one in every]
    units = kinship.weigh_subjects(subjects)
    return [
        (float(units[0] @ unit), tuple(sorted(subjects[0] & theirs)))
        for unit, theirs in zip(units[1:], subjects[1:], strict=True)
    ]


def _words(every: Sequence[Project]) -> list[tuple[str, ...]]:
    """Return the rarer words that the first one shares with each other, as that one writes them."""
    said = [
        {meaning.fold(word)[: LONG - 1]: word for word in meaning.words_of(_text(one))
         if len(word) >= LONG}
        for one in every
    ]  # fmt: skip
    many = Counter(beginning for one in said for beginning in one)
    rare = {beginning for beginning, n in many.items() if n <= max(2, RARE * len(every))}
    mine = said[0].keys() & rare
    return [tuple(one[beginning] for beginning in sorted(mine & one.keys())) for one in said[1:]]


def _compared(
    project: Project,
    other: Project,
    subjects: tuple[float, tuple[str, ...]],
    words: tuple[str, ...],
    report: tuple[str, int | None],
) -> Similar:
    shared, names = subjects
    far = metres(project.at, other.at)
    need, field = bool(set(project.needs) & set(other.needs)), project.field == other.field
    points = NEED * need + FIELD * field + SUBJECTS * shared
    points += PLACE * max(0.0, 1 - far / NEAR) + WORDS * min(MOST_WORDS, len(words))
    return Similar(other, far, need, field, names, words, *report, round(points, 3))


def _reports(store: Store, some: Sequence[Project]) -> dict[str, tuple[str, int | None]]:
    rows = store.read(
        "select project_id, words, people from report where project_id = any($ids)",
        {"ids": [one.id for one in some]},
    )
    return {project_id: (words, people) for project_id, words, people in rows}
