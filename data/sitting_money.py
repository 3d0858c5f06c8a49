"""The project behind an item: what it costs, what is left for it, and that it waits for a decision."""

import json

from data import pots, project_moves
from data.filters import local_day
from data.problems import BadInput, Conflict
from data.projects import ProjectStatus
from data.rules import ProjectId
from data.sitting_record import Item, Moment

AGAIN = frozenset(
    {
        ProjectStatus.POSTPONED,
        ProjectStatus.APPROVED,
        ProjectStatus.APPROVED_WITH_CONDITIONS,
        ProjectStatus.REJECTED,
    }
)


def sum_of(moment: Moment, item: Item) -> tuple[str, int]:
    """Return the fund and the sum in cents that an item would cost now."""
    fund, asked = asked_for(moment, item)
    standing = moment.standing.items.get(item.id)
    changed = standing.cents if standing else None
    return fund, asked if changed is None else changed


def asked_for(moment: Moment, item: Item) -> tuple[str, int]:
    """Return a project's fund and what is asked for, in cents; BadInput for what is no project."""
    if not item.project:
        raise BadInput("sitting.no_project")
    [(fund, cents)] = moment.tx.execute(
        "select fund, cents from project where id = $id", {"id": item.project}
    )
    return fund, cents


def most_for(moment: Moment, item: Item) -> int | None:
    """Return the limit of the rules that a project was made under."""
    found = moment.tx.execute(
        "select most from fund_rules join project on rules_id = fund_rules.id "
        "where project.id = $id",
        {"id": item.project},
    )
    return found[0][0] if found else None


def left_of(moment: Moment, fund: str) -> int:
    """Return what is left of a fund's pot this year, in cents."""
    return pots.left(moment.tx, fund, local_day(moment.now).year)


def wait_again(moment: Moment, project_id: ProjectId) -> None:
    """Let a project wait for the decision that is made anew."""
    [(status,)] = moment.tx.execute("select status from project where id = $id", {"id": project_id})
    if status in AGAIN:
        why = _reopened(moment)
        if status != ProjectStatus.POSTPONED and not why:
            raise Conflict("sitting.decided_elsewhere")
        project_moves.moved(
            moment.tx,
            moment.actor,
            project_id,
            ProjectStatus.BEFORE_JURY,
            now=moment.now,
            reason=why,
        )


def _reopened(moment: Moment) -> str:
    """Return why the sitting was opened again, '' when it was not."""
    found = moment.tx.execute(
        "select details from sitting_event where sitting_id = $id and what = 'reopened' "
        "order by id desc limit 1",
        {"id": moment.sitting.id},
    )
    return json.loads(found[0][0])["reason"] if found else ""
