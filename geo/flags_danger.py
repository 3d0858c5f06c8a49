"""What cannot wait until tomorrow, and what somebody tells of the own health."""

import re

from geo.flags_text import Flag, Rule, stems

_CHILDREN = stems(
    """
    spielplatz~ kita~ kindergarten~ schule schulhof~ schulweg~ sandkasten~ sandkiste~ buddelkasten~ buddelkiste~ rutsche schaukel~ kind kinder~ kindern kleinkind~ bolzplatz~ hort baby babys
    playground~ sandpit~ sandbox~ school~ nursery kindergarten~ kids child children~ toddler~ swing swings slide
    oyun_park~ oyun_alan~ oyun cocuk~ kres krese kresin anaokul~ okul~ kum kumun kumda kumluk~ salincak~ kaydirak~
    اطفال الاطفال للاطفال طفل الطفل طفلي ملعب الملعب ملاعب روضه الروضه حضانه الحضانه مدرسه المدرسه الرمل رمل ارجوحه المراجيح
    """
)
_NEEDLES = stems(
    "spritze spritzen nadel nadeln kanule~ kanuele~ fixerbesteck~ drogenbesteck~ syringe~ needle needles igne igneler~ ignesi~ siringa~ enjektor~",
    "حقن حقنه الحقن حقنا ابر ابره الابر ابرا سرنجه سرنجات",
)
_GAS = stems("gas gase gasgeruch~ gasleitung~ gasleck~ gaz gazi gazin doğalgaz dogalgaz~ غاز الغاز")
_GAS_SIGNS = stems(
    """
    riech~ riecht geruch~ stinkt stinken leck leckt austritt~ ausgetreten stromt zischt roch smell~ smelling leak~ hiss~ koku~ kokuyor~ kacag~ kacak~ kacir~ siz~ sizinti~
    رايحه الرايحه ريحه تسرب يتسرب تسريب نشم اشم
    """
)
_GAS_SURE = stems("gasgeruch~ gasleck~ gasaustritt~ gas_leak~ gaz_kacagi gaz_kokusu gaz_kokuyor")
_FIRE = stems(
    """
    brennt brennen brennende~ flammen feuer_gelegt in_brand brandgeruch~ qualmt qualm rauch_aus rauch_kommt steht_in_flammen kokelt schwelbrand~ angezundet
    on_fire burning flames is_ablaze smoke_coming smoke_from set_fire
    yaniyor yangin~ alev alevler~ duman_cikiyor tutustu tutusmus
    حريق الحريق حريقا تحترق يحترق نيران النيران النار_تشتعل تشتعل اشتعلت دخان_يخرج
    """
)
_LIGHT = stems(
    "yaya~ yesil~ kirmizi~ trafik~ kisa_yaniyor ampel~ grun rot licht lampe~ laterne~ leuchte~ beleuchtung birne~ sonne augen herz motto haut grillen lagerfeuer feuerwerk silvester bose~ brennpunkt light lights lamp~ bulb eyes sun lamba~ isik~ isiklar~ goz~ gunes~ ampul~ المصباح مصباح الضوء ضوء الانوار الشمس الاضواء brannte_fruher"
)
_WIRES = stems(
    """
    kabel~ stromkabel~ leitung~ stromleitung~ draht~ drahte strom stromkasten~ elektrokasten~ verteilerkasten~ wire wires wiring cable cables electric~ electrical~ kablo~ elektrik~ teller tel_teli
    سلك اسلاك الاسلاك كهرباء الكهرباء كابل كابلات كهربايي كهرباييه
    """
)
_BARE = stems(
    """
    offen offene offenes offenem frei freiliegend~ freigelegt~ blank~ hangt hangen hangend~ raushangt heraushang~ raushang~ herunter~ runter~ lose abgerissen~ funken funkt spruht stromschlag~ ungesichert~ exposed bare live hanging dangling open sparking sparks loose electric_shock
    acik acikta acilmis sarkiyor~ sarkan~ kopmus kopuk kivilcim~ carpar carpti carpilma~ acik_duruyor
    مكشوف مكشوفه متدلي~ متدليه مقطوع~ عاري~ عاريه معلقه تتدلي شرر خطير~ خطر مفتوح مفتوحه
    """
)
_TREE = stems(
    """
    baum baume~ ast aste~ baumstamm~ krone stamm tree trees branch branches agac~ agaci~ dal dali dallar~ شجره الشجره اشجار غصن الغصن اغصان فرع
    """
)
_FALLS = stems(
    """
    umgesturzt~ umgefallen~ umgeknickt~ umzufallen umzusturzen umzukippen abgebrochen~ gesturzt gefallen sturzt fallt_um kippt~ gekippt droht~ abzubrechen angebrochen~ herabfall~ abzusturzen bricht_ab abgeknickt~ schief_steht
    fallen fell collapsed falling about_to_fall snapped broken_off uprooted leaning cracked
    devril~ devrilmis yikil~ yikildi dusecek~ dustu dusmus~ dusuyor~ kirildi kirilmis~ kopmak~ kirik
    سقط سقطت تسقط يسقط ستسقط وقع وقعت تقع مايله مكسور مكسوره انكسر انكسرت
    """
)
_STORY = stems(
    "laub blatter blutenstaub bluten obst kastanien fruchte leaves fruit yaprak~ meyve~ اوراق"
)
_HOUSE = stems(
    """
    fassade~ putz balkon~ dachziegel~ ziegel~ mauer~ decke gesims~ stuck stein steine dach brocken gerust~ bauzaun~ facade balcony roof tile tiles wall ceiling bricks scaffold~ cephe~ balkon~ duvar~ kiremit~ tavan~ iskele~ cati~ واجهه الواجهه شرفه الشرفه بلكون حايط الحايط سقف السقف جدار الجدار حجاره
    """
)
_DROPS = stems(
    """
    brockelt~ brocken_fallen fallen_runter fallen_herunter fallt_runter fallt_herunter fallen_brocken fallen_steine lost_sich losen_sich einsturz~ absturz~ sturzt fallt fallen runterfallen herunterfallen
    falling collaps~ crumbling about_to_fall coming_down dusuyor~ dokuluyor~ yikilacak~ cokecek~ coktu kopuyor~ ينهار تنهار انهار تتساقط يتساقط سيسقط ستسقط تسقط سقطت
    """
)
_HOLE = re.compile(
    r"(?<!\w)(?:gullydeckel\w*|kanaldeckel\w*|schachtdeckel\w*|gulli\w*|gully\w*|manhole\w*|rogar kapa\w*|logar\w*|kanalizasyon kapa\w*|غطاء (?:ال)?(?:مجاري|بالوعه|صرف\w*)|(?:ال)?بالوعه)(?!\w)"
)
_OPEN = stems(
    "fehlt fehlen weg offen offener offene kaputt gebrochen eingebrochen missing open gone broken yok acik kirik kirildi kayip مفتوح مفتوحه مفقود مكسور ناقص"
)
_OPEN_SHAFT = stems(
    "offener_schacht offene_baugrube ungesicherte_baugrube ungesicherter_schacht tiefes_loch deep_hole open_shaft derin_cukur حفره_عميقه"
)
_THREAT = re.compile(
    r"(?<!\w)(?:(?:ich|wir)\s(?!\w+ (?:die|meine|unsere) (?:pflanz|blum|baum))(?:\w+\s){0,3}(?:bring|stech|schlag|mach|zund|brenn|fackel|erschieß|erschiess|knall|kill|krieg|erwisch|vergift|hau|reiß|reiss|tot)\w*\s(?:\w+\s){0,4}(?:um|ab|tot|an|nieder|platt|fertig|kaputt|alle|euch|dich|zusammen|kopf|fresse)|"
    r"(?:zund|fackel|brenn|bring|stech|knall|schlag|mach|tret|hau|brech|reiß|reiss)e? (?:ich|wir)\s(?:\w+\s){0,4}(?:aus|ein|zahne|fresse|knochen|um|ab|tot|an|nieder|platt|fertig|kaputt|zusammen)|(?:dann|sonst) (?:knallt|kracht|brennt|fliegt|gibt es tote|gibts tote|passiert was|setzt es was|gibts schlage)|"
    r"(?:sollte|musste|muss|gehort|gehoren)(?: man)?(?:\s\w+){0,3}\s?(?:abfackeln|abgefackelt|anzunden|angezundet|niederbrennen|niedergebrannt|in die luft (?:jagen|sprengen)|gesprengt|erschossen|erschießen|aufgehangt|aufhangen|aufgeknupft|abgeknallt|abknallen|vergiftet)|"
    r"(?:ich|wir) (?:weiß|weiss|wissen|kenne?n?)(?: genau| auch)?,? (?:wo|deine adresse|eure adresse)(?: (?:du|ihr|er|sie|die)\s?\w* (?:wohn|leb|arbeit|park)\w*)|pass (?:bloß|bloss|nur|ja) auf(?=\W*$| du| dich)|"
    r"(?:aufs|auf(?: da)?s|auf die|in die) (?:maul|fresse|gusche|schnauze|glocke)|"
    r"i know where (?:you|he|she|they) (?:live|work|park)\w*|watch your back|(?:should|deserve to|ought to) (?:all )?(?:be|get) (?:shot|hanged|hung|burned|burnt|beaten|stabbed|gassed)|"
    r"(?:nerede|evinin nerede) (?:otur|yasa|calis)\w* biliyor\w*|(?:kemik|kafa|bacak|agz|agiz|dis|kol|surat|yuz|burn)\w*\s(?:kir|kop|patlat|dagit|parcala|ez)\w*(?:rim|cam|cagim|icam|acagim|ecegim|irim|arim)|"
    r"(?:اعرف|نعرف|بعرف) (?:اين|وين|مكان) (?:تسكن\w*|بيت\w*|ساكن\w*|تعيش\w*)|"
    r"ihr werdet (?:schon sehen|es bereuen|brennen|sterben|bluten)|du bist tot|ihr seid tot|i(?:'ll| will| am going to|'m going to|'m gonna| swear i'll) (?:\w+\s){0,2}(?:kill|burn|stab|shoot|beat|smash|hurt|break|poison|destroy|punch|blow)\w*|you will (?:regret|pay|die|burn)|you're dead|burn (?:it|this place|the place|them) down|"
    r"(?:hepinizi|sizi|seni|onu|onlari|evinizi|burayi|arabani|dukkani)\s(?:\w+\s){0,3}(?:oldur|vur|yak|gebert|dov|patlat|kes|bicakla|parcala)\w*(?:[iuy]m|[ai][cg]a[gk]i?[mz]?|[iu]z|rim|rum)|oldururum|gebertirim|yakarim|vururum|gununuzu gorursunuz|gosterecegim size|"
    r"(?:سوف |راح |رح )?(?:س?ا|س?ن|با?)(?:قتل|ذبح|حرق|ضرب|كسر|طعن|دبح|فجر|دفن)(?:ك|كم|كن|هم|ه|ها|كو|لك|لكم)?(?!\w))"
)
_SELF = re.compile(
    r"(?<!\w)(?:ساقتل|سنقتل|ساحرق|سنحرق|ساذبح|ساضرب\w*|ساكسر\w*|سنكسر\w*|راح اقتل\w*|رح اقتل\w*)\w*"
)
_VIOLENCE = stems(
    """
    messer messern messerstecherei~ niedergestochen abgestochen erstochen schusse schuss schussen geschossen schusswaffe~ pistole~ bewaffnet~ uberfall uberfallen vergewaltig~ zusammengeschlagen~ verprugelt bewusstlos~ uberdosis leblos~ entfuhr~ missbrauch~ bedroht_mich bedroht_leute schlagt_seine schlagt_sein schlagt_die misshandel~
    stabbed stabbing knife knives a_gun handgun guns gunshots shooting shots_fired armed_robbery robbed_at mugged raped unconscious overdose beats_his beating_his kidnap~
    bicak bicakl~ bicagi~ silah silahli silahla ates_edildi vurdular bicakladilar gasp tecavuz~ baygin bilincsiz asiri_doz dovuyor~ siddet_goruyor kacird~
    سكين سكينا بسكين السكين سلاح مسلح مسلحين اطلاق_نار طعن طعنوا مطعون اغتصاب اغتصب فاقد_الوعي مغمي خطف يضرب_زوجته يضرب_اولاده
    """
)
_PEACE = stems(
    "messerschleifer~ scherenschleifer~ brotmesser schnappschuss gun_club water_gun wasserpistole~ startschuss su_tabancasi knife_sharpen~ kitchen_knife"
)
_POISON = stems(
    "giftkoder~ rattengift~ hundekoder~ vergiftete~ rasierklinge~ nagelkoder~ poisoned poison_bait~ rat_poison razor_blades zehirli_et zehirli_yem fare_zehiri zehirlendi~ سم_فيران طعم_مسموم مسموم مسمومه"
)
_CRISIS = re.compile(
    r"(?<!\w)(?:will nicht mehr leben|mag nicht mehr leben|kann nicht mehr leben|nicht mehr weiterleben|mich umbringen|bringe? mich (?:noch )?um|mir das leben nehmen|selbstmord\w*|suizid\w*|"
    r"kill myself|end my life|don'?t want to live|do not want to live|suicid\w*|yasamak istemiyorum|intihar\w*|kendimi oldur\w*|canima kiy\w*|لا اريد (?:ان اعيش|العيش)|انتحر\w*|الانتحار|انتحار|اقتل نفسي)(?!\w)"
)
_URGENT = stems(
    "lebensgefahr~ lebensgefahrlich~ notfall akute_gefahr sofort_gefahr life-threatening emergency_now hayati_tehlike can_guvenligi خطر_الموت خطر_علي_الحياه"
)

DANGER = (
    Rule(Flag.DANGER, "gas", _GAS, near=_GAS_SIGNS, reach=40),
    Rule(Flag.DANGER, "gas", _GAS_SURE),
    Rule(Flag.DANGER, "fire", _FIRE, unless=_LIGHT, reach=30),
    Rule(Flag.DANGER, "wires", _WIRES, near=_BARE, reach=35),
    Rule(Flag.DANGER, "tree", _TREE, near=_FALLS, unless=_STORY, reach=35),
    Rule(Flag.DANGER, "falling", _HOUSE, near=_DROPS, reach=30),
    Rule(Flag.DANGER, "hole", _HOLE, near=_OPEN, reach=30),
    Rule(Flag.DANGER, "hole", _OPEN_SHAFT),
    Rule(Flag.DANGER, "needles", _NEEDLES, near=_CHILDREN),
    Rule(Flag.DANGER, "threat", _THREAT),
    Rule(Flag.DANGER, "threat", _SELF),
    Rule(Flag.DANGER, "violence", _VIOLENCE, unless=_PEACE, reach=10),
    Rule(Flag.DANGER, "poison", _POISON),
    Rule(Flag.DANGER, "crisis", _CRISIS),
    Rule(Flag.DANGER, "urgent", _URGENT),
)

_SOMEBODY = re.compile(
    r"(?<!\w)(?:ich|mir|mich|mein\w*|unser\w*|nachbar\w*|sohn|tochter|mutter|vater|oma|opa|mann|frau|kind|er hat|sie hat|i|i'm|i've|my|our|me|he has|she has|neighbou?r\w*|"
    r"ben|bende|bana|benim|annem\w*|babam\w*|oglum\w*|kizim\w*|esim\w*|kocam\w*|karim\w*|dedem\w*|ninem\w*|anneannem\w*|babaannem\w*|kardesim\w*|cocugum\w*|komsum\w*|hastasiyim|"
    r"انا|عندي|لدي|ابني|ابنتي|بنتي|امي|والدتي|ابي|والدي|زوجي|زوجتي|اخي|اختي|جدتي|جدي|جارتنا|جارنا|طفلي|طفلتي|اعاني|معي)(?!\w)"
)
_ILLNESS = stems(
    """
    asthma~ krebs krebskrank~ brustkrebs chemo~ bestrahlung depression~ depressiv~ demenz dement~ alzheimer diabetes diabetiker~ zuckerkrank~ epilepsie epileptiker~ epileptisch~ hiv aids hepatitis parkinson multiple_sklerose schlaganfall~ herzinfarkt~ herzkrank~ herzschrittmacher~ rheuma arthrose copd lungenkrank~ dialyse
    autismus autist~ adhs suchtkrank~ alkoholiker~ drogenabhangig~ heroinabhangig~ substituiert psychose~ schizophren~ bipolar~ borderline panikattacke~ angststorung~ posttraumatisch~ trauma traumatisiert~ schwerbehindert~ gehbehindert~ sehbehindert~ blind gehorlos~ querschnitt~ gelahmt~ pflegegrad~ pflegestufe~ schwanger burnout fehlgeburt~ operiert bandscheibe~ allergi~_schock epileptischen
    asthmatic cancer chemotherapy depressed dementia diabetic epilepsy epileptic multiple_sclerosis heart_attack stroke arthritis dialysis autism autistic adhd alcoholic addict schizophren~ ptsd panic_attack~ anxiety_disorder disabled pregnant miscarriage blind deaf paralysed paralyzed hiv-positive surgery
    astim~ kanser~ kemoterapi~ depresyon~ bunalimda demans~ bunama alzaymir~ seker_hastas~ diyabet~ sara_hastas~ epilepsi~ felc~ inme kalp_hasta~ kalp_krizi~ kalp_ameliyat~ romatizma~ tansiyon~ koah diyaliz~ otizm~ otistik~ bagimlisi bipolar psikoz~ panik_atak~ travma~ engelli engelliyim ozurlu hamile hamileyim ameliyat~ gormuyor_gozleri sizofren~ bobrek_hastas~
    ربو الربو سرطان السرطان كيماوي اكتياب الاكتياب مكتيب~ خرف الخرف زهايمر الزهايمر بالزهايمر بالسرطان بالربو بالسكري بالاكتياب سكري السكري الضغط صرع الصرع بالصرع جلطه بجلطه القلب كلي الكلي التهاب_الكبد توحد التوحد بالتوحد متوحد مدمن معاق معاقه اعاقه حامل عمليه_جراحيه مشلول شلل الكفيف كفيف صدمه_نفسيه نفسيه روماتيزم بالسكر
    """
)
# Wheelchairs stand for many; only who sits in one speaks of the own health
_CHAIR = re.compile(
    r"(?<!\w)(?:ich (?:sitze|bin) (?:\w+ ){0,2}(?:im|auf den|auf einen) (?:rollstuhl|rollator)|mein(?:em|en)? (?:rollstuhl|rollator)|"
    r"i(?:'m| am)? (?:\w+ ){0,2}(?:in|use|using) a wheelchair|my wheelchair|tekerlekli sandalye (?:kullaniyorum|ile yasiyorum)|tekerlekli sandalyedeyim|استخدم كرسي\w* متحرك\w*|كرسيي المتحرك)(?!\w)"
)
HEALTH = (
    Rule(Flag.HEALTH, "health", _ILLNESS, near=_SOMEBODY, reach=45),
    Rule(Flag.HEALTH, "health", _CHAIR),
    Rule(Flag.HEALTH, "health", re.compile(r"(?<!\w)(?:kanser|kemoterapi|diyaliz) tedavisi\w*")),
)
