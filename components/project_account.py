"""What a funded project spends and tells: receipts against the cost plan, report and photos.

For who carries it out, by the private link, and for the office, who looks at each receipt.
"""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import frame, notices, project_receipts, project_report, session
from components.words import Words
from data import costs, expenses, pot_sums
from data.expenses import Expense
from data.project_moves import GRANTED
from data.projects import Project
from data.projects import ProjectStatus as S

SEEN = frozenset({*GRANTED, S.AGREEMENT, S.RUNNING, S.ACCOUNTED, S.CLOSED})


def draw(words: Words, project: Project, *, head: str = "###") -> None:
    """Draw the account of a project that was granted; nothing before. `head` is its headings' level."""
    if project.status not in SEEN:
        return
    frame.look("account")
    here, actor = session.instance(), session.applying()
    found = expenses.of_project(here.store, actor, project.id)
    st.markdown(f"{head} {words('account.title')}")
    _sums(words, project, pot_sums.of_project(here.store, project.id))
    _plan(words, project, found)
    notices.show(project_receipts.PLACE)
    project_receipts.draw(words, project, found)
    project_report.draw(words, project, head=head)


# --- inside -----------------------------------------------------------------


def _sums(words: Words, project: Project, sums: pot_sums.Sums) -> None:
    told = [
        ("granted", project.granted or 0),
        ("paid", sums.paid),
        ("accounted", sums.accounted),
        *([("returned", sums.returned)] if sums.returned else []),
    ]
    tiles = "".join(
        f'<li><strong class="kk-amount">{escape(words.money(cents))}</strong> '
        f"{escape(words(f'account.{name}'))}</li>"
        for name, cents in told
    )
    st.html(f'<ul class="kk-account-sums">{tiles}</ul>')
    kept = sums.paid - sums.returned
    if project.status == S.ACCOUNTED and kept != sums.accounted:
        name = "to_return" if kept > sums.accounted else "to_pay"
        st.info(words(f"account.{name}", sum=words.money(abs(kept - sums.accounted))))


def _plan(words: Words, project: Project, found: Sequence[Expense]) -> None:
    """Draw the cost plan with what was spent on each row; what is in no row stands below."""
    plan = costs.rows(project.details)
    if not plan:
        return
    lines = [
        (escape(row.item), row.total, expenses.spent(found, number))
        for number, row in enumerate(plan)
    ]
    rest = expenses.spent(found, None)
    if any(rest):
        lines.append((escape(words("account.no_row")), 0, rest))
    total = expenses.spent(found)
    opened = bool(total.handed_in)  # nothing waits: no column for it
    lines_html = "".join(_line(words, *line, opened=opened) for line in lines)
    heads = "".join(
        f'<th scope="col">{escape(words(f"account.head.{name}"))}</th>'
        for name in ("item", "planned", "spent", *(["open"] if opened else []))
    )
    whole = _line(words, escape(words("account.total")), costs.total(plan), total, opened=opened)
    st.html(
        f'<div class="kk-scroll" tabindex="0" role="region" aria-label="{escape(words("account.plan"))}">'
        f'<table class="kk-costs kk-spending"><caption>{escape(words("account.plan"))}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{lines_html}</tbody><tfoot>{whole}</tfoot></table></div>"
    )


def _line(words: Words, item: str, planned: int, spent: expenses.Spent, *, opened: bool) -> str:
    over = ' class="kk-over"' if planned and spent.accepted > planned else ""
    cells = (planned, spent.accepted, *([spent.handed_in] if opened else []))
    sums = "".join(f"<td>{escape(words.money(cents)) if cents else '–'}</td>" for cents in cells)
    return f'<tr{over}><th scope="row"><bdi>{item}</bdi></th>{sums}</tr>'
