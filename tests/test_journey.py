"""The whole way of a pin, in memory: from the tap to the jury and back to its sender."""

from datetime import timedelta

import pytest

from components.words import LANGUAGES, Words
from data import cells, groups, needs, pins, projects, receipts, references
from data.filters import Box, Filter
from data.pins import Status
from data.problems import NotAllowed, NotFound

CODE = receipts.code(bytes(range(11, 20)))
NEIGHBOURS = {
    "de-1": "Der Weg ist nachts viel zu dunkel",
    "en-1": "The path is really dark at night",
    "tr-1": "Bu yol geceleri çok karanlık, ışık yok",
}


def on_the_map(store, actor, area, own=()):
    return sum(
        cell.problems
        for cell in cells.in_view(store, actor, Filter(), Box(*area.box), zoom=17, own=own)
    )


def test_a_pin_goes_from_the_tap_to_the_jury_and_its_sender_follows(
    store, area, visitor, office, jury, now, draft, spots
):
    # A resident taps the map and says what bothers them; the double click changes nothing.
    mine = draft(
        "Hier ist es stockdunkel, zwei Lampen sind aus", id="mine", at=spots.lawn, code=CODE
    )
    for _ in range(2):
        pins.add(store, visitor, area, [mine], now=now)
    assert on_the_map(store, visitor, area) == 0
    assert on_the_map(store, visitor, area, own=["mine"]) == 1

    # Neighbours say the same in other languages; the office reads and releases.
    drafts = [draft(text, id=key, at=spots.lawn, lang=key[:2]) for key, text in NEIGHBOURS.items()]
    pins.add(store, visitor, area, drafts, now=now)
    inbox = pins.listing(store, office, Filter(status=("waiting",)))
    assert len(inbox) == 4
    now += timedelta(hours=1)
    pins.release(store, office, [pin.id for pin in inbox], now=now)
    assert on_the_map(store, visitor, area) == 4
    with pytest.raises(NotAllowed):
        groups.suggestions(store, jury, Filter())

    # The office accepts the suggested group as a need and passes it on.
    [suggestion] = groups.suggestions(store, office, Filter())
    assert "light" in suggestion.subjects
    now += timedelta(days=1)
    need = groups.accept(
        store,
        office,
        suggestion,
        need_id="need",
        title="Mehr Licht auf dem Platz",
        field="OER",
        priority="now",
        now=now,
    )
    assert need.pins == 4
    assert groups.suggestions(store, office, Filter()) == []
    now += timedelta(days=1)
    sentence = "Die Lampen sind gemeldet."
    needs.forward(
        store, office, "need", authority="lighting", sentence=sentence, version=1, now=now
    )

    # It becomes a project as well, and the jury reads it in the residents' own words.
    now += timedelta(days=1)
    projects.create(
        store,
        office,
        project_id="project",
        title="Heller Weg",
        description="Niedrige Leuchten am Weg.",
        fund="baufonds",
        cents=420_000_00,
        field="OER",
        climate=True,
        at=spots.lawn,
        area=area,
        need_ids=["need"],
        now=now,
    )
    [project] = projects.listing(store, jury)
    behind = projects.pins_behind(store, jury, project.id)
    assert {pin.words for pin in behind} == {mine.words, *NEIGHBOURS.values()}
    assert projects.voices(behind).languages == {"de": 2, "en": 1, "tr": 1}
    with pytest.raises(NotAllowed):
        projects.listing(store, visitor)

    # The sender sees every step, in plain sentences of every language.
    sender = pins.by_receipt(store, CODE.lower())
    pin, steps = pins.follow(store, sender)
    assert pin.status is Status.IN_PROJECT
    assert [step.key for step in steps] == [
        "received",
        "released",
        "grouped",
        "forwarded",
        "project",
    ]
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert steps[3].details["sentence"] == sentence
    for lang in LANGUAGES:
        say = Words(lang)
        told = [say(f"step.{step.key}", **step.details) for step in steps]
        assert not any(sentence.startswith("step.") for sentence in told)
        assert "Heller Weg" in told[4]

    # And takes the words back: gone for everybody, the others' voices stay.
    pins.withdraw(store, sender, now=now)
    assert pins.follow(store, sender)[1][-1].key == "withdrawn"
    assert mine.words not in {pin.words for pin in projects.pins_behind(store, jury, project.id)}
    assert on_the_map(store, visitor, area) == 3
    for somebody in (visitor, jury):
        with pytest.raises(NotFound):
            pins.get(store, somebody, "mine")
    assert pins.get(store, office, "mine").words == ""
    assert needs.get(store, office, "need").pins == 3
    assert references.dangling(store) == {}


def test_what_the_office_takes_for_nobodys_business_stays_with_the_office(
    store, area, visitor, office, jury, now, draft
):
    private = draft("Der Mann aus Haus 58 stellt immer seinen Müll raus", id="private", code=CODE)
    pins.add(store, visitor, area, [private], now=now)
    pins.hide(store, office, ["private"], reason="personal_data", now=now)
    for somebody in (visitor, jury):
        assert pins.listing(store, somebody, Filter()) == []
        assert on_the_map(store, somebody, area) == 0
    assert groups.suggestions(store, office, Filter()) == []
    _, steps = pins.follow(store, pins.by_receipt(store, CODE))
    assert steps[-1].details["reason"] == "personal_data"
    assert pins.get(store, office, "private").words == private.words
