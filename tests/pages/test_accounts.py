import html
import logging
import re
import warnings
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from starlette.applications import Starlette

from components.words import EASY, LANGUAGES, words
from data import instance, passwords, people
from data.limits import Limits
from data.rules import HOUSE, VISITOR, Role
from data.store import Store
from pages.api import accounts

with warnings.catch_warnings():  # it would rather have a client that nothing else here needs
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

GOOD = "ein-langes-wort-7"
COOKIE = "kiezkarte_session"
FORM = "kiezkarte_form"


@dataclass
class Running:
    store: Store
    limits: Limits = field(default_factory=Limits)


def now():
    return datetime.now(UTC)


@pytest.fixture
def store(monkeypatch):
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(1, 8, 1))
    opened = Store.open(None)
    here = Running(opened)
    monkeypatch.setattr(instance, "running", lambda: here)
    people.add(
        opened,
        HOUSE,
        person_id="id-anna",
        login="anna",
        name="Anna Beispiel",
        role=Role.OFFICE,
        password=GOOD,
        now=now(),
    )
    yield opened
    opened.close()


def visitor(base="http://testserver", source="192.0.2.7"):
    app = Starlette(routes=accounts.routes())
    return TestClient(app, base_url=base, follow_redirects=False, client=(source, 50000))


@pytest.fixture
def client(store):
    return visitor()


def send(client, path, **fields):
    """Open a form and send it, as a browser would."""
    opened = client.get(path)
    secret = re.search(r'name="form" value="([^"]+)"', opened.text)
    return client.post(path, data={"form": secret[1] if secret else "", **fields})


def log_in(client, login="anna", password=GOOD, path="/auth/login"):
    return send(client, path, login=login, password=password)


def who(store, client):
    return people.who(store, client.cookies.get(COOKIE, ""), now=now())


def alert(answer):
    found = re.search(r'role="alert"[^>]*>([^<]+)<', answer.text)
    return html.unescape(found[1]) if found else None


def flags(answer, name):
    lines = [line for line in answer.headers.get_list("set-cookie") if line.startswith(f"{name}=")]
    return lines[0].lower() if lines else ""


# --- logging in -----------------------------------------------------------


def test_logging_in_leads_to_the_map_and_says_who_is_here(store, client):
    answer = log_in(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?lang=de")
    assert who(store, client).person == "id-anna"


def test_the_cookie_is_for_this_site_and_no_script(client):
    cookie = flags(log_in(client), COOKIE)
    for flag in ("httponly", "samesite=strict", "path=/;", "max-age=28800"):
        assert flag in cookie
    assert "secure" not in cookie


def test_over_https_both_cookies_are_secure(store):
    client = visitor("https://testserver")
    assert "secure" in flags(client.get("/auth/login"), FORM)
    assert "secure" in flags(log_in(client), COOKIE)


def test_the_form_cookie_is_only_for_the_forms(client):
    cookie = flags(client.get("/auth/login"), FORM)
    for flag in ("httponly", "samesite=strict", "path=/auth"):
        assert flag in cookie


@pytest.mark.parametrize(
    ("login", "password"),
    [("anna", "falsch-falsch"), ("nobody", GOOD), ("", ""), ("anna", ""), ("\x00", "\x00")],
)
def test_a_wrong_pair_is_one_sentence_and_no_session(store, client, login, password):
    answer = log_in(client, login, password)
    assert answer.status_code == 401
    assert alert(answer) == "Anmeldename oder Passwort stimmt nicht. Bitte noch einmal versuchen."
    assert who(store, client) == VISITOR
    assert COOKIE not in answer.headers.get("set-cookie", "")


def test_unknown_and_wrong_are_answered_word_for_word_alike(client):
    known, unknown = log_in(client, "anna", "falsch"), log_in(client, "anne", "falsch")
    assert known.text.replace("anna", "anne") == unknown.text


def test_a_disabled_person_is_refused(store, client):
    people.add(
        store,
        HOUSE,
        person_id="id-c",
        login="chefin",
        name="C",
        role=Role.ADMIN,
        password=GOOD,
        now=now(),
    )
    people.disable(store, HOUSE, person_id="id-anna", now=now())
    assert log_in(client).status_code == 401


def test_the_login_stays_typed_and_the_password_does_not(client):
    answer = log_in(client, "anna.tippt", "ein-falsches-wort")
    assert 'value="anna.tippt"' in answer.text
    assert "ein-falsches-wort" not in answer.text


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' autofocus onfocus='alert(1)",
        "{{7*7}}",
        "${7*7}{login}{0}",
        "\x00",
        "\u202egro.nnaan",
        "a&b;&lt;",
    ],
)
def test_hostile_logins_come_back_as_text(client, typed):
    answer = log_in(client, typed, "falsch")
    assert answer.status_code == 401
    assert "<script" not in answer.text
    assert "<img" not in answer.text
    value = re.search(r'id="login"[^>]*? value="([^"]*)"', answer.text)[1]
    assert html.unescape(value).strip("\ufffd\x00") == typed.strip("\x00")


def test_logging_in_ends_the_browsers_older_session(store, client):
    log_in(client)
    old = client.cookies[COOKIE]
    log_in(client)
    assert client.cookies[COOKIE] != old
    assert people.who(store, old, now=now()) == VISITOR
    assert who(store, client) != VISITOR


def test_a_planted_session_cookie_is_not_taken_over(store, client):
    client.cookies.set(COOKIE, "planted", domain="testserver.local", path="/")
    log_in(client)
    assert people.who(store, "planted", now=now()) == VISITOR


# --- where it leads -------------------------------------------------------


@pytest.mark.parametrize("page", ["/inbox", "/proposals"])
def test_a_page_of_ours_is_where_it_leads(client, page):
    answer = log_in(client, path=f"/auth/login?lang=tr&next={page}")
    assert answer.headers["location"] == f"{page}?lang=tr"


@pytest.mark.parametrize(
    "asked",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/inbox/../../evil",
        "/inbox?x=1",
        "/auth/logout",
        "javascript:alert(1)",
        "%2f%2fevil.example",
        "/inbox%0d%0aset-cookie:a=b",
        "inbox",
        "",
    ],
)
def test_no_other_address_is(client, asked):
    answer = client.get("/auth/login", params={"next": asked})
    assert "evil" not in answer.text
    secret = client.cookies[FORM]
    data = {"form": secret, "login": "anna", "password": GOOD}
    answer = client.post("/auth/login", params={"next": asked}, data=data)
    assert answer.headers["location"] == "/?lang=de"


# --- forged forms ---------------------------------------------------------


@pytest.mark.parametrize("path", ["/auth/login", "/auth/logout", "/auth/setup/link"])
@pytest.mark.parametrize("secret", [None, "", "wrong", "ü", "x" * 43])
def test_a_form_without_our_secret_does_nothing(store, client, path, secret):
    people.offer_setup(store, HOUSE, role=Role.ADMIN, token="link", now=now())
    log_in(client)
    before = store.read("select * from login_session"), store.read("select * from person")
    client.get(path)
    fields = {"login": "neu", "name": "Neu", "password": GOOD}
    answer = client.post(path, data=fields | ({"form": secret} if secret is not None else {}))
    assert answer.status_code == 403
    assert alert(answer) == words("de")("problem.form.expired")
    assert (store.read("select * from login_session"), store.read("select * from person")) == before


def test_a_secret_without_its_cookie_does_nothing(store, client):
    client.get("/auth/login")
    data = {"form": client.cookies[FORM], "login": "anna", "password": GOOD}
    assert visitor().post("/auth/login", data=data).status_code == 403


@pytest.mark.parametrize("planted", ["", "x", "y" * 42])
def test_a_planted_form_secret_is_none_of_ours(store, client, planted):
    answer = client.post(
        "/auth/login",
        data={"form": planted, "login": "anna", "password": GOOD},
        headers={"cookie": f"{FORM}={planted}"},
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_from_another_site_does_nothing(store, client, site):
    client.get("/auth/login")
    data = {"form": client.cookies[FORM], "login": "anna", "password": GOOD}
    answer = client.post("/auth/login", data=data, headers={"sec-fetch-site": site})
    assert answer.status_code == 403


def test_the_second_tab_does_not_spoil_the_first(client):
    first = re.search(r'name="form" value="([^"]+)"', client.get("/auth/login").text)[1]
    client.get("/auth/logout")
    data = {"form": first, "login": "anna", "password": GOOD}
    assert client.post("/auth/login", data=data).status_code == 303


@pytest.mark.parametrize(
    "body", [b"x" * 8193, b"login=" + b"a" * 9000, b"&".join(b"a=b" for _ in range(50))]
)
def test_too_big_a_form_is_refused_unread(client, body):
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/auth/login", content=body, headers=headers)
    assert answer.status_code == 413
    assert alert(answer) == words("de")("problem.form.too_big")


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"{}", b"&&==&", b"%", b"form=%00"])
def test_what_is_no_form_does_nothing(client, body):
    assert client.post("/auth/login", content=body).status_code == 403


# --- limits ---------------------------------------------------------------


def test_the_sixth_wrong_password_in_a_minute_is_not_even_tried(store, client):
    answers = [log_in(client, password="falsch").status_code for _ in range(6)]
    assert answers == [401] * 5 + [429]
    refused = log_in(client)
    assert refused.status_code == 429
    assert alert(refused) == words("de")("problem.too_many")


def test_guessing_from_one_place_does_not_lock_out_the_owner_elsewhere(store, client):
    for _ in range(40):
        log_in(client, password="falsch")
    assert log_in(visitor(source="192.0.2.99")).status_code == 303


def test_one_place_cannot_try_name_after_name(store, client):
    answers = [log_in(client, f"name{number}", "falsch").status_code for number in range(31)]
    assert answers == [401] * 30 + [429]


def test_writing_the_login_differently_is_the_same_login(store, client):
    spellings = ["anna", "ANNA", " anna", "ａｎｎａ", "Anna", "aNNa"]
    answers = [log_in(client, spelling, "falsch").status_code for spelling in spellings]
    assert answers == [401] * 5 + [429]


def test_right_log_ins_do_not_count_against_the_person(store, client):
    for _ in range(3):
        for _ in range(4):
            log_in(client, password="falsch")
        assert log_in(client).status_code == 303


def test_setting_up_is_tried_five_times_a_minute(store, client):
    people.offer_setup(store, HOUSE, role=Role.JURY, token="link", now=now())
    path, fields = "/auth/setup/link", {"name": "N", "login": "neu", "password": "kurz"}
    answers = [send(client, path, **fields).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


# --- logging out ----------------------------------------------------------


def test_looking_at_the_log_out_page_logs_nobody_out(store, client):
    log_in(client)
    assert client.get("/auth/logout").status_code == 200
    assert who(store, client).person == "id-anna"


def test_logging_out_ends_the_session_on_the_server_too(store, client):
    log_in(client)
    token = client.cookies[COOKIE]
    answer = send(client, "/auth/logout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?lang=de")
    assert COOKIE not in client.cookies
    assert people.who(store, token, now=now()) == VISITOR


def test_logging_out_without_a_session_is_fine(client):
    assert send(client, "/auth/logout").status_code == 303


# --- setting up -----------------------------------------------------------


def test_a_setup_link_makes_an_account_that_can_log_in(store, client):
    people.offer_setup(store, HOUSE, role=Role.JURY, token="link", now=now())
    opened = client.get("/auth/setup/link")
    assert "Jury" in opened.text
    answer = send(client, "/auth/setup/link", name="<b>Neu</b>", login="neu", password=GOOD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/auth/login?lang=de&ready=1")
    assert words("de")("accounts.login.ready") in client.get("/auth/login?ready=1").text
    assert log_in(client, "neu").status_code == 303
    assert who(store, client).role is Role.JURY


def test_opening_a_setup_link_does_not_use_it_up(store, client):
    people.offer_setup(store, HOUSE, role=Role.JURY, token="link", now=now())
    for _ in range(3):
        assert client.get("/auth/setup/link").status_code == 200


@pytest.mark.parametrize("token", ["unknown", "%00", "..%2f", "<script>", "a" * 5000])
def test_an_unknown_setup_link_shows_no_form(client, token):
    answer = client.get(f"/auth/setup/{token}")
    assert answer.status_code == 404
    assert "<form" not in answer.text
    assert "<script" not in answer.text


def test_a_used_and_an_expired_setup_link_are_over(store, client):
    people.offer_setup(store, HOUSE, role=Role.JURY, token="used", now=now())
    send(client, "/auth/setup/used", name="N", login="neu", password=GOOD)
    people.offer_setup(store, HOUSE, role=Role.JURY, token="old", now=now() - timedelta(days=8))
    for token in ("used", "old"):
        client.get("/auth/login")
        fields = {"form": client.cookies[FORM], "name": "N", "login": "zwei", "password": GOOD}
        answer = client.post(f"/auth/setup/{token}", data=fields)
        assert answer.status_code == 404
        assert alert(answer) == words("de")("problem.setup.unknown")


@pytest.mark.parametrize(
    ("changes", "status", "wrong"),
    [
        ({"password": "kurz"}, 422, "password"),
        ({"login": "<b>"}, 422, "login"),
        ({"name": ""}, 422, "name"),
        ({"login": "ANNA"}, 409, None),
    ],
)
def test_a_refused_setup_says_why_at_its_field_and_keeps_the_words(
    store, client, changes, status, wrong
):
    people.offer_setup(store, HOUSE, role=Role.JURY, token="link", now=now())
    fields = {"name": "Neue Person", "login": "neu", "password": GOOD} | changes
    answer = send(client, "/auth/setup/link", **fields)
    assert answer.status_code == status
    assert alert(answer)
    marked = re.findall(r'<input id="(\w+)"[^>]*aria-invalid="true"', answer.text)
    assert marked == ([wrong] if wrong else [])
    assert f'value="{html.escape(fields["login"])}"' in answer.text
    assert GOOD not in answer.text
    assert client.get("/auth/setup/link").status_code == 200


# --- every page -----------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["/auth/login", "/auth/logout", "/auth/setup/link"])
def test_a_page_speaks_its_language_in_its_direction(store, client, path, lang):
    people.offer_setup(store, HOUSE, role=Role.ADMIN, token="link", now=now())
    answer = client.get(f"{path}?lang={lang}")
    html_lang = words(lang).html_lang
    assert f'<html lang="{html_lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in answer.text
    assert answer.text.count('aria-current="true"') == 1
    for page in ("privacy", "imprint", "accessibility", "netiquette"):
        assert f'href="/{page}?lang={lang}"' in answer.text
    assert not re.search(r"accounts\.|problem\.|\{", answer.text.split("</style>")[1])


@pytest.mark.parametrize("lang", ["", "fr", "<script>", "de_DE@x", "../de"])
def test_a_language_we_do_not_have_is_german(client, lang):
    answer = client.get("/auth/login", params={"lang": lang})
    assert '<html lang="de" dir="ltr">' in answer.text
    assert "<script" not in answer.text


def test_changing_the_language_keeps_where_it_leads(client):
    assert "?next=%2Finbox&amp;lang=tr" in client.get("/auth/login?next=/inbox").text


@pytest.mark.parametrize("path", ["/auth/login", "/auth/logout", "/auth/setup/none"])
def test_no_page_is_stored_or_runs_a_script(client, path):
    answer = client.get(path)
    assert answer.headers["cache-control"] == "no-store"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script" not in policy
    assert "style=" not in answer.text


def test_every_input_has_a_label_and_says_what_fills_it(store, client):
    people.offer_setup(store, HOUSE, role=Role.ADMIN, token="link", now=now())
    for path in ("/auth/login", "/auth/setup/link"):
        text = client.get(path).text
        inputs = re.findall(r'<input id="(\w+)"[^>]*autocomplete="([\w-]+)"', text)
        assert re.findall(r'<label for="(\w+)"', text) == [name for name, _ in inputs]
    assert dict(inputs) == {"name": "name", "login": "username", "password": "new-password"}


@pytest.mark.parametrize("path", ["/auth/", "/auth/nothing", "/auth/login/x", "/auth/setup/"])
def test_nothing_else_is_under_auth(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_no_other_method_does_anything(store, client, method):
    assert client.request(method, "/auth/login").status_code == 405


def test_trouble_nobody_foresaw_is_a_number_without_a_word_of_it(client, monkeypatch, caplog):
    monkeypatch.setattr(accounts.people, "log_in", lambda *_, **__: 1 / 0)
    answer = log_in(client)
    assert answer.status_code == 500
    assert "division" not in answer.text
    number = re.search(r"Nr\. ([0-9a-f]{6})", alert(answer))[1]
    assert number in caplog.text


def test_no_password_token_name_or_address_is_logged(store, client, caplog):
    caplog.set_level(logging.DEBUG)
    people.offer_setup(store, HOUSE, role=Role.ADMIN, token="secret-link", now=now())
    send(client, "/auth/setup/secret-link", name="Neu", login="neue.person", password=GOOD)
    log_in(client, "neue.person", "wrong-password-typed")
    log_in(client, "neue.person")
    ours = "\n".join(line.getMessage() for line in caplog.records if "kiezkarte" in line.name)
    secrets = (GOOD, "wrong-password", "secret-link", "neue.person", "192.0.2.7")
    for secret in (*secrets, client.cookies[COOKIE]):
        assert secret not in ours


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != EASY])  # staff read German
def test_every_language_has_every_word(lang):
    from components.words import catalogs

    found = {
        code: {
            message.id: message.string
            for catalog in catalogs(code)
            if catalog.domain == "accounts"
            for message in catalog
            if message.id
        }
        for code in ("de", lang)
    }
    assert found[lang].keys() == found["de"].keys()
    assert all(found[lang].values())
    for key, text in found["de"].items():
        assert re.findall(r"\{\w+\}", found[lang][key]) == re.findall(r"\{\w+\}", text)
