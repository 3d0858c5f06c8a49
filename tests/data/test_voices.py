import json

import pytest

from data import needs, pins, voices
from data.demo import _file as seeded
from data.pins import Draft
from data.problems import BadInput, NotAllowed, NotFound
from data.rules import HOUSE, VISITOR, Actor, Role
from geo.alike import REACH, alike
from geo.needs import Voice
from geo.points import LonLat, metres

TOKEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def give(store, now):
    def act(pin_id, token=TOKEN, *, actor=VISITOR, **more):
        key = voices.key_of(pin_id, token)
        return voices.give(store, actor, pin_id, key_hash=key, now=now, **more)

    return act


def test_a_voice_counts_once_however_often_it_is_sent(store, released, give):
    released("Zu dunkel", "Zu laut")
    assert voices.count(store, ["pin-1", "pin-2", "nowhere"]) == {
        "pin-1": 0,
        "pin-2": 0,
        "nowhere": 0,
    }
    assert give("pin-1") is True
    assert give("pin-1") is False
    assert give("pin-1", "another-device-0001") is True
    assert give("pin-2") is True
    assert voices.count(store, ["pin-1", "pin-2"]) == {"pin-1": 2, "pin-2": 1}


def test_a_voice_sent_twice_keeps_its_first_words(store, released, give, office):
    released("Zu dunkel")
    give("pin-1", words="  Bei mir auch\x00  ")
    give("pin-1", words="anders")
    assert [one.words for one in voices.words_of(store, office, "pin-1")] == ["Bei mir auch"]


def test_one_token_gives_unlike_keys_for_two_pins():
    assert voices.key_of("pin-1", TOKEN) != voices.key_of("pin-2", TOKEN)
    assert TOKEN not in voices.key_of("pin-1", TOKEN)


@pytest.mark.parametrize(
    "token", ["", "short", "x" * 65, "a b" * 9, "ü" * 20, None, 5, ["x"] * 20, TOKEN + "\n"]
)
def test_what_no_browser_of_ours_makes_up_is_no_token(token):
    with pytest.raises(BadInput, match=r"support\.token"):
        voices.key_of("pin-1", token)


def test_taking_back_erases_the_voice_and_its_words(store, released, give, office, fingerprint):
    released("Zu dunkel")
    before = fingerprint(store)
    give("pin-1", words="Meine Worte")
    key = voices.key_of("pin-1", TOKEN)
    assert voices.given(store, [key, "other"]) == {key}
    voices.take_back(store, key)
    voices.take_back(store, key)
    assert voices.given(store, [key]) == set()
    assert voices.words_of(store, office, "pin-1") == []
    assert fingerprint(store) == before


def test_voices_of_a_hidden_pin_stay_but_are_not_shown(store, released, give, office, now):
    released("Zu dunkel")
    give("pin-1", words="Ja")
    pins.hide(store, office, ["pin-1"], reason="other", now=now)
    assert voices.count(store, ["pin-1"]) == {"pin-1": 0}
    pins.release(store, office, ["pin-1"], now=now)
    assert voices.count(store, ["pin-1"]) == {"pin-1": 1}


def test_voices_of_a_withdrawn_pin_are_not_shown(store, area, office, now, draft, give):
    pins.add(store, VISITOR, area, [draft(id="mine", code="00000-00000-002")], now=now)
    pins.release(store, office, ["mine"], now=now)
    give("mine")
    pins.withdraw(store, pins.by_receipt(store, "00000-00000-002"), now=now)
    assert voices.count(store, ["mine"]) == {"mine": 0}


def test_joining_a_need_moves_no_voice(store, released, give, office, now):
    released("Zu dunkel", "Kein Licht")
    give("pin-1")
    needs.create(
        store, office, need_id="n", title="Dunkel", field="OER", priority="now",
        pin_ids=["pin-1", "pin-2"], now=now,
    )  # fmt: skip
    assert voices.count(store, ["pin-1", "pin-2"]) == {"pin-1": 1, "pin-2": 0}


def test_what_is_not_public_takes_no_voice(store, area, released, office, now, draft, give):
    released("Zu dunkel")
    pins.add(store, VISITOR, area, [draft(id="wait")], now=now)
    pins.hide(store, office, ["pin-1"], reason="spam", now=now)
    for pin_id in ("wait", "pin-1", "nowhere", "' or 1=1 --"):
        with pytest.raises(NotFound, match=r"pin\.not_found"):
            give(pin_id)
    assert store.read("select count(*) from support") == [(0,)]


def test_who_leads_a_meeting_supports_its_pins_and_no_others(store, area, now, draft, give):
    from data import meetings
    from tests.data.doors_meetings import PLAN

    for name in ("meeting-1", "meeting-2"):
        meetings.create(
            store, HOUSE, meeting_id=name, code=f"c-{name}", plan=PLAN, pin="2468", now=now
        )
        said = [draft(id=f"at-{name}", meeting=name)]
        pins.add(store, HOUSE, area, said, now=now)
    leader = Actor(Role.FACILITATOR, meeting="meeting-1")
    assert give("at-meeting-1", actor=leader, source="meeting")
    with pytest.raises(NotFound):
        give("at-meeting-2", actor=leader)
    with pytest.raises(NotFound):
        give("at-meeting-1", actor=Actor(Role.GUEST, meeting="meeting-1"))
    assert voices.count(store, ["at-meeting-1"]) == {"at-meeting-1": 1}


def test_words_that_are_too_long_are_refused_and_no_voice_is_given(store, released, give):
    released("Zu dunkel")
    for words in ("x" * 1001, "x" * 1_000_000):
        with pytest.raises(BadInput, match=r"pin\.words_too_long"):
            give("pin-1", words=words)
    assert voices.count(store, ["pin-1"]) == {"pin-1": 0}


@pytest.mark.parametrize("role", [Role.VISITOR, Role.SENDER, Role.JURY, Role.FACILITATOR])
def test_the_words_are_for_the_office_alone(store, released, give, role):
    released("Zu dunkel")
    give("pin-1", words="Vertraulich")
    with pytest.raises(NotAllowed):
        voices.words_of(store, Actor(role), "pin-1")


# --- what says the same nearby --------------------------------------------------


def near(store, at, kind, words="", field=""):
    found = voices.alike_near(store, at, kind=kind, words=words, field=field)
    return [pin.id for pin in found]


def moved(at: LonLat, metres_east: float) -> LonLat:
    return LonLat(at.lon + metres_east / 67_700, at.lat)


@pytest.fixture
def corner(store, area, office, now, spots):
    at = spots.litter_corner

    def said(name, kind, words, far):
        return Draft(name, kind, words, moved(at, far))

    drafts = [
        said("dump", "problem", "Hier liegt ständig Sperrmüll", 5),
        said("bins", "idea", "Daha çok çöp kutusu", 30),
        said("smell", "problem", "القمامة في كل مكان", 60),
        said("far", "problem", "Überall Müll", 120),
        said("light", "problem", "Nachts viel zu dunkel", 10),
        said("nice", "strength", "Der Müll wird hier toll getrennt", 3),
    ]
    pins.add(store, office, area, drafts, now=now)
    pins.release(store, office, [one.id for one in drafts], now=now)
    return at


def test_the_same_matter_meets_across_languages_within_eighty_metres(store, corner):
    found = near(store, corner, "problem", "So viel Müll auf der Straße")
    assert set(found) == {"dump", "bins", "smell"}


def test_praise_meets_praise_alone(store, corner):
    assert near(store, corner, "strength", "Müll wird getrennt, schön") == ["nice"]
    assert "nice" not in near(store, corner, "problem", "Müll")


def test_without_words_only_the_same_kind_close_at_hand_is_shown(store, corner):
    assert set(near(store, corner, "problem")) == {"dump", "light"}
    assert near(store, corner, "idea") == []
    assert near(store, corner, "problem", field="BI") == []


def test_without_a_kind_nothing_is_guessed(store, corner):
    assert near(store, corner, "", "So viel Müll") == []
    assert near(store, corner, "<script>", "So viel Müll") == []


def test_another_matter_at_the_same_spot_is_not_shown(store, corner):
    assert near(store, corner, "problem", "Die Autos rasen hier viel zu schnell durch") == []


def test_hidden_and_waiting_pins_are_never_shown(store, area, corner, office, now, draft):
    pins.hide(store, office, ["dump"], reason="insult", now=now)
    pins.add(store, VISITOR, area, [draft("Müll, Müll", id="wait", at=corner)], now=now)
    assert set(near(store, corner, "problem", "So viel Müll")) == {"bins", "smell"}


def test_at_most_three_are_shown():
    at = LonLat(13.42, 52.5)
    many = [Voice(f"p{i}", at, "problem", "", "de", "Müll") for i in range(9)]
    assert len(alike(Voice("", at, "idea", "", "de", "mehr Mülleimer"), many)) == 3


def test_the_near_duplicates_of_the_sample_data_find_each_other(area):
    file = seeded(area, "pins")
    pins_by_number = {
        row["no"]: Voice(
            str(row["no"]), LonLat(*row["at"]), row["kind"], "", row["lang"], row["words"]
        )
        for row in json.loads(file.read_text(encoding="utf-8"))["pins"]
    }
    for one, other in ((1, 3), (3, 1), (8, 9), (9, 8)):
        rest = [voice for number, voice in pins_by_number.items() if number != one]
        assert str(other) in alike(pins_by_number[one], rest)
    for mine in pins_by_number.values():
        for name in alike(mine, [v for v in pins_by_number.values() if v is not mine]):
            other = pins_by_number[int(name)]
            assert metres(mine.at, other.at) <= REACH
            assert (mine.kind == "strength") == (other.kind == "strength")
