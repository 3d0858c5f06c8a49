"""Personal data in a text: numbers, addresses, number plates; names stand in flags_names."""

import re
from collections.abc import Iterator

from geo.flags_names import named
from geo.flags_text import Flag, Found, Text

_RUN = re.compile(r"(?<![\w.,/-])(?:\+|\(|00)?\(?\d[\d\s()/.+:·-]{3,24}\d(?!\w)(?![.,]\d)")
_CALL = re.compile(
    r"(?<!\w)(?:tel\w*|tlf|fon|phone|handy\w*|mobil\w*|mobile|cell|whats\s?app|wapp|nummer|telefonnummer|rufnummer|"
    r"number|(?:ruf|anruf|ruft|rueckruf|ruckruf|erreich|meld|call|text|reach|contact|ring)\w*|"
    r"ara|arayin|ulas\w*|numara\w*|cep|signal|sms|"
    r"[وبل]?(?:ال)?(?:هاتف|رقم|رقمي|واتس|واتساب|موبايل|جوال|تلفون|تليفون|اتصل|اتصلوا|التواصل|للتواصل))(?!\w)"
)
_DATE = re.compile(
    r"(?<!\d)\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:19|20)?\d\d(?!\d)|(?<!\d)(?:19|20)\d\d-\d\d-\d\d"
)
_HOURS = re.compile(r"^\(?[0-2]?\d(?:[.:][0-5]\d)?\s?-\s?[0-2]?\d[.:][0-5]\d")
_TURKISH_MOBILE = re.compile(r"^5\d\d[ -]?\d{3}[ -]?\d\d[ -]?\d\d$")
_SHORT = frozenset({"110", "112", "115", "116117"})
_SPOKEN = (
    r"null|eins|zwei|zwo|drei|vier|funf|fuenf|sechs|sieben|acht|neun|zero|oh|"
    r"one|two|three|four|five|six|seven|eight|nine|sifir|bir|iki|uc|dort|"
    r"bes|alti|yedi|sekiz|dokuz|صفر|واحد|اثنان|اثنين|ثلاثه|اربعه|خمسه|سته|سبعه|"
    r"ثمانيه|تسعه"
)
_SAID = re.compile(rf"(?<!\w)(?:(?:{_SPOKEN}|\d)[\s,.-]*){{6,}}(?!\w)")
_AT = r"\s?(?:@|[(\[{<]\s?(?:at|a|et|@)\s?[)\]}>]|[_*-]at[_*-])\s?"
_DOT = r"(?:\s?(?:\.|[(\[{<]\s?(?:dot|punkt|nokta|nukta)\s?[)\]}>])\s?|\s(?:dot|punkt|nokta|نقطه|دوت)\s)"
_MAIL = re.compile(
    rf"(?<!\w)[\w.+%-]+{_AT}[\w-]+(?:{_DOT}[\w-]+)+|(?<!\w)[\w.+-]+\s(?:at|klammeraffe|et|ات|ايت)\s[\w-]+\s?(?:{_DOT}[a-z]{{2,}})(?!\w)"
    r"|(?<!\w)[\w.+-]{3,}@\w{3,}|[\w.-]{4,}\s(?:gmail|hotmail|gmx|yahoo|outlook|icloud|web)[\s.](?:com|de|net)(?!\w)"
)
_HANDLE = re.compile(r"(?<![\w.])@[\w.]{3,}")
# An account named by its network: "insta: mia.k", "Facebook als Tina Maurer"
_NETWORK = (
    r"(?<!\w)(?:insta\w*|ig|snap\w*|telegram\w*|tiktok\w*|facebook\w*|fb|twitter|discord|threema|signal|skype|messenger|"
    r"انستغرام|انستقرام|انستا|فيسبوك|تيليجرام|تلغرام|سناب\w*)"
)
_ACCOUNT = re.compile(
    rf"{_NETWORK}\s?[:=]?\s?(?:\w+\s){{0,3}}?(?!\d+[.,]?\d*(?!\w))(\w+[._]\w[\w.]*|[a-z]+_?\d{{2,}}\w*)(?!\w)"
)
_ACCOUNT_NAME = re.compile(
    rf"{_NETWORK}(?:\s?[:=]\s?|\s(?:als|as|ist|is|name|unter|under|heiße|olarak|adim)\s)([^\W\d]\w+)\s[^\W\d]\w+"
)
_BORN = re.compile(
    r"(?<!\w)(?:geb\.?|geboren\w*|geburtsdatum|geburtstag\w*|born|date of birth|birth ?date|birthday|dob|dogum\w*|dogdum|dogumlu\w*|"
    r"(?:ال)?ميلاد\w*|ولدت|مولود\w*|مواليد\w*)(?!\w)"
)
_BIRTHDAY = re.compile(
    rf"{_DATE.pattern}|(?<!\w)\d{{1,2}}(?:\.|st|nd|rd|th)?\s(?:of\s)?[^\W\d_]{{3,9}}\.?\s(?:19|20)\d\d(?!\d)"
)
_ROOM = re.compile(
    r"(?<!\w)(?:zimmer|room|oda|odam|odamiz|غرفه|غرفتي|غرفتنا)\s(?:\w+\s)?(?:nr\.?\s?|no\.?\s?|number\s|numara\w*\s|رقم\s)?\d{1,4}[a-z]?(?!\w)"
)
_HOSTEL = re.compile(
    r"(?<!\w)(?:mein\w*|wohne\w*|unterkunft\w*|wohnheim\w*|\w*heim|pension|hostel|lager|my|we live|i live|shelter|refuge|dorm\w*|yurt\w*|kaliyor\w*|odam\w*|"
    r"اسكن|نسكن|(?:ال)?(?:هايم|سكن|ماوي|فندق)|غرفتي|غرفتنا)(?!\w)"
)
_IBAN = re.compile(
    r"(?<!\w)(?:[a-z]{2}|(?:de|at|ch|tr|pl|nl|fr)\s)\d\d(?:[ -]?[a-z0-9]{2,4}){3,8}(?!\w)"
)
# District and letters: B-XY 123; only with a hyphen also in small letters
_PLATE = re.compile(r"(?<![\w-])[A-ZÄÖÜ]{1,3}\s?[-:·•]\s?[A-ZÄÖÜ]{1,2}[\s-]?\d{1,4}[EH]?(?!\w)")
_PLATE_SPACED = re.compile(
    r"(?<![\w-])([A-ZÄÖÜ]{1,3})\s([A-ZÄÖÜ]{1,2})[\s-]?\d{2,4}[EH]?(?![\w.,:]\d|\w)"
)
_PLATE_CLOSE = re.compile(r"(?<![\w-])B[A-Z]{1,2}\s?\d{3,4}[EH]?(?!\w)")
_PLATE_SMALL = re.compile(r"(?<![\w-])[a-zäöü]{1,3}-[a-z]{1,2}[\s-]?\d{2,4}[eh]?(?!\w)")
_PLATE_TURKISH = re.compile(r"(?<!\w)(?:0[1-9]|[1-7]\d|8[01])\s?([A-Z]{1,3})\s?\d{2,5}(?!\w)")
_NO_PLATE = frozenset(
    re.findall(
        r"\w+",
        """
    DIN EN ISO EU DB AG TÜV QM EG OG UG KM EUR UHR
    KG MM CM M BMW BVG BSR BER BGB DM MB GB PS KW NR LKW PKW
""",
    )
)
_PLATE_WORD = re.compile(
    r"(?<!\w)(?:kennzeichen|nummernschild|kfz|plaka\w*|licen[cs]e plate|number plate|plates?|registration|"
    r"reg|ال?نمره|ال?لوحه|رقم ال?سياره|ال?سياره رقم|سياره رقم|لوحتها|نمرتها)(?!\w)"
)
_PLATE_NEAR = re.compile(
    r"(?<!\w)(?:\d{3}[\s-][a-z]{3}|[a-z]{1,3}[\s-]{0,3}[a-z]{0,2}[\s-]?\d{1,4}[eh]?|\d{2}\s?[a-z]{1,3}\s?\d{2,5})(?!\w)"
)
_STREET = re.compile(
    r"(?<!\w)(?:[\w.]+[\s-]){0,2}?[\w.-]*(?:straße|strasse|str\.?|platz|weg|allee|ufer|damm|gasse|ring|chaussee|zeile)"
    r"\s?(?:nr\.?\s?)?\d{1,3}\s?[a-z]?(?!\w)"
)
_HOME = re.compile(
    r"(?<!\w)(?:ich wohn\w*|wir wohn\w*|wohnt|wohnung\w*|wohnhaft|zuhause|zu hause|meine adresse|\d+\.\s?(?:stock|etage|og|obergeschoss|hinterhof|hof|hh)|"
    r"(?:erste|zweite|dritte|vierte|funfte)[nr]?\s(?:stock|etage)|hinterhaus|seitenflugel|sfl?\.?|vh|hh|dachgeschoss|aufgang \w|quergebaude|vorderhaus|"
    r"gartenhaus|klingel\w*|whg\.?|we\s?\d+|i live|we live|lives at|my flat|my apartment|my address|flat \d+|apartment \w+|apt\.? \w+|top floor|basement flat|back building|front building|door code|"
    r"(?:first|second|third|fourth|fifth|ground|\d\w\w) floor|daire\w*|arka bina|on bina|zil(?:de|im|imiz|inde)?|kapi kodu|kat \d|\d+\.\s?kat\w*|oturuyor\w*|evim\w*|adresim\w*|"
    r"(?:ا|ن)سكن|(?:ا|ن)عيش|البنايه الخلفيه|الدور|ساكن\w*|يسكن|تسكن|شقه|شقتي|الطابق|بيتي|عنواني)(?!\w)"
)


def personal(text: Text) -> Iterator[Found]:
    """Find personal data in a text."""
    ibans = [(start, end) for start, end in _ibans(text)]
    mails = [(match.start(), match.end()) for match in _MAIL.finditer(text.plain)]
    found = [("iban", *place) for place in ibans] + [("email", *place) for place in mails]
    found += [("phone", *place) for place in _phones(text) if not _within(place, ibans)]
    found += [("plate", *place) for place in _plates(text) if not _within(place, ibans)]
    found += [("address", *place) for place in _homes(text)]
    handles = [(match.start(), match.end()) for match in _HANDLE.finditer(text.plain)]
    found += [("handle", *place) for place in handles if not _within(place, mails)]
    found += [("handle", *place) for place in _accounts(text)]
    found += [("birthday", *place) for place in _near(text, _BIRTHDAY, _BORN, 28)]
    found += [("address", *place) for place in _near(text, _ROOM, _HOSTEL, 40)]
    for reason, start, end in found:
        yield text.found(Flag.PERSONAL, reason, start, end)
    yield from named(text)


def _phones(text: Text) -> Iterator[tuple[int, int]]:
    for match in _RUN.finditer(text.plain):
        run, digits = match[0].strip(), re.sub(r"\D", "", match[0])
        if _DATE.search(run) or _HOURS.match(run) or digits in _SHORT:
            continue
        asked = _CALL.search(text.plain, max(0, match.start() - 30), match.start()) or _CALL.search(
            text.plain, match.end(), match.end() + 12
        )
        if _is_phone(run, digits) or (asked and 6 <= len(digits) <= 15 and ":" not in run):
            yield match.start(), match.end()
    for match in _SAID.finditer(text.plain):
        if re.search(r"[^\W\d]", match[0]):
            yield match.start(), match.end()


def _is_phone(run: str, digits: str) -> bool:
    """Tell whether digits have the shape of a number to call, by their first and their length."""
    if ":" in run:
        return False
    if run.lstrip("(").startswith("+") or digits.startswith("00"):
        return 8 <= len(digits) <= 17
    if digits.startswith("0"):
        return 7 <= len(digits) <= 13
    if run.startswith("49") and digits[2:4] in ("15", "16", "17", "30"):
        return 11 <= len(digits) <= 14
    return bool(_TURKISH_MOBILE.match(run))


def _ibans(text: Text) -> Iterator[tuple[int, int]]:
    for match in _IBAN.finditer(text.plain):
        # the words that follow may look like its last groups
        whole = re.sub(r"(?:[ -][a-z]+)+$", "", match[0])
        number = re.sub(r"[ -]", "", whole)
        german = number.startswith("de") and number[2:].isdigit() and 18 <= len(number) <= 24
        if german or (15 <= len(number) <= 34 and _checked(number)):
            yield match.start(), match.start() + len(whole)


def _checked(number: str) -> bool:
    """Tell whether an IBAN's check digits fit (ISO 7064, mod 97)."""
    moved = number[4:] + number[:4]
    return moved.isascii() and int("".join(str(int(sign, 36)) for sign in moved)) % 97 == 1


def _plates(text: Text) -> Iterator[tuple[int, int]]:
    said = text.said.translate(_DIGITS)
    for shape in (_PLATE, _PLATE_SPACED, _PLATE_CLOSE, _PLATE_SMALL, _PLATE_TURKISH):
        for match in shape.finditer(said):
            letters = set(re.findall(r"[A-ZÄÖÜ]+", match[0]))
            if shape is _PLATE or not letters & (
                _NO_PLATE | ({"M"} if shape is _PLATE_TURKISH else set())
            ):
                yield match.start(), match.end()
    for match in _PLATE_WORD.finditer(text.plain):
        window = (max(0, match.start() - 16), min(len(text.plain), match.end() + 26))
        for near in _PLATE_NEAR.finditer(text.plain, *window):
            outside = near.end() <= match.start() or near.start() >= match.end()
            if outside and re.search(r"\d", near[0]):
                yield near.start(), near.end()


def _homes(text: Text) -> Iterator[tuple[int, int]]:
    for match in _STREET.finditer(text.plain):
        window = (max(0, match.start() - 45), match.end() + 45)
        if _HOME.search(text.plain, *window):
            yield match.start(), match.end()


def _near(
    text: Text, what: re.Pattern[str], beside: re.Pattern[str], reach: int
) -> Iterator[tuple[int, int]]:
    """Find what counts only beside other words."""
    for match in what.finditer(text.plain):
        if beside.search(text.plain, max(0, match.start() - reach), match.end() + reach):
            yield match.start(), match.end()


def _accounts(text: Text) -> Iterator[tuple[int, int]]:
    """Find accounts by their network: an odd word after it, or two big ones."""
    for match in _ACCOUNT.finditer(text.plain):
        yield match.start(), match.end()
    for match in _ACCOUNT_NAME.finditer(text.plain):
        second = match[0].rindex(" ") + 1 + match.start()
        if text.said[match.start(1)].isupper() and text.said[second].isupper():
            yield match.start(), match.end()


def _within(place: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(place[0] < end and start < place[1] for start, end in others)


_DIGITS = dict(zip(range(0x660, 0x66A), "0123456789", strict=True)) | {
    ord(sign): "-" for sign in "‐‑‒–—―−"
}
