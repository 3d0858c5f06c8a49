"""The agenda of a sitting: what may stand on it, and how it is kept."""

from collections.abc import Sequence

from data.funds import Fund
from data.problems import BadInput, Conflict, NotFound
from data.projects import ProjectStatus
from data.sitting_record import Item, Moment
from data.texts import clean

KINDS = ("project", "ranking", "talk")
MAX_ITEMS, MAX_TITLE = 60, 200
READY = frozenset({ProjectStatus.BEFORE_JURY, ProjectStatus.POSTPONED})


def checked_items(moment: Moment, items: Sequence[Item]) -> list[Item]:
    """Return an agenda as it can be kept, or refuse it."""
    if len(items) > MAX_ITEMS:
        raise BadInput("sitting.too_many_items", field="items", limit=MAX_ITEMS)
    ids = [one.id for one in items]
    projects = [one.project for one in items if one.project]
    if len(set(ids)) < len(ids) or len(set(projects)) < len(projects):
        raise BadInput("sitting.item_twice", field="items")
    if not set(moment.standing.items) <= set(ids):
        raise Conflict("sitting.item_has_begun")
    return [_checked(moment, one) for one in items]


def store_items(moment: Moment, items: Sequence[Item]) -> None:
    """Keep the whole agenda in its order."""
    tx, sitting = moment.tx, moment.sitting.id
    ids = [one.id for one in items]
    tx.execute(
        "delete from sitting_item where sitting_id = $id and id <> all($ids::varchar[])",
        {"id": sitting, "ids": ids},
    )
    for place, one in enumerate(items, 1):
        taken = tx.execute(
            "insert into sitting_item values ($id, $sitting, $place, $kind, $project, $title) "
            "on conflict (id) do update set place = excluded.place, title = excluded.title "
            "returning sitting_id",
            {
                "id": one.id,
                "sitting": sitting,
                "place": place,
                "kind": one.kind,
                "project": one.project,
                "title": one.title,
            },
        )
        if taken != [(sitting,)]:
            raise BadInput("sitting.item_twice", field="items")


def _checked(moment: Moment, item: Item) -> Item:
    before = {one.id: one for one in moment.sitting.items}.get(item.id)
    if before and item.id in moment.standing.items:
        return before  # what was talked about keeps its name
    if item.kind not in KINDS or (item.kind == "project") != bool(item.project):
        raise BadInput("sitting.item_kind", field="items")
    title = _project_title(moment, item) if item.project else " ".join(clean(item.title).split())
    if not title:
        raise BadInput("sitting.item_title_missing", field="items")
    if len(title) > MAX_TITLE:
        raise BadInput("sitting.title_too_long", field="items", limit=MAX_TITLE)
    return Item(item.id, item.kind, title, item.project)


def _project_title(moment: Moment, item: Item) -> str:
    """Return a project's name when it waits for a decision of this body and stands nowhere else."""
    found = moment.tx.execute(
        "select title, status, fund from project where id = $id", {"id": item.project}
    )
    if not found:
        raise NotFound("project.not_found")
    title, status, fund = found[0]
    already = any(one.project == item.project for one in moment.sitting.items)
    if status not in READY and not already:
        raise BadInput("sitting.project_not_ready", field="items")
    [(kind,)] = moment.tx.execute(
        "select kind from body where id = $id", {"id": moment.sitting.body}
    )
    if (fund == Fund.AKTIONSFONDS) != (kind == "jury"):  # each body decides on its own funds
        raise BadInput("sitting.other_body", field="items")
    if moment.tx.execute(
        "select 1 from sitting_item join sitting on sitting.id = sitting_id "
        "where project_id = $id and sitting_id <> $sitting and state <> 'closed'",
        {"id": item.project, "sitting": moment.sitting.id},
    ):
        raise Conflict("sitting.on_another_agenda")
    return title
