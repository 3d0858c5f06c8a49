"""Photos: whose they are, who sees them when, and when they are gone."""

import io
import threading
from datetime import timedelta

import pytest
from PIL import Image

from data import meetings, photos, pictures, pins, settings, trail
from data.photos import PhotoState
from data.problems import BadInput, Conflict, NotAllowed, NotFound, TooMany
from data.rules import VISITOR, Actor, Role
from tests.data.doors_meetings import PLAN
from tests.data.doors_photos import picture

CODES = {"mine": "7Q2MX-9D4RT-0KB", "theirs": "00000-00000-001"}


@pytest.fixture
def sent(store, area, admin, office, now, draft):
    """Two public pins, each with a receipt; photos are wanted."""
    settings.change(store, admin, "photos", "on", now=now)
    both = [draft(id=name, code=code) for name, code in CODES.items()]
    pins.add(store, VISITOR, area, both, now=now)
    pins.release(store, office, list(CODES), now=now)


def sender(store, name="mine") -> Actor:
    return pins.by_receipt(store, CODES[name])


def give(store, now, raw=None, name="mine") -> photos.Photo:
    return photos.add(store, sender(store, name), raw or picture(), now=now)


def shown(store, office, now, parts=()) -> None:
    seen = photos.waiting(store, office).changed_at
    photos.show(store, office, "mine", parts=parts, seen=seen, now=now)


def blobs(store) -> list[tuple]:
    return store.read("select pin_id, original, shown, state from photo")


def test_a_new_photo_is_seen_by_nobody_but_the_office(store, sent, office, now) -> None:
    give(store, now)
    facilitator = Actor(Role.FACILITATOR, meeting="meeting-1")
    for actor in (VISITOR, sender(store), facilitator, Actor(Role.JURY), office):
        with pytest.raises(NotFound):
            photos.picture(store, actor, "mine")
        if actor is not office:
            with pytest.raises(NotAllowed):
                photos.original(store, actor, "mine")
    assert photos.original(store, office, "mine").startswith(b"\xff\xd8")
    assert photos.waiting_count(store, office) == 1
    assert photos.own(store, sender(store)).state == PhotoState.WAITING
    assert photos.shown(store, VISITOR, [pins.get(store, VISITOR, "mine")]) == {}


def test_a_checked_photo_is_seen_by_everybody(store, sent, office, now) -> None:
    give(store, now)
    shown(store, office, now)
    assert photos.picture(store, VISITOR, "mine") == photos.original(store, office, "mine")
    assert list(photos.shown(store, VISITOR, [pins.get(store, VISITOR, "mine")])) == ["mine"]
    assert [step.key for step in trail.steps(store, "pin", "mine")][-1] == "photo_shown"


def test_what_is_blacked_out_is_black_for_everybody_else(store, sent, office, now) -> None:
    give(store, now, picture(size=(800, 600)))
    shown(store, office, now, parts=[[0.25, 0.25, 0.5, 0.5]])
    public = Image.open(io.BytesIO(photos.picture(store, VISITOR, "mine")))
    kept = Image.open(io.BytesIO(photos.original(store, office, "mine")))
    assert max(public.getpixel((400, 300))) < 12
    assert max(kept.getpixel((400, 300))) > 100


def test_another_photo_takes_the_place_of_a_waiting_one(store, sent, office, now) -> None:
    give(store, now)
    give(store, now, picture(size=(200, 500)))
    assert photos.waiting_count(store, office) == 1
    assert photos.waiting(store, office).width == 200
    assert len(blobs(store)) == 1


def test_the_same_photo_sent_again_is_one(store, sent, office, now) -> None:
    for _ in range(3):
        give(store, now)
    assert len(blobs(store)) == 1


@pytest.mark.parametrize("refused", [False, True])
def test_after_the_check_no_other_photo_comes(store, sent, office, now, refused) -> None:
    give(store, now)
    if refused:
        seen = photos.waiting(store, office).changed_at
        photos.refuse(store, office, "mine", reason="people", seen=seen, now=now)
    else:
        shown(store, office, now)
    before = blobs(store)
    with pytest.raises(Conflict) as told:
        give(store, now)
    assert told.value.key == "photo.checked"
    assert blobs(store) == before


def test_a_picture_that_came_since_is_not_shown_unseen(store, sent, office, now) -> None:
    give(store, now)
    seen = photos.waiting(store, office).changed_at
    give(store, now + timedelta(seconds=1), picture(size=(200, 500)))
    with pytest.raises(Conflict):
        photos.show(store, office, "mine", parts=(), seen=seen, now=now)
    with pytest.raises(Conflict):
        photos.refuse(store, office, "mine", reason="unfit", seen=seen, now=now)
    assert blobs(store)[0][3] == "waiting"


def test_a_refused_photo_is_erased_and_its_sender_reads_why(store, sent, office, now) -> None:
    give(store, now)
    seen = photos.waiting(store, office).changed_at
    with pytest.raises(BadInput):
        photos.refuse(store, office, "mine", reason="", seen=seen, now=now)
    photos.refuse(store, office, "mine", reason="people", seen=seen, now=now)
    assert blobs(store) == [("mine", None, None, "refused")]
    assert trail.steps(store, "pin", "mine")[-1].key == "photo_refused.people"
    with pytest.raises(NotFound):
        photos.original(store, office, "mine")
    assert photos.waiting(store, office) is None


def test_a_shown_photo_is_taken_back_and_blacked_out_further(store, sent, office, now) -> None:
    give(store, now, picture(size=(800, 600)))
    shown(store, office, now)
    assert [photo.pin_id for photo in photos.checked(store, office)] == ["mine"]
    photos.take_back(store, office, "mine", now=now + timedelta(hours=1))
    with pytest.raises(NotFound):
        photos.picture(store, VISITOR, "mine")
    with pytest.raises(Conflict):
        photos.take_back(store, office, "mine", now=now)
    shown(store, office, now, parts=[[0, 0, 1, 1]])
    found = Image.open(io.BytesIO(photos.picture(store, VISITOR, "mine")))
    assert max(found.getpixel((400, 300))) < 12


def test_withdrawing_a_pin_erases_its_photo(store, sent, office, now) -> None:
    give(store, now)
    give(store, now, name="theirs")
    shown(store, office, now)
    pins.withdraw(store, sender(store), now=now)
    assert [row[0] for row in blobs(store)] == ["theirs"]
    with pytest.raises(NotFound):
        photos.picture(store, VISITOR, "mine")
    with pytest.raises(NotFound):
        photos.picture(store, office, "mine")
    with pytest.raises(Conflict) as told:
        give(store, now)
    assert told.value.key == "photo.pin_withdrawn"


def test_a_pin_withdrawn_while_its_photo_unpacks_gets_none(store, sent, now, monkeypatch) -> None:
    real = pictures.taken

    def withdrawn_meanwhile(raw):
        pins.withdraw(store, sender(store), now=now)
        return real(raw)

    monkeypatch.setattr(pictures, "taken", withdrawn_meanwhile)
    with pytest.raises(Conflict):
        give(store, now)
    assert blobs(store) == []


def test_hiding_a_pin_hides_its_photo(store, sent, office, now) -> None:
    give(store, now)
    pin = pins.get(store, VISITOR, "mine")
    shown(store, office, now)
    pins.hide(store, office, ["mine"], reason="insult", now=now)
    with pytest.raises(NotFound):
        photos.picture(store, VISITOR, "mine")
    assert photos.picture(store, office, "mine")
    hidden = pins.get(store, office, "mine")
    assert photos.shown(store, VISITOR, [hidden]) == {}
    assert pin.id in photos.shown(store, office, [hidden])


def test_photos_of_hidden_pins_wait_for_the_pin(store, sent, office, now) -> None:
    give(store, now)
    pins.hide(store, office, ["mine"], reason="insult", now=now)
    assert photos.waiting(store, office) is None
    assert photos.waiting_count(store, office) == 0
    pins.release(store, office, ["mine"], now=now)
    assert photos.waiting_count(store, office) == 1


def test_the_oldest_comes_first_and_leaving_all_starts_anew(store, sent, office, now) -> None:
    give(store, now, name="theirs")
    give(store, now + timedelta(minutes=1))
    found = [photos.waiting(store, office, skip=skip).pin_id for skip in range(3)]
    assert found == ["theirs", "mine", "theirs"]


def test_without_the_offices_word_no_photo_is_taken(store, area, now, draft) -> None:
    pins.add(store, VISITOR, area, [draft(id="mine", code=CODES["mine"])], now=now)
    with pytest.raises(BadInput) as told:
        give(store, now)
    assert told.value.key == "photo.not_wanted"
    assert not photos.allowed(store, pins.get(store, sender(store), "mine"))


@pytest.mark.parametrize("wanted", [False, True])
@pytest.mark.parametrize("office_says", ["off", "on"])
def test_at_a_meeting_its_own_plan_counts(
    store, area, admin, office, now, draft, wanted, office_says
) -> None:
    settings.change(store, admin, "photos", office_says, now=now)
    plan = meetings.replace(PLAN, photos=wanted)
    meetings.create(
        store, office, meeting_id="meeting-1", code="room", plan=plan, pin="2468", now=now
    )
    meetings.move(store, office, "meeting-1", to=meetings.State.OPEN, now=now)
    guest = Actor(Role.GUEST, meeting="meeting-1")
    said = draft(id="mine", code=CODES["mine"], meeting="meeting-1", source="tablet")
    meetings.say(store, guest, area, said, now=now)
    if wanted:
        assert give(store, now).state == PhotoState.WAITING
    else:
        with pytest.raises(BadInput):
            give(store, now)


@pytest.mark.parametrize("value", ["", "yes", "ON", None])
def test_the_setting_has_two_values(store, admin, now, value) -> None:
    with pytest.raises(BadInput):
        settings.change(store, admin, "photos", value, now=now)
    assert settings.get(store, "photos") == "off"


def test_a_rush_of_photos_is_told_to_come_again(store, sent, now, monkeypatch) -> None:
    begun, go_on = threading.Event(), threading.Event()
    real = pictures.taken

    def slow(raw):
        begun.set()
        go_on.wait(30)
        return real(raw)

    monkeypatch.setattr(pictures, "taken", slow)
    monkeypatch.setattr(photos, "_line", threading.BoundedSemaphore(1))
    first = threading.Thread(target=give, args=(store, now))
    first.start()
    assert begun.wait(30)
    with pytest.raises(TooMany) as told:
        give(store, now, name="theirs")
    go_on.set()
    first.join()
    assert told.value.key == "photo.busy"
    assert give(store, now, name="theirs").state == PhotoState.WAITING


def test_one_picture_unpacks_at_a_time(store, sent, now, monkeypatch) -> None:
    busy, most = [], []
    real = pictures.taken

    def counted(raw):
        busy.append(1)
        most.append(len(busy))
        found = real(raw)
        busy.pop()
        return found

    monkeypatch.setattr(pictures, "taken", counted)
    calls = [
        threading.Thread(target=give, args=(store, now, picture(size=(900, 900)), name))
        for name in ("mine", "theirs", "mine", "theirs")
    ]
    for call in calls:
        call.start()
    for call in calls:
        call.join()
    assert max(most) == 1
    assert len(most) == 4


def test_a_trouble_while_unpacking_leaves_the_way_free(store, sent, now) -> None:
    for _ in range(photos.MAX_WAITING + 2):
        with pytest.raises(BadInput):
            give(store, now, b"no photo")
    assert give(store, now).state == PhotoState.WAITING
