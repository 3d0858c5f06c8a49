"""Insult and group hate in a text, in four languages; written for reading first, not for blocking.

An insult needs somebody it is meant for: dirt on the pavement or a stupid traffic light is none. Hate
needs a group and what is said against it.
"""

import re
from collections.abc import Iterator

from geo.flags_text import ARABIC, BLOTTED, SPACED, Flag, Found, Rule, Text, loose, stems

# Words for people that are an insult whoever is meant
_SURE_WORDS = """
    arschloch~ arschlocher~ arschgesicht~ arschgeig~ arschkriecher~ wichser~ wixer~ hurensohn~ hurensohne~ huhrensohn~ hurensoehne~
    hurenkind~ hurentochter~ fotze~ missgeburt~ spasti~ spast spasten mongo~ schlampe~ nutte~ vollidiot~ idiot idioten idiotin~ volltrottel~ trottel~ vollpfosten~
    hohlkopf~ hohlkopfe~ dummkopf~ dummkopfe~ schwachkopf~ schwachkopfe~ blodmann~ drecksack~ drecksacke~ drecksau~ dreckskerl~ drecksschwein~ drecksvolk~ saukerl~ saupack~
    mistkerl~ miststuck~ mistst_uck pisser~ penner~ pennern assi assis asis gesindel~ abschaum~ dreckspack~ lumpenpack~
    schmarotzer~ hackfresse~ arschgeburt~ hirni~ vollhonk~ honk honks kackbratze~ fettsack~ bastard~ schwachmat~ flachpfeife~ flachzange~ vollspast~ depp deppen
    missgeburten drecksloch_bewohner~ hundesohn~ hundesohne~ scheißkerl~ scheisskerl~ scheißtyp~ scheisstyp~ scheißbulle~ scheisbulle~ bullenschwein~ schweinehund~
    spacken~ spacko~ dodel torfnase~ knalltute~ knallkopf~ dummschwatzer~ klugscheißer~ klugscheisser~ korinthenkacker~ witzfigur~ nulpe~ nichtskonner~ blockwart~ rotznase~ saftsack~ stinkstiefel~ hurenbock~ sackgesicht~ vollpfeife~
    gerzek~ surtuk~ fahise~ kahpe~ slag slags ratbag~ minger~ wazzock~ arsewipe~ shitbag~ toerag~ scrote~ spastic~ mong mongs
    salak salaklar~ salaksin~ salaksiniz~ salaga aptal aptallar~ aptalsin~ aptalsiniz~ gerizekali~ geri_zekali~ embesil~ ahmak~ serefsiz~ namussuz~ haysiyetsiz~ terbiyesiz~ edepsiz~ karaktersiz~ yavsak~
    pezevenk~ orospu~ orusbu~ gotveren~ dangalak~ beyinsiz~ kaltak~ denyo~ dallama~ kancik~ pust pustlar~ zibidi~ okuz okuzler~ godos~ gavat~ haysiyetsizler adi_herif~
    idiots moron~ asshole~ arsehole~ motherfuck~ mofo~ fuckers fucker fuckface~ fuckwit~ cunt cunts dickhead~ wanker~ twat twats tosser tossers bitch bitches whore whores slut sluts scumbag~ retard retards retarded
    dumbass~ jackass~ imbecile~ cretin cretins shithead~ dipshit~ douchebag~ douche tosspot~ bellend~ bollockhead~ lowlife lowlifes lowlives dimwit~ nitwit~ halfwit~ knobhead~ wankstain~ gobshite~ pillock~ scum
    """
_SURE, _SURE_BLOTTED = stems(_SURE_WORDS), loose(_SURE_WORDS)
# How German makes them up: a word for people behind or before another word
_MADE_UP = re.compile(
    r"(?:(?!marsch|barsch|harsch|warsch)\w*(?<![mbhw])arsch(?!au|iv|it|kalt|glatt|teuer|lang|weit|voll|karte|bombe|backe)\w*|\w*wichs\w*|\w*(?:ge|ver|ziegen|kamel|zer|ab|mutter|durch)?fick\w*|\w*fotze\w*|(?!uhren)\w*huren\w*|\w*hirn(?:los|amputiert|verbrannt|tot|geschissen|rissig)\w*|"
    r"\w*(?:voll|oberst?|ober|riesen|suv-|auto-|rad-)-?(?:horst|depp|pfosten|honk|trottel|idiot|spast|affe)\w*|\w*-(?:idiot|depp|trottel|penner|heini|fuzzi|affe|arsch|nazi|faschist|pack|bande)(?:en|s|n)?|\w+nazis?(?<!neonazi)(?<!neonazis)|"
    r"\w*(?:hohl|schwach|dumm|matsch|stroh|holz|flach|quadrat|sturz)(?:kopf|kopfe|kopfen|birne|birnen|bratze|bratzen|nuss|nusse)|\w*(?:papp|schnarch|rotz|schleim|kack|dumpf)(?:nase|nasen|backe|backen|bratze|bratzen)|"
    r"(?:kack|drecks|scheiß|scheiss|mist|sau|schmutz|schleim|gift|kampf|hampel|lack|schlips|hans|rotz|dreck|arsch|aas)(?:vogel|vogeln|typ|typen|kerl|kerle|bande|volk|zwerg|zwerge|zwergen|mann|manner|affe|affen|wurst|wurste|loffel|verein|brut|bulle|bullen|stuck|stucke|leute|geier|kroten?)|"
    r"\w*(?:gesocks|gesindel|abschaum|lumpenpack|burokratenpack|drecksbande|saubande|rasselbande|(?:kinder|gauner|auslander|turken|bullen|politiker|nazi|raucher|reichen|beamten|bonzen|spekulanten|mieter|touristen)pack)|pack|"
    r"(?:lugner|betruger|halsabschneider|abzocker|spinner|heuchler|versager|verbrecher|gauner|ganove|halunke|lump|schurke|fuzzi|hansel|schnosel|nichtsnutz|taugenichts|feigling|blutsauger|blutsauger|ausbeuter|kinderschander|nazischwein|faschist|banausen?|proll|rupel|clown|vollclown|kasper|waschlappen|schlappschwanz|jammerlappen|dumpfbacke|arschkrampe|kanaille|hornochse|rindvieh|armleuchter|sesselfurzer|sesselpupser)(?:n|en|innen|in|s|e)?|"
    r"asozial\w*|"
    r"(?:mankafa|hiyar|soysuz|hoduk|kafasiz|gorgusuz|ahlaksiz|vicdansiz|arsiz|yuzsuz|yalaka|yalanci|uckagitci|dolandirici|soytari|palyaco|maganda|okuz|kiro|keko|hanzo|andaval|avanak|budala|bunak|enayi|dingil|durzu|kasar|zevzek|ukala|cakal|kansiz|rezil|serseri|haydut|namert|kalles|hain|cahil|beceriksiz)\w*|"
    r"ulan|damlich\w*|schlafmutz\w*|schnarchnas\w*|kotzbrocken\w*|bloodsuck\w*|leeches|utanmaz\w*|"
    r"(?!number)(?:wank|shit|cock|dick|knob|arse|ass|piss|fuck|cum|douche|twat|bell|butt|jerk|numb)-?(?:stain|head|bag|face|wipe|hole|sucker|hat|wit|er|nugget|end|wad|off|nuts|clown|pot)s?(?<!shitter)|pricks?|muppets?|plonkers?|numpty|numpties|wankers?|gobshites?|nitwits?|clowns?|cowards?|crooks?|liars?|hypocrites?|parasites?|scroungers?|fools?|jerks?|chavs?|thugs?|brain-?dead|braindead|clueless|nazis?|fascists?|imbecilic|pathetic|weirdos?|creeps?|perverts?|dumb(?:o|os|fuck\w*)|simpletons?|bozos?|goons?|swines?|buffoons?|dunces?|slimeballs?|sleazebags?)"
)
# Somebody spoken to and judged, whatever the word: "ihr seid doch alle ..."
_JUDGED = re.compile(
    r"(?<!\w)(?:(?:ihr|du)(?:\s\w+){0,4}\s(?:seid|bist)\s(?:\w+\s){0,2}?(?:doch|alle|nur|echt|komplett|einfach|total|so|absolut|ja|solche|ein|eine|unfahig\w*)|(?:seid|bist) (?:ihr|du)(?:\s\w+){0,2} (?:doof|dumm|blind|bescheuert|irre|krank|wahnsinnig|bloed|noch ganz)|"
    r"(?:gehort|gehoren|ab) in die (?:klapse|anstalt|geschlossene|irrenanstalt|tonne)|you (?:absolute|utter|complete|total|bloody|useless|miserable)|(?:are|is|sind|ist|seid)(?: all| such| just| alle| nur| lauter| doch)?(?: an?)?(?: \w+)? (?:leech\w*|apes?|donkeys?|sheep|snakes?|rats?|pigs?|vultures?|cockroach\w*|weasels?|affen|ratten|schweine|blutegel|zecken|geier|kakerlaken|parasiten)|you (?:lot|people|guys|all|clowns) (?:are|have no|can't|cannot)|you are (?:all|such|just|nothing|a bunch|a)|you're (?:all|such|just|nothing|a bunch|a)|(?:bunch|pack|load|gang) of (?:\w+ )?\w+s|"
    r"(?:siz|sen)(?:\s\w+){0,3} (?:hepiniz|tam bir|tam)|hepiniz(?:\s\w+){0,2} \w+s[iu]n[iu]z)(?!\w)"
)
_PRAISE = re.compile(
    r"(?<!\w)(?:super|toll\w*|klasse|beste\w*|lieb\w*|nett\w*|gut\w*|spitze|willkommen|eingeladen|engagiert\w*|danke\w*|prima|freundlich\w*|wunderbar\w*|schon|schatz\w*|gefragt|herzlich\w*|great|amazing|best|kind|lovely|nice|wonderful|awesome|welcome|friendly|good|thanks?|thank you|star|hero\w*|harikas\w*|iyi\w*|supers\w*|tesekkur\w*|davetli\w*|sagol\w*|kids|children|flowers|friends|neighbours|volunteers|trees|bikes|keys)(?!\w)"
)
# The same with signs that the loose form would stumble over, and words said to somebody
_SAID_TO = re.compile(
    r"(?<!\w)(?:f[iy*#]c?[k*#]+t? (?:euch|dich|deine|eure|sie alle|die)|verpiss\w*|verpi(?:ß|ss)t|leck(?:t)? mich|halt(?:et)? (?:die|dein|euer|eure|s|das) "
    r"?(?:fresse|maul|klappe|schnauze)|maul halten|fresse halten|schnauze voll von euch|halt\w*(?:\s\w+){0,3} (?:maul|fresse|klappe|schnauze)|geh sterben|verrecke\w*|verreckt|fahrt zur holle|zur holle mit|schert euch|"
    r"scheiß auf euch|scheiss auf euch|(?:ihr|du|euch|eure[rnm]?|dein\w*) (?:\w+ )?(?:scheiß|scheiss|dreck|kack)\w*|schamt euch was|ihr konnt mich mal|ins gehirn geschissen|(?:nicht|net) alle tassen|eins? (?:an|auf) der (?:waffel|klatsche)|einen? (?:knall|schuss|vogel|dachschaden|sprung in der schussel)|nicht ganz (?:dicht|sauber)|(?:dummes?|freches?|dreckiges?|blodes?|ungewaschenes?) (?:maul|fresse|schnauze)|(?:was fur|so|voll|echt|total|komplett|wie) behindert\w*(?!\w| (?:mensch|kind|person|leute|gaste|besuch|jugend|frau|senior))|(?:hepsi|hepiniz|bunlar)(?:\s\w+){0,2}\s(?:kopek|hayvan|domuz|esek|it|pislik)(?:ler|lar)?|haddinizi bil\w*|kopek gibi havla\w*|yazik kafaniza|(?:kani|sutu) bozuk\w*|odun kafa\w*|\w+ (?:surusu|bozuntusu)\w*|"
    r"h[\W_]{1,3}rens\w+|a[\W_]{2,8}l(?:o|oe)cher?|a[\W_]{2,7}loch|wi[*#.]{1,4}er|w[*#]{2,5}er|f[*#]{2,4}(?:ck)? (?:you|off|euch)|"
    r"amk|a\.?q\.?|o\s?\.\s?c\s?\.?|aminako\w*|amina\s?(?:ko\w*|cak\w*)|amini\w*|anani\w*|ananizi|bacini|(?:siktir|siktig|siker(?:im|ler)|sikey|sikiyim|sikik|sikecem|sikicem)\w*|s\*{1,3}k\w+|o\W{1,4}\s?cocu[gk]\w*|oc|oclar|got (?:herif|kafal\w*|lale)\w*|gotun\w*|"
    r"(?:siz|sen|hepiniz|bunlar|onlar|ulan|lan|yonetim|belediye)\W+(?:\w+\W+){0,3}(?:salak|aptal|hayvan|mal|it|kopek|esek|domuz|okuz|ayi|pislik|bok|rezil|ahlaksiz|yalanci|hirsiz|cahil|ezik|manyak)(?:lar|ler)?"
    r"(?:s[iu]n(?:[iu]z)?)?|(?:esek|it|kopek|domuz|hayvan|ayi|mal|okuz|pis|pislik|aptal|salak|rezil|ahlaksiz|adi|kaba|cahil|essek|manyak|hirsiz)\s(?:herif|oglu|sipas|soyu|surusu|suratli|kafali|adam|karı|kari|insan)\w*|"
    r"mal (?:misin|misiniz|bunlar)|mallar(?:a|in)? bak|allah belan\w*|kahrolsun\w*|kahrol\w*|geber\w*|cehenneme git\w*|defol(?:un|)? git\w*|defolun|yaziklar olsun size|yuh size|tuh size|tuu|"
    r"f[\W_]{1,3}c?k?(?:ing)? (?:off|you|u|them|this)|fuck(?:ing)? (?:you|off|them|him|her|u|yourself|yourselves|this council|the council|the police)|f[*#.-]{2,4} (?:you|off|u)|screw you|piss off|go to hell|shut (?:the fuck )?up|drop dead|kill yoursel\w+|kys|stfu|gtfo|eat shit|"
    r"(?:you|those|these|they|he|she|who|people|owner|neighbour|bunch of|pack of|load of)(?:'re| are| is|)\s(?:\w+\s){0,3}(?:pieces? of shit|pigs?|clowns?|parasites?|vermin|trash|garbage|rats?|jerks?|losers?|liars?|crooks?|pricks?|animals?|dogs?|stupid|dumb|brainless|worthless|pathetic|idiot)(?!\w)|"
    r"(?:complete|utter|bloody|fucking|total|such an?|what an?|which|some|an?) (?:idiot|jerk|loser|prick|clown|git|fool)s?)(?!\w)"
)
# Adjectives that insult only beside people
_NASTY = stems(
    """
    dreckig~ widerlich~ ekelhaft~ eklig~ dumm dumme~ dummen saudumm~ strohdumm~ hirnlos~ primitiv~ asozial~ faul faule~ faulen stinkfaul~ verlogen~ verblodet~ korrupt~ bescheuert~
    bekloppt~ blod blode~ bloden saublod~ hassliche~ scheiß~ scheiss~ verfickt~ versifft~ gestort~ geisteskrank~ beschrankt~ inkompetent~ unfahige~ fett~ verkommen~ verdammte~ elende~ unfahig~ dreckigen asozialem
    pis igrenc rezil cahil tembel kahrolasi lanet adi
    stupid dumb filthy disgusting lazy useless selfish brainless idiotic ugly fucking fat pathetic worthless rotten damn bloody
    """
)
_PEOPLE = stems(
    """
    sack sacke saecke kuh kuhe sau saue schwein~ schweine~ ziege~ gans hund~ koter_besitzer~ ratten_pack affe affen typ typen leute kerl~ menschen weib~ alte_hexe hexe hexen beamte~ burokrat~ politiker~ politik_heini~ nachbarn
    nachbarin nachbar bullen bulle chef chefs wirt wirte pack volk brut bande familie sippe proleten prolet~ kopfe hohlkopfe bonzen jugendliche jugendlichen gören gore goren vieh viecher parasiten hausmeister verwaltung_idioten amt_heinis bewohner~ anwohner~
    herif~ adamlar adam insanlar karilar kari milleti memur~ komsular komsu zengin~
    people cow cows man men woman women guys guy kids bunch lot bureaucrats politicians neighbours neighbors council drivers cyclists clown clowns owner owners landlord~ tourists yuppies hipsters pigs dogs parents teenagers
    """
)
_NASTY_PEOPLE = re.compile(rf"{_NASTY.pattern}\s+(?:\w+\s+)?{_PEOPLE.pattern}")
_PEOPLE_NASTY = re.compile(
    rf"{_PEOPLE.pattern}\s(?:sind|ist|are|is)\s(?:\w+\s){{0,2}}?{_NASTY.pattern}"
)
# You, those: whoever is spoken to
_YOU = re.compile(
    r"(?<!\w)(?:(?:ihr|du|sie|die (?:vom|von|da|beim|im)|der (?:vom|von)|seid|bist|ihr seid|du bist|sind(?: doch| ja)?(?: alle)?)\s+(?:\w+\s+){0,4}?(?:zu |so |echt |einfach |alle |nur |total )*"
    r"(?:dumm|blod|bescheuert|bekloppt|behindert|hirnlos|geisteskrank|asozial|verlogen|korrupt|idioten|gestort|zu dumm|strohdumm|saudumm|dreck|abfall|mull|lugner|betruger|verbrecher|versager|heuchler|schweine|affen|ratten|hunde|esel|clowns|nichtsnutze)|"
    r"(?:ihr|du|diese[rns]?|solche|so ein|so eine|alter|alte|welcher|welches|was fur ein|was fur eine|was fur)\s+(?:\w+e[nrs]?\s+){0,2}(?:schwein(?:e|s)?|sau|saue|affe|affen|ratte|esel|hund|hunde|kuh|ziege|gans|sack|sacke|penner|clown|clowns|versager|nichtsnutz|heuchler|lugner|ochse|ochsen|rindvieh|pfosten|lappen|opfer))(?!\w)"
)
_ARABIC = re.compile(
    r"(?<!\w)[وف]?(?:[بل]?(?:ال)?(?:حمار|حمير|غبي|غبيه|اغبياء|حقير|حقيره|حقراء|تافه|تافهين|تافهون|سافل|سافله|سفله|نذل|انذال|خنزير|خنازير|عاهره|عاهرات|شرموط\w*|شراميط|قحب\w*|كسم\w*|كس\s?(?:ام|اخت)\w*|"
    r"منيوك\w*|عرص\w*|معتوه\w*|ابله|بلهاء|بهيم\w*|بهايم|احمق|حمقي|حمقاء|خسيس\w*|وقح|وقحين|وقحون|لييم|ليام|متخلفين|متخلفون|متخلف|منحط\w*|حثاله|وغد|اوغاد|كلاب البشر|جحش|تيس|صعلوك|صعاليك|وضيع|معفن\w*|مخنث\w*|خول|بليد|طفيليين|ديوث|زباله البشر|نصاب\w*|ساقط\w*|بقر|قليل(?:ي|ين)? (?:ال)?(?:ادب|تربيه|حياء))|"
    r"(?:ا?بن|ابناء|اولاد|ولاد|بنت|بنات|ولد) (?:ال)?(?:كلب|كلاب|حرام|زنا|قحبه|شرموطه|متناكه)|(?:يا|ايها|هولاء|انتم|انت|انتو|كلكم|هو|هم|زي|مثل)\s+(?:كلكم\s|مجرد\s|مجموعه\s)?(?:ال)?(?:كلب|كلاب|حيوان|حيوانات|قذر|قذرين|قذرون|وسخ|وسخين|وسخون|زباله|كذاب|كذابين|كذابون|حرامي|حراميه|"
    r"جبان|جبناء|خراء?|حمار|غبي|بقره?|قرد|قرود|فاشل\w*|لصوص|منافق\w*|مجرمين|عديم\w*)|(?:ناس|بشر|شعب|سكان|ادارتكم|موظف\w*|كلهم|كلكم)\s(?:\w+\s){0,2}(?:قذر\w*|وسخ\w*|زباله|همج\w*|حراميه|كذابين|لصوص|فاشل\w*)|(?:بلا|بدون|عديم\w*|قليل\w*) (?:ال)?(?:شرف|اخلاق|ضمير|ادب|تربيه|حياء|دم|كرامه)|زباله البشر|(?:الله )?يلعن\w*|لعنه الله علي\w*|العنه علي\w*|تبا لكم|تبا لك|اخرس\w*|طز (?:فيك\w*|عليك\w*)|تفو\w*|كل خرا|انقلع\w*|روح\w* موت\w*|الي الجحيم|همج|"
    r"ya (?:kalb|kelb|7mar|hmar|himar|hayawan|khara|ghabi|zbale)|ibn el ?(?:kalb|sharmouta)|wlad el ?kalb|kos om\w*|kuss um\w*|sharm[ou]u?t\w*|1bn\w*|kol khara)(?!\w)"
)
_FARM = re.compile(r"(?<!\w)(?:ال)?(?:مزرع\w*|حظير\w*|سيرك|حديقه الحيوان\w*)(?!\w)")
_SLUR_WORDS = """
    kanake~ kanack~ zigeunerpack~ nigger~ nigga~ neger~ bimbo bimbos asylantenpack~ asylanten~ kummelturk~ kuemmelturk~ schwuchtel~ judensau~ saujude~ judenpack~ untermensch~ ziegenfick~ kameltreiber~ kamelficker~ musel musels muselmann~ spaghettifress~ schlitzauge~ polacke~ polacken
    turkenpack~ turkensau~ auslanderpack~ scheißauslander~ scheissauslander~ scheißturk~ scheissturk~ scheißarab~ scheissarab~ scheißjud~ scheissjud~ scheißdeutsch~ scheissdeutsch~ drecksauslander~ russenschwein~ homopack transenpack~ krüppelpack~ tschusch~ messermann~ messermanner~ kopftuchmadchen~ talahon~ kulturbereicher~ rapefugee~ bahnhofsklatscher~ ziegenhirt~ kafir kuffar kopftuchschlampe~ kopftuchpack~
    ibne ibneler~ faggot~ paki pakis tranny trannies kike kikes chink chinks raghead~ towelhead~ sandnigger~ dyke_bitch~ gavur_pislik~ kizilbas_pislik~ nusairi_kalb~
    """
_SLURS, _SLURS_BLOTTED = stems(_SLUR_WORDS), loose(_SLUR_WORDS)
_SLOGANS = re.compile(
    r"(?<!\w)(?:sieg heil|heil hitler|white power|deutschland den deutschen|umvolkung|bevolkerungsaustausch|remigration jetzt|go back to your (?:own )?country|(?:an|hinter) den herd|(?:belong|stay|back) in(?:to)? the kitchen|(?:kadinin|karinin) yeri (?:evi|mutfa)\w*|elinin hamuru\w*|eksik etek\w*|مكان (?:المراه|النساء) (?:ال)?(?:بيت|مطبخ)|ناقصات عقل|turkiye turklerindir|ya sev ya terk et|gas the|ab nach auschwitz|ins gas|vergast|vergasen|"
    r"(?:ال)?(?:لوطي|لوطيين|لواط|شواذ)|(?:ال)?عبيد (?:ال)?سود|الروافض|النواصب)(?!\w)"
)
_GROUP = stems(
    """
    auslander auslandern auslanderin~ migrant~ fluchtling~ gefluchtete gefluchteten asylant~ asylbewerber~ turke turken arab araber arabern kurde kurden syrer syrern syrier afghane afghanen afrikaner~ russe russen pole polen rumane rumanen bulgare bulgaren albaner~ vietnamesen chinesen inder
    roma sinti zigeuner~ jude juden israelis moslem moslems muslim muslime muslimen muslims islam kopftuch~ kopftucher kopftuchern schwarze schwarzen schwule schwulen lesben homos homosexuelle~ transen transsexuelle~ transmenschen queere~ deutsche deutschen kartoffeln ossis wessis schwaben amis christen fremde fremden clans arabische_familien arabische_clans turkische_familien sudlander~ nafris
    suriyeli suriyeliler~ kurtler~ kurt araplar~ arap ermeniler~ ermeni yahudi yahudiler~ cingene cingeneler~ cingen multeci multeciler~ gocmen gocmenler~ siginmaci~ almanlar~ yabancilar~ yabanci afgan afganlar~ zenci zenciler~ rumlar~ gavur~ aleviler~ sunniler~ romanlar~ escinsel~ afrikalilar~ bulgarlar~
    foreigners foreigner immigrants immigrant migrants refugees refugee asylum_seekers gypsies gypsy turks arabs kurds syrians afghans africans blacks jews jew muslims gays gay lesbians queers trans_people transgenders poles romanians bulgarians russians germans asians chinese indians pakistanis
    """
)
_ARABIC_GROUP = re.compile(
    r"(?<!\w)[وفبل]?(?:ل|ال)(?:اجانب|اكراد|كرد|يهود|يهودي|غجر|نور(?= كلهم| لصوص| وسخ)|سوريين|سوريون|عراقيين|عراقيون|افغان|اتراك|ترك|المان|عرب|لاجيين|لاجيون|جيين|مسلمين|مسلمون|مسيحيين|نصاري|سود|افارقه|شيعه|سنه|علويين|مثليين|مثليون|رومان|بلغار|روس|مهاجرين|مهاجرون|فلسطينيين|مغاربه|غرباء)(?!\w)"
)
_AGAINST = stems(
    """
    raus abschieben abgeschoben abschiebung~ deportier~ rausschmei~ rausschmeiß~ rauswerfen verschwinde~ verpiss~ vergas~ erschieß~ erschiess~ aufhang~ abknallen dreckig~ dreckspack stinken stinkend~ pack gesindel abschaum~ parasit~ schmarotz~ ungeziefer~ kriminell~ verbrecher~ klauen
    faul faule widerlich~ ekelhaft~ ekelig~ eklig~ seuche~ plage invasion uberfremd~ nichts_verloren nichts_zu_suchen nicht_haben alles_kaputt terrorist~ vergewaltig~ hasse zuruck_nach zuruck_in geht_zuruck geht_nach_hause heimgehen haut_ab hau_ab weg gehoren_nicht gehort_nicht unter_sich zu_viele viel_zu_viele lugen betrugen
    pervers~ krank_im_kopf abartig~ tiere affen ratten hunde schweine schwein an_die_wand primitiv~ dumm scheiß scheiss verdammte~ nehmen_uns leben_auf_unsere sozialschmarotz~ messerstecher~ kopftuch_verbieten
    defol~ gitsin~ gidin gitsinler kovun kovul~ kovalim atilsin~ surulsun~ istemiyoruz pis pislik pislikler~ kirli igrenc hirsiz~ terorist~ vatan_haini hain~ hepsi_suclu bozdu~ bozuldu mahvet~ yuzunden iste~_yok kokuyor~ sapik~ sapkin~ lanet~ oldur~ asil~ kahrolsun~ barbar~ gericiler ulkenize ulkelerine geri_gonder~ sinir_disi dilenci~ tembel~ bela pisletti~ pisletiyor~ geldikleri_yere geldiginiz_yere donsun~ domuz_yiyen domuzlar gavur~ lanet yok_olsun istila
    deport~ send_back send_them back_to get_out kick_out kicked_out thieves thieving criminals criminal scum filthy dirty vermin parasites lazy rapists terrorists ruin ruined ruining disgusting disease plague invade~ invasion infest~ not_welcome go_home leave animals subhuman~ hate exterminate~ gas shoot too_many sick perverts perverted stink smelly savages don't_belong dont_belong not_be_allowed not_allowed should_leave should_go should_not should_all get_rid steal stealing cheat dangerous
    """
)
_SEND_BACK = re.compile(
    r"(?<!\w)send (?:all |the |these |those )*(?:refugees|foreigners|migrants|immigrants|them)(?:\s\w+){0,2} (?:back|home|away)"
)
# The old tale of who is behind everything
_JEWS = re.compile(
    r"(?<!\w)(?:juden?|jews?|jewish|zionist\w*|israelis?|rothschild\w*|yahudi\w*|siyonist\w*|(?:ال)?يهود\w*|(?:ال)?صهاين\w*)(?!\w)"
)
_BEHIND_IT = re.compile(
    r"(?<!\w)(?:steck\w*|dahinter|hinter (?:all\w*|den|dem|der)|besitzen|beherrsch\w*|kontrollier\w*|regier\w*|schuld\w*|gierig\w*|own|owns|control\w*|behind|rule|run (?:the|every\w*)|greedy|"
    r"elinde|yonetiyor|parasi|suclu\w*|(?:ي|ت)?سيطر\w*|(?:ي|ت)ملك\w*|وراء|خلف)(?!\w)"
)
_NOT_HERE = re.compile(
    rf"(?<!\w)(?:no|keine|nicht noch mehr)\s(?:\w+\s)?{_GROUP.pattern}\s(?:please|bitte|here|hier|allowed|erwunscht|reinlassen|in (?:our|my|unse\w*|mein\w*|the|dem))(?!\w)"
)
_OUT = re.compile(
    rf"(?<!\w)(?:get|kick|throw|drive|keep)\s(?:\w+\s){{0,2}}{_GROUP.pattern}\s(?:\w+\s)?(?:out|away)(?!\w)"
)
# Against Nazis, or a clown for children
_NO_ABUSE = re.compile(
    r"(?<!\w)(?:(?:keine|kein|gegen|no|against|anti|ohne|fuck|stop|stopp|raus mit(?: den)?|weg mit(?: den)?)[\s-]nazis?|nazis? raus|hakenkreuz\w*|swastika\w*|nazi-?(?:zeit|schmier\w*|symbol\w*|parol\w*|aufkleber\w*|sticker\w*|graffiti\w*|opfer\w*|verbrechen|regime)|neonazi\w*|clowns? (?:show|fur kinder|for (?:the )?kids)|clown(?:s)? im)(?!\w)"
)
_ARABIC_AGAINST = re.compile(
    r"(?<!\w)[وفبل]?(?:ال)?(?:اطرد\w*|طرد\w*|يطرد\w*|ارحل\w*|يرحل\w*|فليرحل\w*|رحل\w*|لصوص|حراميه|وسخ\w*|قذر\w*|نجس\w*|انجاس|كلاب|خنازير|حيوانات|مجرم\w*|ارهابي\w*|يخرب\w*|خرب\w*|دمر\w*|نكره\w*|اكره\w*|لعنه|يلعن\w*|اقتل\w*|قتل\w*|يقتل\w*|موت\w*|حثاله|كسول\w*|كسالي|كذاب\w*|خون\w*|كفار|كافر\w*|لا نريد\w*|ما نريد\w*|مقرف\w*|جراثيم|همج\w*|سرق\w*|يسرق\w*|سبب المشاكل|سبب كل)(?!\w)"
)
# What is said for a group, or what it lacks, is not said against it
_KIND = re.compile(
    r"(?<!\w)(?:gegen (?:rassis\w*|hass|hetze|nazis)|rassis\w*|racis\w*|irkci\w*|diskriminier\w*|discriminat\w*|nazis?|hakenkreuz\w*|beleidigt werden|beschimpft|angefeindet|homophob\w*|antisemit\w*|ayrimcilik\w*|العنصريه|عنصري\w*)(?!\w)"
)
_KIND_OR_GOOD = re.compile(f"{_KIND.pattern}|{_PRAISE.pattern}")
# A group and what all of them are said to be
_ALL_OF_THEM = re.compile(
    rf"(?:{_GROUP.pattern}\s(?:sind|are|machen)\s(?:doch |eh |ja |nur )?(?:alle|all|immer|always|nur|only)|(?<!\w)(?:alle|all|all the|all these|all those|diese|these|dieses|bu|hep bu|butun) (?:\w+e?n? )?{_GROUP.pattern}\s(?:sind|are|gehoren|should|must|need|hepsi|\w+s[iu]n)"
    rf"|{_GROUP.pattern}\s(?:\w+\s)?hepsi(?!\w)|{_ARABIC_GROUP.pattern}\s(?:كلهم|جميعهم|كلهن))"
)


def spelled_out(text: Text) -> Iterator[Found]:
    """Find insults written with signs or spaces between the letters."""
    for match in SPACED.finditer(text.plain):
        word = re.sub(r"[\W_]", "", match[0])
        for flag, words in ((Flag.HATE, _SLURS), (Flag.INSULT, _SURE), (Flag.INSULT, _MADE_UP)):
            if words.fullmatch(word):
                yield text.found(flag, flag.value, match.start(), match.end())
                break


RULES = (
    Rule(Flag.HATE, "hate", _SLURS, unless=_KIND),
    Rule(Flag.HATE, "hate", _SLURS_BLOTTED, unless=_KIND, only=BLOTTED),
    Rule(Flag.HATE, "hate", _SLOGANS, unless=_KIND),
    Rule(Flag.HATE, "hate", _GROUP, near=_AGAINST, unless=_KIND, reach=48),
    Rule(Flag.HATE, "hate", _SEND_BACK, unless=_KIND),
    Rule(Flag.HATE, "hate", _JEWS, near=_BEHIND_IT, unless=_KIND, reach=32),
    Rule(Flag.HATE, "hate", _OUT, unless=_KIND),
    Rule(Flag.HATE, "hate", _NOT_HERE, unless=_KIND_OR_GOOD),
    Rule(Flag.HATE, "hate", _ALL_OF_THEM, unless=_KIND_OR_GOOD),
    Rule(
        Flag.HATE, "hate", _ARABIC_GROUP, near=_ARABIC_AGAINST, unless=_KIND, reach=40, only=ARABIC
    ),
    Rule(Flag.INSULT, "insult", _SURE),
    Rule(Flag.INSULT, "insult", _SURE_BLOTTED, only=BLOTTED),
    Rule(Flag.INSULT, "insult", _SAID_TO),
    Rule(Flag.INSULT, "insult", _NASTY_PEOPLE),
    Rule(Flag.INSULT, "insult", _PEOPLE_NASTY),
    Rule(Flag.INSULT, "insult", _MADE_UP, unless=_NO_ABUSE, reach=12, each=True),
    Rule(Flag.INSULT, "insult", _JUDGED, unless=_PRAISE),
    Rule(Flag.INSULT, "insult", _YOU),
    Rule(Flag.INSULT, "insult", _ARABIC, unless=_FARM, reach=25, only=ARABIC),
    # ambiguous without its own letters: piç, the English pic
    Rule(Flag.INSULT, "insult", re.compile(r"(?<!\w)pic(?:ler|lik|kurusu)\w*|(?<!\w)pic kurusu")),
)
