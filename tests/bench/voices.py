"""Invented pins of needs that no table was written for, to measure the grouping without a file.

Texts are ours and about no real place. Each need: a name, its field, praise or not, and texts as
(language, text); an idea starts with "!". `LONE` are pins of no need.
"""

import random

from geo.needs import Voice
from geo.points import LonLat

Need = tuple[str, str, bool, tuple[tuple[str, str], ...]]

# fmt: off
NEEDS: tuple[Need, ...] = (
    ("toilet in the park", "OER", False, (
        ("de", "Im ganzen Park kein einziges WC, alle gehen in die Büsche"),
        ("de", "Mit drei kleinen Kindern brauche ich eine öffentliche Toilette"),
        ("de", "!Bitte ein Klo, das auch abends offen ist"),
        ("tr", "Parkta tuvalet yok, çocuk sıkışınca eve koşuyoruz"),
        ("ar", "لا يوجد مرحاض قريب والأطفال يضطرون للذهاب خلف الشجر"),
        ("en", "It reeks of urine behind the kiosk because there is no public loo"),
    )),
    ("dog mess on the lawn", "OER", False, (
        ("de", "Schon wieder in einen Haufen getreten"),
        ("de", "Hundehalter lassen alles liegen, auf der Wiese kann man nicht spielen"),
        ("de", "!Tütenspender für Hundebesitzer wären schön"),
        ("tr", "Köpek pisliğinden çimlere oturamıyoruz"),
        ("en", "Owners never pick up after their dogs"),
    )),
    ("cars race at night", "OER", False, (
        ("de", "Nach 22 Uhr donnern hier die Angeber mit ihren getunten Karren durch"),
        ("de", "!Tempo 30 und bitte auch mal blitzen"),
        ("de", "Viel zu schnell unterwegs, neulich wäre mein Sohn fast erwischt worden"),
        ("tr", "Arabalar çok hızlı geçiyor, çocuklar için tehlikeli"),
        ("ar", "السيارات تمر بسرعة جنونية قرب المدرسة"),
        ("en", "People treat this road like a race track"),
    )),
    ("rents and evictions", "IN", False, (
        ("de", "Der neue Eigentümer will uns alle raus haben"),
        ("de", "Mieterhöhung um 18 Prozent, wie soll das gehen"),
        ("de", "!Eine Mieterberatung direkt im Haus"),
        ("tr", "Kira her sene artıyor, buradan taşınmak zorunda kalacağız"),
        ("ar", "الإيجار ارتفع كثيرا وصاحب البيت يريد إخراجنا"),
        ("en", "My landlord says he needs the flat for himself"),
    )),
    ("help with homework", "BI", False, (
        ("de", "Nachmittags hilft niemand bei den Hausaufgaben"),
        ("de", "!Nachhilfe in Mathe, die nichts kostet"),
        ("tr", "!Çocuklara derslerinde yardım edecek birileri olsa"),
        ("ar", "أولادي يحتاجون مساعدة في الواجبات ولا أستطيع مساعدتهم"),
        ("en", "!Volunteers could tutor kids after school"),
    )),
    ("no doctor", "GB", False, (
        ("de", "Kinderärztin hat zugemacht, die nächste nimmt keine neuen Patienten"),
        ("de", "Auf einen Termin warte ich fünf Monate"),
        ("tr", "Yakında çocuk doktoru yok, hastaneye gidiyoruz"),
        ("ar", "لا نجد طبيبا يتكلم العربية"),
        ("en", "!We need a GP practice round here"),
    )),
    ("rats in the yard", "OER", False, (
        ("de", "Abends rennen Ratten über den Hof"),
        ("de", "Die Viecher kommen aus dem Keller, ich trau mich nicht mehr zu den Fahrrädern"),
        ("tr", "Bahçede kocaman fareler dolaşıyor"),
        ("en", "Saw three rats by the compost again"),
    )),
    ("gap in the cycle lane", "OER", False, (
        ("de", "Der Radweg endet hier im Nichts"),
        ("de", "Mit dem Lastenrad komme ich nicht an den parkenden Autos vorbei"),
        ("de", "!Geschützte Radspur mit Pollern"),
        ("tr", "Bisiklet yolu birden bitiyor"),
        ("en", "Cyclists get squeezed between lorries here"),
    )),
    ("bus stop without a roof", "OER", False, (
        ("de", "Im Regen warten ohne Dach, jeden Morgen"),
        ("de", "!Ein Wartehäuschen an der Haltestelle"),
        ("tr", "Durakta oturacak yer de çatı da yok"),
        ("ar", "محطة الباص بلا مظلة"),
        ("en", "Bus stop needs a shelter and a timetable you can read"),
    )),
    ("kerbs too high", "OER", False, (
        ("de", "Mit dem Rollstuhl komme ich an dieser Ecke nicht hoch"),
        ("de", "Bordstein nicht abgesenkt, Rollator bleibt hängen"),
        ("tr", "Kaldırım çok yüksek, tekerlekli sandalye geçemiyor"),
        ("ar", "الرصيف عال ولا أستطيع رفع عربة الأطفال"),
        ("en", "No dropped kerb for wheelchairs or prams"),
    )),
    ("street under water", "OER", False, (
        ("de", "Bei jedem Gewitter steht die Straße unter Wasser"),
        ("de", "Gully verstopft, der Keller ist vollgelaufen"),
        ("tr", "Yağmur yağınca her yer su birikintisi"),
        ("en", "Drains are blocked, giant puddle every time it rains"),
    )),
    ("nursery places", "BI", False, (
        ("de", "Seit einem Jahr auf der Warteliste der Kita"),
        ("de", "!Die leere Etage für eine Kita nutzen"),
        ("tr", "Kızıma kreş yeri bulamıyorum, işe başlayamıyorum"),
        ("ar", "لا مكان في الحضانة لابني"),
        ("en", "Impossible to find childcare for a two year old"),
    )),
    ("drinkers by the swings", "GB", False, (
        ("de", "Morgens sitzen die ersten Betrunkenen neben dem Sandkasten"),
        ("de", "Leere Schnapsflaschen, wo Kinder spielen"),
        ("tr", "Oyun parkında içki içiyorlar"),
        ("ar", "سكارى يجلسون قرب ألعاب الأطفال"),
        ("en", "Drunk men shouting next to the playground"),
    )),
    ("women want to swim and train", "GB", False, (
        ("de", "!Schwimmzeiten nur für Frauen"),
        ("tr", "!Kadınlara özel spor saati istiyoruz"),
        ("tr", "Kadınlar için yüzme kursu yok"),
        ("ar", "نريد رياضة للنساء فقط"),
        ("en", "!A women only gym class with childcare"),
    )),
    ("nobody tells us", "BVK", False, (
        ("de", "Von der Versammlung habe ich erst hinterher erfahren"),
        ("de", "!Aushänge in jedem Hausflur, auch auf Türkisch"),
        ("tr", "Toplantılardan haberimiz olmuyor"),
        ("ar", "لا أحد يخبرنا بما يتقرر"),
        ("en", "Decisions get made and we never hear about it"),
    )),
    ("barbecue smoke", "GB", False, (
        ("de", "Am Wochenende zieht der Qualm bis ins Kinderzimmer"),
        ("de", "Grillen ist verboten, aber keiner kontrolliert"),
        ("tr", "Mangal dumanından pencere açamıyoruz"),
        ("en", "Smoke from all the barbecues, can't open a window"),
    )),
    ("scooters everywhere", "OER", False, (
        ("de", "E-Roller liegen kreuz und quer auf dem Gehweg"),
        ("de", "!Feste Abstellflächen für Leihroller"),
        ("tr", "Scooterlar yolu kapatıyor"),
        ("en", "Blind neighbour fell over a rental scooter"),
    )),
    ("dead shops", "BVK", False, (
        ("de", "Vier Läden nebeneinander stehen leer"),
        ("de", "!Leerstand für junge Handwerker öffnen"),
        ("tr", "Dükkanlar boş duruyor, sokak ölü"),
        ("en", "So many empty shops, the street feels dead"),
    )),
    ("a place for girls and boys after school", "BI", False, (
        ("de", "Wir wissen nicht wohin, überall werden wir verscheucht"),
        ("de", "!Ein Proberaum für Bands, wir sind 16"),
        ("tr", "Gençlerin gidecek yeri yok"),
        ("ar", "لا مكان للشباب في المساء"),
        ("en", "Teens need somewhere warm in winter"),
    )),
    ("community garden (praise)", "IN", True, (
        ("de", "Im Gemeinschaftsgarten habe ich meine Nachbarn kennengelernt"),
        ("tr", "Bahçede birlikte domates yetiştirmek çok güzel"),
        ("ar", "الحديقة المشتركة أجمل مكان عندنا"),
        ("en", "The raised beds make me smile every morning"),
    )),
    ("library (praise)", "BI", True, (
        ("de", "Die Bücherei ist mein zweites Wohnzimmer"),
        ("tr", "Kütüphanedeki kadın çocuklarıma çok iyi davranıyor"),
        ("en", "Love the story hour at the library"),
    )),
    ("street festival (praise)", "IN", True, (
        ("de", "Beim Straßenfest tanzt die ganze Nachbarschaft"),
        ("ar", "مهرجان الصيف رائع للعائلات"),
        ("en", "Best summer street party in town, don't change a thing"),
    )),
)

LONE = (
    ("de", "OER", "Der Briefkasten wurde abgebaut"), ("de", "IN", "Suche Mitbewohnerin, 14 qm, 480 warm"),
    ("de", "GB", "Die Handyantenne macht mich krank"), ("de", "BVK", "Alles Verbrecher da oben"),
    ("de", "OER", "Die Uhr am Turm geht seit Jahren falsch"), ("tr", "OER", "Telefon kulübesi kırık"),
    ("tr", "IN", "Komşum bana selam vermiyor"), ("ar", "IN", "أريد تعلم العزف على العود"),
    ("en", "OER", "Street sign is turned the wrong way"), ("en", "BI", "Chess club for beginners?"),
    ("de", "OER", "Ein Wespennest am Eingang"), ("de", "BI", "Sternwarte auf dem Dach wäre was"),
    ("de", "GB", "Der Zigarettenautomat muss weg"), ("en", "BVK", "Win money now!!! click the link"),
    ("tr", "GB", "Eczane pazar günleri kapalı"), ("de", "OER", "Kaugummi überall auf den Stufen"),
)
# fmt: on
FIELDS = ("IN", "BI", "OER", "GB", "BVK")


def placed(seed: int, *, spots: int = 7, scatter: float = 20.0) -> tuple[list[Voice], list[int]]:
    """Place needs around a few spots, so that many overlap: pins and their labels.

    Spots lie in 900 x 600 m, needs about 50 m around one, pins `scatter` metres about their
    need; every third need is stretched along a line of 120 m; one pin in ten has a wrong field.
    """
    rng = random.Random(seed)
    middle = [(rng.uniform(0, 900), rng.uniform(0, 600)) for _ in range(spots)]
    voices: list[Voice] = []
    labels: list[int] = []
    for label, (_, field, praise, texts) in enumerate(NEEDS):
        x, y = (side + rng.gauss(0, 50) for side in rng.choice(middle))
        for lang, text in texts:
            along = rng.uniform(-60, 60) if label % 3 == 0 else 0.0
            at = (x + along + rng.gauss(0, scatter), y + rng.gauss(0, scatter))
            chosen = field if rng.random() > 0.1 else rng.choice(FIELDS)
            voices.append(_voice(len(voices), at, praise, chosen, lang, text))
            labels.append(label)
    for lang, field, text in LONE:
        at = (rng.uniform(0, 900), rng.uniform(0, 600))
        voices.append(_voice(len(voices), at, False, field, lang, text))
        labels.append(-1)
    return voices, labels


def _voice(
    number: int, at: tuple[float, float], praise: bool, field: str, lang: str, text: str
) -> Voice:
    kind = "strength" if praise else "idea" if text.startswith("!") else "problem"
    place = LonLat(13.0 + at[0] / 67_700, 52.5 + at[1] / 111_195)
    return Voice(str(number), place, kind, field, lang, text.lstrip("!"))
