"""The words that report speech: one readable table, and nothing that reads a text.

A cue verb stands with the ways in which what was said can follow it:

    q   may carry a direct quotation ("…," he said)
    c   a clause, with or without "that" (said it was over)
    i   an infinitive (promised to leave)
    o   an object that is what was said (denied the charge)
    a   an object that is the person spoken to (told reporters …), never what was said
    s   a person and what is said of it, together (called him a fool, accused her of theft)
    n   a thing and its number, together (put the toll at 12)
    p   an object that is what was said, only beside the particle that comes after (ruled out a deal)

a dash for none of these; and after them the prepositions that may lead in what was said (called
for talks).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
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
apologize - for
appeal ia for
argue qc for against
articulate o
ask qcia about for
assail o
assert qco
assure qca
attribute o
bark q
beg qia for
bemoan co
blame s
blare q
blast s
blurt q
boast qc of about
brag qc of about
brand s
brush p aside off
call qs for on
caution qca against
chant qo
charge qc
chide s
chime q
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
crack qc
criticize s
cry q
deadpan q
declaim q
declare qcs
decline i
decry o
demand qcio
denounce o
deny qco
deplore o
describe s
disclose qco
discuss co
dismiss s
dispute co
dub s
echo qo
elaborate q on
emphasize qco
enthuse qc
exclaim q
explain qco
express o
fume qc
grumble qc about
gush q
hail s
hedge q
hint qc at
holler q
imply qc
indicate qco
inform ca of
insist qc on
interject q
intimate c
intone q
joke qc about
lament qco
lay p out
liken s to
maintain qc
marvel qc at
mention qco
mock o
mumble q
murmur q
muse qc about
mutter q
note qco
object qc to
observe qc
opine qc on
outline o
play p down
plead qci
pledge qcio
point c to
ponder qco
praise s
predict qco
proclaim qco
promise qcioa
propose qcio
protest qc
put n
question qco
quip qc
quiz q
quote o
reaffirm qco
reason qc
reassure qca
rebuke o
rebut o
recall qco
recap qc
recite o
recommend qcio
recount qco
refer - to
reference o
refuse i
refute o
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
retaliate q
retort qc
reveal qco
rule p out
say qco of about
scoff q at
scold q
shout q
slam s
snap q
sneer q
speak - about of
speculate qc about
spell p out
state qco
stress qco
suggest qco
swear qci
talk - about of
tell qcia about of
testify qc
threaten qcio
thunder q
tout o
trumpet o
tweet qco
underline qco
underscore co
urge qcia
voice o
volunteer qc
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
bash o
believe c in
cast - as
celebrate o
challenge qia
characterize s
chuckle q
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
estimate con
expect ci
fear co
feel c
find c
fire q
focus - on
forecast co
guess c
heckle q
highlight o
honor o
hope ci for
judge c
know c
label s
laugh q
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
rave q
react q
read qc
realize c
recognize c
regard - as
remember qco
respond - to
ridicule o
see - as
seek i
seem i
shoot q
show c
sigh q
signal co
smile q
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
    "label": ("labels", "labeled", "labelled", "labeling", "labelling"),
    "lay": ("lays", "laid", "laying"),
    "put": ("puts", "putting"),
    "signal": ("signals", "signaled", "signalled", "signaling", "signalling"),
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
    "quiz": ("quizzes", "quizzed", "quizzing"),
    "quip": ("quips", "quipped", "quipping"),
    "read": ("reads", "read", "reading"),
    "recap": ("recaps", "recapped", "recapping"),
    "refer": ("refers", "referred", "referring"),
    "say": ("says", "said", "saying"),
    "see": ("sees", "saw", "seen", "seeing"),
    "seek": ("seeks", "sought", "seeking"),
    "show": ("shows", "showed", "shown", "showing"),
    "shoot": ("shoots", "shot", "shooting"),
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
    """Yield a verb's forms, regular unless the table of irregular ones has it; "criticise", too."""
    yield lemma
    if lemma.endswith("ize"):
        yield from _forms(f"{lemma[:-3]}ise")
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


def _table(lines: str) -> dict[str, Usage]:
    table: dict[str, Usage] = {}
    for line in lines.split("\n"):
        lemma, *rest = line.split() or [""]
        if not lemma:
            continue
        frame = Usage(frozenset(rest[0]), frozenset(rest[1:]))
        for form in _forms(lemma):
            table[form] = frame
    return table


SPEECH: Mapping[str, Usage] = _table(_SPEECH)
"""Every form of every verb of saying, lower case."""

PLAIN = frozenset("said says told tells added wrote asked tweeted according".split())
"""The words by which news is known: a text that has them often is full of speech."""

SURE = frozenset(form for form in SPEECH if form.endswith(("ed", "ing"))) | frozenset(
    "says said told wrote spoke swore according".split()
)
"""Forms that are hardly ever nouns ("states", "question"), to look for in other texts."""

CUE_VERBS: Mapping[str, Usage] = {**_table(_STANCE), **SPEECH}
"""Every form of every cue verb, lower case."""

QUOTING = frozenset(form for form, usage in CUE_VERBS.items() if "q" in usage.ways)
"""Forms that may carry a quotation."""

NOUNS = frozenset(
    """accusation admission allegation announcement appeal argument assertion assessment assurance
    attack belief call charge claim comment complaint concern conclusion contention criticism
    declaration demand denial doubt estimate fear forecast hint hope idea insistence opinion
    pledge prediction promise proposal question reference remark reminder report request
    speculation statement suggestion suspicion talk threat view vow warning""".split()
)
"""Nouns that stand for an act of speech when a clause says what was said."""

NUMBERED = frozenset(
    """bill budget chance chances cost costs count crowd damage figure loss losses number numbers odds population price
    rate share size toll total turnout value worth""".split()
)
"""What is put at a number."""

ADJECTIVES = frozenset("adamant clear confident convinced doubtful hopeful optimistic".split())
"""What somebody is who says or thinks what a clause behind it tells: "was adamant that", "made clear that"."""

VOICES = frozenset(
    """account ad advertisement announcement brief briefing document email filing letter memo memorandum
    message notice notification post posting readout release report statement summary transcript
    tweet""".split()
)
"""What an institution speaks through: "the ministry's statement" is the ministry's."""

NOT_LABELS = frozenset(
    """advertisement also analysis audio background breaking caption contact
    contributing copyright correction credit editor exclusive fact image latest list live more note opinion
    photo photos poll ps read related report see source sources story summary topics update updated
    video watch""".split()
)
"""What stands before a colon without being a speaker."""
