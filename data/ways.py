"""A need's way so far, as the public steps that a pin is told which joins it or returns to it."""

import json
from typing import Any

from data.store import Transaction
from data.texts import LANGUAGES

Told = tuple[str, dict[str, Any]]  # a public step and its details


def of(tx: Transaction, need_id: str) -> list[Told]:
    """List the steps that say where a need stands, inside a write: grouped first, its end last."""
    names = ("number", "title", "status", "authority", "public_sentence", "ending")
    [row] = tx.execute(
        f"select {', '.join(names)} from need where id = $id",  # noqa: S608
        {"id": need_id},
    )
    number, title, status, authority, sentence, ending = row
    steps: list[Told] = [("grouped", {"need": number, "title": title})]
    if authority:
        steps.append(("forwarded", {"authority": authority, "sentence": sentence}))
        steps += _results(tx, need_id)
    if status == "project":
        steps += [("project", told) for told in _projects(tx, need_id, over=False)]
    if answers := _answers(tx, need_id):
        steps.append(("answered", {"answers": answers}))
    if status in ("done", "not_feasible"):
        ends = [{"sentence": ending}] if ending else _projects(tx, need_id, over=True)
        steps += [(status, told) for told in ends]
    return steps


def _results(tx: Transaction, need_id: str) -> list[Told]:
    """List what came back from those that it was handed on to."""
    found = tx.execute(
        "select authority, state, told from route where need_id = $id and not discarded "
        "and state in ('answered', 'done', 'refused') order by answered_on, number",
        {"id": need_id},
    )
    return [
        (f"route_{state}", {"authority": authority, **({"answers": said} if said else {})})
        for authority, state, told in found
        if (said := json.loads(told)) is not None
    ]


def _projects(tx: Transaction, need_id: str, *, over: bool) -> list[dict[str, Any]]:
    """List the projects that a need is part of, or that it was done with."""
    found = tx.execute(
        "select number, title from project where status not in ('draft', 'rejected', 'withdrawn') "
        "and (not $over or status = 'closed') and id in "
        "(select project_id from project_need where need_id = $id) order by number",
        {"id": need_id, "over": over},
    )
    return [{"project": number, "title": title} for number, title in found]


def _answers(tx: Transaction, need_id: str) -> dict[str, str]:
    """Return what the public is told about a need, by language; the same answer, the same text."""
    found = tx.execute(
        "select lang, words from answer where thing = 'need' and thing_id = $id "
        "order by list_position($langs, lang)",
        {"id": need_id, "langs": list(LANGUAGES)},
    )
    return {lang: words for lang, words in found}
