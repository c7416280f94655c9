"""The words by which people are named: titles, first names, and what looks like a name but is none."""

from __future__ import annotations

from collections.abc import Mapping

HONORIFICS: Mapping[str, str] = {
    "mr": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "father": "m", "monsieur": "m",
    "mrs": "f", "ms": "f", "miss": "f", "madam": "f", "lady": "f", "queen": "f", "princess": "f",
    "sister": "f", "dame": "f", "madame": "f", "dr": "", "prof": "", "rev": "", "st": "",
}  # fmt: skip
"""Forms of address before a name, with the gender that they tell."""

TITLES = frozenset(
    """adm admiral adviser advisor aide amb ambassador analyst archbishop assemblyman attorney author
    baron bishop brig candidate capt captain chair chairman chairwoman chancellor chief col colonel
    commander commissioner congressman congresswoman correspondent councillor councilman count czar
    delegate deputy detective director economist editor emperor envoy gen general gov governor
    historian inspector judge justice lawyer leader lieut lieutenant lt maj major manager mayor
    minister nominee officer official operative opponent pastor pollster pope premier pres
    president press prime professor prosecutor rabbi rep reporter representative reverend scientist
    secretary sen senator sergeant sgt sheriff speaker spokesman spokesperson spokeswoman
    strategist superintendent treasurer trooper undersecretary vice writer""".split()
)
"""Offices and callings that stand before a name, or for it ("the minister"); lower case."""

BEFORE_NAMES = TITLES | HONORIFICS.keys()
"""All that stands before a name."""

DEPUTIES = frozenset(("deputy", "vice"))
"""Titles that make another one of the title behind them."""

OFFICES = frozenset(
    """state defense defence treasury house commerce labor energy education justice
    transportation war affairs""".split()
)
"""What follows "Secretary of" and the like, and so belongs to the title, not to the name."""

DESCRIPTIONS = frozenset(
    """activist actor actress billionaire businessman businesswoman candidate challenger contender
    democrat diplomat executive front-runner frontrunner lawmaker libertarian mogul
    nominee politician republican rival tycoon veteran winner woman man""".split()
)
"""Words other than titles that may stand for one person: "the billionaire"."""

SHORT: Mapping[str, str] = dict(
    pair.split(":")
    for pair in """adm:admiral amb:ambassador capt:captain col:colonel gen:general gov:governor lt:lieutenant maj:major
    pres:president prof:professor rep:representative sen:senator sgt:sergeant""".split()
)
"""What is said for a short title."""

ORGANISATIONS = frozenset(
    """academy administration agency airlines alliance america army assembly association authority
    bank board bureau cabinet campaign center centre church city club coalition college commission
    committee company conference congress convention corp corporation council county court daily
    debate department district embassy federation force foundation front fund government group
    herald hospital hotel house inc institute international journal kingdom league magazine media
    ministry museum navy network news office organization organisation pact parliament party
    police post press project report republic review school senate service society states street
    studios system team times today tower tribune union united university white""".split()
)
"""Words that end, or make up, the names of bodies and places, not of people."""

_MEN = """aaron abdullah abraham adam ahmed al alan albert alec alejandro aleksandr alex alexander
alexei alexey ali alfred allen andre andrei andrew andy angelo anthony antonio ari arnold arthur
barack barry ben benjamin bernard bernie bill billy bob bobby boris brad bradley brandon brendan
brent brett brian bruce bryan calvin carl carlos chad charles charlie chris christian christopher
chuck clarence clay cliff colin corey cory craig dale dan daniel darren dave david dean dennis
derek dick dmitry dmitri don donald doug douglas dwight earl ed eddie eduardo edward edwin eli
emmanuel eric erik ernest eugene evan felipe felix fernando francis francisco francois frank fred
frederick gabriel garry gary gavin gene geoffrey george gerald giorgio glenn gordon graham greg
gregory guy hans harold harry harvey hassan henry herbert herman hiroshi howard hugh hugo hussein
ian igor isaac ivan jack jacob jake james jamie jared jason javier jay jean jeb jeff jeffrey jens
jeremy jerome jerry jesse jesus jim jimmy joaquin joe joel john johnny jon jonathan jorge jose
joseph josh joshua juan julian justin karl keith ken kenneth kevin kim konstantin kurt kyle larry
lars lawrence lee leo leon leonard liam lindsey lloyd lou louis luis luke manuel marc marco marcus
mario mark martin marvin matt matthew maurice max michael michel miguel mikhail mike mitch mitt
mohamed mohammad mohammed morgan muhammad nathan neil newt nicholas nick nicolas nigel noah nikolai
norman oleg oliver omar oscar otto owen pablo patrick paul pavel pedro pete peter phil philip
pierre rafael ralph rand randy raul ray raymond reince ricardo richard rick robert roberto robin
rod roger roland ron ronald roy rudolph rudy rupert russell ryan salvador sam samuel scott sean
sebastian sergei sergey shane shawn sidney simon stanley stephen steve steven stewart stuart ted
terrence terry theodore thomas tim timothy todd tom tommy tony travis trent trevor troy tyler
vernon victor viktor vincent vladimir volodymyr wade wallace walter warren wayne wesley will
william willie wolfgang xavier yuri zachary"""
_WOMEN = """abigail agnes alexandra alice alicia alison allison amanda amber amy ana andrea angela
angelina anita ann anna anne annette annie april ashley audrey barbara beatrice becky bernice beth
betsy betty beverly bonnie brenda bridget brittany brooke camille candace carla carly carmen carol
caroline carolyn catherine cathy charlotte chelsea cheryl christiane christina christine cindy
claire clara claudia colleen condoleezza connie courtney crystal cynthia dana danielle dawn debbie
deborah debra denise diana diane dolores donna doris dorothy edith eileen elaine eleanor elena
elisabeth elise elizabeth ellen emily emma erica erin esther eva evelyn florence frances gabby
gail gina gloria grace gretchen hannah heather heidi helen hillary hope huma ida ilana inga ingrid
irene isabel ivanka jackie jacqueline jane janet janice jasmine jean jeanne jen jennifer jenny
jessica jill joan joanna joanne jocelyn jodi josephine joy joyce juanita judith judy julia julie
june karen kate katherine kathleen kathryn kathy katie katrina kay kayleigh kellyanne kelly
kimberly kirsten kirsten kristen laura lauren leah lena leslie linda lisa liz loretta lori lorraine
louise lucia lucy lynn madeleine marcia margaret maria mariana marie marilyn marine marissa martha
mary maureen megan megyn melania melanie melissa meredith michele michelle mildred molly monica
nadia nancy naomi natalia natalie natasha nicole nina nora norma olga olivia pamela pat patricia
paula peggy penny phyllis priscilla rachel rebecca renee rita roberta rosa rose ruth sabrina sally
samantha sandra sara sarah sharon sheila shirley sofia sonia sophia sophie stacy stephanie sue
susan suzanne sylvia tamara tara tatiana teresa theresa tiffany tina tracy tulsi valerie vanessa
vera veronica victoria virginia vivian wanda wendy yolanda yvonne"""
FIRST_NAMES: Mapping[str, str] = {
    **dict.fromkeys(_WOMEN.split(), "f"),
    **dict.fromkeys(_MEN.split(), "m"),
    **dict.fromkeys("jean kim robin jamie lee leslie lindsey terry ashley kelly pat".split(), ""),
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

PARTICLES = frozenset("al bin da de del della der di du el ibn la le van von".split())
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

CALLINGS = TITLES | DESCRIPTIONS
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
