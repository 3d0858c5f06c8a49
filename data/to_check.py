"""What funded projects handed in and nobody has looked at yet: receipts, and photos of the report."""

from collections.abc import Mapping

from data import rules
from data.rules import Act, Actor, ProjectId
from data.store import Store

# A row for each receipt and photo. Receipts are looked at while a project runs (data/expenses.py)
WAITING = (
    "(select project_id from expense join project on project.id = project_id "
    "where state = 'handed_in' and status in ('agreement', 'running') "
    "union all select project_id from report_photo join project on project.id = project_id "
    "where state = 'waiting' and status not in ('withdrawn', 'rejected'))"
)


def by_project(store: Store, actor: Actor) -> Mapping[ProjectId, int]:
    """Count what waits, by project; those where nothing does are left out."""
    rules.check(actor, Act.POT_BOOK)
    rows = store.read(f"select project_id, count(*) from {WAITING} group by project_id")  # noqa: S608
    return {ProjectId(project_id): number for project_id, number in rows}
