"""Where few voices are heard: squares, their share, languages and fields."""

import json
from datetime import UTC, datetime

import pytest

from data import areas, pins, silence
from data.filters import Box, Filter
from data.rules import HOUSE
from geo import grid
from geo import silence as squares
from geo.area import contains
from geo.silence import Level

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
def loud(store, area, draft):
    """Put so many pins into each of some squares, released."""

    def put(per_square, chosen, **more):
        every = squares.squares(area)
        wanted = range(len(every))[chosen] if isinstance(chosen, slice) else chosen
        drafts = [
            draft(id=f"loud-{i}-{n}", at=every[i].at, released=True, **more)
            for i in wanted
            for n in range(per_square)
        ]
        pins.add(store, HOUSE, area, drafts, now=NOW)

    return put


def test_squares_lie_where_people_live_and_their_shares_are_a_whole(area):
    found = squares.squares(area)
    assert 20 <= len(found) <= 40  # 18 hectares
    assert sum(square.share for square in found) == pytest.approx(1)
    for square in found:
        assert contains(area, square.at)
        assert tuple(n >> squares.SHIFT for n in grid.cell(square.at)) == (square.x, square.y)


def test_nobody_heard_is_no_silence_to_plan_by(store, area, office):
    found = silence.heard(store, office, area, Filter())
    assert (found.voices, found.quiet) == (0, ())


def test_a_square_without_a_voice_among_loud_ones_is_named_with_its_place(
    store, area, office, loud
):
    every = squares.squares(area)
    biggest = max(range(len(every)), key=lambda i: every[i].share)
    loud(4, [i for i in range(len(every)) if i != biggest])
    found = silence.heard(store, office, area, Filter())
    silent = {place.at for place in found.quiet if place.level == Level.NONE}
    assert every[biggest].at in silent
    place = next(one for one in found.quiet if one.at == every[biggest].at)
    assert place.voices == 0
    assert place.expected > 1
    assert str(place.place)


def test_voices_and_expectations_add_up_and_levels_follow_from_them(store, area, office, loud):
    loud(6, slice(0, 12))
    found = silence.heard(store, office, area, Filter())
    assert found.voices == 72
    for place in found.quiet:
        assert place.level == squares.level(place.voices, place.expected) != Level.ENOUGH
    heard = {square.at for square in squares.squares(area)[:12]}
    silent = {place.at for place in found.quiet if place.level == Level.NONE}
    assert not heard & silent


def test_hidden_and_withdrawn_ones_are_no_voices(store, area, office, loud):
    loud(1, slice(0, 3))
    pins.hide(store, office, ["loud-0-0"], reason="spam", now=NOW)
    assert silence.heard(store, office, area, Filter()).voices == 2


def test_what_lies_elsewhere_is_said(store, area, office, loud, draft, spots):
    loud(2, slice(0, 2))
    pins.add(store, HOUSE, area, [draft(id="out", at=spots.just_outside)], now=NOW)
    found = silence.heard(store, office, area, Filter())
    assert (found.voices, found.elsewhere) == (4, 1)


def test_the_filter_chooses_the_voices_and_the_window_the_squares(store, area, office, loud):
    loud(3, slice(0, 10), lang="tr")
    every = squares.squares(area)
    assert silence.heard(store, office, area, Filter(lang=("tr",))).voices == 30
    assert silence.heard(store, office, area, Filter(lang=("ar",))).voices == 0
    one = squares.box(every[0])
    found = silence.heard(store, office, area, Filter(box=Box(*one)))
    assert (found.squares, found.voices, found.quiet) == (1, 3, ())


def test_languages_and_fields_are_compared_the_quietest_first(store, area, office, loud):
    loud(2, slice(0, 20), field="OER")
    found = silence.heard(store, office, area, Filter())
    assert [row.value for row in found.languages][-1] == "de"
    assert {row.level for row in found.languages[:3]} == {Level.NONE}
    assert [(row.value, row.voices) for row in found.fields][-1] == ("OER", 40)
    assert found.fields[-1].expected == pytest.approx(8)
    only = silence.heard(store, office, area, Filter(lang=("tr",)))
    assert sum(row.voices for row in only.languages) == 40  # the table compares them all the same


def test_known_shares_of_languages_replace_the_even_ones(store, area, office, loud, monkeypatch):
    known = silence.read(json.dumps({"languages": {"de": 90, "tr": 10}, "source": "Zählung"}))
    monkeypatch.setattr(silence, "residents", lambda area: known)
    loud(1, slice(0, 20))
    found = silence.heard(store, office, area, Filter())
    expected = {row.value: row.expected for row in found.languages}
    assert expected == {"de": pytest.approx(18), "tr": pytest.approx(2), "ar": 0, "en": 0}
    assert found.residents is known


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", '{"languages": {}, "source": "x"}', '{"languages": {"de": 1}}',
        '{"languages": {"de": "viele"}, "source": "x"}', '{"languages": {"de": NaN}, "source": "x"}',
        '{"languages": [1], "source": "x"}', '{"languages": {"xx": 1}, "source": "x"}',
        '{"languages": {"de": 1}, "source": " "}',
    ],
)  # fmt: skip
def test_shares_that_make_no_sense_are_none(text):
    assert silence.read(text) is None


def test_the_shipped_areas_have_shares_only_with_a_source():
    for name in areas.names():
        file = areas.SEED / name / silence.RESIDENTS
        assert not file.exists() or silence.residents(areas.load(name))
