"""Advertising, small ads and nonsense: no single word makes it, several signs together do."""

import re
from collections.abc import Iterator

from geo.flags_text import Flag, Found, Text, stems

_LINK = re.compile(
    r"(?<![\w@.])(?:https?://|www\.)\S+|(?<![\w@.])[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|de|info|biz|shop|xyz|top|io|me|ru|cn|tr|example|online|site|club|store|app|link|ly|gg|to)(?:/\S*)?(?![\w@])"
)
_HANDLE = re.compile(
    r"(?<![\w.])@[\w.]{3,}|(?<!\w)(?:insta|instagram|telegram|tiktok|onlyfans|snapchat|snap|انستغرام|انستقرام|انستا|تيليجرام|تيك توك|سناب)\w{0,4}(?!\w)"
)
_CALL = re.compile(r"(?<![\w.,])(?:\+|0)[\d\s/()-]{7,18}\d(?!\w)")
_PRICE = re.compile(
    r"(?<![\w.,])\d[\d.,]*\s?(?:€|euro?s?|eur|£|\$|usd|tl|vb|يورو|دولار)(?!\w)|(?:€|£|\$)\s?\d+|(?<!\w)\d{2,3}\s?%|%\s?\d{2}"
)
# Where residents may well send the office to
_PUBLIC = re.compile(
    r"(?:^|[/.])(?:mapillary|fixmyberlin|infravelo|betterplace|openstreetmap|adfc|berlin|service\.berlin|bvg|bsr|vbb|s-bahn-berlin|wikipedia|openstreetmap|umweltbundesamt|bund|quartiersmanagement-berlin|qm-[\w-]+|rbb24|tagesspiegel|taz|berliner-zeitung|morgenpost|gewobag|degewo|howoge|deutschewohnen)\.(?:de|org|com)|google\.\w+/maps|goo\.gl/maps|maps\.app\.goo\.gl|maps\.google"
)
# Signs enough alone
_SURE = stems(
    """
    geld_verdienen schnell_geld geld_von_zuhause verdienen_sie verdiene_jetzt bitcoin~ krypto~ kryptowahrung~ casino~ kasino online-casino~ wettanbieter~ sportwetten ohne_schufa sofortkredit~ kredit_ohne schlusseldienst entrumpelung~ umzugsservice viagra potenzmittel~ dating-~ singleborse abnehmen_ohne heiße_girls escort~ erotik~ sexkontakte passives_einkommen network-marketing link_im_profil klick_hier klickt_hier hier_klicken follower_gratis gratis_follower gewinne_ein aktien-tipps aktientipps gewinn_garantiert hochstpreise~ bestpreise~ kaufe_alte ankauf_von liebesprobleme~ partnerruckfuhrung abnehmen geldmaschine goldankauf autoankauf
    earn_money make_money easy_money work_from_home passive_income crypto~ forex cheap_followers buy_followers free_followers payday_loan~ quick_loan~ cheap_viagra onlyfans weight_loss click_here click_the_link investment_opportunity this_one_trick join_my link_in_bio seo_services replica first_page lose_weight dm_me guaranteed_profit~ sugar_daddy hot_singles promo_code discount_code
    para_kazan~ kolay_para evden_calis~ ek_gelir kripto~ bahis~ casino~ iddaa bonus_veriyor~ kredi_imkani faizsiz_kredi hemen_tikla dm_at takipci_paket~ takipci_ve begeni_satin tikla_kazan~ linke_tikla~ takipci_satin takipci_kazan~ escort~
    اربح اربحوا كسب_المال ربح_المال مراهنات كازينو بيتكوين العملات_الرقميه قرض_سريع قروض اضغط_هنا اضغط_علي_الرابط اضغطوا_علي زيدوا_المتابعين تمويل_فوري قرض_فوري كود_خصم زياده_متابعين متابعين_انستقرام بدون_ضمانات ارباح_مضمونه استثمار_مضمون
    """
)
# Much money for no work: an earning, a sum, and that it comes from home or by the day
_EARN = re.compile(
    r"(?<!\w)(?:verdien\w*|earn\w*|make|kazan\w*|gelir|[اي]?ربح\w*|كسب\w*|دخل)(?!\w)"
)
_EASY = re.compile(
    r"(?<!\w)(?:von zu ?hause|zuhause aus|ohne (?:erfahrung|arbeit|risiko)|am tag|pro (?:tag|stunde|woche)|taglich|nebenbei|from home|(?:a|per) (?:day|week|hour)|no experience|evden|gunde|gunluk|haftada|من (?:ال)?(?:بيت|منزل)|يوميا|شهريا|في (?:ال)?يوم)(?!\w)"
)
_SUM = re.compile(r"\d{2,}")
# Signs that need another one
_OFFER = stems(
    """
    rabatt~ angebot~ sonderangebot~ aktion_nur gunstig~ billig~ festpreis~ gratis_test~ jetzt_anrufen jetzt_anmelden jetzt_kaufen jetzt_bestellen jetzt_sichern gewinnspiel~ gewinnen_sie bestellen bestell lieferung_frei folgt folge abonnier~ link_in klick~ umzug umzuge~ kredit~ nebenjob~ verdienen verdienst reich_werden kostenlos_testen gutschein~ schnappchen~ werbung neueroffnung~ eroffnungsangebot~ besucht_unseren besuchen_sie_unser~ unser_shop online-shop onlineshop nagelstudio~ tattoo~ massage~ wahrsag~ hellseh~
    pn nachhilfe~ gebe_unterricht meinen_kanal unseren_kanal meine_seite
    verkaufe verkauf zu_verkaufen vb vhb verschenke zu_vermieten vermiete untermiete nachmieter~ zwischenmiete biete abholung selbstabholer suche_wohnung wohnung_gesucht zimmer_frei privatverkauf ovp neuwertig abzugeben tausche
    discount~ sale offer cheap buy order_now call_now sign_up subscribe follow_my my_channel our_channel my_page voucher follow_me follow_us followers dm_me message_me limited_time free_trial win_a lottery loan loans invest~ profit profits bargain grand_opening visit_our our_shop for_sale selling for_rent to_let sublet no_agency room_available used_once best_price free_delivery whatsapp_me per_month deal
    indirim~ kampanya~ firsat~ ucuza ucuz_fiyat~ satilik satiyorum kiralik kiraya pazarlik~ pazarlikli ikinci_el takip_edin takip_et hemen_ara hemen_arayin siparis~ kazan kazanin kazanc~ abone_ol~ kanalim~ sayfami tiklayin tikla kredi hediye_ceki cekilis~ nakliyat~ evden_eve dukkanimiza magazamiz~ az_kullanilmis
    عرض عروض تخفيض تخفيضات خصم خصومات للبيع للايجار ابيع نبيع بسعر باسعار مستعمل مستعمله تابعونا تابعوني تابعني اشترك اشتركوا اطلب_الان اطلبوا اتصل_الان مجانا_لفتره هديه_مجانيه توصيل_مجاني قرض جوايز اشتروا محلنا متجرنا نقل_عفش
    """
)
_SHOUT = re.compile(r"[!?]{3,}|>>+|->|(?:[$€🔥💰💵🤑👉📞💯🎁🚀]\s?){2,}|[🔥💰💵🤑👉📞💯🎁🚀]")
_KEYS = re.compile(
    r"(?<!\w)(?:asdf\w*|qwert[zy]\w*|yxcv\w*|hjkl\w*|sdfg\w*|jkl[oö]\w*|lorem ipsum|blablabla\w*|xxx+|abcdefg\w*|1234567\w*|(\w)\1{4,}|(\w+)(?:\s+\2){3,}|ضصثق\w*|شسيب\w*)(?!\w)"
)
_TEST = re.compile(
    r"^\W*(?:(?:test\w*|hallo|hello|hi|deneme|merhaba|selam|تجربه|اختبار|مرحبا|bla|foo|bar)\W*){1,4}\d*\W*$"
)


def spam(text: Text) -> Iterator[Found]:
    """Find what makes a text advertising, a small ad or nonsense."""
    nonsense = _nonsense(text)
    if nonsense:
        yield text.found(Flag.SPAM, "nonsense", *nonsense)
        return
    sure = [(match.start(), match.end()) for match in _SURE.finditer(text.plain)]
    signs = [_first(sign, text) for sign in (_LINK, _HANDLE, _CALL, _PRICE, _SHOUT)]
    weak = [place for place in signs if place]
    leads = _strange_link(text)
    offers = _spread(text)
    many = (
        len(offers) + len(weak) >= 3
        or (offers and len(weak) >= 1 and _pressing(text))
        or len(offers) >= 2
    )
    if earned := _easy_money(text):
        sure.append(earned)
    if sure or leads or (offers and many) or len(weak) >= 3:
        for start, end in sure + offers + weak:
            yield text.found(Flag.SPAM, "advertising", start, end)


def _easy_money(text: Text) -> tuple[int, int] | None:
    """Find the promise of much money for no work."""
    match = _EARN.search(text.plain)
    if match and _SUM.search(text.plain) and _EASY.search(text.plain):
        return match.start(), match.end()
    return None


def _strange_link(text: Text) -> bool:
    """Tell whether a link leads anywhere but to public places."""
    return any(not _PUBLIC.search(match[0]) for match in _LINK.finditer(text.plain))


def _pressing(text: Text) -> bool:
    """Tell whether an offer leads out of here: by link, handle or number."""
    return any(_first(sign, text) for sign in (_LINK, _HANDLE, _CALL)) or bool(
        _OWN.search(text.plain)
    )


_OWN = stems(
    "verkaufe vermiete biete verschenke zu_verkaufen zu_vermieten selling for_sale for_rent satilik satiyorum kiralik للبيع للايجار ابيع"
)


def _spread(text: Text) -> list[tuple[int, int]]:
    """List words of offering, each different one once."""
    seen: dict[str, tuple[int, int]] = {}
    for match in _OFFER.finditer(text.plain):
        seen.setdefault(match[0], (match.start(), match.end()))
    return list(seen.values())


def _first(sign: re.Pattern[str], text: Text) -> tuple[int, int] | None:
    match = sign.search(text.plain)
    return (match.start(), match.end()) if match else None


def _nonsense(text: Text) -> tuple[int, int] | None:
    """Find hammering on keys, a mere test, or one word over and over."""
    if _TEST.match(text.plain):
        return 0, len(text.plain)
    words = re.findall(r"\w+", text.plain)
    if len(words) >= 4 and len(set(words)) == 1:
        return 0, len(text.plain)
    match = _KEYS.search(text.plain)
    few = match and len(words) - len(match[0].split()) <= 6
    return (match.start(), match.end()) if match and few else None
