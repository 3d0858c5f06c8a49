"""What residents' pins are about: stems of everyday words in four languages, by subject.

How to read the table: `mull` is how a word starts, `*mull` may stand anywhere in a word (German
compounds), `bins.` is the whole word, `zweit_reihe` are words one after the other. Letters are
folded before comparing (`geo.meaning.fold`), so write them with or without dots and accents.
Words that are common in a second language with another meaning are left out on purpose:
German "ich bin" is no rubbish bin, German "Rat" no rat.
"""

from collections.abc import Mapping

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "rubbish": (
        "*müll *abfall papierk *tonne. *tonnen. dreckig verdreckt dreck. vermüll *scherben kippen."
        " zigaretten *stadtreinigung bsr. putzaktion aufräum sauberkeit einwegbecher verpackung"
        " wegwerf entsorg pfand plastik altglas *glascontainer unrat ungepflegt überquell überfüllt splitter. müllsäcke abfäll",
        "çöp pislik temizlik temizlen kirli kirlilik izmarit konteyner süprüntü cam_kırı atık şişe_kumb döküntü dağınık",
        "قمام زبال نفاي حاوي وسخ اوساخ قذار نظاف تنظيف سطل سلات_المهملات مهملات مخلفات زجاج_مكسور زجاج. قناني فضلات",
        "rubbish trash garbage litter bins. dustbin waste. wastebasket dirty filth cigarette butts."
        " broken_glass cleaning. cleanup clean_up recycl zbal zibal oumama qumama bottle_bank overflowing messy litterpick glass_container",
    ),
    "bulky": (
        "*sperrmüll sperrgut *matratze *sofa. sofas. couch. möbel. möbeln sperrige schrank. kleiderschrank schränke kühlschr waschmaschine."
        " elektroschrott teppich. sessel. alte_fernseher regale. bauschutt müllabladen",
        "yatak. yatakl eski_eşya eşya mobilya koltuk kanepe dolap. dolab buzdolab moloz hurda halı."
        " halıl çamaşır_makine",
        "مرتب فراش فرشات اثاث كنب خزان ثلاج غسال عفش اغراض_قديم سجاد",
        "mattress bulky furniture fridge old_sofa fly_tip fly-tip dumping dumped armchair wardrobe",
    ),
    "rats": (
        "ratte *ratten ungeziefer kakerlak mäuse maus. schädling nagetier nager. angenagt rattengift köder.",
        "fare. fareler fareden sıçan haşer hamam_böce böcek böcekl kemirgen fare_dol",
        "فار. فيران فئران جرذ جرذان صراصير حشرات قوارض",
        "rats. a_rat. mice. vermin cockroach pests. rodent vermin. rat_colony",
    ),
    "pigeons": (
        "*taube tauben *taubendreck taubenkot vogelkot",
        "güvercin kuş_pisli kuş_bok",
        "حمام. الحمام. حمامات_الطير طيور_الحمام زرق_الطيور",
        "pigeon bird_droppings bird_poo bird_shit",
    ),
    "dogs": (
        "hund. hunde *hundekot hundehaufen hundekack leine. leinen kotbeutel gassi auslauf kampfhund",
        "köpek köpeğ tasma",
        "كلب كلاب",
        "dog. dogs dogs. leash dog_poo dog_shit",
    ),
    "light": (
        "*beleucht *dunkel dunkle finster stockfinster *laterne *leuchte. *leuchten. lampe. lampen straßenlampe"
        " funzel licht. lichter. lichts unbeleuchtet schummrig glühbirne flutlicht bewegungsmelder",
        "karanlık karanlig ışık ışığ ışıklandır aydınlat aydınlık lamba sokak_lamba fener zifiri ampul projektör karanlığ",
        "ظلام مظلم عتم معتم اناره اضاء انوار ضوء. نور. مصباح مصابيح لمب فانوس كشاف ضوئي",
        "dark darkness unlit street_light streetlight lamp. lamps lighting lantern pitch_black"
        " light. lights. 3atm zalam modlem bulb. bulbs floodlight dimly gloomy",
    ),
    "safety": (
        "*angst ängst unsicher sicherheit bedroh überfall überfallen belästig belaestig *polizei"
        " klau. klauen geklaut gestohlen diebstahl dieb. diebe raub gewalt angepöbelt pöbel"
        " messer schläger taschendieb gefühl_unwohl mulmig anmache gruselig unheimlich traue traut. abgezogen ausgeraubt randal",
        "korku korkuy korkar güvenlik güvensiz güvende taciz polis hırsız çalın gasp saldır kavga"
        " bıçak tehdit tedirgin şiddet çekin ürkü cesaret soygun",
        "خوف اخاف نخاف يخاف تخاف امان الامان شرطه تحرش سرق حرام اعتداء عنف سكين تهديد خطير_ليل مخيف يخيف ازعاجات لصوص لص.",
        "afraid scared scary fear. unsafe safety feel_safe not_safe harass robbed mugg steal stolen"
        " theft thief police assault attacked violence knife pickpocket threat catcall bekhaf khayf creepy spooky intimidat dodgy",
    ),
    "drugs": (
        "droge *drogen *spritze spritzen fixer fixen dealer dealen gedealt *konsumraum konsumier"
        " junkie heroin crack. kiffen kiffer gekifft koks abhängige. abhängigen suchthilfe süchtig nadeln."
        " nadel. alufolie",
        "uyuşturucu şırınga enjektör iğne. iğneler esrar torbacı bağımlı madde_kullan madde_sat eroin",
        "مخدر حقن. الحقن. حقنه ابر. ابره مدمن ادمان تعاطي متعاط حشيش مروج تاجر_مخدر تجار_المخدر",
        "drug drugs syringe needles. needle. dealer dealing dealers junkie addict heroin crack."
        " overdose shooting_up weed. mokhadarat mukhadarat",
    ),
    "alcohol": (
        "alkohol betrunk besoffen trinker. säufer saufen bierflasch suff. trinkerszene wodka",
        "alkol sarhoş içki. içkici ayyaş bira_şiş",
        "كحول خمر سكران سكارى سكاري",
        "alcohol drunk drunks drinkers. beer_bottle",
    ),
    "homeless": (
        "obdachlos wohnungslos notunterkunft schlafsack bettel bettler zelt. zelte. penner kältebus",
        "evsiz dilenci dilen çadır",
        "مشرد بلا_ماوي متسول خيمه خيام",
        "homeless rough_sleep begging beggar tents. sleeping_bag",
    ),
    "noise": (
        "*lärm laut. laute lauter. krach. *musik_bis nachtruhe schlaflos ruhestör gegröle grölen"
        " gebrüll geschrei schreien schlafen. einschlafen hupen. gehupe bass. bässe dröhn ohrenstöps"
        " dezibel laermend lautstärke scheppert schepper poltern getöse gebrumm wummern weckt aufgeweckt *schlafzimmer",
        "gürültü ses. sesi sesli sesten bağır uyuyam uyku korna yüksek_ses yüksek_müzik sessiz uyandır patırtı",
        "ضجيج ضوضاء صوت صاخب صراخ ازعاج مزعج نوم. النوم ننام انام نايمين يوقظ صخب",
        "noise noisy loud louder. shouting scream sleepless can't_sleep cant_sleep sleep. honk"
        " earplug quiet_hours dawsha azzaj wakes waking racket. blaring",
    ),
    "nightlife": (
        "kneipe *bars. bar. party. partys partyvolk feiernd feiern. clubbesuch diskothek touris"
        " rollkoffer späti spätis außengastro biergarten sperrstunde nachtleben wirt.",
        "barlar barın bar. meyhane parti. eğlence turist gece_kulüb diskotek",
        "بارات بار. البار. حفلات حفله سهر سياح ملهي",
        "bars. bar. pub. pubs. partying party. nightlife tourist revel rolling_suitcase closing_time",
    ),
    "building": (
        "*baustelle bauzaun bauarbeit baulärm gerüst. presslufthammer umbau. bagger absperrung",
        "inşaat şantiye kazı. iskele. yol_çalışma",
        "بناء. البناء. ورشه حفريات اشغال سقال",
        "construction building_site roadwork scaffold jackhammer",
    ),
    "speed": (
        "rast. raser rasend gerast autos_rasen rasen_die rasen_hier rasen_durch rasen_wie tempo *tempo30 *geschwindig zu_schnell viel_zu_schnell"
        " blitzer bremsschwelle *schwellen. spielstraße heizen. brettern schrittgeschwind autorennen"
        " schritttempo",
        "hız hızlı hızla sürat yarış kasis radar. yavaşla",
        "سرعه السرعه سريع بسرعه مسرع مطب. تهور",
        "speed speeding too_fast so._fast racing race. speed_bump 20mph 30_zone drive_fast going_fast sor3a",
    ),
    "cars": (
        "auto. autos. autoverkehr autofrei pkw lkw *verkehr verkehrsberuhig durchgangsverkehr"
        " schleichweg durchfahr durchfahrt einfahrt. poller *kiezblock fußgängerzone einbahnstraße"
        " lastwagen abkürzung stau. sackgasse transporter",
        "araba arabalar araç trafik kamyon otomobil trafiğ oto. yaya_böl yayalaştır motorlu arabasız",
        "سيار مرور المرور ازدحام شاحن زحم مركب عربيات للمشاه",
        "car. cars. traffic vehicle lorry lorries truck car_free car-free pedestrian_zone bollard"
        " rat_run through_traffic siyarat sayarat 3arabiyat",
    ),
    "parking": (
        "*parken parkplatz parkplätze *parker. parkend *zugeparkt geparkt. *parkverbot parkraum"
        " zweit_reihe zweiter_reihe doppelreih ladezone lieferzone lieferverkehr *lieferwagen"
        " abschlepp knöllchen anwohnerpark gehwegpark parkt. parkschein feuerwehrzufahrt löschzug rettungswagen vollgestellt falschpark halteverbot dauerparker",
        "park_yeri park_et otopark park_edil çift_sıra ikinci_sıra teslimat kargo_araç çekici"
        " park_halinde park_yasa yanlış_park parkedi itfaiye park_eden parkeden yol_kapat",
        "موقف_سيار مواقف الاصطفاف صف_ثان صف_مزدوج يركن يركنون توقف_السيار باركينغ الصف_الثاني سيارات_واقف مدخل_الاطفاء اطفاء",
        "parking parked double_park double-park delivery_van deliveries. loading_zone tow. towed"
        " parking_ticket parks_on fire_lane emergency_access blocks_the block_the vans. loading.",
    ),
    "cycling": (
        "rad. räder. *fahrrad *fahrräd radler *radfahr *radweg radspur fahrradstraße lastenrad"
        " radl pedelec *bikes. schutzstreifen",
        "bisiklet",
        "دراج بسكليت بسكلات",
        "bike bikes bicycl cycl cyclist bike_lane",
    ),
    "cycle_parking": (
        "*fahrradbügel *radbügel *bügel. fahrradständer *ständer. radständer anschließ"
        " abstellen. abstellanlage fahrradparkhaus fahrradabstell schrotträder schrottrad",
        "bisiklet_park bisiklet_yeri bisiklet_koy bisiklet_direk bisiklet_demir kilitle",
        "مكان_للدراج مواقف_للدراج ربط_الدراج موقف_دراج مواقف_دراج قفل",
        "bike_rack bike_stand bike_parking cycle_stand racks. lock_my lock_your lock_bikes rack.",
    ),
    "scooters": (
        "escooter e-scooter scooter eroller e-roller roller. leihroller elektroroller leihräder *leihrad tretroller mietroller mietroller. rollerfahr",
        "skuter scooter elektrikli_kaykay kiralık_sco",
        "سكوتر سكوترات السكوتر",
        "scooter scooters e-scooters",
    ),
    "crossing": (
        "ampel fußgängerampel *zebrastreifen *kreuzung grünphase grün_phase rotphase queren überquer"
        " fußgängerüberweg *querung mittelinsel rüber. rüberkomm rundumgrün bettelknopf rechtsabbieg"
        " abbieg schülerlots springt_auf zebra. fußgängerquerung querungshilfe",
        "trafik_ışı yaya_geçi yeşil_ışık kırmızı_ışık kavşak karşıya karşıdan geçiş yeşil_yan"
        " kırmızı_yan yayalara yaya_yolu_geç karşıya_geç",
        "اشار عبور نعبر اعبر تقاطع ممر_المشا ممر_مشا قطع_الشارع معبر ضوء_اخضر الاخضر الاحمر يعبرون قطع_الطريق",
        "traffic_light zebra crossing cross. crosswalk junction intersection pedestrian_light"
        " green_phase turns_red turn_red green_man ishara crossing_guard lollipop cross_the",
    ),
    "footway": (
        "*gehweg *bürgersteig *pflaster holprig stolper schlagloch *bordstein fußweg gehsteig trottoir"
        " glatteis kopfstein unebenheit löcher. räumdienst gehsteige wurzelschäden",
        "kaldırım çukur. çukurl bozuk_yol taşlar. asfalt düz_değil kaldırım_taş",
        "رصيف الرصيف ارصف حفر. حفره بلاط مطبات بلاطه",
        "sidewalk pavement footpath footway pothole cobble kerb curb trip_over uneven paving slabs",
    ),
    "winter": (
        "*schnee schneeräum glatteis *glätte spiegelglatt vereist *streuen streut. gestreut streusalz winterdienst"
        " räumdienst räumpflicht ausgerutscht rutschig",
        "kar. karlar buz. buzlu buzlanma kaygan kışın tuzlama tuz_at",
        "ثلج. الثلج. ثلوج جليد انزلق زلق",
        "snow icy slippery gritting gritted slipped black_ice",
    ),
    "barriers": (
        "rollstuhl *rollator barriere kinderwagen buggy rampe. stufe. stufen. treppe treppen gehbehind"
        " behindert blind. blinde sehbehind blindenleit rolli schwerhörig",
        "tekerlekli engelli bebek_araba merdiven rampa basamak pusetl puset görme_eng",
        "كرسي_متحرك الكرسي_المتحرك كراسي_متحرك معاق ذوي_الاعاقه عربه_اطفال عربه_الاطفال عربايه درج. الدرج. منحدر",
        "wheelchair pram. prams stroller buggy ramp. step-free step_free stairs disabled accessible"
        " accessib rollator walker. barrier blind.",
    ),
    "lift": (
        "*aufzug *aufzüge *fahrstuhl *fahrstühle *lift. rolltreppe",
        "asansör yürüyen_merdiven",
        "مصعد مصاعد اسانسير سلم_متحرك",
        "elevator lift. lifts. escalator",
    ),
    "transit": (
        "bus. busse *haltestelle *ubahn u-bahn *bahnhof bvg. *sbahn tram. straßenbahn bahnsteig takt."
        " ticket. nachtbus wartehäus *buslinie anzeigetafel verspätet verspätung fahrplan unterstand *linien. umsteigen",
        "otobüs durak. durağ durakta metro. metroya tren. ubahn istasyon otobus otobüsü durakt gecik sefer.",
        "باص حافل محطه قطار مترو موقف_الباص الحافلات تاخر_الباص",
        "bus. bus_stop buses train. station. subway underground_stat tram. platform. timetable at_the_stop buses. bus_shelter train_station delays",
    ),
    "toilets": (
        "*toilette klo. klos. wc. pinkel pissen urin uriniert gepinkelt pissoir wildpink klohäuschen"
        " wickel notdurft",
        "tuvalet wc. idrar işeyen işiyor çiş. çişi lavabo helâ",
        "مرحاض مراحيض حمام_عام حمامات حمام_عموم تواليت بول. يتبول تبول دوره_مياه",
        "toilet wc. loo. pee. peeing piss urine urinat restroom bathroom mer7ad",
    ),
    "benches": (
        "*bank. *bänke *sitzbank *sitzgelegen *sitzplatz *sitzplätze hinsetzen ausruhen sitzen."
        " sitzmöbel liegebank lehne. picknicktisch tische. verschnauf",
        "bank. banklar banka_otur oturacak oturma oturabil dinlenecek masa. masalar oturup",
        "مقعد مقاعد كراسي جلوس الجلوس نجلس اجلس يجلس بنك. بنوك استراح",
        "bench benches seat. seats seating sit. sit_down somewhere_to_sit picknick_table ma93ad",
    ),
    "heat": (
        "*schatten sonnensegel *hitze heiß. heiße. sonnenschirm überdach glühend kühl. kühle. kühlen"
        " abkühl sonne. sonnenstich klimaanpass entsiegel *pavillon",
        "gölge gölgelik sıcak sıcakta güneş tente serin şemsiye bunaltıcı",
        "ظل. الظل. ظلال مظله مظلات حر. الحر. حراره شمس. الشمس. حار. تبريد",
        "shade shady heat. heatwave hot. sun. sunshade awning cool_down cooling parasol"
        " too_hot canopy",
    ),
    "drinking_water": (
        "trinkwasser *trinkbrunnen wasserspend durst wasser_trinken trinkflasche wasserhahn nachfüllen",
        "içme_suyu çeşme su_iç susuz susad sebil",
        "ماء_شرب مياه_شرب ماء_للشرب مياه_للشرب مياه_الشرب ماء_الشرب نشرب عطش صنبور حنفي سبيل",
        "drinking_water drinking_fountain water_fountain thirst refill tap_water water_tap",
    ),
    "pond": (
        "*teich *becken. *kanal. kanals gewässer algen alge. ufer. *fische. fisch. enten. ente."
        " schwäne schwan. wasserqualität umgekippt brühe. see. weiher spree.",
        "gölet havuz. havuzu havuzun yosun balık ördek kanal. su_kalite göl. kuğu suyun_rengi kıyı",
        "بركه البركه بحير طحالب اسماك سمك بط. البط. قناه النهر مستنقع ماء_راكد",
        "pond lake algae fish. fishes ducks duck. swan canal. water_quality shore green_water stagnant",
    ),
    "smell": (
        "stink stinkt gestank riecht geruch modrig mief",
        "kokuyor koku kokusu kötü_kok leş. leş_gib",
        "رايح ريح. نتن كريه",
        "stink smell smells stench reek",
    ),
    "trees": (
        "*baum. *bäume *baumscheibe linde. linden kastanie platane *gießen. gießt gießkanne vertrock"
        " bewässer wassersack wassersäcke blätter. laub. gefällt fällen setzling ast. äste krone.",
        "ağaç ağac fidan sula. sulama sulan sulayan kurumuş kuruyor kurudu yaprak ıhlamur dallar",
        "شجر اشجار سقي نسقي يسقي تسقي ري. جفاف ذبل ذبول اوراق",
        "tree trees watering watering_can sapling leaves. branches withered dried_out lime_tree shajar",
    ),
    "greenery": (
        "garten. gartens gärten gemeinschaftsgarten nachbarschaftsgarten schulgarten mietergärten gärtner *beet. *beete hochbeet blume blumen *wiese. rasenfläch grünfläch"
        " *pflanz kräuter begrün urban_garden mehr_grün grünes. hecke. sträucher kompost ernten ernte. tomaten gärtnern parzelle schrebergarten",
        "bahçe çiçek çim. çimen çimler yeşil_alan yeşillik ekim. bitki tohum fide. ekip_biç",
        "حديق حدائق زهور ورود عشب زراع نزرع خضراء مساحات_خضر نباتات مشتل شتلات",
        "garden gardening flower flowers lawn. plants planting planted greenery green_space grass."
        " raised_bed compost allotment harvest vegetables gardeners",
    ),
    "wildlife": (
        "*vögel. vogel. *bienen insekt igel. eichhörn schmetterling nistkasten artenvielfalt tiere."
        " katze katzen *fuchs. füchse nachtigall spatzen ziegen ziege. *bauernhof",
        "kuşlar kuş_ses arı. arılar böceklere hayvan kedi kediler sincap kirpi",
        "عصافير عصفور نحل حيوان قطط قطه",
        "birds. birdsong bees. insects hedgehog squirrel butterfl wildlife cats. stray_cat foxes",
    ),
    "playground": (
        "*spielplatz *spielplätze *schaukel rutsche. *sandkasten klettergerüst spielgerät buddelkasten"
        " wippe. wasserspiel spielfläche buddeln *spielen. sandkiste klettern.",
        "oyun_alan oyun_park çocuk_park salıncak salıncağ kaydırak kum_hav tırmanma oyuncak tahterevalli"
        " oyun_ye",
        "ملعب_اطفال ملعب_الاطفال ملاعب_الاطفال العاب. الالعاب ارجوح مراجيح زحليق زحلوق ملعب. الملعب."
        " لعب_الاطفال للعب",
        "playground swing. swings. slide. sandpit sandbox climbing_frame play_area see-saw monkey_bars",
    ),
    "sport": (
        "sport *sportplatz *sportverein *fußball *bolzplatz basketball tischtennis turnhalle fitness trainier training. trainer."
        " *turnen. yoga skate skater schwimm freibad hallenbad kicken. bolzen gymnastik *laufgruppe bewegungs"
        " calisthenics boxen. boule schach. turnier seepferdchen körbe. ballplatz ballspiel kletterwand joggen laufstrecke sportgerät bolz.",
        "spor. sporu spora sporcu futbol basketbol antrenman fitnes yüzme havuza_gir spor_salon koşu. yürüyüş"
        " jimnastik masa_tenis turnuva pota. potalar potası basket. saha. sahası halı_saha",
        "رياض كره_قدم كره_القدم كره_سله كره_السله سباح مسبح تمارين تدريب_رياض جري. بطول السله ملعب_كره نادي_رياض",
        "sports sport. football soccer basketball table_tennis gym. workout fitness swimming_pool"
        " swimming. skate skatepark yoga tournament pitch. hoop. hoops ball_court jogging running_track",
    ),
    "youth": (
        "*jugend *jugendliche *jugendclub *jugendzentrum jugendtreff teenager teenie halbstark pubert"
        " mädchentreff jungs. abhängen sozialarbeit streetwork proberaum",
        "genç gençl gençlik ergen delikanl genclik_merkez",
        "شباب مراهق شبان نادي_الشباب فتيان",
        "youth teenager teens. young_people adolescent kids_hang hang_out shabab youth_club",
    ),
    "childcare": (
        "*kita. kitas kitaplatz kinderbetreu krippe. tagesmutter kindergarten hort. schulhort babysit"
        " elterncafé elterntreff eltern-kind spielgruppe krabbelgruppe familienzentrum kinderladen",
        "kreş anaokul yuva. çocuk_bakım bakıcı oyun_grub aile_merkez",
        "حضان روضه رياض_اطفال رياض_الاطفال رعايه_اطفال رعايه_الاطفال رعايه_للاطفال حاضن مربيه",
        "kita. nursery childcare kindergarten daycare creche babysit toddler_group playgroup"
        " mother_and",
    ),
    "school": (
        "*schule. schulen *grundschule schüler lehrer *hausaufgabe nachhilfe unterricht klassenzimmer"
        " *schulhof schulweg mathe lernhilfe lernen. lernraum elternabend abitur schulplatz klassen.",
        "okul öğrenci öğretmen ödev ödevler ders. dersler derslik matematik sınıf özel_ders",
        "مدرس مدارس تلاميذ طلاب معلم واجب واجبات دروس تقويه رياضيات صف_دراس",
        "school pupil teacher homework tutor lessons. classroom math exam. study_room",
    ),
    "language": (
        "deutschkurs *sprachkurs *sprachcafé sprachcafe deutsch. deutsch_lern sprache. sprachen"
        " alphabetisier integrationskurs sprachtandem dolmetsch übersetz konversation muttersprach"
        " vokabel sprachpartner b1. b2. a1. mehrsprachig",
        "almanca dil_kurs dil. dili kurs. kursu kurslar tercüman çeviri konuşma_kul tandem dil_kaf",
        "الماني المانيه لغه اللغه لغات دوره_الما دورات كورس كورسات ترجم مترجم محادث يترجم تترجم",
        "german_course german_class learn_german language speak_german german. conversation_group"
        " translation interpreter translator almani",
    ),
    "books": (
        "*bibliothek bücherei *buch. *bücher bücherschrank vorlesen lesung leseecke lesen. büchertausch stadtteilbib",
        "kütüphane kitap kitab okuma_saat okuma. kütüphan",
        "مكتبه كتب كتاب قراء المكتبه",
        "library book. books. bookcase bookshelf libraries",
    ),
    "jobs": (
        "*ausbildung praktikum *praktika praktikant azubi *lehrstelle bewerb lebenslauf arbeitslos *jobs. job. jobcenter"
        " *jobmesse berufs *beruf. arbeitsplatz arbeitsplätze werkstatt_lern betriebe. arbeit_find"
        " mentor",
        "staj stajyer meslek iş_bul iş_ara iş_yok işsiz iş_ilan çırak eleman başvuru öz_geçmiş cv."
        " mesleki iş_yeri",
        "تدريب_مهن تدريب_مهني تدريب. عمل. وظيف وظائف شغل فرص_عمل مهن. مهنه مهني. عاطل بطاله سيره_ذاتي تاهيل",
        "apprentice internship training_place vocational job. jobs. cv. unemploy work_experience"
        " career employer trainee mentor",
    ),
    "elderly": (
        "senior *senioren rentner ältere älteren alte_leute alte_menschen alten_menschen im_alter rente. oma. omas"
        " großmutter opa. pflegebedürf hochbetagt altersarm verwitwet witwe",
        "yaşlı emekli nine. dede. teyze amca huzurevi ihtiyar yaşlan",
        "كبار_السن كبار_السن المسن مسن. مسنين متقاعد عجوز عجائز شيوخ جدتي جدي.",
        "elderly senior seniors pensioner old_people older_people grandma grandmother grandpa widow"
        " retire retired old_folks",
    ),
    "loneliness": (
        "einsam vereinsam ganz_allein so._allein immer_allein allein_zuhause allein_zu_haus niemanden_zum isoliert gesellschaft. besuchsdienst"
        " besucht_mich reden. kontakte. keinen_mehr niemand_mehr unterhalten.",
        "yalnızlık yalnızım yalnızız yalnızlar yalnız_yaş yalnız_kal kimsem kimse_yok kimsesi sohbet konuşacak dertleş",
        "وحيد وحده وحده. عزله لوحد وحدي لا_احد نتحدث دردش",
        "lonely loneliness all_alone live_alone living_alone home_alone nobody_to no_one_to isolated company. to_talk_to chat.",
    ),
    "meeting_place": (
        "*treffpunkt treffen. *nachbarschaftstreff *nachbarschaftshaus stadtteilzentrum *begegnung"
        " gemeinschaftsraum *cafe. *café. kaffeeklatsch kaffee. zusammenkomm zusammensitz stammtisch"
        " mehrgenerationen raum_für räume_für treff. kiezküche mittagstisch kochen. gemeinsam_koch",
        "buluş toplanma mahalle_ev bir_araya çay_iç çay. kahve_iç kafe. lokal"
        " toplanacak ortak_oda komşuluk_ev dernek yemek_pişir birlikte_yemek",
        "مكان_للقاء لقاء. اللقاء ملتقي نلتقي نجتمع تجمع مقهي قهوه شاي مركز_الحي صاله قاعه طبخ",
        "meeting_place meeting_point meet. meet_up meetup community_cent community_room get_together"
        " neighbourhood_house neighborhood_house coffee. tea. cafe. hangout cook_together",
    ),
    "culture": (
        "straßenfest kiezfest hoffest sommerfest herbstfest stadtteilfest *fest_feiern konzert *kunst. künstler theater kino. freiluftkino open-air bühne."
        " chor. musikschule ausstellung flohmarkt tanzen. tanz. atelier *musiker kulturverein karneval"
        " wandbild nachbarschaftsfest zirkus",
        "festival konser sergi tiyatro sinema şenlik şenliğ müzik_okul koro dans. sanat sanatçı bit_pazar"
        " halk_oyun bayram",
        "مهرجان حفل_موسيق مسرح سينما معرض فن. فنون فنان رسم. احتفال جوقه رقص",
        "festival concert exhibition theatre theater cinema art. artist mural flea_market choir dance"
        " street_party open_air circus",
    ),
    "sharing": (
        "tauschen tauschbox *tauschregal verschenk repair-caf repaircaf repariercafé reparaturcafé leihladen ausleih teilen."
        " nachbarschaftshilfe ehrenamt werkzeug. nähcafé nähen. spende",
        "takas paylaş tamir_kaf tamir_atöl ödünç gönüllü bağış dikiş komşuya_yardım yardımlaş",
        "تبادل تبرع تطوع متطوع استعار خياط مساعده_الجيران",
        "swap sharing repair_caf lend. borrow volunteer donate tool_library give_away giveaway sewing",
    ),
    "health": (
        "*arzt. *ärzte *ärztin *praxis. *apotheke hebamme krank krankenhaus therapie therapeut psych"
        " depress pflege. gesundheitszentrum zahnarzt kinderarzt termin. termine impf ernährung asthma"
        " kopfschmerz erste_hilfe defibrillator",
        "doktor hekim hastane eczane hasta. hastalık psikolog terapi randevu sağlık ebe. diş_hek aşı. aşısı",
        "طبيب اطباء دكتور عياد مستشفي صيدلي مرض مريض نفسي علاج موعد مواعيد صحي. صحيه صحه. قابله تطعيم",
        "doctor gp. clinic pharmacy midwife hospital therapist therapy mental_health appointment"
        " health_cent dentist pediatric vaccin defibrillator",
    ),
    "advice": (
        "*beratung. beratungs sozialberat rechtsberat formulare formular. antrag anträge amt. ämter jugendamt behörde"
        " ausfüllen papierkram schuldnerberat sozialamt ausländerbehörde mieterberat bürgeramt sprechstunde unterlagen. bescheid bescheide ausfüllhilfe wohngeld kindergeld bürgergeld jobcenter_brief briefe. anwalt",
        "danışma danışman form. formlar dilekçe belge belgeler resmi_daire bürokrasi doldur avukat mektup mektuplar evrak",
        "استشار مشور معامل اوراق_رسم نماذج استمار دوائر محامي تعبئه طلبات رسائل الرسائل مستندات جوب_سنتر",
        "advice counsel counselling paperwork forms. form_fill bureaucra legal_help lawyer fill_in"
        " fill_out applications documents letters. office_hours benefits.",
    ),
    "housing": (
        "*miete. *mieten. mieter *vermieter *wohnung wohnungen eigenbedarf *verdräng kündig gentrif"
        " *schimmel heizung heizkost nebenkost hausverwalt airbnb ferienwohn modernisier wohnraum"
        " umwandl treppenhaus wohnberecht wbs. milieuschutz deutsche_wohnen hauseigen wärmedämm asbest heizkörper warmwasser frieren eigentümer mieterhöh hausmeister staffelmiete nachzahlung *betriebskosten",
        "kira kiralar kiracı ev_sahib daire. daireler konut rutubet küf. küflü kalorifer ısıtma tahliye"
        " evden_çık ev_bul asbest kalorif sıcak_su kombi ev_sahib kira_art petek.",
        "ايجار الايجار مستاجر مالك شقه شقق سكن. السكن اسكان عفن رطوب تدفئ اخلاء مؤجر بيوت ماء_ساخن المياه_الساخن صاحب_البيت عقد_الايجار",
        "rent. rents tenant landlord flat. flats. apartment housing evict gentrif mould mold heating"
        " airbnb holiday_let displaced radiator hot_water boiler landlady tenancy lease. rent_increase",
    ),
    "shops": (
        "laden. läden *supermarkt discounter *aldi. lidl. bäcker bäckerei einkauf einkaufen *geschäft."
        " geschäfte drogerie gemüse obst. lebensmittel tante-emma kiosk nahversorg drogeriem"
        " händler. fleischer",
        "market. markete marketi süpermarket bakkal dükkan fırın. fırını manav alışveriş alisveris"
        " mağaza kasap esnaf",
        "سوبرماركت متجر محل. محلات دكان دكاكين مخبز فرن. بقال تسوق نتسوق خضار خضر ماركت",
        "supermarket shop. shops shopping groceries grocery bakery baker. discounter corner_shop store."
        " stores aldi. lidl.",
    ),
    "market": (
        "markt. *markthalle *wochenmarkt marktstand marktstände händlerinnen",
        "pazar. pazarı pazarda pazar_yeri hal. çarşı semt_pazar tezgah",
        "سوق السوق اسواق بسط",
        "market_hall market. markets stall. stalls. farmers_market street_market food_hall",
    ),
    "prices": (
        "teuer teure *günstig bezahlbar leisten. preis. preise. euro. billig wucher"
        " erschwinglich arm. arme. reiche. abzocke überteuert",
        "pahalı ucuz fiyat uygun_fiyat avro. euro. bütçe parası zengin",
        "غالي غاليه غلاء رخيص ارخص اسعار سعر. باسعار يورو نقدر_ندفع",
        "expensive cheap affordable price prices pricey can't_afford afford. overpriced euros. posh",
    ),
    "food": (
        "*imbiss restaurant essen. mittagessen abendessen döner. dönerbude gaststätte falafel. eisdiele kantine suppenküche tafel. *käse",
        "lokanta restoran yemek. yemekler dönerci simit tatlı. börek",
        "مطعم مطاعم طعام اكل. الاكل فلافل شاورما وجبات",
        "restaurant food. meals kebab falafel ice_cream food_bank snack",
    ),
    "business": (
        "gewerbe *leerstand leerstehend leer_steht steht_leer gewerbemiete gründer selbständig handwerk"
        " ladenlokal kleingewerbe coworking existenzgründ zwischennutz verrammel schaufenster rollladen ladenfläch verwaist laden_leer laden_steht",
        "boş_dükkan işletme girişim iş_yeri_kira zanaat küçük_esnaf boş_duran kepenk boş_dük",
        "محل_فارغ محلات_فارغ مشاريع_صغير تجار. حرف اصحاب_المحل المحل_الفارغ محل_مغلق",
        "vacant empty_shop small_business startup commercial_rent craftsm co-working boarded shuttered unused_shop shop_empty",
    ),
    "participation": (
        "*beteilig mitbestimm mitreden *information informier aushang schaukasten *bürgerversammlung"
        " quartiersrat *newsletter transparen gefragt. umfrage bürgerhaushalt rückmeldung schwarzes_brett"
        " infotafel versammlung mitmachen. abstimm",
        "katılım bilgi. bilgilend duyuru toplantı ilan_tahta oy. oylama haber. haberimiz söz_hak mahalle_mec"
        " anket karar.",
        "مشارك معلومات اعلان اجتماع لوح_اعلان تصويت استبيان نعرف. قرار راينا",
        "participat inform. information notice_board noticeboard newsletter assembly consult vote. voting"
        " survey transparen have_a_say",
    ),
    "discrimination": (
        "rassis rassismus diskriminier beleidig antisem nazi. nazis hakenkreuz kopftuch homophob queer"
        " ausgegrenzt vorurteil",
        "ırkçı ayrımcı hakaret başörtü dışlan önyargı nazi.",
        "عنصري تمييز اهان حجاب اسلاموف كراهي",
        "racis discriminat insult. nazi. swastika headscarf homophob islamoph queer prejudice",
    ),
    "women": (
        "frauencafé frauengruppe *frauen. frauentreff *mädchen. mütter mutter-kind frauenfrüh frauenraum frauenabend frauentag *müttern.",
        "kadın kadınlar kızlar anneler kadınlara kadınlarla",
        "نساء للنساء النساء سيدات امهات بنات امهات. سيده",
        "women women's girls. mothers. mums. mothers_group womens",
    ),
    "air": (
        "*abgase feinstaub *luft. luftqualität qualm rauch. smog diesel auspuff ruß. grillen. grillrauch"
        " laufender_motor *motor. motoren.",
        "egzoz hava_kir hava_kal duman mangal is_koku motor_çalış temiz_hava",
        "عوادم هواء دخان غبار تلوث شواء",
        "exhaust fumes. air_quality smog smoke. smoky bad_air fresh_air clean_air pollution barbecue idling",
    ),
    "rain": (
        "überschwem überflut *pfütze gully gullys *regenwasser starkregen *abfluss wasserschaden eisplatte"
        " regenrinne dachrinne rohrbruch hochwasser",
        "su_bas su_birik yağmur rögar gider. logar sel. çamur buzlan",
        "فيضان مطر. المطر مياه_المطر تجمع_المياه بالوع مجاري غرق",
        "flood puddle drain. drains. rainwater gutter heavy_rain sewage waterlog",
    ),
    "damage": (
        "graffiti vandal *schmier beschmiert sprayer eingeschlagen zerstört zerkratz tags. demoliert vollgesprüht besprüht sprüher vollgeschmiert",
        "grafiti duvar_yaz tahrip kırılmış vandal sprey sprey_boya",
        "كتابات_علي جرافيتي غرافيتي تخريب بخاخ رسومات_علي كتابات_قبيح",
        "graffiti vandal smashed tagging spray. sprayed vandali tags.",
    ),
    "energy": (
        "*solar *strom. energie *ladesäule wallbox photovolt fernwärme wärmepumpe balkonkraftwerk",
        "güneş_pan elektrik enerji şarj",
        "طاق_شمس كهرباء طاقه شحن",
        "solar energy electricity charging_point charger wallbox",
    ),
    "internet": (
        "*wlan *wifi internet funkloch handynetz",
        "internet wifi. kablosuz",
        "انترنت واي_فاي",
        "wifi wi-fi internet",
    ),
    "fireworks": (
        "silvester *böller geböllert feuerwerk raketen. knaller",
        "havai_fişek yılbaşı torpil maytap",
        "العاب_ناري مفرقعات راس_السنه",
        "firework new_year's bangers.",
    ),
    "parcels": (
        "*paket. pakete packstation briefkasten briefträger post. postfiliale geldautomat",
        "kargo. posta. paket. posta_kut bankamatik ptt.",
        "بريد طرود صراف",
        "parcel mailbox post_office letterbox atm. postbox",
    ),
}

KEEP = (
    "soll_bleib muss_bleib bleiben_soll bitte_erhalten erhalten_bleib so_lassen bitte_so weiter_so"
    " nicht_schließ nicht_weg so_bleiben bitte_bleib behalten beibehalten nicht_ändern nichts_ändern"
    " bewahren nicht_anfassen hände_weg nicht_zumachen nicht_abschaffen genau_so so_beibehalten"
    " bitte_nicht_bebau niemals_schließ danke_für möge_bleib",
    "böyle_kal aynen_kal kalsın korunsun kapanmasın kapatmayın bozulmasın bozmayın değişmesin"
    " değiştirmeyin dokunmayın devam_etsin böyle_devam hep_böyle ellemeyin aynı_kal",
    "يبقى_كما ابقوا ليبقى يبقى. حافظوا تحافظ لا_تغير لا_تغلق استمروا يستمر_هكذا كما_هو كما_هي لا_تلمس تبقى",
    "keep_it keep_this keep_the please_keep stay_like stay_as should_stay must_stay don't_close dont_close"
    " never_close don't_change dont_change leave_it_as leave_as preserve long_may carry_on_like",
)
"""Words of a pin that wishes no change: with them an idea counts as praise."""
