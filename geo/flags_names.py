"""Names of people in a text: by form of address, by who somebody is, by first name and family name."""

import re
from collections.abc import Iterator
from itertools import pairwise

from geo.flags_people import ARABIC, ARABIC_WORDS, FIRST, LAST, NO_NAMES, TITLES
from geo.flags_text import ARABIC as ARABIC_SIGN
from geo.flags_text import Flag, Found, Text

_NAME = r"[^\W\d_][\w'’]*(?:-[^\W\d_]\w+)?"
_ONE = re.compile(_NAME)
_NEXT = re.compile(rf"\s+({_NAME})(\.?)")
_FOLLOWING = re.compile(rf"[\s-]+({_NAME})")
_ADDRESS = re.compile(
    r"(?<![\w-])(?:herrn?|hr\.|sn\.|madam|frau|fr\.|fraulein|familie|fam\.|dr\.|prof\.|mr|mrs|ms|miss|mister|mx|madame|"
    r"monsieur|sayin|bay|bayan|dr|prof|opa|oma|onkel|tante|uncle|auntie|auntie)"
    rf"(?:\.|\s)\s*(?:(?:dr|prof|med|von|van|de|al|el)\.?\s+)*({_NAME}\.?)"
)
_LIST_ONLY = {"opa", "oma", "onkel", "tante", "uncle", "auntie", "dr", "prof", "ms", "miss", "bay"}
_BIG_TITLES = {"dr", "bay", "ms", "miss"}  # written small they are other words
_AFTER = re.compile(
    rf"(?<![\w'])({_NAME})\s+(?:({_NAME})\s+)?(bey|hanim|abi|agabey|abla|teyze|amca|dayi|hala|hoca|usta|efendi)"
    r"(?:m|n|ler|lar)?(?:'?\w{0,4})(?!\w)"
)
_CALLED = re.compile(
    r"(?<!\w)(?:ich heiße|ich heisse|heißt|heisst|mein name ist|mein name|name ist|namens|name:|gez\.|"
    r"my name is|my name's|i am called|is called|named|benim adim|adim|ismim|adi|isimli|اسمي|اسمه|اسمها|"
    rf"يدعي|تدعي|المدعو|المدعوه|واسمي)\s+(?:der |die |is )?({_NAME})"
)
_WHO = re.compile(
    r"(?<!\w)(?:hausmeister\w*|hauswart\w*|nachbar\w*|lehrer\w*|erzieher\w*|vermieter\w*|besitzer\w*|inhaber\w*|"
    r"betreiber\w*|chef\w*|sohn|tochter|bruder|schwester|kollege\w*|kollegin|freund\w*|mann|frau|kind|enkel\w*|"
    r"mitbewohner\w*|mieter\w*|wirt|wirtin|trainer\w*|sozialarbeiter\w*|pfarrer|ich bin|ich bin die|ich bin der|ich|der|den|dem|die(?=\s\w+(?:\s(?:vom|von|aus|hat|ist|macht)))|signed|sincerely|"
    r"neighbou?r\w*|landlord|landlady|caretaker|janitor|teacher|owner|son|daughter|husband|wife|brother|sister|"
    r"friend|i am|i'm|this is|komsu\w*|oglum\w*|kizim\w*|esim\w*|kardesim\w*|arkadasim\w*|kapici\w*|yonetici\w*|ogretmen\w*|"
    r"bakkal\w*|kasap|manav|berber|muhtar|lg|vg|mfg|gruß\w*|gruss\w*|grusse|danke|danke an|dank an|deine?|euer|eure|"
    r"thanks|thanks to|regards|cheers|love|yours|best|selam\w*|saygilar\w*|tesekkurler|bei|von|mit|abu|abou|umm|ammo)"
    rf"[,.:!]?\s+({_NAME}\.?)(?:\s+({_NAME}\.?))?"
)
_MINE = re.compile(
    r"(?<!\w)(?:(?:mein|unser|ihr|sein|dein)(?:e|er|em|en|es)?\s(?:\w+e[rnms]?\s)?(?:nachbar|nachbarin|vermieter|vermieterin|hausmeister|"
    r"hausmeisterin|freund|freundin|mann|frau|sohn|tochter|mutter|vater|oma|opa|tante|onkel|bruder|schwester|kollege|kollegin|"
    r"lehrer|lehrerin|arzt|ärztin|arztin|erzieherin|erzieher|mitbewohner|mitbewohnerin|chef|chefin|enkel|enkelin)|oma|opa|tante|onkel|"
    r"(?:my|our|his|her)\s(?:\w+\s)?(?:neighbou?r|landlord|landlady|friend|teacher|son|daughter|husband|wife|brother|sister|boss|doctor|"
    r"aunt|uncle|grandma|grandpa|mum|mom|dad)|komsu\w*|ev sahibi\w*|ogretmeni?mi\w*|arkadas\w*|kardes\w*|esim|oglum|kizim)"
    rf",?\s+({_NAME})\s+({_NAME})(?![\w-])"
)
_SIGNED = re.compile(
    r"(?<!\w)(?:gruß\w*|gruss\w*|grüße|grusse|grüsse|vg|lg|mfg|hochachtungsvoll|regards|sincerely|cheers|yours|love|"
    r"saygilar\w*|saygiyla|selamlar\w*|sevgiler\w*|(?:مع )?(?:ال)?تحيات\w*|تحيه|مع الشكر|شكرا)[\s,.!:-]+"
    rf"({_NAME})(?:\s+({_NAME}))?\W*$"
)
# Who signs without a name
_NOBODY = re.compile(
    r"(?:anwohn|nachbar|mieter|bewohn|team|elter|famil|kiez|alle|euch|ihn|hilfe|muhe|aufmerks|zeit|kreuz|berlin|senior|klasse|schule|"
    r"resident|neighb|tenant|parent|somebody|everyone|mahalle|komsu|sakin|veli|لكم|جزيل|جدا|جيران|ساكن|مواطن)"
)
# A shop or a place to eat with somebody's name
_SHOP = re.compile(
    r"(?<!\w)(?:cafes?|kafe\w*|blumen|backerei|konditorei|bakery|restaurant|imbiss|salon|friseur|barbershop|boutique|bistro|bar|pizzeria|"
    r"doner|kebap\w*|lokanta\w*|firin\w*|pastane\w*|eiscafe|buchladen|buchhandlung|apotheke|pension|hotel|kita|haus|villa|مطعم|مقهي|محل|دكان|مخبز|صيدليه)\s+$"
)
# Whom streets and walls are named after; not the neighbourhood's people
_FAMOUS = re.compile(
    r"(?<!\w)(?:audre.lorde|may.ayim|rio.reiser|ton.steine|rosa.luxemburg|rosa.parks|karl.marx|anne.frank|nelson.mandela|martin.luther|silvio.meier|"
    r"kathe.kollwitz|heinrich.(?:zille|heine)|refik.veseli|peter.joseph.lenne|georg.von.rauch|oskar.sala|angela.davis|frida.kahlo|"
    r"hannah.arendt|sophie.scholl|willy.brandt|regine.hildebrandt|clara.zetkin|rosa.von.praunheim|kurt.muhlenhaupt|nazim.hikmet|yunus.emre|"
    r"orhan.pamuk|محمود.درويش|ام.كلثوم|فيروز)(?!\w)"
)
_ARABIC_ADDRESS = re.compile(
    r"(?<!\w)[وفبلك]?(?:ا?ل)?(سيد|سيده|استاذ|استاذه|دكتور|دكتوره|انسه|حاج|حاجه|شيخ|مهندس|مهندسه|عم|عمو|خاله|خالتو|"
    r"جارنا|جارتنا|جارتي|جاري|جيراننا|صديقي|صديقتي|ابني|ابنتي|اخي|اختي|زوجي|زوجتي|ابو|ابي|ام|بيت|عائله)\s+(\w+)(?:\s+(\w+))?"
)
_ARABIC_SURE = {"سيد", "سيده", "استاذ", "استاذه", "انسه"}
_NO_ARABIC_NAMES = frozenset(
    re.findall(
        r"\w+",
        "جيد ممتاز كبير صغير جديد لطيف لطيفه سيء قديم الذي التي ظبي غريب عزيز كريم طيب محترم محترمه فقط هنا",
    )
)
_WOMAN = re.compile(
    r"(?:als|eine|jede|keine|junge|alte|altere|schwangere|welche|meine|seine|deine|fur|jeder|andere|einer)\s+$"
)
_PLACES = re.compile(
    r"(?:\w*(?:straße|strasse|str|platz|ufer|damm|park|schule|brucke|allee|weg|kirche|haus|heim|gasse|garten|"
    r"halle|hof|bad|ring|zentrum|denkmal|kiez|stiftung|saal|spielplatz|markt|bibliothek)|street|square|school|bridge|"
    r"sokagi|caddesi|parki|meydani|okulu)\w{0,2}$"
)
_FAMILY = re.compile(
    r"\w+(?:mann|meier|meyer|mayer|maier|ski|ska|sky|czyk|oglu|ovic|evic|ovic|enko|ov|ova|wicz|dze|ian|yan|son|sen|er|zadeh)s?$"
)

_TWO = re.compile(
    r"(?<![\w-])([^\W\d_a-zß]\w*[a-zıßäöüğşç]\w*)\s([^\W\d_a-zß]\w*[a-zıßäöüğşç]\w*)(?![\w-])"
)
_OF = re.compile(
    r"(?<!\w)(?:von|an|mit|bei|durch|dank|gegen|wegen|fur|namens|ist|heißt|heisst)\s+$"
)
_GERMAN = re.compile(
    r"(?<!\w)(?:der|die|das|und|ist|ein|eine|nicht|auf|im|hier|wir|ich|den|dem|es|zu|immer|bitte|mehr)(?!\w)"
)
_NOT_GERMAN = re.compile(
    r"[ığş]|(?<!\w)(?:the|is|a|of|and|to|in|at|with|his|her|our|my|for|bir|bu|ve|cok|her|icin|var|yok|ile|de|da)(?!\w)"
)
# Big words in a row that name no person
_NO_PERSONS = frozenset(
    re.findall(
        r"\w+",
        """
    kein keine keinen ihr ihre ihren ihrem ihrer ihres erste ersten zweite zweiten zweiter dritte guten tag hallo vielen dank liebe lieber gmbh co
    berlin kreuzberg friedrichshain neukolln bezirksamt ordnungsamt quartiersmanagement markthalle neun engelbecken bethanien
    turkish german arabic english kurdish syrian polish turkce almanca arapca ingilizce turk alman almanya turkiye monday tuesday
    wednesday thursday friday saturday sunday pazartesi sali carsamba persembe cuma cumartesi pazar new google deutsche bahn
    rewe edeka aldi lidl penny netto spati cafe bar restaurant hotel club kita coffee bus tram ubahn sbahn kotti gorli
    sgk qm bsr bvg please thank thanks love good great more why when where what who how there they we our your some every all no not
    also then but if as so my his her that those these please lutfen tesekkurler neden nerede kim ne su hem ama cunku burada
    rio reiser christmas eve ramadan ramazan kurban bayrami market hall police station youth centre center night day
    """,
    )
)


def named(text: Text) -> Iterator[Found]:
    """Find the names of people in a text."""
    for find in (_addressed, _by_role, _whose, _signed, _in_full, _two_big, _in_arabic):
        for start, end in find(text):
            famous = _FAMOUS.search(text.plain, max(0, start - 9), end + 12)
            if not (famous or _SHOP.search(text.plain, max(0, start - 14), start)):
                yield text.found(Flag.PERSONAL, "name", start, end)


def _addressed(text: Text) -> Iterator[tuple[int, int]]:
    """Find names by their form of address, and by what somebody says of the own name."""
    for match in _ADDRESS.finditer(text.plain):
        title, start, end = match[0].split()[0].rstrip("."), match.start(1), match.end(1)
        if _no_name(match[1]) or _place(_after(text, end)):
            continue
        known = _known(match[1]) or bool(_FAMILY.match(match[1]) and _big(text, start))
        woman = title == "frau" and _WOMAN.search(text.plain, 0, match.start())
        big = _big(text, start)
        titled = title in _BIG_TITLES and _big(text, match.start())
        if known or (big and (titled or (title not in _LIST_ONLY and not woman))):
            yield match.start(), end
    for match in _AFTER.finditer(text.plain):
        for n in (1, 2):
            word, at = match[n] or "", match.start(n)
            known = _is_first(word) or (word and _big(text, at) and not _opens(text, at))
            if known and not _no_name(word):
                yield at, match.end()
    for match in _CALLED.finditer(text.plain):
        start = match.start(1)
        arabic = bool(ARABIC_SIGN.match(match[1]))
        if (arabic or _big(text, start) or _known(match[1])) and not _no_name(match[1]):
            yield match.start(), match.end()


def _by_role(text: Text) -> Iterator[tuple[int, int]]:
    """Find names by who somebody is: neighbour, caretaker, who signs a text."""
    at = 0
    while match := _WHO.search(text.plain, at):
        at = match.start(1)
        first, second = match[1].rstrip("."), (match[2] or "").rstrip(".")
        if _place(second) or _place(first):
            continue
        ends = match.end(2) if _known(second) else match.end(1)
        family = (
            _big(text, at)
            and first in LAST
            and not match[0].startswith(("von", "mit", "bei", "de"))
        )
        if _is_first(first) or family:
            yield match.start(), ends


def _whose(text: Text) -> Iterator[tuple[int, int]]:
    """Find two big words after who somebody is to the writer, known names or not."""
    for match in _MINE.finditer(text.plain):
        first, second = match[1], match[2]
        both = _big(text, match.start(1)) and _big(text, match.start(2))
        if both and not (_no_name(first) or _no_name(second) or _place(second)):
            yield match.start(1), match.end(2)


def _signed(text: Text) -> Iterator[tuple[int, int]]:
    """Find the name under a text, after a greeting."""
    match = _SIGNED.search(text.plain)
    if match and not _NOBODY.match(match[1]) and not _no_name(match[1]):
        arabic = bool(ARABIC_SIGN.match(match[1]))
        if arabic or _big(text, match.start(1)) or _known(match[1]):
            yield match.start(1), match.end(match.lastindex or 1)


def _in_full(text: Text) -> Iterator[tuple[int, int]]:
    """Find first names written big, with the family name or its first letter if there is one."""
    plain = text.plain
    for match in _ONE.finditer(plain):
        if not _is_first(match[0]) or plain[: match.start()].endswith(("-", "st. ", "sankt ")):
            continue
        after = _NEXT.match(plain, match.end())
        alone = _big(text, match.start()) and plain[match.end() : match.end() + 1] != "-"
        if not after and alone:
            yield match.start(), match.end()
        if not after or _place(after[1]) or _place(_after(text, after.end())):
            continue
        both = _big(text, match.start()) and _big(text, after.start(1))
        letter = len(after[1]) == 1 and bool(after[2])
        if (both and (not _no_name(after[1]) or letter)) or after[1] in LAST - {
            "can",
            "lang",
            "sen",
        }:
            yield match.start(), after.end()
        elif alone:
            yield match.start(), match.end()


def _two_big(text: Text) -> Iterator[tuple[int, int]]:
    """Find two big words in a row that are no place: in German only after "von", "mit" and the like.

    German writes every noun big, Turkish and English only names.
    """
    german = bool(_GERMAN.search(text.plain)) or not _NOT_GERMAN.search(text.plain)
    for match in _TWO.finditer(text.said):
        start, end = match.span()
        one, two = text.plain[start : match.end(1)], text.plain[match.start(2) : end]
        if not (_big(text, start) and _big(text, match.start(2))) or {one, two} & _NO_PERSONS:
            continue
        if _no_name(one) or _no_name(two):
            continue
        if any(_place(word) for word in (one, two, _after(text, end))) or one.endswith("er"):
            continue
        if _OF.search(text.plain, 0, start) if german else True:
            yield start, end


def _in_arabic(text: Text) -> Iterator[tuple[int, int]]:
    """Find names in Arabic: after a form of address any, after who somebody is those of the list."""
    if not ARABIC_SIGN.search(text.plain):
        return
    at = 0
    while match := _ARABIC_ADDRESS.search(text.plain, at):
        at = match.start(2)
        known = {match[2], match[2].removeprefix("ال")} & ARABIC
        if match[1] in ("ام", "عم", "بيت") and match[2] in ARABIC_WORDS:
            continue
        if match[2].removeprefix("ال") in _NO_ARABIC_NAMES or text.plain[: match.start()].endswith(
            ("مطعم ", "مقهي ", "محل ", "دكان ", "مخبز ")
        ):
            continue
        sure = match[1] in _ARABIC_SURE and not _no_name(match[2].removeprefix("ال"))
        if known or sure:
            yield match.start(), match.end(2)
    words = list(re.finditer(r"\w+", text.plain))
    for one, two in pairwise(words):
        if one[0] in ARABIC - ARABIC_WORDS and two[0].removeprefix("ال") in ARABIC:
            yield one.start(), two.end()


def _place(word: str) -> bool:
    """Tell whether a word names a place: by its end, unless it is a known family's (Bischoff)."""
    return bool(_PLACES.match(word)) and word not in LAST


def _no_name(word: str) -> bool:
    bare = word.rstrip(".")
    return bare in NO_NAMES or bare.startswith(tuple(TITLES))


def _known(word: str) -> bool:
    bare = word.rstrip(".")
    return _is_first(bare) or bare in LAST


def _is_first(word: str) -> bool:
    if "-" in word:
        return all(part in FIRST for part in word.split("-"))
    bare = word.split("'")[0]
    return bare in FIRST or (bare.endswith("s") and bare[:-1] in FIRST and len(bare) > 4)


def _big(text: Text, at: int) -> bool:
    return text.said[at : at + 1].isupper()


def _opens(text: Text, at: int) -> bool:
    """Tell whether a word opens a sentence, where every word is big."""
    before = text.said[:at].rstrip()
    return not before or before[-1] in ".!?\n"


def _after(text: Text, at: int) -> str:
    """Return the big word that follows a place, joined by a space or a hyphen."""
    match = _FOLLOWING.match(text.plain, at)
    return match[1] if match and _big(text, match.start(1)) else ""
