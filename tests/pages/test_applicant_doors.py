"""The private link over HTTP: one button, a cookie that no script reads, and nothing for strangers."""

import urllib.parse
from datetime import UTC, datetime, timedelta

import pytest

from data import advice, application_links
from data.advice import Idea
from data.application_links import KEPT
from data.areas import load
from data.rules import HOUSE, VISITOR, ProjectId
from tests.browser.conftest import start_server, stop_server
from tests.pages.conftest import FORM, TRACES, Kiez, settle

GOOD, REVOKED, OLD = "g" * 43, "r" * 43, "o" * 43
WORDS = "Ein Hoffest, das nur wir kennen"


def _ideas(store) -> None:
    now, area = datetime.now(UTC), load("mariannenplatz")
    for token, begun in ((GOOD, now), (REVOKED, now), (OLD, now - KEPT - timedelta(days=1))):
        idea = Idea(ProjectId(f"idea-{token[0]}"), WORDS, contact="030 99")
        advice.ask(store, VISITOR, area, idea, token=token, now=begun)
    application_links.revoke(store, HOUSE, "idea-r", now=now)


@pytest.fixture(scope="module")
def kiez(tmp_path_factory):
    folder = tmp_path_factory.mktemp("links")
    settle(folder, _ideas)
    running = start_server(folder)
    yield Kiez(running, folder)
    stop_server(running)


def press(kiez: Kiez, path: str, **sent: str):
    """Press the one button of a form."""
    form = kiez.ask(path).cookies["kiezkarte_form"].value
    body = urllib.parse.urlencode({"form": form}).encode()
    return kiez.ask(path, "POST", body, cookie=f"kiezkarte_form={form}", content_type=FORM, **sent)


def test_looking_at_a_link_opens_nothing_and_says_nothing_of_the_application(kiez):
    for token in (GOOD, REVOKED, OLD, "x" * 43):
        answer = kiez.ask(f"/auth/application/{token}")
        assert "kiezkarte_application" not in answer.cookies
        assert WORDS not in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert not TRACES.search(answer.text)


def test_the_button_sets_a_cookie_that_no_script_reads_and_leaves_the_address(kiez):
    answer = press(kiez, f"/auth/application/{GOOD}?lang=tr")
    assert (answer.status, answer.headers["location"]) == (303, "/application?lang=tr")
    cookie = answer.cookies["kiezkarte_application"]
    assert cookie.value == GOOD
    assert (cookie["httponly"], cookie["samesite"].lower(), cookie["path"]) == (True, "strict", "/")


@pytest.mark.parametrize(
    ("token", "said"),
    [
        (REVOKED, "gilt nicht mehr"),
        (OLD, "abgelaufen"),
        ("x" * 43, "gibt es nicht"),
        ("a" * 3000, "gibt es nicht"),
    ],
)
def test_a_link_that_is_over_is_refused_kindly_and_changes_nothing(kiez, token, said):
    before = kiez.stored()
    shown, sent = kiez.ask(f"/auth/application/{token}"), press(kiez, f"/auth/application/{token}")
    for answer in (shown, sent):
        assert answer.status == 404
        assert said in answer.text
        assert "Das QM-Büro kann Ihnen jederzeit einen neuen Link geben" in answer.text
        assert "kiezkarte_application" not in answer.cookies
    assert kiez.stored() == before


def test_another_site_cannot_press_the_button(kiez):
    answer = press(kiez, f"/auth/application/{GOOD}", sec_fetch_site="cross-site")
    assert answer.status == 403
    assert "kiezkarte_application" not in answer.cookies


def test_closing_takes_the_cookie_away(kiez):
    answer = press(kiez, "/auth/application")
    assert answer.status == 303
    assert answer.cookies["kiezkarte_application"].value == ""


def test_no_token_stands_in_the_log(kiez):
    press(kiez, f"/auth/application/{GOOD}")
    assert not any(token in kiez.log() for token in (GOOD, REVOKED, OLD))
