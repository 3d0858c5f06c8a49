"""The check that foreign keys would make: every row's references are there."""

from data.store import Store

OF_PROJECTS = (
    *("project_pin", "project_contact", "project_link", "consultation", "agreement", "expense"),
    *("report", "report_photo", "booking", "sitting_item", "jury_note"),
)
# what hangs in the air: name -> query of the ids that point at nothing
DANGLING = {
    "pin.need_id": "select id from pin where need_id is not null "
    "and need_id not in (select id from need)",
    "pin.status": "select id from pin where (need_id is null) <> "
    "(status not in ('grouped', 'forwarded', 'in_project', 'done', 'not_feasible')) "
    # a project may answer a pin that stands in no need
    "and not (status in ('in_project', 'done') and id in (select pin_id from project_pin))",
    "project_pin.pin_id": "select pin_id from project_pin where pin_id not in (select id from pin)",
    "receipt.pin_id": "select code_hash from receipt where pin_id not in (select id from pin)",
    "project_need.project_id": "select project_id from project_need "
    "where project_id not in (select id from project)",
    "project_need.need_id": "select need_id from project_need "
    "where need_id not in (select id from need)",
    **{
        f"{table}.project_id": f"select project_id from {table} "  # noqa: S608
        "where project_id is not null and project_id not in (select id from project)"
        for table in OF_PROJECTS
    },
    "login_session.person_id": "select token_hash from login_session "
    "where person_id not in (select id from person)",
    "trail.pin": "select thing_id from trail where thing = 'pin' "
    "and thing_id not in (select id from pin)",
    "trail.need": "select thing_id from trail where thing = 'need' "
    "and thing_id not in (select id from need)",
    "trail.project": "select thing_id from trail where thing = 'project' "
    "and thing_id not in (select id from project)",
}


def dangling(store: Store) -> dict[str, list[str]]:
    """List what points at nothing, by the reference's name; {} when everything is in order."""
    found = {name: [row[0] for row in store.read(query)] for name, query in DANGLING.items()}
    return {name: ids for name, ids in found.items() if ids}
