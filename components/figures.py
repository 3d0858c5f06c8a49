"""The charts of the office: from what was counted to tables with bars and a sentence each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

from components import cards, charts
from components.charts import Bar, Chart
from components.words import Words
from data.answer_times import STEPS, Answers
from data.fields import FIELDS
from data.figures import Figures, Row
from data.filters import Filter
from data.pins import Kind
from data.texts import isolated

MOST_MEETINGS = 20


def said(words: Words, counted: Figures) -> str:
    """Say how many pins there are, and that some of them nobody else sees."""
    parts = [words.many("filter.found", counted.pins)]
    if counted.waiting:
        parts.append(words.many("figures.waiting", counted.waiting))
    if counted.hidden:
        parts.append(words.many("figures.hidden", counted.hidden))
    return " · ".join(parts)


def every(words: Words, counted: Figures, told: Answers, wanted: Filter) -> Iterator[Chart]:
    """Draw up all charts; a tap on a row leads to its pins."""
    yield _over_time(words, counted, wanted)
    yield _kinds(words, counted, wanted)
    yield from _answers(words, told, wanted)
    yield _side(words, "status", "status", counted.statuses, wanted)
    yield _side(words, "lang", "language", counted.languages, wanted)
    yield _side(words, "source", "source", counted.sources, wanted)
    yield _meetings(words, counted, wanted)


def _over_time(words: Words, counted: Figures, wanted: Filter) -> Chart:
    bars = [
        Bar(
            charts.period(words, first, counted.step),
            row.kinds,
            charts.way(
                words,
                "pins",
                replace(
                    wanted,
                    since=max(first, wanted.since or first),
                    until=min(last, wanted.until or last),
                ),
            ),
        )
        for first, last, row in counted.periods
    ]
    most = max(bars, key=lambda bar: bar.all)
    says = words(f"figures.most.{counted.step}", period=most.label, n=words.number(most.all))
    head = words(f"figures.step.{counted.step}")
    return Chart("time", words("figures.time"), says, head, bars, kinds=True)


def _kinds(words: Words, counted: Figures, wanted: Filter) -> Chart:
    bars = [
        Bar(
            words(f"field.{row.value}") if row.value in FIELDS else words("field.none"),
            row.kinds,
            charts.way(words, "pins", replace(wanted, field=(row.value,))) if row.value else "",
        )
        for row in counted.fields
    ]
    title = words("figures.fields")
    return Chart("field", title, _most(words, bars), words("filter.field"), bars, kinds=True)


def _side(words: Words, name: str, says: str, rows: Sequence[Row], wanted: Filter) -> Chart:
    sum_of = sum(row.pins for row in rows)
    bars = [
        Bar(
            words(f"{says}.{row.value}"),
            (row.pins,),
            charts.way(words, "pins", replace(wanted, **{name: (row.value,)})),
            note=charts.percent(words, row.pins, sum_of),
        )
        for row in rows
    ]
    return Chart(
        name, words(f"figures.{name}"), _most(words, bars), words(f"filter.{name}"), bars,
        note=words("figures.share"),
    )  # fmt: skip


def _meetings(words: Words, counted: Figures, wanted: Filter) -> Chart:
    bars = [
        Bar(
            counted.titles.get(row.value, words("figures.meeting_unknown")),
            row.kinds,
            charts.way(words, "pins", replace(wanted, meeting=row.value)),
        )
        for row in counted.meetings[:MOST_MEETINGS]
    ]
    rest = counted.meetings[MOST_MEETINGS:]
    if rest:
        sums = tuple(map(sum, zip(*(row.kinds for row in rest), strict=True)))
        bars.append(Bar(words("figures.meetings_more"), sums))
    title = words("figures.meeting")
    return Chart("meeting", title, _most(words, bars), words("source.meeting"), bars, kinds=True)


def _answers(words: Words, told: Answers, wanted: Filter) -> Iterator[Chart]:
    if told.answered:
        bars = [
            Bar(
                words.many("figures.within", days // 7),
                (number,),
                note=charts.percent(words, number, told.answered),
            )
            for days, number in zip(STEPS, told.within, strict=True)
        ]
        bars.append(
            Bar(
                words("figures.within_all"),
                (told.answered,),
                note=words("figures.percent", n="100"),
            )
        )
        head, share = words("figures.answered_head"), words("figures.share")
        yield Chart(
            "answered", words("figures.answered"), _median(words, told), head, bars, note=share
        )
    if told.waiting:
        yield _ages(words, told)
        yield _promised(words, told, wanted)


def _median(words: Words, told: Answers) -> str:
    says = words.many("figures.median", told.median_days or 0)
    dated = told.in_time + told.late
    if not dated:
        return says
    kept = words("figures.kept", n=words.number(told.in_time), all=words.number(dated))
    return f"{says} {kept}"


def _ages(words: Words, told: Answers) -> Chart:
    begins = (0, *(days // 7 for days in STEPS))
    bars = [
        Bar(
            words("figures.age", a=words.number(a), b=words.number(b)), (number,),
            note=charts.percent(words, number, told.waiting),
        )
        for a, b, number in zip(begins, begins[1:], told.ages, strict=False)
    ]  # fmt: skip
    older = told.ages[-1]
    bars.append(
        Bar(
            words("figures.age_more", n=words.number(begins[-1])), (older,),
            note=charts.percent(words, older, told.waiting),
        )
    )  # fmt: skip
    return Chart(
        "ages", words("figures.ages"), words.many("figures.ages_say", told.waiting),
        words("figures.ages_head"), bars, note=words("figures.share"),
    )  # fmt: skip


def _promised(words: Words, told: Answers, wanted: Filter) -> Chart:
    # The page of answers knows no filter: without one it lists what is counted here
    to = charts.way(words, "answers", wanted) if wanted == Filter() else ""
    bars = [
        Bar(
            words(f"figures.due.{name}"), (getattr(told, name),), to if name == "overdue" else "",
            note=charts.percent(words, getattr(told, name), told.waiting),
        )
        for name in ("overdue", "soon", "later", "undated")
    ]  # fmt: skip
    says = (
        words.many("figures.overdue", told.overdue)
        if told.overdue
        else words("figures.overdue_none")
    )
    return Chart(
        "due", words("figures.due"), says, words("figures.due_head"), bars,
        note=words("figures.share"),
    )  # fmt: skip


def _most(words: Words, bars: Sequence[Bar]) -> str:
    """Say which row has most."""
    if not bars:
        return ""
    most, sum_of = max(bars, key=lambda bar: bar.all), sum(bar.all for bar in bars)
    numbers = {"n": words.number(most.all), "all": words.number(sum_of)}
    return words("figures.most", value=isolated(most.label), **numbers)


def legend(words: Words) -> str:
    """Return what the three looks of a bar stand for, as HTML."""
    parts = "".join(
        f"<span>{cards.shape(kind)} {escape(words(f'kind.{kind}'))}</span>" for kind in Kind
    )
    return f'<p class="kk-legend">{parts}</p>'
