"""The letter about a need: German, from what residents said; a draft that somebody reads first."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from urllib.parse import quote

from components import session
from components.words import Words, words
from data import flags, letters, routes, translations, voices
from data import legal as blanks
from data.filters import local_day
from data.letters import line, reminder
from data.needs import Need
from data.pins import Kind, Pin
from data.routes import REFERENCE, Route
from data.rules import PinId
from geo.flags import Flag

QUOTES, LONGEST, LOOKED_AT = 4, 240, 24  # quotes, signs of one, pins looked at for them
PLACES = 3
TITLE = 100  # signs of a subject beside the reference; lists of mails show less
# What is not passed on in somebody's words; a colleague may still write it in words of the office
KEPT_BACK = frozenset({Flag.PERSONAL, Flag.HEALTH, Flag.INSULT, Flag.HATE, Flag.SPAM})
# Longer links are cut or refused by mail programs (Windows: 2,083 signs)
LONGEST_LINK = 2000
SENDER = ("controller", "address", "phone", "email")


def subject(need: Need, found: Sequence[Pin]) -> str:
    """Return the subject of a new letter; `{reference}` stands for a number to come."""
    places = _places(found)
    title = need.title if len(need.title) <= TITLE else f"{need.title[: TITLE - 1]}…"
    named = any(name in title for pin in found for name in pin.place.names)
    if places and not named and len(title) + len(places[0]) <= TITLE:
        return line("subject", title=title, place=places[0], reference=REFERENCE)
    return line("subject_short", title=title, reference=REFERENCE)


def text(
    need: Need, authority: str, found: Sequence[Pin], quoted: dict[PinId, str], *, now: datetime
) -> str:
    """Return a new letter about a need, with the quotes that were chosen."""
    german, area = words("de"), session.instance().area.title
    template = letters.template(authority)
    by = german.day(local_day(now) + timedelta(days=28))
    parts = [
        line("greeting"),
        template.opening.format(area=area),
        "\n".join(_facts(german, need, found)),
    ]
    if quoted:
        parts.append("\n".join([line("quotes"), *_quotes(german, found, quoted)]))
    parts.append("\n".join([line("asks"), *(f"– {ask}," for ask in template.asks[:-1]),
                            f"– {template.asks[-1]}."]))  # fmt: skip
    parts += [line("reply", day=by), line("map"), line("reference", reference=REFERENCE), _foot()]
    return "\n\n".join(parts)


def reminder_text(need: Need, route: Route, *, now: datetime) -> str:
    """Return the text of a reminder."""
    german = words("de")
    by = german.day(local_day(now) + timedelta(days=14))
    sent = german.day(route.sent_on or local_day(now))
    opening = reminder("opening", sent=sent, title=need.title, reference=route.reference)
    if route.their_reference:
        opening += "\n" + reminder("theirs", theirs=route.their_reference)
    waits = "answered" if route.state == routes.RouteState.ANSWERED else "missing"
    parts = [line("greeting"), opening, reminder(waits), reminder("reply", day=by), _foot()]
    return "\n\n".join(parts)


def reminder_subject(route: Route) -> str:
    """Return the subject of a reminder."""
    return reminder("subject", subject=route.subject)


def chosen(found: Sequence[Pin]) -> tuple[dict[PinId, str], list[int]]:
    """Choose what is quoted: short, in different languages, nothing with an open flag.

    Returns the words by pin, and the numbers of the pins that were kept back for a flag.
    """
    here, actor = session.instance(), session.actor()
    quoted: dict[PinId, str] = {}
    kept_back: list[int] = []
    looked_at = _in_turn(found)[:LOOKED_AT]
    german = _translated(looked_at)
    for pin in looked_at:
        if len(quoted) == QUOTES:
            break
        raised = flags.of_pin(here.store, actor, pin)
        if any(one.flag in KEPT_BACK and not one.dismissed for one in raised):
            kept_back.append(pin.number)
            continue
        said = _short(german.get(pin.id, pin.words))
        if said and said not in quoted.values():
            quoted[pin.id] = said
    return quoted, kept_back


def private(found: Sequence[Pin], quoted: dict[PinId, str], letter: str) -> list[int]:
    """List the numbers of quoted pins with an open flag for personal data."""
    here, actor = session.instance(), session.actor()
    return [
        pin.number
        for pin in found
        if quoted.get(pin.id) and quoted[pin.id] in letter
        for one in flags.of_pin(here.store, actor, pin)
        if one.flag == Flag.PERSONAL and not one.dismissed
    ]


def mail(recipient: str, subject: str, letter: str) -> tuple[str, bool]:
    """Return the link that opens a mail, and whether the letter has room in it.

    Everything typed is percent-encoded: no line of it can become another header.

    >>> mail("a@b.de", "Müll\\r\\nBcc: c@d.de", "x&bcc=c@d.de")[0]
    'mailto:a@b.de?subject=M%C3%BCll%20Bcc%3A%20c%40d.de&body=x%26bcc%3Dc%40d.de'
    """
    plain = quote(" ".join(subject.split()), safe="")
    link = f"mailto:{quote(recipient, safe='@')}?subject={plain}"
    whole = f"{link}&body={quote(letter.replace(chr(10), chr(13) + chr(10)), safe='')}"
    return (whole, True) if len(whole) <= LONGEST_LINK else (link, False)


def sender() -> list[str]:
    """Return the lines of who writes, as the office filled them in."""
    here = session.instance()
    filled = blanks.blanks(here.store)
    given = [filled[name] for name in SENDER if filled.get(name)]
    return given if filled.get("controller") else [line("team", area=here.area.title), *given]


def is_signed() -> bool:
    """Tell whether the office filled in who it is and how it is reached."""
    filled = blanks.blanks(session.instance().store)
    return all(filled.get(name) for name in ("controller", "address", "email"))


# --- inside -----------------------------------------------------------------


def _foot() -> str:
    return "\n".join([line("closing"), *sender()])


def _facts(german: Words, need: Need, found: Sequence[Pin]) -> list[str]:
    facts = [line("concern", title=need.title)]
    if places := _places(found):
        facts.append(line("where", places="; ".join(places)))
    if not found:
        return facts
    kinds = Counter(pin.kind for pin in found)
    langs = Counter(pin.lang for pin in found)
    told = ", ".join(f"{german(f'kind.{kind}')} {kinds[kind]}" for kind in Kind if kinds[kind])
    spoken = ", ".join(f"{german(f'language.{one}')} {n}" for one, n in langs.most_common())
    facts.append(line("count", number=str(len(found)), kinds=told, languages=spoken))
    store = session.instance().store
    if support := sum(voices.count(store, [pin.id for pin in found]).values()):
        facts.append(line("support", number=str(support)))
    first, last = (_day(pick(pin.created_at for pin in found)) for pick in (min, max))
    name = "since_one" if first == last else "since"
    facts.append(line(name, first=german.day(first), last=german.day(last)))
    return facts


def _quotes(german: Words, found: Sequence[Pin], quoted: dict[PinId, str]) -> list[str]:
    cited = [pin for pin in found if pin.id in quoted]
    translated = _translated(cited)
    by_id = {pin.id: pin for pin in cited}
    lines = []
    for pin_id, said in quoted.items():
        lang = by_id[pin_id].lang
        name = "quote_translated" if pin_id in translated else "quote_lang"
        told = {} if lang == "de" else {"lang": german(f"language.{lang}")}
        lines.append(line(name if told else "quote", words=said, **told))
    return lines


def _translated(found: Sequence[Pin]) -> dict[PinId, str]:
    """Read what colleagues translated into German of words in other languages."""
    here, actor = session.instance(), session.actor()
    typed = translations.of_pins(here.store, actor, [pin.id for pin in found if pin.lang != "de"])
    return {pin_id: of["de"].words for pin_id, of in typed.items() if "de" in of}


def _in_turn(found: Sequence[Pin]) -> list[Pin]:
    """Put the pins in the order in which they are asked for: one of each language first."""
    seen: Counter[str] = Counter()
    turn: list[tuple[int, int, Pin]] = []
    for n, pin in enumerate(found):
        if pin.words and pin.kind != Kind.STRENGTH:
            turn.append((seen[pin.lang], n, pin))
            seen[pin.lang] += 1
    return [pin for _, _, pin in sorted(turn, key=lambda one: one[:2])]


def _short(said: str) -> str:
    one_line = " ".join(said.split())
    if len(one_line) <= LONGEST:
        return one_line
    return one_line[:LONGEST].rsplit(" ", 1)[0] + " …"


def _places(found: Sequence[Pin]) -> list[str]:
    """Name the places, the most frequent first."""
    counted = Counter(str(pin.place) for pin in found if str(pin.place))
    return [place for place, _ in counted.most_common(PLACES)]


def _day(moment: datetime) -> date:
    return local_day(moment)
