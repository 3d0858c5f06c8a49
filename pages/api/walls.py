"""What walls ask for and do: pins let through, groups, rounds, dots; and the dots of a room's guests."""

import functools
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from components import session
from components.words import Words, words
from data import attendance, ballots, instance, meetings, rounds, rules
from data.meetings import Meeting, Round
from data.problems import BadInput, Conflict
from data.rounds import GroupId
from data.rules import Act, Actor, MeetingId, PinId
from data.store import Store
from data.walls import Seen
from geo import places
from geo.needs import Group
from geo.places import PlaceWords
from pages.api import acts

MAX_PINS = 5000  # named in one act
MOST = 256 * 1024
_ID = re.compile(r"[\w-]{1,64}", re.ASCII)

Body = Mapping[str, Any]
Deed = Callable[[Store, Actor, MeetingId, Body, Request], Any]


def routes() -> list[BaseRoute]:
    """Return the routes of walls (for who leads) and of guests' dots (for who is there)."""
    deeds: dict[str, Deed] = {
        "show": show,
        "show_all": show_all,
        "groups": add_group,
        "change": change_group,
        "remove": remove_group,
        "put": put,
        "suggestions": take_suggestions,
        "round": go_to_round,
        "dots": hand_dots,
    }
    return [
        acts.reading("/api/walls/{code}", wall),
        *(
            acts.acting(f"/api/walls/{{code}}/{name}", _led(deed), most=MOST)
            for name, deed in deeds.items()
        ),
        acts.reading("/api/rooms/{code}/groups", open_groups),
        acts.acting("/api/rooms/{code}/ballot", ballot),
    ]


# --- what the wall shows ----------------------------------------------------


def wall(request: Request) -> Response:
    """Answer with what the wall shows, or 304 when nothing at all has changed.

    Of its pins only what changed since the turn that is asked with (`?since=`): `gone` lists those
    that are no longer there, and `whole` says that what was known before does not count.
    """
    store, say = instance.running().store, acts.say(request)
    sign = f"{store.revision}-{say.lang}"  # taken before anything is read
    meeting, actor = _leading(request)
    since = request.query_params.get("since", "")
    return acts.tagged(request, sign, lambda: _state(store, actor, meeting, say, since))


def _state(store: Store, actor: Actor, meeting: Meeting, say: Words, since: str) -> dict[str, Any]:
    wall = rounds.wall(store, actor, meeting.id)
    seen, news = wall.pins, wall.since(since)
    groups = rounds.grouped(store, actor, meeting.id, seen)
    plan = meeting.plan
    return {
        "title": plan.title,
        "question": plan.question,
        "state": meeting.state,
        "round": meeting.round,
        "rounds": list(plan.rounds),
        "people": meeting.people,
        "dots": plan.dots,
        "stack": plan.dots_stack,
        "waiting": rounds.count_waiting(store, actor, meeting.id),
        "ballots": ballots.count(store, actor, meeting.id),
        "counts": {
            "kinds": Counter(pin.kind for pin in seen),
            "fields": Counter(pin.field for pin in seen if pin.field),
        },
        "turn": news.turn,
        "whole": news.whole,
        "pins": [_pin(pin, say) for pin in news.pins],
        "gone": news.gone,
        "groups": [
            {
                "id": group.id,
                "title": group.title,
                "priority": group.priority,
                "who": group.who,
                "dots": group.dots,
                "by_hand": group.by_hand,
                "ballots": group.ballots,
            }
            for group in groups
        ],
        "ties": rounds.ties(groups),
    }


def _pin(pin: Seen, say: Words) -> dict[str, Any]:
    return {
        "id": pin.id,
        "number": pin.number,
        "came": pin.created_at.timestamp(),
        "kind": pin.kind,
        "field": pin.field,
        "words": pin.words,
        "lang": words(pin.lang).html_lang,
        "at": [pin.at.lon, pin.at.lat],
        "place": _place(say.lang, pin.place),
        "group": pin.group_id,
        "voices": pin.voices,
    }


@functools.lru_cache(maxsize=4096)
def _place(lang: str, place: PlaceWords) -> str:
    """Say a place; of 3,600 pins that was two thirds of an answer's time."""
    return words(lang).place(place)


# --- what is done on it -----------------------------------------------------


def show(store: Store, actor: Actor, meeting: MeetingId, given: Body, _: Request) -> None:
    """Let one pin through, or take it off the wall."""
    pin, say = PinId(_id(given, "pin")), _text(given, "wall")
    rounds.show(store, actor, meeting, pin, say, now=session.now())


def show_all(
    store: Store, actor: Actor, meeting: MeetingId, given: Body, _: Request
) -> dict[str, int]:
    """Let through everything that waits for a look."""
    return {"shown": rounds.show_all(store, actor, meeting, now=session.now())}


def add_group(store: Store, actor: Actor, meeting: MeetingId, given: Body, _: Request) -> None:
    """Make a group, perhaps with pins, or bring one back as it was."""
    rounds.add_group(
        store,
        actor,
        meeting,
        group_id=GroupId(_id(given, "group")),
        title=_text(given, "title"),
        pin_ids=_pins(given),
        priority=_text(given, "priority"),
        who=_text(given, "who"),
        now=session.now(),
    )


def change_group(store: Store, actor: Actor, meeting: MeetingId, given: Body, _: Request) -> None:
    """Change what is given of a group: its title, its urgency, who is needed."""
    group, now = GroupId(_id(given, "group")), session.now()
    if "title" in given:
        rounds.rename_group(store, actor, meeting, group, _text(given, "title"), now=now)
    if "priority" in given:
        rounds.set_priority(store, actor, meeting, group, _text(given, "priority"), now=now)
    if "who" in given:
        rounds.set_who(store, actor, meeting, group, _text(given, "who"), now=now)


def remove_group(store: Store, actor: Actor, meeting: MeetingId, given: Body, _: Request) -> None:
    """Dissolve a group."""
    rounds.remove_group(store, actor, meeting, GroupId(_id(given, "group")), now=session.now())


def put(store: Store, actor: Actor, meeting: MeetingId, given: Body, _: Request) -> None:
    """Put pins into a group, or set them free."""
    group = GroupId(_id(given, "group")) if given.get("group") else None
    rounds.put(store, actor, meeting, _pins(given), group, now=session.now())


def take_suggestions(
    store: Store, actor: Actor, meeting: MeetingId, given: Body, request: Request
) -> dict[str, list[str]]:
    """Make groups of what looks alike, named in the wall's language."""
    found = rounds.suggest(store, actor, meeting)
    if not found:
        raise Conflict("rounds.nothing_alike")
    chosen = [
        (GroupId(session.new_id()), _title(acts.say(request), group), _ids(group))
        for group in found
    ]
    rounds.take_suggestions(store, actor, meeting, chosen, now=session.now())
    return {"groups": [group_id for group_id, _, _ in chosen]}


def go_to_round(store: Store, actor: Actor, meeting: MeetingId, given: Body, _: Request) -> None:
    """Let the room do another round."""
    asked = _text(given, "round")
    if asked not in list(Round):
        raise BadInput("rounds.choice", field="round")
    meetings.go_to_round(store, actor, meeting, to=Round(asked), now=session.now())


def hand_dots(store: Store, actor: Actor, meeting: MeetingId, given: Body, _: Request) -> None:
    """Take the dots that a group got on paper."""
    group, number = GroupId(_id(given, "group")), given.get("dots")
    if type(number) is not int:
        raise BadInput("rounds.by_hand", field="dots", limit=ballots.MAX_BY_HAND)
    ballots.hand_dots(store, actor, meeting, group, number, now=session.now())


# --- guests -----------------------------------------------------------------


def open_groups(request: Request) -> dict[str, Any]:
    """Answer with the groups that a guest can give dots to, and the rule."""
    store = instance.running().store
    guest, meeting = attendance.by_code(store, request.path_params["code"])
    found = rounds.open_groups(store, guest, meeting.id)
    return {
        "groups": [{"id": one.id, "title": one.title, "pins": one.pins} for one in found],
        "dots": meeting.plan.dots,
        "stack": meeting.plan.dots_stack,
    }


def ballot(request: Request, body: bytes) -> dict[str, Any]:
    """Take one person's dots."""
    here, given = instance.running(), _read(body)
    guest, meeting = attendance.by_code(here.store, request.path_params["code"])
    here.limits.hit("meeting.say", meeting.id)
    dots = given.get("dots")
    if not isinstance(dots, dict) or len(dots) > MAX_PINS:
        raise BadInput("rounds.dots_unreadable", field="dots")
    ballots.vote(
        here.store,
        guest,
        meeting.id,
        ballot_id=_id(given, "id"),
        dots=dots,
        now=session.now(),
        late=given.get("late") is True,
    )
    return {}


# --- what they share --------------------------------------------------------


def _led(deed: Deed) -> acts.Deed:
    """Ask who leads before anything is read of what was sent."""

    def act(request: Request, body: bytes) -> Any:
        meeting, actor = _leading(request)
        return deed(instance.running().store, actor, meeting.id, _read(body), request) or {}

    return act


def _leading(request: Request) -> tuple[Meeting, Actor]:
    _, meeting = attendance.by_code(instance.running().store, request.path_params["code"])
    actor = acts.leader(request)
    rules.check_meeting(actor, Act.MEETING_LEAD, meeting.id)
    return meeting, actor


def _read(body: bytes) -> Body:
    return acts.given(body or b"{}", "rounds.choice")


def _text(given: Body, name: str) -> str:
    value = given.get(name, "")
    if not isinstance(value, str):
        raise BadInput("rounds.choice", field=name)
    return value


def _id(given: Body, name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise BadInput("rounds.choice", field=name)
    return value


def _pins(given: Body) -> list[PinId]:
    value = given.get("pins", [])
    if not isinstance(value, list) or len(value) > MAX_PINS:
        raise BadInput("rounds.choice", field="pins")
    return [PinId(_id({"pins": one}, "pins")) for one in value]


def _ids(group: Group) -> Sequence[PinId]:
    return [PinId(pin_id) for pin_id in group.ids]


def _title(say: Words, group: Group) -> str:
    """Propose a title: what it is about, and where."""
    fields = [f"field.{code}" for code, _ in group.fields if code]
    about = [f"subject.{key}" for key in group.subjects[:2]] or fields[:1] or ["groups.untitled"]
    where = say.place(places.in_words(instance.running().area, group.centre))
    return f"{', '.join(say(key) for key in about)}: {where}"
