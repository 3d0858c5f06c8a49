"""Minutes and letters as PDFs: tagged, with all their words, and nobody's words as markup."""

import io

import pypdf
import pytest

from components.words import words
from data import decision_letters, minutes, sittings
from data.store import Store
from pages.api import pdf, print_decision, print_minutes
from pages.api.pdf import Document
from tests.data.test_minutes import held, planned

HOSTILE = '#import "x.typ" $x^2$ *a* _b_ `c` <d> @e #set text(red) \\ /* */ //'
ARABIC = "نحتاج المزيد من المقاعد في الساحة"


@pytest.fixture(scope="module")
def evening(now, office, area, spots):
    """An evening that was held; who changes it works on one of their own."""
    store = Store.open()
    yield held(planned(store, now, office, area, spots))
    store.close()


def read(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made))


def text(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(made).pages).split())


def tight(said: str) -> str:
    """Return words without spaces and marks of direction: lines break where there is room."""
    return "".join(c for c in said if not c.isspace() and c not in "\u2066\u2067\u2068\u2069")


def drawn(now, *blocks, lang="de") -> bytes:
    return pdf.drawn(words(lang), Document("Titel", "Kiezkarte", blocks, "Fuß", now))


def test_a_pdf_is_tagged_and_says_its_title_and_language(now):
    root = read(drawn(now, {"is": "heading", "level": 1, "t": "Titel"})).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "de"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_nobodys_words_are_markup(now):
    made = drawn(now, {"is": "heading", "level": 1, "t": HOSTILE}, {"is": "line", "t": HOSTILE})
    assert tight(text(made)).count(tight(HOSTILE)) == 2


def test_arabic_is_in_the_file_as_its_letters(now):
    made = drawn(now, {"is": "line", "t": pdf.theirs(ARABIC, "ar")}, lang="ar")
    assert set(ARABIC.split()) <= set(
        text(made).split()
    )  # the reader gives the words from the left


def test_the_same_document_is_drawn_once_and_is_the_same_file(now, monkeypatch):
    block = {"is": "line", "t": "einmal"}
    first = drawn(now, block)
    monkeypatch.setattr(pdf, "_compiled", lambda *_: pytest.fail("drawn twice"))
    assert drawn(now, block) is first


def test_all_fonts_come_with_the_program():
    assert [name for folder in pdf._fonts() for name in folder.rsplit("/", 2)[-1:]] == ["files"] * 2


@pytest.mark.parametrize("lang", ["de", "en", "tr", "ar"])
def test_minutes_say_what_was_decided_in_every_language(evening, lang):
    told, say = minutes.of(evening.store, evening.office, evening.id), words(lang)
    made = pdf.drawn(say, print_minutes.document(say, told, "Mariannenkiez"))
    said = text(made)
    for part in ("Projekt 1", "Projekt 3", "Termine", "Unterlagen fehlen", "Zu teuer", "Gut für"):
        assert part in said
    for part in ("Mitglied 5", "Mitglied 7", "450"):
        assert part in said
    assert read(made).trailer["/Root"]["/Lang"] == lang


def test_german_minutes_have_times_counts_and_the_pot(evening):
    told, say = minutes.of(evening.store, evening.office, evening.id), words("de")
    said = text(pdf.drawn(say, print_minutes.document(say, told, "Mariannenkiez")))
    for part in ("11:35–11:50", "900 €", "3 Ja", "geheim", "Auflagen: Mit dem Grünflächenamt"):
        assert part in said
    assert say("minutes.draft") not in said


def test_open_minutes_are_marked_as_a_draft(store, now, office, area, spots):
    evening = held(planned(store, now, office, area, spots))
    evening.lead(sittings.reopen, reason=HOSTILE)
    told, say = minutes.of(evening.store, evening.office, evening.id), words("de")
    said = text(pdf.drawn(say, print_minutes.document(say, told, "Mariannenkiez")))
    assert say("minutes.draft") in said
    assert tight(HOSTILE) in tight(said)


def test_who_chose_what_is_nowhere_in_the_minutes(evening):
    told, say = minutes.of(evening.store, evening.office, evening.id), words("de")
    laid = repr(print_minutes.document(say, told, "Mariannenkiez").blocks)
    assert "Mitglied 1" in laid  # among those who were there
    for choice in ("'yes'", "'no'", "'abstain'"):
        assert choice not in laid


@pytest.mark.parametrize("lang", ["de", "en", "tr", "ar", "ls"])
@pytest.mark.parametrize(
    ("project", "outcome"),
    [("p1", "approved_with_conditions"), ("p2", "rejected"), ("p3", "postponed")],
)
def test_a_letter_is_in_the_applicants_language_and_in_german(evening, lang, project, outcome):
    evening.store.write(
        lambda tx: tx.execute(
            "update project set lang = $lang where id = $id", {"lang": lang, "id": project}
        )
    )
    told, say = decision_letters.of(evening.store, evening.office, project), words(lang)
    document = print_decision.document(say, told, "Mariannenkiez")
    laid = repr(document.blocks)
    assert say(f"decision.{outcome}") in laid
    german = words("de")(f"decision.{outcome}") in laid
    assert german == (lang != "ls")  # easy German is German enough
    root = read(pdf.drawn(say, document)).trailer["/Root"]
    assert root["/Lang"] == say.html_lang


def test_a_letter_has_sum_conditions_reason_and_what_comes_next(evening):
    told, say = decision_letters.of(evening.store, evening.office, "p1"), words("de")
    said = text(pdf.drawn(say, print_decision.document(say, told, "Mariannenkiez")))
    for part in ("450 €", "Mit dem Grünflächenamt", "Gut für alle", "4. Mai 2026", "Jury"):
        assert part in said
    assert say("decision.next.approved_with_conditions.2") in said


# --- over HTTP ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("", "minutes?sitting=nowhere", 403),
        ("office", "minutes?sitting=nowhere", 404),
        ("jury", "minutes?sitting=nowhere", 404),
        ("", "decision?project=project-1", 403),
        ("jury", "decision?project=project-1", 403),
        ("office", "decision?project=project-1", 409),
        ("office", "decision?project=nowhere", 404),
    ],
)
def test_nobody_gets_a_pdf_that_is_not_theirs_or_not_there(kiez, who, path, status):
    answer = kiez.ask(f"/api/prints/{path}", cookie=kiez.cookie(who) if who else "")
    assert answer.status == status
    assert "pdf" not in answer.headers["content-type"]
