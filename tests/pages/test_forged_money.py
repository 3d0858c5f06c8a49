"""Attacks over the socket on the screens about money: applications, pots, bodies, sittings, the jury."""

import json
from functools import cache

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

from components.words import words
from data.application_form import LIMITS, STEPS
from tests.pages.conftest import TRACES, Kiez
from tests.pages.whole import CONTACT, IDEA, OTHER_CONTACT, OTHER_IDEA, STAFF, WHO
from tests.protocol import Visitor

SAY = words("de")
BROKEN = SAY("problem.unexpected", reference="")[:30]
OWN = "idea-a"  # the application whose link "applicant" holds
EVERY_STEP = (*STEPS, "check")
# A page, what is open on it, who is shown all of it, and who must get nothing done there
SCREENS = {
    "funds": ("view=pots", "admin", {"visitor", "applicant", "member", "councillor"}),
    "funds, rules": ("view=rules", "admin", {"visitor", "applicant", "member", "office"}),
    "funds, fields": ("view=fields", "admin", {"visitor", "applicant", "member", "office"}),
    "bodies": ("", "admin", {"visitor", "applicant", "chair", "councillor", "disabled"}),
    "sittings": ("sitting=council", "admin", {"visitor", "applicant", "chair", "councillor"}),
    "projects": ("project=1", "admin", {"visitor", "applicant", "chair", "expired"}),
    "people": ("", "admin", {"visitor", "office", "chair", "logged out"}),
    "safety": ("", "admin", {"visitor", "office", "chair"}),
    "texts": ("", "admin", {"visitor", "applicant", "chair"}),
    "partners": ("", "admin", {"visitor", "applicant", "member"}),
    "proposals": ("project=2", "member", {"visitor", "applicant", "expired"}),
    "application": ("", "applicant", {"visitor", "applicant, revoked", "applicant, too late", "member"}),
    "application, costs": ("step=costs", "applicant", {"visitor", "applicant, revoked"}),
}  # fmt: skip
ODD = {
    "int": {"int_value": -(2**50)},
    "text": {"string_value": "{{7*7}}<script>alert(1)</script>"},
    "long": {"string_value": "a " * 10_000},
    "minus": {"string_value": "-99999999999999999999,99"},
    "huge": {"string_value": "9" * 4000},
    "1e308": {"string_value": "1e308"},
    "nul": {"string_value": "\x00\u202e"},
    "nan": {"double_value": float("nan")},
    "list": {"string_array_value": ["x", "0001-01-01", "9999-12-31"]},
    "day": {"string_array_value": ["99999-99-99"]},
    "json": {"json_value": '{"a": ' + "[" * 500 + "]" * 500 + "}"},
    "bool": {"bool_value": True},
}


@cache
def shown(kiez: Kiez, page: str, query: str, who: str) -> tuple[str, list[str]]:
    """Return a page's hash and the ids of all that somebody can use there."""
    with Visitor(kiez.url, cookie=WHO[who]) as tab:
        tab.open(page, f"lang=de&{query}")
        return tab.pages[page], [
            name for e in tab.shown if (name := tab._id(e)) and "kk-" not in name
        ]


def goes_on(tab: Visitor, *, told: str = "") -> None:
    """Check that a page is drawn, and tells nothing of the program or of another application."""
    assert not tab.broke(), told
    assert not TRACES.search(tab.text()), told
    assert OTHER_CONTACT.encode() not in tab.raw, told


def test_pressing_what_others_are_shown_changes_nothing(whole: Kiez) -> None:
    before, pressed = whole.tables(), 0
    for name, (query, owner, others) in SCREENS.items():
        page = name.partition(",")[0]
        page_hash, every = shown(whole, page, query, owner)
        for who in sorted(others):
            _, own = shown(whole, page, query, who)
            theirs = [one for one in every if one not in own]
            assert theirs, (name, who)
            with Visitor(whole.url, cookie=WHO[who]) as tab:
                tab.open(page, f"lang=de&{query}", page_hash=page_hash)
                for one in theirs:
                    tab.values[one] = WidgetState(id=one, string_value="1")
                tab.again(*(WidgetState(id=one, trigger_value=True) for one in theirs))
                goes_on(tab, told=f"{name}, {who}")
                assert who in STAFF or CONTACT.encode() not in tab.raw
                pressed += len(theirs)
    assert pressed > 300
    assert whole.tables() == before


def of_others(kiez: Kiez) -> list[tuple]:
    """Read every application but the one's own, and how far each came."""
    with kiez.opened() as store:
        return store.read("select * from project where id <> $own order by id", {"own": OWN})


@pytest.mark.parametrize("all_of", [False, pytest.param(True, marks=pytest.mark.thorough)])
def test_no_value_in_an_applicants_form_reaches_beyond_its_field(
    whole: Kiez, *, all_of: bool
) -> None:
    others = of_others(whole)
    tries = [
        (step, name, ODD[name])
        for n, step in enumerate(EVERY_STEP)
        for m, name in enumerate(ODD)
        if all_of or (n + m) % 4 == 0  # every step and every value, not each with each
    ]
    with Visitor(whole.url, cookie=WHO["applicant"]) as tab:
        for step, name, value in tries:
            tab.open("application", f"lang=de&step={step}")
            widgets = [one for e in tab.shown if (one := tab._id(e)) and "kk-" not in one]
            widgets = [one for one in widgets if "withdraw" not in one]  # one may
            for widget in widgets:
                _put(tab, widget, value)
            tab.again()
            goes_on(tab, told=f"{step}, {name}")
        tab.open("application", "lang=de")
        assert BROKEN not in tab.text()  # a reload is a fresh start
        assert SAY("application.closed_door") not in tab.text()
    assert of_others(whole) == others
    with whole.opened() as store:
        [row] = store.rows("select * from project where id = $own", {"own": OWN})
    assert row["status"] == "draft"
    assert 0 <= row["cents"] <= 10**10
    assert len(row["title"]) <= LIMITS.get("title", 200)
    details = json.loads(row["details"] or "{}")
    for cost in details.get("costs", []):
        assert all(0 <= cost.get(part, 0) <= 10**10 for part in ("cents", "quantity"))


def _put(tab: Visitor, widget: str, value: dict) -> None:
    """Let a widget hold a value by its whole id."""
    state = WidgetState(id=widget)
    for name, given in value.items():
        if name.endswith("_array_value"):
            getattr(state, name).data.extend(given)
        else:
            setattr(state, name, given)
    tab.values[widget] = state


def test_an_application_that_lacks_something_is_not_handed_in_by_a_forged_press(
    whole: Kiez,
) -> None:
    with Visitor(whole.url, cookie=WHO["applicant"]) as tab:
        tab.open("application", "lang=de&step=check")
        name = tab.id_of("application-submit")
        tab.again(WidgetState(id=name, trigger_value=True))
        goes_on(tab)
    with whole.opened() as store:
        assert store.read("select status from project where id = $own", {"own": OWN}) == [
            ("draft",)
        ]


HOSTILE = {
    "funds": ("year=99999999999999999999", "year=-1", "view=x&year=NaN", "year=%00"),
    "bodies": ("body=../../x", "lang=xx"),
    "sittings": ("sitting=../../etc", "sitting=%00&lead=1", "sitting=' or 1=1 --&lead=1", "sitting=evening&lead=99"),
    "sitting": ("sitting=council&lead=1", "sitting=" + "a" * 5000, "sitting=%ED%A0%80"),
    "projects": ("project=1e308", "project=-1", "project=" + "9" * 500, "project=NaN&view=x"),
    "proposals": ("project=1e308&with=NaN", "project=1&with=1", "project=1&sitting=x", "fund=x&field=y"),
    "funded": ("project=-1", "stage=x&project=" + "9" * 500, "stage=running&project=%00"),
    "advice": ("pin=wait-1", "pin=hidden-1", "need=need-1", "pin=" + "x" * 5000, "pin=%ED%A0%80&need=x"),
    "application": ("step=../x", "project=idea-b", "step=check&project=idea-b"),
    "safety": ("since=9999-99-99", "limit=-1"),
}  # fmt: skip


@pytest.mark.parametrize(
    "who",
    ["visitor", *(pytest.param(one, marks=pytest.mark.thorough) for one in ("member", "admin"))],
)
def test_no_address_of_a_page_breaks_it_or_changes_anything(whole: Kiez, who: str) -> None:
    before = whole.tables()
    with Visitor(whole.url, cookie=WHO[who]) as tab:
        for page, queries in HOSTILE.items():
            for query in queries:
                tab.open(page, f"lang=de&{query}")
                assert not tab.broke(), (page, query)
                assert BROKEN not in tab.text(), (page, query)
                assert not TRACES.search(tab.text()), (page, query)
                if who == "visitor":
                    for secret in (IDEA, OTHER_IDEA, CONTACT, OTHER_CONTACT, "interne Notiz"):
                        assert secret.encode() not in tab.raw, (page, query)
    assert whole.tables() == before


def test_an_idea_sent_four_times_is_one_and_only_with_words(whole: Kiez) -> None:
    before = of_others(whole)
    with Visitor(whole.url, source="198.51.100.60") as tab:
        tab.open("advice", "lang=de")
        tab.hold("idea-words-*", string_value="\x00 \u202e").click("advice-send")
        assert of_others(whole) == before
        tab.hold("idea-words-*", string_value="Viermal dieselbe Idee")
        press = WidgetState(id=tab.id_of("advice-send"), trigger_value=True)
        for _ in range(4):
            tab.again(press)
            goes_on(tab)
    assert len(of_others(whole)) == len(before) + 1


def test_a_flood_of_ideas_from_one_place_is_slowed_and_others_still_ask(whole: Kiez) -> None:
    def ask(source: str, number: int) -> bool:
        with Visitor(whole.url, source=source) as tab:
            tab.open("advice", "lang=de")
            tab.hold("idea-words-*", string_value=f"Idee {number}").click("advice-send")
            return SAY("advice.thanks") in tab.text()

    assert not all(ask("198.51.100.61", number) for number in range(31))
    assert ask("198.51.100.62", 99)


def test_a_page_taken_over_by_its_session_number_is_a_visitors(whole: Kiez) -> None:
    with Visitor(whole.url, cookie=WHO["applicant"]) as tab:
        tab.open("application", "lang=de")
        session, page = tab.session, tab.page
    with Visitor(whole.url, session=session) as thief:
        thief.page = page
        assert SAY("application.closed_door") in thief.again().text()
        assert CONTACT.encode() not in thief.raw


def test_staff_get_no_vote_by_any_screen(whole: Kiez) -> None:
    for who in ("office", "admin"):
        for page, query in (("sitting", "sitting=evening"), ("sittings", "sitting=evening&lead=1")):
            _, widgets = shown(whole, page, query, who)
            with Visitor(whole.url, cookie=WHO[who]) as tab:
                tab.open(page, f"lang=de&{query}")
                tab.again(
                    *(WidgetState(id=one, trigger_value=True) for one in widgets if "vote" in one)
                )
                goes_on(tab)
    with whole.opened() as store:
        assert store.read("select count(*) from sitting_event where what = 'voted'") == [(0,)]
