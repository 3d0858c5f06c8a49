"""A fund's own way beside the states: the Projektfonds and the Baufonds walk their list of steps."""

from datetime import datetime

from data import fund_rules, projects, rules, trail
from data.filters import local_day
from data.problems import BadInput, Conflict
from data.projects import OVER, Project
from data.rules import HOUSE, Act, Actor
from data.store import Store, Transaction


def of_project(store: Store, project: Project) -> tuple[str, ...]:
    """List the steps of the rules that a project was made under; none for the Aktionsfonds."""
    if project.rules_id:
        return fund_rules.get(store, project.rules_id).steps
    return fund_rules.current(store, project.fund, local_day(project.created_at)).steps


def walk(
    store: Store, actor: Actor, project_id: str, *, step: str, version: int, now: datetime
) -> None:
    """Say at which of its fund's steps a project stands; the same once more is one.

    Raises BadInput for a step that its fund does not have, Conflict when it was changed
    meanwhile or is over.
    """
    rules.check(actor, Act.PROJECT_WRITE)
    project = projects.get(store, HOUSE, projects.ProjectId(project_id))
    if step not in of_project(store, project):
        raise BadInput("project.step_unknown", field="step")
    if project.step == step:
        return
    if project.status in OVER:
        raise Conflict("project.moved_on")

    def job(tx: Transaction) -> None:
        done = tx.execute(
            "update project set step = $step, version = version + 1, changed_at = $now "
            "where id = $id and version = $version returning id",
            {"step": step, "id": project_id, "version": version, "now": trail.utc(now)},
        )
        if not done:
            raise Conflict("project.changed_meanwhile")
        details = {"fund_step": step, "was": project.step}
        trail.note(tx, actor, Act.PROJECT_WRITE, "project", project_id, now=now, details=details)

    store.write(job)
