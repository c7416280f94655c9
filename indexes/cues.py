"""The words that report speech: one readable table, and nothing that reads a text.

A cue verb stands with the ways in which what was said can follow it:

    q   may carry a direct quotation ("…," he said)
    c   a clause, with or without "that" (said it was over)
    i   an infinitive (promised to leave)
    o   an object that is what was said (denied the charge)
    a   an object that is the person spoken to (told reporters …), never what was said
    s   a person and what is said of it, together (called him a fool, accused her of theft)

a dash for none of these; and after them the prepositions that may lead in what was said (called
for talks).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """How a cue takes what was said: the letters of the table, and prepositions."""

    ways: frozenset[str]
    prepositions: frozenset[str]


_SPEECH = """
accuse s of
acknowledge qco
add qc
admit qco to
advise qcia
affirm qco
agree qci on with
allege qco
allude - to
announce qco
answer qc
argue qc for against
articulate o
ask qcia about for
assail o
assert qco
assure qca
attribute o
beg qia for
bemoan co
blame s
blast s
boast qc of about
brag qc of about
call qs for on
caution qca against
chant qo
charge qc
chide s
cite o
claim qcio
clarify qco
comment qc on
complain qc about of
concede qco
conclude qc
condemn o
confess qci to
confide qc
confirm qco
congratulate s
contend qc
counter qc
criticize s
cry q
declare qcs
decline i
decry o
demand qcio
denounce o
deny qco
describe s
disclose qco
discuss co
dismiss s
echo qo
elaborate q on
emphasize qco
exclaim q
explain qco
express o
fume qc
grumble qc about
hail s
hint qc at
imply qc
indicate qco
inform ca of
insist qc on
interject q
joke qc about
lament qco
liken s to
maintain qc
mention qco
mock o
muse qc about
note qco
object qc to
observe qc
opine qc on
pledge qcio
plead qci
point c to
praise s
predict qco
proclaim qco
promise qcioa
propose qcio
protest qc
question qco
quip qc
quote o
reaffirm qco
reason qc
reassure qca
rebuke o
recall qco
recite o
recommend qcio
recount qco
refer - to
reference o
refuse i
reiterate qco
reject o
relate qc
remark qc on
remind qca of
repeat qco
reply qc
report qco
repudiate o
request qco
respond qc to
retort qc
reveal qco
say qco of about
scoff q at
shout q
slam s
snap q
sneer q
speak - about of
speculate qc about
state qco
stress qco
suggest qco
swear qci
talk - about of
tell qcia about of
testify qc
threaten qcio
tout o
trumpet o
tweet qco
underscore co
urge qcia
voice o
vow qcio
warn qcia of about against
whisper qc
write qc of about
yell q
"""
"""Verbs of saying: they mark a sentence as one to parse in any text."""

_STANCE = """
allow qc
anticipate co
appear i
applaud o
attack o
back o
believe c in
bash o
cast - as
celebrate o
challenge qia
characterize s
compare s
consider s
continue q
convince ca
credit s
decide ci
deem s
defend o
denigrate o
determine c
disavow o
doubt co
downplay o
emerge - as
encourage ia
endorse o
estimate co
expect ci
fear co
feel c
find c
focus - on
forecast co
guess c
highlight o
honor o
hope ci for
judge c
know c
label s
learn c of
list o
look i
name s
nominate o
offer qi
oppose o
order qi
persuade ia
portray s
post q
pray c
prefer io
present - as
press i
project c
push i for
quote o
rail - against
read qc
realize c
recognize c
regard - as
remember qco
respond - to
ridicule o
seek i
seem i
see - as
show c
signal co
specify co
support o
suspect c
tease qc
thank s
think c of
title s
view - as
want i
welcome o
wonder qc
worry c about
"""
"""Verbs of thinking and judging: looked at only where a text is full of speech."""

_IRREGULAR: Mapping[str, tuple[str, ...]] = {
    "beg": ("begs", "begged", "begging"),
    "brag": ("brags", "bragged", "bragging"),
    "cry": ("cries", "cried", "crying"),
    "decry": ("decries", "decried", "decrying"),
    "cast": ("casts", "cast", "casting"),
    "feel": ("feels", "felt", "feeling"),
    "find": ("finds", "found", "finding"),
    "forecast": ("forecasts", "forecast", "forecasting"),
    "admit": ("admits", "admitted", "admitting"),
    "know": ("knows", "knew", "known", "knowing"),
    "learn": ("learns", "learned", "learnt", "learning"),
    "plead": ("pleads", "pleaded", "pled", "pleading"),
    "prefer": ("prefers", "preferred", "preferring"),
    "quip": ("quips", "quipped", "quipping"),
    "read": ("reads", "read", "reading"),
    "refer": ("refers", "referred", "referring"),
    "say": ("says", "said", "saying"),
    "see": ("sees", "saw", "seen", "seeing"),
    "seek": ("seeks", "sought", "seeking"),
    "show": ("shows", "showed", "shown", "showing"),
    "slam": ("slams", "slammed", "slamming"),
    "snap": ("snaps", "snapped", "snapping"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "swear": ("swears", "swore", "sworn", "swearing"),
    "tell": ("tells", "told", "telling"),
    "think": ("thinks", "thought", "thinking"),
    "trumpet": ("trumpets", "trumpeted", "trumpeting"),
    "write": ("writes", "wrote", "written", "writing"),
}


def _forms(lemma: str) -> Iterator[str]:
    """Yield a verb's forms, regular unless the table of irregular ones has it."""
    yield lemma
    if lemma in _IRREGULAR:
        yield from _IRREGULAR[lemma]
        return
    vowel_y = lemma[-2:] in ("ay", "ey", "oy", "uy")
    if lemma.endswith("y") and not vowel_y:
        yield from (lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing")
    elif lemma.endswith("e"):
        yield from (lemma + "s", lemma + "d", lemma[:-1] + "ing")
    else:
        hissing = lemma.endswith(("s", "sh", "ch", "x", "z"))
        yield from (lemma + ("es" if hissing else "s"), lemma + "ed", lemma + "ing")


def _table(lines: str) -> dict[str, Frame]:
    table: dict[str, Frame] = {}
    for line in lines.split("\n"):
        lemma, *rest = line.split() or [""]
        if not lemma:
            continue
        frame = Frame(frozenset(rest[0]), frozenset(rest[1:]))
        for form in _forms(lemma):
            table[form] = frame
    return table


SPEECH: Mapping[str, Frame] = _table(_SPEECH)
"""Every form of every verb of saying, lower case."""

PLAIN = frozenset("said says told tells added wrote asked tweeted according".split())
"""The words by which news is known: a text that has them often is full of speech."""

SURE = frozenset(form for form in SPEECH if form.endswith(("ed", "ing"))) | frozenset(
    "says said told wrote spoke swore according".split()
)
"""Forms that are hardly ever nouns ("states", "question"), to look for in other texts."""

CUE_VERBS: Mapping[str, Frame] = {**_table(_STANCE), **SPEECH}
"""Every form of every cue verb, lower case."""

NOUNS = frozenset(
    """accusation admission allegation announcement appeal argument assertion assessment assurance
    attack belief call charge claim comment complaint concern conclusion contention criticism
    declaration demand denial doubt estimate fear forecast hint hope idea insistence opinion
    pledge prediction promise proposal question reference remark reminder report request
    speculation statement suggestion suspicion talk threat view vow warning""".split()
)
"""Nouns that stand for an act of speech when a clause or a preposition says what was said."""

NOUN_PREPOSITIONS = frozenset("about for of against to".split())

VOICES = frozenset(
    """account announcement brief briefing document email filing letter memo memorandum
    message notice notification post posting readout release report statement summary transcript
    tweet""".split()
)
"""What an institution speaks through: "the ministry's statement" is the ministry's."""

HONORIFICS: Mapping[str, str] = {
    "mr": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "father": "m", "monsieur": "m",
    "mrs": "f", "ms": "f", "miss": "f", "madam": "f", "lady": "f", "queen": "f", "princess": "f",
    "sister": "f", "dame": "f", "madame": "f", "dr": "", "prof": "", "rev": "", "st": "",
}  # fmt: skip
"""Forms of address before a name, with the gender that they tell."""

TITLES = frozenset(
    """adm admiral adviser advisor aide ambassador amb analyst archbishop assemblyman attorney
    author baron bishop brig candidate capt captain chair chairman chairwoman chancellor chief col
    colonel commander commissioner congressman congresswoman correspondent councillor councilman
    count czar delegate deputy director economist editor emperor envoy gen general gov governor
    historian judge justice lawyer leader lieut lieutenant lt maj major manager mayor minister
    nominee officer official operative opponent pastor pollster pope premier president pres
    press prime professor prosecutor rabbi rep representative reporter scientist secretary sen
    senator sergeant sgt sheriff speaker spokesman spokesperson spokeswoman strategist
    superintendent treasurer undersecretary vice writer""".split()
)
"""Offices and callings that stand before a name, or for it ("the minister"); lower case."""

OFFICES = frozenset(
    """state defense defence treasury house commerce labor energy education justice
    transportation war affairs""".split()
)
"""What follows "Secretary of" and the like, and so belongs to the title, not to the name."""

DESCRIPTIONS = frozenset(
    """activist actor actress billionaire businessman businesswoman candidate challenger contender
    democrat diplomat executive executive front-runner frontrunner lawmaker libertarian mogul
    nominee politician republican rival tycoon veteran winner woman man""".split()
)
"""Words other than titles that may stand for one person: "the billionaire"."""

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

NOT_LABELS = frozenset(
    """advertisement also analysis audio background breaking caption contact
    contributing copyright correction credit editor exclusive fact image latest list live more note opinion
    photo photos poll ps read related report see source sources story summary topics update updated
    video watch""".split()
)
"""What stands before a colon without being a speaker."""
