"""Words about people that flags look up: first and family names common in Berlin, titles, no names.

Names that are everyday words as well (Deniz, Can, Rosa, Mark) are left out: with a form of address
they are found without any list. All stand folded, as geo/flags_text.py reads.
"""


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


FIRST = _words(
    """
    detlef detlev barnaby gottlieb gotthard hubertus ingolf irmtraud irmtraut klaus-peter lothar meinhard notburga ortrud
    raimund rainald rosina sieglinde sixten tassilo theres trudi ulrika vinzenz volkmar wendelin wiltrud wolfhard zacharias
    satilmis dondu durmus yeter songul gulizar nazmiye bayram haydar dede cafer hayrettin ismihan munire naime refika sitare
    achim alexander alexandra andrea andreas angela angelika anita anja anke anna anne anneliese annette anni
    antje anton antonia astrid barbara bastian beate benjamin bernd bernhard bettina bianca birgit birgitt
    bjorn boris brigitte britta burkhard carina carla carolin carsten charlotte christa christian christiane
    christina christine christoph clara claudia cornelia dagmar daniel daniela david dennis dieter dirk
    dominik dora doris dorothea edith eberhard elena elisabeth elke ella emil emilia emily emma erich erika
    erna erwin eva fabian felix finn florian frank franz franziska frieda friedrich fritz gabi gabriele georg
    gerd gerda gerhard gertrud gisela gregor greta gudrun gunter gunther gustav hanna hannah hannelore hannes
    hans harald hartmut heide heidi heike heiko heiner heinz helena helene helga helmut henning henri herbert
    hermann hildegard holger horst hubert ida ilse inge ingeborg ingo ingrid irene iris irma isabel isabell
    jakob jan jana janina jens jessica joachim jochen johann johanna johannes jonas jorg josef judith julia
    julian juliane jurgen jutta kai karen karin karl karla karsten katharina kathrin katja katrin kerstin
    kevin kirsten klara klaus konrad konstantin lara lars laura lea lena leni leo leon leonie liam lina linda
    lisa lothar lotte louis louisa luca lukas luise lutz magdalena maja malte mandy manfred manuel manuela
    marcel marco marcus mareike margarete margit maria marianne marie marina mario marion marius markus
    marlene martha martin martina mathilda matthias max maximilian maya melanie mia michael michaela mika
    mila mira miriam mona monika moritz nadine nadja natalie nele nicole niklas nils nina noah nora norbert
    olaf ole oliver oskar otto paul paula pauline peer petra peter philipp pia rainer ralf ramona raphael
    regina reinhard renate rene rita robert roland rolf roman ronny rosemarie rudi rudiger rudolf ruth sabine
    sabrina samuel sandra sara sarah sascha sebastian silke silvia simon simone sina sofia sonja sophia
    sophie stefan stefanie steffen stephan stephanie susanne sven svenja sybille sylvia tanja tatjana theo
    thea theresa thomas thorsten tim timo tina tobias tom toni torben torsten udo ulf uli ulrich ulrike ursula
    ute uwe vanessa vera verena veronika viktor viktoria vincent volker waltraud walter werner wilhelm
    wilfried wolfgang yannick yvonne agnieszka aleksandra andrzej bartek beata bogdan dariusz dimitri dmitri
    dragan elzbieta ewa giorgos goran grzegorz igor irina ivan ivana iwona jadwiga jelena jerzy jovan
    katarzyna krzysztof ludmila luigi malgorzata marek mariusz milan milica miroslav natalia natasha nikolai
    oksana olena olga piotr pavel sergej sergei slavica slobodan stanislav svetlana tadeusz tomasz vladimir
    wojciech yuri zoran giovanni giuseppe jose juan carlos miguel pedro nguyen thi minh
    abdullah abdulkadir adem ahmet alev ali aliye alper arda asli asuman atilla aydan ayhan ayla aylin
    aynur ayse aysegul aysel ayten azra bekir belgin berat berk berna betul beyza bilal birgul bulent burak
    burcu busra cansu cem cemal cemile cengiz ceren cevdet cihan defne dilara dogan ebru ece efe
    ekrem elif emel emine emrah emre enes ercan erdal erdem erdogan eren erhan erkan erol ersin ertan
    ertugrul esma esra eylul fadime fahri faruk fatih fatma ferhat feride feyza fikret filiz fuat furkan gizem
    gokhan gulay gulcan guler gulsen gulsum gulten hacer hakan halil halime halit hamza handan
    hande hanife hasan hatice havva hayriye hikmet huseyin hulya husnu ibrahim idil ihsan ilhan
    ilkay ilker irem irfan ismail ismet kaan kadir kadriye kamil kazim kemal kenan kerem koray
    kubra latife levent leyla mahmut mehmet mehtap meltem merve meryem mert merih mesut
    miray muhammed muhammet murat musa mustafa muzaffer naciye nazan nazli necati necla nermin neslihan
    nevin nihal nihat nilgun nilufer nuran nuray nurcan nurhan nuri nurten okan omer onur orhan osman
    ozan ozcan ozge ozlem perihan pelin pinar rabia recep remzi reyhan rukiye sabiha sabri
    sadik saliha salih samet sedat seda sefa selcuk selda selim selin selma semra serap serdar serhat serkan
    sevda sevil sevim seyma sibel sinan songul suat suleyman suna taner
    tarik tayfun tayyip tolga tugba tulay tuncay turan turgut turkan ufuk ugur ummu vedat veli
    yasemin yasin yavuz yeliz yilmaz yucel yunus yusuf zehra zekeriya zeliha zerrin zeynep zubeyde
    abbas abdallah abdelkarim abdul abdulrahman abeer adel adnan ahmad ahmed aisha akram alaa amani amina
    amir amira ammar anas anwar aya ayman aziz aziza basel bashar basma bassam dalia dina fadi faisal farah
    farid farida fatima fawzi firas ghada ghassan habib hadi haidar hamid hanan hani hassan hatem hisham
    hussein ibtisam imad issa jamal jamila jawad kamal karim karima khadija khaled khalid khalil
    laila lamia layla leila lina lubna maher mahmoud majed malak malik manal mariam marwa marwan maryam
    mohamad mohamed mohammad mohammed mona mounir mustapha nabil nada nadia nagham naji najla nasser nawal
    nizar noor omar osama rabih rami rana rania rasha rashid reem rima rola ruba saad sadek safa salah
    saleh salem salim salma salwa sami samir samira samer sanaa sara sawsan shadi sherif soraya souad suhail
    taha tamer tarek wael walid widad yahya yaser yasin yasmin yasmina yassin youssef yousef zahra zain zainab
    ziad zaynab amadou fatou ibrahima kofi kwame mamadou ngozi olu oumar ousmane abena chidi
    adam alan alice amanda amy andrew anthony ashley barry beth brian caroline catherine charles cheryl chloe
    chris colin craig daisy debbie deborah derek diana donna dorothy douglas duncan edward eileen elaine eleanor
    elizabeth ellie eric ethan fiona gareth gary gavin geoff geoffrey george gordon graham hazel heather helen
    henry hugh ian isabella jacob jake james jamie jane janet jason jeff jennifer jeremy jerry jess jesse
    jessie jill jim joan joanna joanne joe john johnny jonathan jordan joseph josh joshua joyce judy julie
    karl kate katherine kathleen kathy katie keith kelly ken kenneth kim kimberly kyle larry lauren leslie
    lewis linda lindsay liz lorraine lucy luke lynn maggie margaret martyn mary matt matthew megan michelle
    mike molly nancy naomi nathan neil nicholas nick nigel olivia pamela patricia patrick peggy phil
    philip phoebe rachel ralph rebecca richard robin roger ron ronald rory ross ruby ryan sally sam
    samantha scott sean sharon shaun sheila shirley stacey stan stephen steve steven stuart sue susan suzanne
    terry tiffany timothy toby tony tracey tracy trevor vicky victor victoria wayne wendy zoe
    margot lieselotte ottokar gerlinde siegfried siegrid sigrid adelheid edeltraud waltraut irmgard hiltrud
    elfriede frieda herta hertha hedwig wilma selma thekla tilda mathilde ottilie rosi rosalie rosemarie
    annemarie annegret anneke babette bettine cordula diethelm ekkehard egon eckart edgar edmund engelbert
    erhard ernestine eugen ewald falk felicitas ferdinand friedhelm friedl fridolin gottfried gunnar
    hansjorg heinrich heribert hinnerk ignaz ilona ingeburg isolde jasper jella jette jobst jost jule juri
    kaspar kilian knut kordula korbinian kunigunde lennart levin liselotte lieschen linus lorenz ludger
    lukas malik marlies mareike mechthild meike merle milo nanna nepomuk nikolaus norman ottfried pauli
    petronella quirin raimund randolf reiner reinhold rosalinde roswitha rupert sigmund sigurd silas
    silvester sonka sophus sven tabea theodor thilo traudel trude ulla uschi valentin valerie veit walburga
    waldemar walther wenzel wiebke wilma winfried wolfram xaver xenia yara zita ersin riza saban rustem
    cuneyt tuncer nurettin bedri bedriye cavit fehmi fevzi gungor hidayet hulusi ibo ilyas imren irfan kasim
    kerim kursat lutfi makbule mahir memduh memet mestan muhsin mukadder munever munevver mursel muserref
    mujde nazife nazim nebahat necdet necip necmi nesrin nezahat nizam nusret oguz okay oktay ozlem pakize
    rahmi rasim rauf refik remziye resul ridvan riza rustu saime sakine selahattin semih semiha serif serife
    sevket sezai sezen sezer sinem sitki sukriye sureyya saziye tahir tahsin talat tamer tansu tevfik turhan
    ulas ulku umran vahide vildan yakup yildiray zeycan ziya zulfikar hamza tarek imran zeinab rahma salma
    jawid farhad reza shirin parisa wojtek kasia gosia zbigniew wieslaw danuta halina leszek geraldine
    bartholomew hamish nora rosie hattie percy winston reginald clive basil nigella gwen bridget maureen
    doreen marjorie muriel gertie archie alfie harriet imogen
    """
)
LAST = _words(
    """
    abdi ahrens albrecht altmann arnold arslan aslan aydin bauer baumann bayram beck becker behrens berger
    bergmann bohm bozkurt brandt braun bulut busch buttner cakir celik cetin demir demirci dietrich dogan
    ebert erdogan ernst fiedler fischer forster franke frank friedrich fuchs geisler gunther
    guler gunes haas hahn hansen hartmann heinrich heinze herrmann hoffmann hofmann huber jager jahn
    jansen kaiser kaplan karaca karatas kaya keller kilic koc kohler konig kowalski kramer
    krause kraus kroger kruger kuhn kurz lehmann lorenz ludwig maier marx mayer meier
    meyer meister mohr moller muller mueller neumann nguyen nowak otto ozdemir ozkan ozturk peters petersen
    pfeiffer pohl polat richter riedel roth sahin sauer schafer schaefer schiller schmid schmidt schmitt
    schmitz schneider scholz schreiber schroder schroeder schubert schulte schultz schulz schulze schumacher
    schuster seidel seifert simon simsek tekin thiel tran unal uysal vogel vogt
    voigt wagner walter weber wegner weiss werner wiese winkler wolf wolff yavuz yildirim yildiz
    yilmaz yuksel ziegler zimmermann smith jones brown taylor wilson johnson evans davies thompson miller
    hadzic petrovic jovanovic popescu ivanov
    """
)
ARABIC = _words(
    """
    ابراهيم احمد ادم اسامه اسعد اسماء اسماعيل اشرف الياس امال اماني امجد امل امير اميره امين امينه انس ايمان ايمن ايه باسل
    باسم بدر بسام بسمه بشار بشير بلال تامر توفيق جابر جاد جعفر جلال جمال جميله جهاد جواد حامد حسام حسان حسن حسين
    حمزه حنان حيدر خالد خديجه خليل داود دعاء دلال دنيا ديما دينا رائد رامي رانيا راشد ربيع رجاء رحاب رشا رشيد رضا رغد
    رفيق رنا رندا رياض ريم ريما زاهر زكريا زهراء زياد زيد زينب ساره سالم سامر سامي ساميه سحر سعاد سعد سعيد سلطان
    سلمان سلمى سلمي سلوى سلوي سليم سليمان سمر سمير سميره سناء سهام سهى سوزان سوسن شادي شيماء صابر صالح صباح صفاء
    صلاح ضياء طارق طلال عادل عباس عبدالله عبدالرحمن عبير عثمان عدنان عزيز عصام علاء علي عماد عمار عمر عمرو عيسى عيسي
    غاده غسان فاتن فادي فارس فاروق فاطمه فايز فتحي فراس فرح فريد فهد فواز فيصل قاسم قصي كامل كريم كمال لبنى لبني لؤي
    لطيفه لمى لميس لينا ليلى ليلي مازن ماجد مالك ماهر مجدي محمد محمود مراد مروان مروه مريم مصطفى مصطفي معاذ منال منى مني
    منير مها مهند موسى موسي ميساء ناجي نادر ناديه ناصر نبيل نجاه نجوى نجوي ندى ندي نزار نسرين نضال نعيمه نهى نوال نور
    نوره هادي هاله هاني هبه هدى هدي هشام هناء هند هيثم وائل وسام وسيم وفاء وليد ياسر ياسمين ياسين يحيى يحيي يوسف يونس
    """
)

# Names that are everyday words, too: light, hope, on, morning
ARABIC_WORDS = _words(
    """
    علي مني منى امل نور جميله كريم صالح كامل رجاء صباح سعيد ربيع عادل فرح هدي هدى سلطان ايه دنيا دعاء نجاه
    عزيز رشيد جواد جهاد امين سليم رضا سهام سحر وفاء جمال جلال كمال نجوى نضال سعاد سعد باسم راشد قاسم فتحي
    """
)

# What follows a form of address without being a name: offices and everyday words
TITLES = _words(
    """
    nachbar burgermeister bezirks prasident minister senator doktor lehrer direktor polizist kolleg arzt
    professor leiter hausmeister yetkili baskan mudur belediye komsu sakin mahalle velile ziyaretci arkadas
    kuafor tuvalet president ladies gentlem verkaufer schuler mitarbeiter
    """
)
NO_NAMES = _words(
    """
    angst kinder holle gott vom von und mit aus der die das im in an auf ohne kann ist hat war wird muss nicht
    zu so als oder hier da auch nachts allein am bei wie wer sein ich wir sie er es man doch noch schon
    vali wc the i you my me it this berlin kreuzberg mayor and or of at on to is are was ve icin ile bir bu o da de
    yasli bazi her genc tatli iyi cok bizim benim o su komsu bakkal manav kapici muhtar polis doktor ogretmen imam
    رييس مدير عمده وزير مسوول محترم قاضي مستشار محافظ كريم في من الذي التي علي عن هنا هذا هذه كان كانت الي مع
    """
)
