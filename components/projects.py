"""Projects on screen: the filter, the list, the marks on the map, the proposal and its voices."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

import streamlit as st
from streamlit.components import v2

from components import cards
from components.cards import own_words, plain, speech, tag
from components.map import Mark
from components.words import Words
from data import costs
from data.costs import Cost
from data.fields import FIELDS
from data.instance import ROOT
from data.needs import Need
from data.pins import Kind, Pin
from data.projects import Fund, Project, ProjectStatus, Voices
from data.texts import isolated, lang_of
from geo.points import LonLat

NAMES = ("fund", "field", "status")
WORDS_OF = {"status": "project_status"}
ORDER: dict[str, Sequence[str]] = {
    "fund": tuple(Fund),
    "field": FIELDS,
    "status": tuple(ProjectStatus),
}
MAX_MARKS = 400  # pins of one proposal on the map; the list below has all
STEP = 0.0002  # degrees of longitude, 14 m in Berlin: a mark's width at zoom 18
NARROWER = 0.61  # a degree of longitude measured in degrees of latitude, at 52.5 N
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


@dataclass(frozen=True)
class Wanted:
    """Which projects are wanted; empty means all."""

    fund: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    status: tuple[str, ...] = ()


# --- the filter ---------------------------------------------------------------


def wanted_from(query: Mapping[str, str]) -> Wanted:
    """Read what is wanted from URL parameters; what is unknown is left out.

    >>> wanted_from({"field": "OER,x", "color": "red"})
    Wanted(fund=(), field=('OER',), status=())
    """
    asked = {name: query.get(name, "").split(",") for name in NAMES}
    return Wanted(**{name: tuple(v for v in ORDER[name] if v in asked[name]) for name in NAMES})


def filter_bar(words: Words, every: Sequence[Project], *, key: str) -> Wanted:
    """Draw the filter over what there is and return it as chosen; the address keeps it."""
    before = wanted_from(st.query_params.to_dict())
    chosen = {}
    with st.popover(words("filter.title"), icon=":material/tune:", key=f"{key}-filter"):
        for name in NAMES:
            chosen[name] = _choice(words, name, before, every, key)
        st.button(words("filter.reset"), key=f"{key}-reset", on_click=reset, args=(words, key))
    for name, values in chosen.items():
        _keep(name, ",".join(values))
    return Wanted(**chosen)


def reset(words: Words, key: str) -> None:
    """Want all projects again."""
    for name in NAMES:
        st.session_state.pop(f"{key}-{name}-{words.lang}", None)
        _keep(name, "")


def _choice(
    words: Words, name: str, before: Wanted, every: Sequence[Project], key: str
) -> tuple[str, ...]:
    asked = getattr(before, name)
    there = {getattr(project, name) for project in every} | set(asked)
    return tuple(
        st.pills(
            words(f"filter.{name}"),
            [value for value in ORDER[name] if value in there],
            selection_mode="multi",
            default=asked,
            format_func=lambda value: words(f"{WORDS_OF.get(name, name)}.{value}"),
            key=f"{key}-{name}-{words.lang}",
        )
    )


def _keep(name: str, value: str) -> None:
    if value and st.query_params.get(name) != value:
        st.query_params[name] = value
    elif not value and name in st.query_params:
        del st.query_params[name]


# --- the list and the map -------------------------------------------------------


def entries(
    words: Words,
    found: Sequence[Project],
    *,
    chosen: Project | None,
    on_open: Callable[[int], None],
) -> None:
    """Draw the list of projects; the whole entry is the button."""
    for project in found:
        is_chosen = chosen is not None and project.id == chosen.id
        with st.container(key=f"kk-entry-{project.number}", gap=None):
            st.html(_entry(words, project, is_chosen))
            st.button(
                f"{project.number} · {isolated(plain(project.title))}",
                key=f"open-{project.number}",
                type="tertiary",
                width="stretch",
                on_click=on_open,
                args=(project.number,),
            )


def _entry(words: Words, project: Project, chosen: bool) -> str:
    facts = f"{words(f'fund.{project.fund}')} · {words.money(project.cents)}"
    opened = f' <span class="kk-tag kk-open">{escape(words("proposals.opened"))}</span>'
    stands = tag(status(words, project))
    return f'<p class="kk-facts">{stands} {escape(facts)}{opened if chosen else ""}</p>'


def status(words: Words, project: Project) -> str:
    """Say where a project stands."""
    return words(f"project_status.{project.status}")


def marks(
    found: Iterable[Project], chosen: Project | None, behind: Sequence[Pin], pin: str = ""
) -> list[Mark]:
    """Mark the projects, and the pins behind the chosen one; the others step back."""
    others = [project for project in found if chosen is None or project.id != chosen.id]
    dim = "dim" if chosen else ""
    return apart(
        [
            *([_mark(chosen, "chosen")] if chosen else []),
            *(
                Mark(p.id, p.at, p.kind, "chosen" if p.id == pin else "")
                for p in behind[:MAX_MARKS]
            ),
            *(_mark(project, dim) for project in others),
        ]
    )


def _mark(project: Project, look: str) -> Mark:
    return Mark(project.id, project.at, "project", look, project.number)


def apart(marks: Sequence[Mark]) -> list[Mark]:
    """Move marks of one place some metres aside, so that each can be seen and tapped.

    The first keeps its place; the next go round it in a spiral (the golden angle), the more
    the denser: none is moved further than 41 m.

    >>> [mark.at.lon for mark in apart([Mark(id, LonLat(13.42, 52.5), "idea") for id in "ab"])]
    [13.42, 13.41985]
    >>> apart([])
    []
    """
    spots = [(round(mark.at.lon, 4), round(mark.at.lat, 4)) for mark in marks]
    many, seen, moved = Counter(spots), Counter[tuple[float, float]](), []
    for mark, spot in zip(marks, spots, strict=True):
        far = STEP * math.sqrt(seen[spot]) * min(1, 3 / math.sqrt(many[spot]))
        turn = seen[spot] * GOLDEN_ANGLE
        lon = round(mark.at.lon + far * math.cos(turn), 5)
        lat = round(mark.at.lat + far * math.sin(turn) * NARROWER, 5)
        moved.append(replace(mark, at=LonLat(lon, lat)))
        seen[spot] += 1
    return moved


# --- one proposal ---------------------------------------------------------------


def proposal(
    words: Words,
    project: Project,
    needs: Sequence[Need],
    pins: Sequence[Pin],
    *,
    head: bool = True,
) -> None:
    """Draw a proposal: what, how much, where, for whom, and the needs that it answers.

    Without `head` where the page has named it and its state already.
    """
    tags = [status(words, project), *([words("demo.label")] if project.demo else [])]
    named = (
        f'<p class="kk-tags">{"".join(map(tag, tags))}</p>'
        f'<h2 id="kk-proposal" tabindex="-1" {speech(project.title)}>{escape(project.title)}</h2>'
    )
    st.html(
        f'<article class="kk-proposal">{named if head else ""}'
        f'<p class="kk-sum">{escape(words.money(project.cents))}'
        f" <span>{escape(words(f'fund.{project.fund}'))}</span></p>"
        f"{own_words(project.description, lang_of(project.description, 'de'))}"
        f"{_facts(words, project)}{cost_table(words, project, _times)}{answered(words, needs, pins)}</article>"
    )


def _facts(words: Words, project: Project) -> str:
    climate = f" · {words('climate')}" if project.climate else ""
    ours = [
        ("number", str(project.number)),
    ]
    if not project.details.get("placeless"):  # an idea without a place stands in the middle
        ours.append(("place", words.place(project.place)))
    if project.field:  # an idea that somebody asks advice for may have none yet
        ours.append(("field", words(f"field.{project.field}") + climate))
    if project.starts_on and project.ends_on:
        days = dict.fromkeys((project.starts_on, project.ends_on))
        ours.append(("period", " – ".join(words.day(day) for day in days)))
    given = [("applicant", project.applicant)]
    given += [
        (name, project.details.get(name)) for name in ("period", "target_group", "own_contribution")
    ]
    rows = [fact(words, name, escape(text)) for name, text in ours]
    rows += [
        fact(words, name, f"<span {speech(text)}>{escape(text)}</span>")
        for name, text in given
        if isinstance(text, str) and text
    ]
    return f'<dl class="kk-dl">{"".join(rows)}</dl>'


def fact(words: Words, name: str, shown: str) -> str:
    """Return one line of what is known of a proposal, `shown` as HTML."""
    return f"<div><dt>{escape(words(f'proposal.{name}'))}</dt><dd>{shown}</dd></div>"


def cost_table(words: Words, project: Project, more: Callable[[Words, Cost], str]) -> str:
    """Return the cost plan row by row, with its sum; `more` says more of a row, both as HTML."""
    plan = costs.rows(project.details)
    if not plan:
        return ""
    rows = "".join(
        f'<tr><th scope="row"><bdi lang="{lang_of(row.item, "de")}">{escape(row.item)}</bdi>'
        f"{more(words, row)}</th><td>{escape(words.money(row.total))}</td></tr>"
        for row in plan
    )
    total = escape(words.money(costs.total(plan)))
    return (
        f'<table class="kk-costs"><caption>{escape(words("proposal.costs"))}</caption>'
        f'<thead class="kk-unseen"><tr><th scope="col">{escape(words("proposal.item"))}</th>'
        f'<th scope="col">{escape(words("proposal.amount"))}</th></tr></thead><tbody>{rows}</tbody>'
        f'<tfoot><tr><th scope="row">{escape(words("proposal.total"))}</th>'
        f"<td>{total}</td></tr></tfoot></table>"
    )


def _times(words: Words, row: Cost) -> str:
    """Say how many at which price, where it is more than one."""
    if row.quantity == 1:
        return ""
    told = f"{words.number(row.quantity)} × {words.money(row.cents)}"
    return f' <span class="kk-facts">{escape(told)}</span>'


def answered(words: Words, needs: Sequence[Need], pins: Sequence[Pin]) -> str:
    """Return the needs that a proposal answers, each with how many pins are behind it."""
    if not needs:
        return ""
    rows = "".join(
        f"<li><strong {speech(need.title)}>{escape(need.title)}</strong>"
        f'<span class="kk-facts">{escape(_need_facts(words, need, pins))}</span></li>'
        for need in needs
    )
    return f'<h3>{escape(words("proposal.needs"))}</h3><ul class="kk-needs">{rows}</ul>'


def _need_facts(words: Words, need: Need, pins: Sequence[Pin]) -> str:
    behind = sum(pin.need_id == need.id for pin in pins)
    priority = words(f"priority.{need.priority}")
    return f"{priority} · {words(f'field.{need.field}')} · {words.many('filter.found', behind)}"


# --- the voices behind it -------------------------------------------------------


def voices(words: Words, counted: Voices) -> None:
    """Draw how many said it: by kind, language and source, each a small table with bars."""
    parts = (
        ("kind", counted.kinds, "kind"),
        ("lang", counted.languages, "language"),
        ("source", counted.sources, "source"),
    )
    tables = "".join(_bars(words, name, values, says) for name, values, says in parts)
    st.html(f'<div class="kk-voices">{tables}</div>')


def _bars(words: Words, name: str, values: Mapping[str, int], says: str) -> str:
    most = max(values.values(), default=1)
    rows = "".join(
        f'<tr><th scope="row">{cards.shape(Kind(value)) if name == "kind" else ""}'
        f"{escape(words(f'{says}.{value}'))}</th><td>{escape(words.number(number))}</td>"
        f'<td class="kk-bar" aria-hidden="true">'
        f'<span style="width:{100 * number / most:.0f}%"></span></td></tr>'
        for value, number in values.items()
    )
    return (
        f'<table class="kk-bars"><caption>{escape(words(f"voices.{name}"))}</caption>'
        f'<thead class="kk-unseen"><tr><th scope="col">{escape(words(f"filter.{name}"))}</th>'
        f'<th scope="col">{escape(words("voices.number"))}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def own_voices(words: Words, pins: Sequence[Pin], *, limit: int) -> bool:
    """Draw the pins in their senders' words, so many of each kind; tell whether there are more."""
    more = False
    for kind in Kind:
        said = [pin for pin in pins if pin.kind == kind]
        if said:
            title = f"{words(f'kind.{kind}')} ({words.number(len(said))})"
            body = "".join(cards.pin_html(words, pin, with_status=False) for pin in said[:limit])
            st.html(f'<h4 class="kk-kind">{cards.shape(kind)} {escape(title)}</h4>{body}')
        more = more or len(said) > limit
    return more


# --- reading -------------------------------------------------------------------


@st.cache_resource
def _reading() -> Any:
    script = (ROOT / "static" / "proposal.js").read_text(encoding="utf-8")
    return v2.component("kiezkarte_proposal", html="<span></span>", js=script)


def read_from_the_top(number: int) -> None:
    """Bring an opened proposal (0: none) to its beginning, and the focus when it was lost."""
    _reading()(data={"number": number}, key="kk-reading")
