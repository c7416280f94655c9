"""The words by which people are named: titles, first names, and what looks like a name but is none."""

from __future__ import annotations

from collections.abc import Mapping

HONORIFICS: Mapping[str, str] = {
    "mr": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "father": "m", "monsieur": "m",
    "mrs": "f", "ms": "f", "miss": "f", "madam": "f", "lady": "f", "queen": "f", "princess": "f",
    "sister": "f", "dame": "f", "madame": "f", "baroness": "f", "dr": "", "prof": "", "rev": "", "st": "",
}  # fmt: skip
"""Forms of address before a name, with the gender that they tell."""

TITLES = frozenset(
    """adm admiral adviser advisor aide amb ambassador analyst archbishop assemblyman attorney author
    baron baroness bishop boss brig candidate capt captain cardinal ceo cfo chair chairman chairwoman
    chancellor chief cllr co-founder coach cofounder col colonel commandant commander commissioner
    congressman congresswoman constable coo coordinator coroner correspondent councillor councilman
    count cto czar delegate deputy detective director economist editor emperor engr envoy evp founder
    gen general gov governor historian imam inspector judge justice lawyer leader lieut lieutenant lt
    madam magistrate maj major manager mayor mep minister mla mp mps msp nominee officer official
    ombudsman operative opponent pastor pollster pope premier pres president press prime principal
    professor prosecutor rabbi rep reporter representative reverend scientist secretary sen senator
    sergeant sgt sheikh sheriff speaker spokesman spokesperson spokeswoman strategist superintendent
    svp taoiseach treasurer trooper undersecretary vice viscount vp writer""".split()
)
"""Offices and callings that stand before a name, or for it ("the minister"); lower case."""

BEFORE_NAMES = TITLES | HONORIFICS.keys()
"""All that stands before a name."""

DEPUTIES = frozenset(("deputy", "vice"))
"""Titles that make another one of the title behind them."""

OFFICES = frozenset(
    """state defense defence treasury house commerce labor energy education finance foreign health home interior justice
    trade transport transportation war affairs agriculture economy environment opposition""".split()
)
"""What follows "Secretary of" and the like, and so belongs to the title, not to the name."""

DESCRIPTIONS = frozenset(
    """activist actor actress billionaire businessman businesswoman candidate challenger contender
    counterpart democrat diplomat executive front-runner frontrunner lawmaker libertarian man mogul
    nominee politician republican rival tycoon veteran winner woman""".split()
)
"""Words other than titles that may stand for one person: "the billionaire"."""

PROFESSIONS = frozenset(
    """accountant architect astronomer banker barrister biologist builder campaigner caretaker chef
    chemist climatologist climber clinician columnist composer conservationist contractor crofter
    curator defendant defender dentist designer developer doctor driver ecologist engineer
    entrepreneur epidemiologist farmer filmmaker financier firefighter fisherman footballer forward
    geologist goalkeeper grandmother headmaster headmistress headteacher investor journalist landlord
    lecturer lieutenant-governor mathematician mechanic mediator meteorologist midfielder midwife
    musician negotiator neurologist novelist nurse oceanographer paramedic parliamentarian pathologist
    pensioner pharmacist photographer physician physicist pianist pilot plaintiff planner player poet
    policeman policewoman postman priest psychiatrist psychologist publican researcher retiree scholar
    seismologist shopkeeper singer skipper sociologist solicitor striker student surgeon surveyor
    teacher technician tenant therapist toxicologist trader trustee vet veterinarian virologist waiter
    waitress welder widow widower winger witness zoologist""".split()
)
"""What one does, or is to others: "the midfielder", "the widow"."""

PLAYERS = frozenset(
    """actor actress caretaker footballer goalkeeper midfielder novelist player poet singer skipper striker
    winger""".split()
)
"""Those by which a text calls again whom it has just named."""

SHORT: Mapping[str, str] = dict(
    pair.split(":")
    for pair in """adm:admiral amb:ambassador capt:captain cllr:councillor col:colonel gen:general gov:governor
    lt:lieutenant maj:major pres:president prof:professor rep:representative sen:senator sgt:sergeant""".split()
)
"""What is said for a short title."""
ALONE = frozenset({"governor"})
"""Offices whose holder is, as a rule, the only one of a short title in a text: of senators it names several."""

ORGANISATIONS = frozenset(
    """academy administration agency airlines alliance america army assembly association authority bank
    board bureau cabinet campaign center centre church city club coalition college commission
    committee company conference congress convention corp corporation council county court daily
    debate department district embassy federation force foundation front fund government group herald
    hospital hotel house inc institute international journal kingdom league magazine media ministry
    museum navy network news office organisation organization pact parliament party police post press
    project report republic review school senate service society states street studios system team
    times today tower tribune union united university white""".split()
)
"""Words that end, or make up, the names of bodies and places, not of people."""

FIRMS = frozenset(
    """airport airways brothers capital charity clinic energy exchange foods gallery guild harbour
    holdings industries insurance investments laboratories laboratory line lines llc ltd management
    motors observatory orchestra partners pharma pharmaceuticals plc port railway railways regulator
    secretariat securities station supporters systems technologies theatre trust ventures watchdog""".split()
)
"""Words that end the names of bodies where no first name begins them."""

BODIES = frozenset(
    """agency airline airport association authority bank bureau carrier charity clinic club coalition college
    commission committee company council department embassy federation firm foundation fund group guild
    hospital insurer institute lender maker manufacturer ministry museum network newspaper operator organisation
    organization pharmacy publisher regulator retailer school society start-up supplier trust union university
    watchdog""".split()
)
"""What a body is called without its name: "the agency"."""

_MEN = """aaron abdul abdulaziz abdullah abel abraham adam adebayo adrian agung ahmad ahmed aidan ajay akira
al alain alan alasdair alastair albert alberto aldo alec alejandro aleksandr alex alexander alexei
alexey alfonso alfred alfredo ali alistair allen amit anatoly andre andreas andrei andrej andrew
andrzej andy angelo angus anil anthony antoine anton antonin antonio antti anwar arash archie ari
arjun armando arnold arthur arun ashok augusto axel aziz barack barnaby barry bartosz bashir bela
ben benjamin benoit bernard bernie bill billy bjorn bob bobby bogdan boris brad bradley brandon
brendan brent brett brian bruce bruno bryan callum calvin cameron carl carlos cedric cesar chad
charles charlie chidi chris christian christoph christophe christopher chuck clarence claude claus
clay cliff clint colin conor constantin corey cormac cory craig cristiano cyril dafydd dale damian
damien dan daniel danilo danny darko darragh darren dave david dean declan deepak dejan denis
dennis derek desmond dick didier diego dieter dimitri dinesh dirk dmitri dmitry domingo dominic
don donal donald doug douglas duncan dwight eamon earl ebrahim ed eddie edgar edmund eduardo
edward edwin eli elias elon emeka emil emilio emmanuel enda enrico enrique eoin eric erik
ernest ernesto esteban etienne eugene evan fabian fabio faisal farid felipe felix ferdinand fergus
fernando fidel filip finbar finn florian francis francisco franco francois frank franklin franz
fred frederick fredrik friedrich fritz gabriel gareth garry gary gaston gavin gene geoffrey georg
george georges georgios gerald gerard gerhard gilbert giorgio giovanni giuseppe glenn goran gordon
graeme graham greg gregory grzegorz guillaume guillermo gunther gustav gustavo guy hamid hamish
hank hans harold harry haruki harvey harvinder hassan hector heinrich helmut henri henrik henry
herbert herman hideo hiroshi horst howard hubert hugh hugo humberto hussein ian ibrahim idris
ignacio igor imran isaac isaiah ismail ivan ivor jaap jack jacob jake jakub jamal james jamie jan
janos jared jaroslav jason javier jay jean jeb jeff jeffrey jens jeremy jerome jerry jerzy jesse
jesus jim jimmy jiri joachim joao joaquin jochen joe joel johan johann johannes john johnny jon
jonas jonathan jordi jorge jose joseba josef joseph josh joshua jozef juan julian julio jurgen
justin kamal karim karl kasper kazuo keiran keith ken kenji kenneth kenny kevin khalid kieran kim
klaus kofi kojo konstantin krzysztof kurt kwame kyle lachlan larry lars laszlo laurent lawrence
lech lee leo leon leonard leonardo leonid lewis liam lindsey lionel lloyd lorenzo lorne lothar lou
louis luca lucas lucian luigi luis lukas luke lutz magnus mahmoud maksim malcolm mamadou manfred
manish manoj manuel marc marcel marcin marco marcus marek mario mark markus martin marvin marwan
mateo mateusz matias matt matteo matthew matthias maurice mauricio mauro max maxime mehmet michael
michal michel mick miguel mihai mike mikhail miklos milan milos miroslav mitch mitchell mitt
mohamed mohammad mohammed morgan moritz moses muhammad mustafa nathan naveen neil nelson nestor
newt niall nicholas nick nicolas niels nigel nikhil nikita nikolai nikos nils noah norman octavio
oisin olaf oleg oliver olivier olu omar omari osama oscar oskar otto owen pablo padraig pal paolo
pascal patrick patrik paul pavel pawel pedro pete peter petr phil philip philippe phillip pierre
piers piet pietro piotr prakash rachid radek rafael rafal rahul raj rajesh rakesh ralf ralph
ramesh ramon rand randy rashid rasmus raul ray raymond reince reinhard rene reza rhys ricardo
richard rick rob robbie robert roberto robin rod roderick rodrigo rogelio roger rohan roland
romain roman ron ronald rory ross roy ruaridh ruben rudolf rudolph rudy rui rune rupert russell
ryan sadiq saeed sakari salman salvador sam samuel sandeep sandro sanjay santiago satoshi scott
seamus sean sebastian segun selim serge sergei sergey sergio shane shawn siddharth sidney
siegfried silvio simon simone slobodan somchai soren stanislav stanley stavros stefan stefano
stephen steve steven stewart stuart suleiman sunil sven sylvain tadeusz takashi tapio tariq tatsuo
ted terrence terry thabo theo theodore thibault thierry thomas thorsten tim timothy tobias todd
tom tomas tomasz tommy tony torsten travis trent trevor troy tunde tyler ulrich umar vaclav vadim
valentin vasily vaughan vernon victor vijay vikram viktor vincent vincenzo vitaly vittorio vlad
vladimir volodymyr wade walid wallace walter warren wayne werner wesley wilfred wilhelm will
william willie winston wojciech wolfgang xavi xavier yannick yannis yasser yasuo yiannis yoshio
yousef youssef yuri yusuf yves zach zachary zoltan zoran"""
_WOMEN = """abby abena abigail adaeze adele adriana agata agnes agnieszka aisha alba aleksandra alessandra
alexandra alice alicia alina aline alison allison amal amanda amber amelia amina amira amrita amy
ana anastasia andrea aneta angela angelina angelique anika anita anja anjali ann anna annabel anne
anneke annette annie annika antonia anya aoife april arabella asha ashley astrid audra audrey
aurelie aurora ayesha ayse barbara beata beatrice beatriz becky berit bernice beth betsy betty
beverly bianca birgit birgitta blessing bonnie brenda bridget brigid brigitte brittany bronwen
brooke caitlin camila camilla camille candace carla carly carmen carol carolina caroline carolyn
catalina catherine cathy cecile cecilia celeste celia celine charlotte chelsea cheryl chiamaka
chiara chioma chloe christiane christina christine ciara cindy claire clara clare claudia
clementine colleen condoleezza connie constance consuelo corinne courtney cristina crystal cynthia
dagmar daisy dana daniela danielle daria dawn debbie deborah debra deirdre delphine denise devika
diana diane dilnoza divya dolores donna doris dorota dorothea dorothy dunja ebba edith edwina
eileen eilidh ekaterina elaine eleanor elena eleni elif elina elisa elisabeth elise elizabeth ella
ellen eloise elspeth emilia emilie emily emina emma emmanuelle erica erika erin esme esperanza
estelle esther etta eugenia eunice eva evelyn faith fatima fatou federica felicity fernanda fiona
fionnuala flora florence frances francesca francine francoise frauke freya frida gabby gabriela
gabrielle gail galina gemma genevieve georgia georgina geraldine gerda gertrude gina gisela giulia
gloria grace graciela greta gretchen gudrun gwen halina hanna hannah hannelore harriet hazel
heather hedda heidi heike helen helena helene helga henrietta hilary hilda hillary holly hope
hortense huma ida ilana ilse imelda imogen ines inga ingeborg ingrid irene irina iris irma isabel
isabella isabelle ishbel isla ivana ivanka iwona jackie jacqueline jadwiga jana jane janet janice
janina jasmine jean jeanne jelena jemima jen jenna jennifer jenny jessica jill jo joan joanna
joanne jocelyn jodi johanna jolanta josefina josephine joy joyce juana juanita judith judy julia
juliana julie juliet juliette june kaja kamala karen karin karina karla karolina kasia katarina
katarzyna kate katherine kathleen kathryn kathy katie katja katrina katya kavita kay kayleigh
keiko kelly kellyanne khadija kimberly kiran kirsten kitty klara kristen kristin kristina lakshmi
lara larissa laura laure lauren leah leila lena leslie lidia liesbeth lila lilian lillian lily
linda linnea lisa liz ljubica lois loretta lori lorna lorraine lotte louise lourdes lucia lucie
lucille lucinda lucrezia lucy ludmila luisa lydia lynn madeleine maeve magda magdalena mai maja
malala malgorzata malin manuela marcia margaret margarita margot marguerite maria mariam mariana
marianne maribel maricel marie marija marilyn marina marine marion mariska marissa marit marlene
marta martha mary mary-ann mathilde matilda maud maureen mavis maya meena megan megyn mehwish
melania melanie melissa mercedes mercy meredith meryem mette mia michele michelle mila mildred
milena milica mina miranda mirela miriam mirjana moira molly mona monica monika monique morag
muriel nadia nadine nadira naina nancy naomi nasreen natacha natalia natalie natalya natasa
natasha neha nell nevena ngozi niamh nicole nikki nina noemi noor nora norma nuala odette oksana
olena olga olivia oonagh orla paloma pamela parveen pat patience patricia patty paula paulina
pauline peggy penelope penny petra philippa phoebe phyllis pilar pippa piroska polly pooja portia
preeti priscilla priya rabia rachel radmila raisa rania raquel rebeca rebecca renata renee
rhiannon rita roberta rocio roisin romana rosa rosalie rosalind rosalyn rosario rose rosemary
rowena roxana rukhsana ruth saanvi sabine sabrina sadia saira sally salma samantha samira sandra
sandrine sanja saoirse sara sara-jane sarah sarai saskia serena sharon sheena sheila shira shirley
shreya sibylle siegrid sigrid silke silvia simona sinead siobhan slavica snezana sofia solange
soledad sonia sonja sophia sophie soraya stacy stefania stella stephanie sue sunita susan susana
susanne suzanne svetlana sylvia sylvie tabitha tamara tamsin tania tanja tanya tara tatiana
tatjana teresa tereza thandi thandiwe theodora theresa thuli tiffany tilda tina tove tracy trish
trudy tulsi uma una ursula usha valentina valeria valerie valerija vanessa vanja veena venus vera
verena veronica veronika vesna victoria viktoria viola violeta virginia virginie vivian wanda
wendy wilhelmina wilma winifred xenia yael yasmin yasmine yekaterina yetunde yoko yolanda yuki
yuliya yvette yvonne zainab zanele zara zeynep zoe zofia zsofia zuzana"""
FIRST_NAMES: Mapping[str, str] = {
    **dict.fromkeys(_WOMEN.split(), "f"),
    **dict.fromkeys(_MEN.split(), "m"),
    **dict.fromkeys(
        """andrea angel ashley blessing jamie jean kelly kim kiran lee leslie lindsey nikita pat rene robin sasha
        simone terry""".split(),
        "",
    ),
}
"""Common first names with the gender that they suggest; "" for either."""

NICKNAMES: Mapping[str, str] = dict(
    pair.split(":")
    for pair in """abby:abigail al:albert alex:alexander andy:andrew barb:barbara ben:benjamin
    bernie:bernard beth:elizabeth bill:william billy:william bob:robert bobby:robert charlie:charles
    chris:christopher chuck:charles dan:daniel dave:david debbie:deborah dick:richard don:donald
    ed:edward greg:gregory jack:john jeff:jeffrey jim:james jimmy:james joe:joseph jon:jonathan
    kate:katherine kathy:katherine ken:kenneth larry:lawrence liz:elizabeth matt:matthew
    mike:michael mitch:mitchell nick:nicholas pat:patricia pete:peter phil:philip rick:richard
    rob:robert ron:ronald rudy:rudolph sam:samuel steve:steven stephen:steven sue:susan ted:edward
    tim:timothy tom:thomas tony:anthony will:william""".split()
)
"""Short forms of first names, to tell that two names are one person's."""

PLACES = frozenset(
    "el fort las los new north east west south san santa st saint united cape".split()
)
"""First words of places that look like people's names: "San Jose"."""

PARTICLES = frozenset(
    "abu al bin bint da das de del della den der des di dos du el ibn la le ter van von zu".split()
)
"""Small words inside a name."""

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
"""What may follow a surname."""

NOT_NAMES = frozenset(
    """a about according after again all also although america american among an and another any
    april are as asked at august because before both british but by can chinese christmas could
    day december democrat democratic democrats despite did do does during each earlier even every
    february few first for former french friday from german had has have he her here his how
    however i if in indeed instead is it its january july june just last later like many march may
    maybe me meanwhile might monday more moreover most mr mrs ms my nearly never new next no north
    not nothing november now october of off on once one only or other our over perhaps please
    rather republican republicans russian saturday say says september she should since so some
    south still such sunday than thank that the their them then there these they this those though
    through thursday thus to today tomorrow too tuesday two under unlike until up us very was we
    wednesday well were west what when where whether which while who why will with within without
    would yes yesterday yet you your""".split()
)
"""Words that get a capital without being part of a person's name; lower case."""

KIN: Mapping[str, str] = {
    **dict.fromkeys("brother father fiancé husband nephew son uncle widower".split(), "m"),
    **dict.fromkeys("aunt daughter fiancée mother niece sister widow wife".split(), "f"),
    **dict.fromkeys(("cousin", "partner"), ""),
}
"""What one of a family is to another, with the gender that it tells."""
CALLINGS = TITLES | DESCRIPTIONS | PROFESSIONS
"""What a person is called without a name."""

NO_SURNAMES = ORGANISATIONS | TITLES
"""What a run of capitalised words may end in without naming a person."""

NO_FIRST_NAMES = PLACES | ORGANISATIONS
"""What it may begin with likewise."""

NO_PERSONS = ORGANISATIONS | NOT_NAMES
"""Words that stand in no person's name."""


def spelled_out(word: str) -> str:
    """What a short title is called in full: "senator" for "sen"."""
    return SHORT.get(word, word)
