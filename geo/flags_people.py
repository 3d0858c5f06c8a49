"""Words about people that flags look up: first and family names common in Berlin, titles, no names.

Names that are everyday words as well (Deniz, Can, Rosa, Mark) are left out: with a form of address
they are found without any list. All stand folded, as geo/flags_text.py reads.
"""


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


FIRST = _words(
    """
    adrian aenne agathe agnes albert alfons alfred alina alma alois alwin amalia amelie anneliese annika ansgar
    anselm arne arnold arthur auguste balthasar benedikt benno berta berthold bodo bruno carola christel clemens
    constanze corinna dagobert desiree dorit dorothee eckhard edda edgar eduard eike elfi elise elli elsa elsbeth
    emanuel emmi enno erdmann erdmute esther eva-maria evelin evelyn fanny fiete frauke fredrik friederike friedemann
    frithjof gernot gesa gesine gero gitta gitte gottlieb gundula guido hagen hajo hanno hans-jurgen hans-peter harry
    hauke heinke henrike henrik hilde hildegund hinrich imke insa isabelle jacqueline janek jannik jaqueline jenny
    jerome joel jolanta josefine jonathan justus karl-heinz karoline karolin katarina katinka kathi klaas konstanze
    kristin kristina lennard leander leopold lennox levke liesel lilli lore lorena lothar lukrezia lydia maike mathis
    mattis mats mechtild mieke miriam nadja nathalie nelly niels nikola ottmar patrick patrizia pelle philine rafael
    ragnhild rebekka reimund richard rica rieke rosina ruben runa ruprecht sibylle sigi sigune sonke steffi stine
    susann suse svea tamara thilda thore tjark traute trine trixi ulli undine valeska vincenz volkhard wanda wenke
    wilhelmine wilko wolf-dieter zacharias ronja lio jonah leonard leonhard elias mateo matteo emilian fritzi friedel
    bärbel barbel hella helmine kathe lenchen azad baran berfin berivan cihat ciwan delal dilan dilsad dijle ferzan
    hevin hozan jiyan rojda rojin sahin serdil sores welat zelal zilan zozan agit mizgin perwin hevi avesta nazdar
    abdulhamit akif aliriza altan arif arzu aycan aydogan ayferi ayfer aygul aykut aynil aytac azize bahadir bahattin
    banu bariss bedia behcet belkis berfu berkay berke beste beyhan bora bunyamin cengizhan ceyda cumali didem dilber
    ecrin elvan emircan emirhan erdinc ergin ersan ertac esen esin esmanur eyup fadil ferda ferdi ferit fulya gamze
    gozde gulnaz gulnur gulseren gulsah gursel hamdi hamide harun hayri hidir hilmi hulya husamettin ilknur ismigul
    izzet kemalettin kenan kutay levend lokman mahmure mahsun medine meliha melike melis mevlut mirac mirza muammer
    muge muhittin mumin munire nafiz nagihan namik nebi neriman nese nevzat nezih nida nihan niyazi nurgul nurhayat
    nursel nursen nurullah nuriye oguzhan okay olcay ogun oykü oyku ozgul pelinsu pervin pinar rasit rifat ruken
    sabahat sadettin sahika saliha samil sebahat sebnem sehmus semiha senay senem senol serpil seyfi seyhan sinasi
    songul sureyya sadiye sahbaz sengul sukru tarkan tekin tuba tugce tulin turkan tumay ugurcan ulviye vahit vural
    yadigar yalcin yasar yesim yigit zahide zehranur zuhal zubeyir zumrut abdelaziz abdelhamid abdellatif abdou
    abdulaziz afaf ahlam aicha aida akil alia aliyah amjad anis arij arwa asmaa asma assad ayoub azzam bachir badr
    baha bahija bilel boushra bouchra chadi chaima dalal daoud dima driss eman emad eyad fadia faiza fares fatme
    fathi fatiha fayez ferial firdaus fouad ghaith ghazi hafid hafsa haitham hajar hamed hana haneen haris haroun
    hasna hayder hend hiba houda houssein hosni huda ihab ikram ilham inaam inas iqbal ismael israa iyad jaber jabir
    jaafar jalal jalila jasim jumana kadija kareem kassem khadidja khawla laith latifa loubna maha mahdi maissa
    malika maram marah maysa mays mazen mehdi miral moataz mohanad moussa muna muneer mustafa muhannad nabila nadim
    nadir nahla naim najat najwa narges nasim nasrin nawar nazir nidal nihad nisrine njoud nora nour nouha nura odai
    omran qais qasim raghad rahaf rahim raja ranim rasheed rayan razan rayhan riad rida roula ruqaya sabrin safaa
    safwan sahar saif sakina salman samah samar sameh sanae sarra selwa shaima sharif shahd shayma siham sohail soha
    soulaf suad suhair sulaiman suleiman suzan tahani talal tamim tasnim thaer tibah ubaid usama wafa wafaa walaa
    wasim wijdan wisam yahia yamen yara yazan yusra yusuf zaher zaid zaki zakaria zeina zeynab zineb ziyad zuhair
    zoubida anahita arash ardeshir arezou azadeh babak bahram behrouz dariush ehsan fariba farzaneh fereshteh ghazal
    golnaz houman jamshid javad kaveh laleh leyli mahnaz majid maryam masoud mehran mohsen naser navid niloufar
    parviz payam pouya roya samaneh shahin shahram siavash soheila soraya yasaman zahra ashraf gulalai najib
    najibullah zalmai alicja anatoli anastasia aneta anatol anita anton artur bohdan boris bozena bozidar branislav
    cezary damian daria darek darko dejan denis dobroslav dominika dorota edyta elka eryk ewelina filip gabriela
    galina gennadi halyna henryk hubert ihor inna irena iryna jacek jarek jaroslaw joanna justyna kacper kamila karol
    karolina kazimierz klaudia kornelia krystyna lena leonid lesya lidia ljubica lukasz lyudmila maciej magda maksim
    marcin mariola marta maryna marzena mateusz michal mikhail mirek mirela miroslaw mladen monika mykola nadezhda
    natalja nataliya nenad oleg oleh oleksandr oleksiy olesya paulina pavlo patryk pawel petro petar radka radoslaw
    rafal ruslan ryszard sasha sebastian sergiy slavko snezana sofiya stanislaw stepan stoyan svitlana taras tatiana
    tetyana teodora todor urszula vadim valentina valeri vasil vasyl vera veselin vesna viktoriya vitali vitaliy vlad
    vladislav volodymyr vuk waldek weronika wiktor wioletta yaroslav yelena yevgeny yulia zbyszek zdenka zdravko
    zeljko zofia zuzanna adriana alejandro alejandra alessandro alessia alfonso alvaro andres antonella antonio
    beatriz bianca camila carmen catalina chiara conchita cristina diego dolores eduardo elisa enrique esteban
    federica federico felipe fernanda fernando filippo francesca francesco francisco gianni giorgia giulia gonzalo
    guadalupe guillermo gustavo hernan ignacio ines isabela javier joao joaquin jorge josefa julieta julio leonardo
    lorenzo lucia luciano luis luisa luiz manolo marcela marcelo marcos mariana mario martin massimo mauricio nicola
    nuno pablo paola paolo pilar rafaela ramon raul ricardo roberto rocio rodrigo salvatore santiago sergio silvana
    simona teresa thiago tiago ximena achille aime alain anais antoine armand aurelie bertrand camille celine cedric
    chantal colette damien delphine didier dominique elodie emmanuel estelle etienne fabrice fabienne francois
    francoise genevieve georges gilles guillaume jacques jean-luc josephine laurent lucie luc madeleine manon
    marcelline mathieu maxime mireille monique nicolas noemie odile olivier pascale pierre quentin raymond renaud
    sandrine solange stephane sylvain sylvie thibault thierry valerie veronique virginie xavier yves adaeze adebayo
    afia akosua amina babatunde binta boubacar chiamaka chinedu chinwe dembele diallo efua ekow emeka fatoumata
    folake funmi hawa ifeoma ikenna issa kadiatou kwabena kwaku kweku lamine mamadou mariama nkechi nnamdi obinna
    oluwaseun osei ousman sadio sekou tunde uche wanjiru zola abebe almaz desta feven genet girma hirut kidane mehret
    meron mulugeta rahel tesfay tigist tsegaye yohannes zeray bich cuong duong giang hien huong huyen ngoc nhung
    phuong quyen quynh thao thuy trang trung tuan tuyet xuan aarav aditi ajay akash amit ananya anil anjali ankit
    aparna arjun arun ashok deepa deepak dinesh divya gaurav geeta gopal harish jaya kavita kumar lalita mahesh
    manish meena meera mohan mukesh naveen neha nikhil nisha nitin pooja pradeep prakash pranav pravin preeti priya
    radha rahul rajesh rakesh ramesh ravi rekha rohan rohit sanjay sangeeta sandeep sarita satish seema shanti
    shivani shreya shweta sneha sunil sunita suresh sushma swati tanvi usha varun vijay vikram vinod vishal vivek
    zoya fatema imtiaz nasreen parveen rukhsana saima shabana shahid shazia tariq zubair abigail aaron adele agatha
    aidan aileen alexis alison alyssa annabel annabelle anthea ariana arlene aubrey audrey austin ava bailey benedict
    bernadette bernice bertie bessie betsy betty beverley blanche brad bradley brandon brenda brendan briony bruce
    bryan bryony byron caitlin callum calvin cameron candice carl carly carole carolyn carrie cassandra cecil cecilia
    celia charlie chester christy cindy claire clarence claude clifford clint connor conor curtis cynthia danielle
    danny darren darryl dave deirdre delia della denise desmond diane dominic dora doug dustin dylan edmund edwin
    effie eliot elliott elsie elton emmett enid eric ernest ernie esme eunice eva evan evangeline fergus flora
    frances frankie fred freda freddie frederick gail gareth gemma gerald gerard gilbert gillian gina gladys glenda
    glenn gloria gordie greg gregory greta gwendolyn hank hannah harold harvey hayley henrietta hilary hilda horace
    howard hugo imelda ingrid iona isaac isla jackie jane janice jason jasper jed jemima jenna jermaine jillian
    jocelyn jodie joey jolene josie juliet justin kara karla kathryn katy kayleigh keira kelvin kendall kenny kirsty
    kitty lachlan latoya laurence laurie leah leanne leeroy leila leona leroy lester lexi lilian lionel lisa lizzie
    lloyd lola lottie louise lucas lucinda lucille lyle maddie maisie malcolm mandy marcia marcus margery margie
    marian marilyn marjory marlon marsha marshall martyn marvin maude maurice mavis max maxine mel melinda melissa
    melvin mervyn mick mickey mildred millicent millie milo minnie miranda moira morris muriel murray myles nadine
    natasha nellie nettie nicolette nina noreen norma norris ollie oona oscar otis owen paige patty penelope percival
    petra phyllis piers pippa quincy quinn rachael reggie renee rhoda rhona rhys ricky rita robbie roberta robyn
    rodney ronnie rory rosalind rosamund rosanna roxanne roy rufus rupert russell ruthie sadie saskia saul
    scarlett selina serena seth seymour shane shaun shelley sherry sienna simone sonia sophie stanley stewart
    susannah suzie sybil sylvester tabitha tamsin tanya ted teddy terence tess tessa thelma theodore theresa tilly
    tina tom toni travis trish trisha tristan tyrone ursula vanessa velma vernon vince vincent virgil virginia vivian
    vivien walter warren whitney wilbur wilfred willa william willie wilma winifred winnie yolanda yvette zachary
    zack zara zelda detlef detlev barnaby gotthard hubertus ingolf irmtraud irmtraut klaus-peter meinhard notburga
    ortrud raimund rainald sieglinde sixten tassilo theres trudi ulrika vinzenz volkmar wendelin wiltrud wolfhard
    satilmis dondu durmus yeter gulizar nazmiye bayram haydar dede cafer hayrettin ismihan naime refika sitare achim
    alexander alexandra andrea andreas angela angelika anja anke anna anne annette anni antje antonia astrid barbara
    bastian beate benjamin bernd bernhard bettina birgit birgitt bjorn brigitte britta burkhard carina carla carolin
    carsten charlotte christa christian christiane christina christine christoph clara claudia cornelia dagmar daniel
    daniela david dennis dieter dirk dominik doris dorothea edith eberhard elena elisabeth elke ella emil emilia
    emily emma erich erika erna erwin fabian felix finn florian frank franz franziska frieda friedrich fritz gabi
    gabriele georg gerd gerda gerhard gertrud gisela gregor gudrun gunter gunther gustav hanna hannelore hannes hans
    harald hartmut heide heidi heike heiko heiner heinz helena helene helga helmut henning henri herbert hermann
    hildegard holger horst ida ilse inge ingeborg ingo irene iris irma isabel isabell jakob jan jana janina jens
    jessica joachim jochen johann johanna johannes jonas jorg josef judith julia julian juliane jurgen jutta kai
    karen karin karl karsten katharina kathrin katja katrin kerstin kevin kirsten klara klaus konrad konstantin lara
    lars laura lea leni leo leon leonie liam lina linda lotte louis louisa luca lukas luise lutz magdalena maja malte
    manfred manuel manuela marcel marco mareike margarete margit maria marianne marie marina marion marius markus
    marlene martha martina mathilda matthias maximilian maya melanie mia michael michaela mika mila mira mona moritz
    natalie nele nicole niklas nils noah norbert olaf ole oliver oskar otto paul paula pauline peer peter philipp pia
    rainer ralf ramona raphael regina reinhard renate rene robert roland rolf ronny rosemarie rudi rudiger rudolf
    ruth sabine sabrina samuel sandra sara sarah sascha silke silvia simon sina sofia sonja sophia stefan stefanie
    steffen stephan stephanie susanne sven svenja sybille sylvia tanja tatjana theo thea thomas thorsten tim timo
    tobias torben torsten udo ulf uli ulrich ulrike ute uwe verena veronika viktor viktoria volker waltraud werner
    wilhelm wilfried wolfgang yannick yvonne agnieszka aleksandra andrzej bartek beata bogdan dariusz dimitri dmitri
    dragan elzbieta ewa giorgos goran grzegorz igor irina ivan ivana iwona jadwiga jelena jerzy jovan katarzyna
    krzysztof ludmila luigi malgorzata marek mariusz milan milica miroslav natalia nikolai oksana olena olga piotr
    pavel sergej sergei slavica slobodan stanislav svetlana tadeusz tomasz vladimir wojciech yuri zoran giovanni
    giuseppe jose juan carlos miguel pedro nguyen thi minh abdullah abdulkadir adem ahmet alev ali aliye alper arda
    asli asuman atilla aydan ayhan ayla aylin aynur ayse aysegul aysel ayten azra bekir belgin berat berk berna betul
    beyza bilal birgul bulent burak burcu busra cansu cem cemal cemile cengiz ceren cevdet cihan defne dilara dogan
    ebru ece efe ekrem elif emel emine emrah emre enes ercan erdal erdem erdogan eren erhan erkan erol ersin ertan
    ertugrul esma esra eylul fadime fahri faruk fatih fatma ferhat feride feyza fikret filiz fuat furkan gizem gokhan
    gulay gulcan guler gulsen gulsum gulten hacer hakan halil halime halit hamza handan hande hanife hasan hatice
    havva hayriye hikmet huseyin husnu ibrahim idil ihsan ilhan ilkay ilker irem irfan ismail ismet kaan kadir
    kadriye kamil kazim kemal kerem koray kubra latife levent leyla mahmut mehmet mehtap meltem merve meryem mert
    merih mesut miray muhammed muhammet murat musa muzaffer naciye nazan nazli necati necla nermin neslihan nevin
    nihal nihat nilgun nilufer nuran nuray nurcan nurhan nuri nurten okan omer onur orhan osman ozan ozcan ozge ozlem
    perihan pelin rabia recep remzi reyhan rukiye sabiha sabri sadik salih samet sedat seda sefa selcuk selda selim
    selin selma semra serap serdar serhat serkan sevda sevil sevim seyma sibel sinan suat suleyman suna taner tarik
    tayfun tayyip tolga tugba tulay tuncay turan turgut ufuk ugur ummu vedat veli yasemin yasin yavuz yeliz yilmaz
    yucel yunus zehra zekeriya zeliha zerrin zeynep zubeyde abbas abdallah abdelkarim abdul abdulrahman abeer adel
    adnan ahmad ahmed aisha akram alaa amani amir amira ammar anas anwar aya ayman aziz aziza basel bashar basma
    bassam dalia dina fadi faisal farah farid farida fatima fawzi firas ghada ghassan habib hadi haidar hamid hanan
    hani hassan hatem hisham hussein ibtisam imad jamal jamila jawad kamal karim karima khadija khaled khalid khalil
    laila lamia layla lubna maher mahmoud majed malak malik manal mariam marwa marwan mohamad mohamed mohammad
    mohammed mounir mustapha nabil nada nadia nagham naji najla nasser nawal nizar noor omar osama rabih rami rana
    rania rasha rashid reem rima rola ruba saad sadek safa salah saleh salem salim salma salwa sami samir samira
    samer sanaa sawsan shadi sherif souad suhail taha tamer tarek wael walid widad yahya yaser yasmin yasmina yassin
    youssef yousef zain zainab ziad zaynab amadou fatou ibrahima kofi kwame ngozi olu oumar ousmane abena chidi adam
    alan alice amanda amy andrew anthony ashley barry beth brian caroline catherine charles cheryl chloe chris colin
    craig daisy debbie deborah derek diana donna dorothy douglas duncan edward eileen elaine eleanor elizabeth ellie
    ethan fiona gary gavin geoff geoffrey george gordon graham hazel heather helen henry hugh ian isabella jacob jake
    james jamie janet jeff jennifer jeremy jerry jess jesse jessie jill jim joan joanne joe john johnny jordan joseph
    josh joshua joyce judy julie kate katherine kathleen kathy katie keith kelly ken kenneth kim kimberly kyle larry
    lauren leslie lewis lindsay liz lorraine lucy luke lynn maggie margaret mary matt matthew megan michelle mike
    molly nancy naomi nathan neil nicholas nick nigel olivia pamela patricia peggy phil philip phoebe rachel ralph
    rebecca robin roger ron ronald ross ruby ryan sally sam samantha scott sean sharon sheila shirley stacey stan
    stephen steve steven stuart sue susan suzanne terry tiffany timothy toby tony tracey tracy trevor vicky victor
    victoria wayne wendy zoe margot lieselotte ottokar gerlinde siegfried siegrid sigrid adelheid edeltraud waltraut
    irmgard hiltrud elfriede herta hertha hedwig thekla tilda mathilde ottilie rosi rosalie annemarie annegret anneke
    babette bettine cordula diethelm ekkehard egon eckart engelbert erhard ernestine eugen ewald falk felicitas
    ferdinand friedhelm friedl fridolin gottfried gunnar hansjorg heinrich heribert hinnerk ignaz ilona ingeburg
    isolde jella jette jobst jost jule juri kaspar kilian knut kordula korbinian kunigunde lennart levin liselotte
    lieschen linus lorenz ludger marlies mechthild meike merle nanna nepomuk nikolaus norman ottfried pauli
    petronella quirin randolf reiner reinhold rosalinde roswitha sigmund sigurd silas silvester sonka sophus tabea
    theodor thilo traudel trude ulla uschi valentin veit walburga waldemar walther wenzel wiebke winfried wolfram
    xaver xenia zita riza saban rustem cuneyt tuncer nurettin bedri bedriye cavit fehmi fevzi gungor hidayet hulusi
    ibo ilyas imren kasim kerim kursat lutfi makbule mahir memduh memet mestan muhsin mukadder munever munevver
    mursel muserref mujde nazife nazim nebahat necdet necip necmi nesrin nezahat nizam nusret oguz oktay pakize rahmi
    rasim rauf refik remziye resul ridvan rustu saime sakine selahattin semih serif serife sevket sezai sezen sezer
    sinem sitki sukriye saziye tahir tahsin talat tansu tevfik turhan ulas ulku umran vahide vildan yakup yildiray
    zeycan ziya zulfikar imran zeinab rahma jawid farhad reza shirin parisa wojtek kasia gosia zbigniew wieslaw
    danuta halina leszek geraldine bartholomew hamish rosie hattie percy winston reginald clive basil nigella gwen
    bridget maureen doreen marjorie gertie archie alfie harriet imogen
    """
)
LAST = _words(
    """
    adler aksoy akin akgun akyol alkan altun arikan ates avci aydogan aygun baran basaran bayraktar bilgin bulbul
    candan ceylan coban coskun dagdelen demirel dincer duman durmaz ekinci erbil erdem ergin erkan eroglu ertas gokce
    guven inan kahraman karabulut karadag karakaya kartal kavak kaymaz keskin kirac korkmaz kose kucuk kurt ozer ozen
    ozcelik ozkaya ozgur ozmen oztekin pekcan saritas simsek soylu sonmez tasci tekin topal topcu toprak tosun tuncel
    turan uslu varol yalcin yaman yasar yigit abbas ahmadi alhamwi alhassan almasri alsayed aziz barakat bakri
    darwish elsayed ghanem habib haddad hakimi halabi hamdan hamidi hammoud harb hijazi hosseini ibrahim ismail issa
    jaber kassem khalil khoury kilani mahmoud mansour masri moussa mustafa najjar nasser omari osman othman qasim
    rahimi rahmani rezaei sabbagh saleh saliba salman sayed shahin sharif sleiman tahhan youssef zein zaidan
    achterberg adam ackermann appel arndt auer bachmann bader baier barth bartels bartsch bayer beckmann behnke
    bender benz bernhardt beyer bischoff blum bock bode bohme bohn borchert bottcher breuer brinkmann bruckner
    brunner buchholz buchner buhler burkhardt carstens christ christiansen claus conrad dahl decker dietz dittmann
    dittrich dorn dreher dreyer ebeling eberhardt eckert ehlers eichhorn engelhardt engelmann erhardt esser ewald
    falk fleischer franz frey fritsch frohlich fromm gabriel gartner gebhardt geiger gerber gerlach geyer giese
    glaser gobel gotz grabowski grunwald gruber gunter gutmann haase haag haas hagen hanke harms hecht heck hein
    heise heller hempel hennig henning hensel hering hermann herzog hess hesse heuer hildebrandt hiller hinz hirsch
    hohn hoppe hubner jacob jacobs jahnke janssen jost jordan kaczmarek kaminski karl kellermann kessler kirchner
    klaus klemm klose knoll kock kolb konrad kopp korner kremer kretschmer kruse kunz kunze kuster lau lechner
    lewandowski lindemann lindner loffler lohmann luders lutz maas mack marquardt martens martin marx mattern matthes
    mau menzel mertens merz metz metzger michel michels moritz muhlenhaupt naumann neubauer neuhaus nickel nitsche
    noack nolte oswald ott otte paul paulsen pape petersen petzold pfeifer philipp pieper pietsch pohlmann popp
    preuss probst raab rademacher reichelt reimann reimer reinhardt reinke renner reuter rieger rohde romer rosenberg
    rosenthal rudolph runge sander sauter schaller scheffler schenk scherer schilling schindler schlegel schlueter
    schluter schmitt schott schrader schramm schreiner schreyer schroter schubart schulten schutte schwab schwartz
    schweizer seeger seiler seitz siebert siegel siemon simon specht steinbach steiner steinert stephan sternberg
    steffen stoll strauss strobel thomas thoma trautmann uhlig ullrich ulrich unger urban vetter voelker vogelsang
    vogler vollmer voss wagenknecht walther wegener weidner weigel weiss wendt wenzel werth wessel westphal wetzel
    wichmann wieland wilhelm wilke willmann witt witte wittmann wolter wulf zander zeller zeidler ziemann zink adams
    allen anderson bailey bennett brooks campbell carter clarke collins cooper cox davis edwards ellis fisher foster
    garcia gibson gonzalez graham griffin harris harrison hernandez hughes jackson james jenkins kelly kennedy lewis
    lopez marshall martinez mason mcdonald mitchell moore morgan morris murphy murray newton nelson oconnor owen
    patel perez phillips powell reynolds richards richardson roberts robinson rodriguez rogers russell sanchez scott
    shaw simpson singh stevens stewart sullivan turner watson williams wright okafor okeke mensah adeyemi diallo
    traore hussain khan ahmed begum kaur sharma gupta pham hoang bui nowicki wisniewski wojcik kaminska lewandowska
    zielinski szymanski wozniak kozlowski jankowski mazur krawczyk piotrowski grabowska popova ivanova petrov petrova
    dimitrov dimitrova georgiev todorov shevchenko kovalenko bondarenko tkachenko kravchenko melnyk abdi ahrens
    albrecht altmann arnold arslan aslan aydin bauer baumann bayram beck becker behrens berger bergmann bohm bozkurt
    brandt braun bulut busch buttner cakir celik cetin demir demirci dietrich dogan ebert erdogan ernst fiedler
    fischer forster franke frank friedrich fuchs geisler gunther guler gunes hahn hansen hartmann heinrich heinze
    herrmann hoffmann hofmann huber jager jahn jansen kaiser kaplan karaca karatas kaya keller kilic koc kohler konig
    kowalski kramer krause kraus kroger kruger kuhn kurz lehmann lorenz ludwig maier mayer meier meyer meister mohr
    moller muller mueller neumann nguyen nowak otto ozdemir ozkan ozturk peters pfeiffer pohl polat richter riedel
    roth sahin sauer schafer schaefer schiller schmid schmidt schmitz schneider scholz schreiber schroder schroeder
    schubert schulte schultz schulz schulze schumacher schuster seidel seifert thiel tran unal uysal vogel vogt voigt
    wagner walter weber wegner werner wiese winkler wolf wolff yavuz yildirim yildiz yilmaz yuksel ziegler zimmermann
    smith jones brown taylor wilson johnson evans davies thompson miller hadzic petrovic jovanovic popescu ivanov
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
    stadtrat stadtratin bezirksstadt abgeordnet amtsleit schulleit sachbearbeit kanzler senatsverw kollegin mustermann sir madam
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
    لا ليس غير مهم ليست لن
    رييس مدير عمده وزير مسوول محترم قاضي مستشار محافظ كريم في من الذي التي علي عن هنا هذا هذه كان كانت الي مع
    """
)
