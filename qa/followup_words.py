"""What a turn of a conversation names: the tables and the small reader that followups.py stands on.

The tables are data: a word may be added to any of them without reading the code. `mentions` finds
names and definite noun phrases by their shape, in one pass over the words; there is no parser and
no index behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indexes.speech.lexicon import CALLINGS, FIRST_NAMES

Kind = Literal["person", "place", "group", "thing", "name"]
"""What a mention can be; a "name" may be any of them."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


MALE = frozenset(name for name, gender in FIRST_NAMES.items() if gender == "m")
FEMALE = frozenset(name for name, gender in FIRST_NAMES.items() if gender == "f")
MALE_TITLES = _set(
    """mr sir lord king prince duke emperor pope father brother baron count sheikh sultan congressman
    chairman spokesman""",
)
FEMALE_TITLES = _set(
    """mrs ms miss lady dame queen princess duchess empress sister baroness countess congresswoman
    chairwoman spokeswoman""",
)
TITLES = (
    MALE_TITLES
    | FEMALE_TITLES
    | _set(
        """dr president minister secretary senator sen representative rep governor gov general gen ambassador
        chancellor professor prof judge justice mayor director captain colonel major sergeant admiral
        bishop archbishop cardinal rabbi imam premier commissioner speaker coach officer""",
    )
)
PERSON_NOUNS = (
    TITLES
    | CALLINGS
    | _set("artist attorney boy girl lawyer leader prosecutor spokesperson suspect victim writer")
)
GROUP_WORDS = _set(
    """academy administration agency airlines airways alliance army assembly association authority band bank
    board bureau cabinet church club coalition college commission committee company congress consortium
    corporation corps council court department embassy federation fc firm force forces foundation fund
    government group house hospital industries institute institution inc kremlin laboratory league ltd
    ministry nations navy news office orchestra organisation organization parliament parties party police
    post press school senate service services society soviet stones symphony team times trust union
    university white""",
)
PLACES = _set(
    """afghanistan africa alabama alaska albania algeria america angola argentina arizona arkansas asia
    athens atlanta australia austria baghdad bangladesh beijing belarus belgium berlin bolivia boston brazil
    britain brussels bulgaria cairo california cambodia canada caracas chicago chile china colombia colorado
    congo connecticut crimea croatia cuba cyprus dallas damascus delaware delhi denmark detroit dublin egypt
    england estonia ethiopia europe finland florida france geneva georgia germany ghana greece haiti hanoi
    havana hawaii helsinki houston hungary iceland idaho illinois india indiana indonesia iowa iran iraq
    ireland israel istanbul italy jamaica japan jerusalem jordan kansas kashmir kazakhstan kentucky kenya
    kiev korea kosovo kyiv latvia lebanon libya lisbon lithuania london louisiana luxembourg madrid maine
    malaysia mali malta manhattan maryland massachusetts melbourne mexico miami michigan milan minnesota
    mississippi missouri moldova mongolia montana morocco moscow mumbai munich myanmar nebraska nepal
    netherlands nevada nicaragua nigeria norway ohio oklahoma ontario oregon oslo pakistan palestine panama
    paris pennsylvania peru philadelphia philippines poland portugal prague pyongyang quebec rome romania
    russia rwanda scotland seattle senegal seoul serbia shanghai siberia singapore slovakia slovenia somalia
    spain stockholm sudan sweden switzerland sydney syria taiwan tallinn tehran tennessee texas thailand tokyo
    toronto tunisia turkey uganda ukraine utah venezuela vermont vienna vietnam wales warsaw washington
    wisconsin wyoming yemen zimbabwe""",
)
DEMONYMS = _set(
    """african american arab argentine asian australian austrian belgian brazilian british canadian chinese
    christian cuban czech danish dutch egyptian english european finnish french german greek hungarian indian
    indonesian iranian iraqi irish islamic israeli italian japanese jewish korean mexican muslim norwegian
    pakistani palestinian polish portuguese roman russian saudi scottish serbian soviet spanish swedish swiss
    syrian turkish ukrainian venezuelan western welsh democratic republican""",
)
WORKS = _set(
    """album article ballad book comic documentary ep film game memoir movie musical novel opera painting
    play poem record report series show single song speech story symphony track tweet video""",
)
THINGS = WORKS | _set(
    """accident accord act agency agreement airline airport amendment announcement appeal arrest article
    attack award bank battle bid bill bomb boycott bridge budget campaign case ceasefire ceremony charge
    church city claim club coalition collapse column committee company competition concert conference
    conflict constitution contest contract convention country coup court crash crisis deal debate decision
    decree delegation demand department disaster disease dispute document dossier earthquake election
    embassy embargo engine event evidence exhibition experiment expulsion fight final fire firm flight fund
    funeral game group hacking harbour harbor hearing hotel hypothesis idea incident inquiry institution
    interview invasion investigation island issue journey lake law lawsuit leak letter machine magazine
    manuscript match measure meeting memo memorial memorandum mission mountain movement museum negotiation
    newspaper offer operation order organisation organization pact paper party peace petition plan plane
    plant plot policy poll port position practice prize problem procedure process programme program project
    proposal protest quake race raid rebellion referendum reform regulation relationship request rescue
    resignation resolution response restaurant review revolution river road rule ruling sanction scandal
    scheme school section ship shooting siege site snowfall state statement statue stadium stance storm
    strategy strike study style summit surgery survey system talk tax team technique technology television
    test theory threat title tour tournament trade trail trial trip treaty tribe tribunal tunnel university
    vaccine verdict village virus visit vote war warning weapon website wedding work""",
)
RELATIONAL = _set(
    """ability accomplishment achievement advantage age amount answer area argument aspect background basis
    beginning benefit best biggest career cause challenge change characteristic child childhood choice class
    cost critic criticism cure date day death decade definition detail development difference disadvantage
    drawback easiest effect end example factor fact family father feature fine finding function future goal
    highlight history idea impact importance influence information interest kind layer legacy level life
    limit limitation list location lot main majority meaning member method mother name nature number
    nutshell origin other outcome parent part past people person place point power problem pro process
    property purpose question rate reaction reason relation relationship result review rest risk role rule
    same season side sign significance similarity situation size source stage start status step stuff
    style subject success symptom term thing time top topic type use value variety version view way
    weakness week wife word world worst year first last second next oldest largest""",
)
ADJECTIVES = _set(
    """able affected alive available aware bad best better big called cheap common completed considered
    dangerous dead different difficult done easy effective ended endangered expensive famous formed good
    great guilty happy hard harmful healthy helpful important interesting involved known large legal like
    likely long made married named necessary new old popular possible published ready real received related
    reliable responsible safe similar small special successful treatable true typical unique used useful
    worse worst worth young""",
)
SPEECH = (
    "say said saying tell told claim claimed comment commented state stated tweet tweeted write wrote "
    "announce announced declare declared deny denied respond responded reply replied argue argued warn "
    "warned suggest suggested insist insisted allege alleged mention mentioned note noted remark remarked "
    "testify testified think believe describe described criticise criticize criticised criticized accuse "
    "accused complain complained complains explain explained demand demanded promise promised"
)
SAYING = _set(SPEECH)
AUXILIARIES = _set(
    """am is are was were be been being do does did has have had can could will would shall should may might
    must""",
)
ASKING = _set("what who whom whose when where why how which")
COMMANDS = _set("tell list describe explain give name compare summarise summarize show find")
PRONOUNS = _set(
    """i me my mine we us our ours you your yours he him his himself she her hers herself it its itself they
    them their theirs themselves this that these those there here one ones both""",
)
PREPOSITIONS = _set(
    """about above across after against along among around as at before behind below beneath beside besides
    between beyond by concerning despite during except for from in inside into like near of off on onto out
    outside over past per regarding since than through throughout to toward towards under until up upon
    versus via vs with within without""",
)
FUNCTION = (
    AUXILIARIES
    | ASKING
    | PRONOUNS
    | PREPOSITIONS
    | _set(
        """a an the and or but nor so if then because while although though yes no not never also too very just
        only even ever still yet already again some any all each every either neither many much more most few
        several other others another else such own same there's it's what's who's that's how's where's let's
        don't didn't doesn't isn't wasn't aren't weren't hasn't haven't hadn't can't couldn't won't wouldn't
        ok okay well please thanks however meanwhile later instead today yesterday tomorrow now once ago""",
    )
)
DATES = _set(
    """january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday""",
)
VERBS = SAYING | _set(
    """accept accepted agree agreed arrested attend attended become became begin began born build built buy
    call called cause caused causes change changed come came create created cross crossed die died do end
    ended fail failed fight fought find found fire fired get got go went happen happened happens help helped
    hold held influence influenced join joined know known land landed last lasted lead led leave left like
    live lived look looked lose lost make made mean means meet met need open opened pay paid perform performed
    play played receive received reject rejected release released respond return returned run see seen sell
    sent send show showed sign signed sing start started stay stop stopped support supported take took taken
    try tried use used visit visited vote voted want wanted win won work worked written read sold affect""",
)
TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|St|Sen|Gov|Gen|Rep|Jr|Sr|Prof|Lt|Col)\.|(?:[^\W\d_]\.)+(?!\w)"
    r"|[^\W_]+(?:[-.'’&][^\W_]+)*|[^\w\s]|_",
)
_POSSESSIVE = re.compile(r"['’]s?$")
_JOINERS = _set("of the de la le du da di del van von der den al bin ibn & for")
_PLURAL = re.compile(r"[^suiy']s$|ies$|people$|men$|children$|[^s]ses$|police$")
_CLOSING = PREPOSITIONS | AUXILIARIES | VERBS | {"and", "or"}
_HEADS = THINGS | PERSON_NOUNS | {f"{noun}s" for noun in PERSON_NOUNS}
_OPENING = _set("about of is are was were does do did on for with can causes many a an")
_ARTICLES = _set("the a an")
_POSSESSIVES = _set("his her their its")
_REPLIES = _set("account answer comment explanation reaction reply response statement view")
"""What somebody says of another: "Quill's reply to him"."""
_TO_A_STATE = _set("about at by for over to with")
"""What follows a state: "is unhappy with", "are keen on"."""
_NAMING = _set("called titled named entitled") | WORKS
_OWNING = ("'s", "’s")


@dataclass(frozen=True, slots=True)
class Mention:
    """Something named in a turn.

    Attributes:
        text: the words to write in its place, without a possessive ending.
        kind: what it can be.
        gender: "m", "f", or "" when unknown.
        plural: whether "they" suits it better than "it".
        start: offset in its turn.
        end: offset of its end there.
        role: how it stands in its turn: speaker, subject, owner, topic, titled, place, or "".
        sure: whether it is a name, rather than a common noun.
    """

    text: str
    kind: Kind
    gender: str = ""
    plural: bool = False
    start: int = 0
    end: int = 0
    role: str = ""
    sure: bool = True


class Words:
    """A text cut into words, with their offsets and their plain forms."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = list(TOKEN.finditer(text))
        self.raw = [m.group() for m in found]
        self.start = [m.start() for m in found]
        self.end = [m.end() for m in found]
        self.low = [bare(word) for word in self.raw]

    def __len__(self) -> int:
        return len(self.raw)

    def name(self, i: int) -> bool:
        """Tell whether a word is written like a name."""
        word = self.raw[i]
        return word[0].isupper() or (
            word[0].isdigit() and not word.isdigit() and word.upper() == word
        )

    def owns(self, i: int) -> bool:
        """Tell whether a word is a possessive."""
        return self.raw[i].endswith(_OWNING)

    def word(self, i: int) -> str:
        """Return the plain form at a place, or nothing beyond the ends and for punctuation."""
        return self.low[i] if 0 <= i < len(self.low) and self.raw[i][0].isalnum() else ""


def bare(word: str) -> str:
    """Return a word in lower case, without its possessive ending or full stop."""
    if word.isalnum():
        return word.lower()
    return _POSSESSIVE.sub("", word).rstrip(".").lower() or word


def named(text: str, after_the: bool, head: str = "") -> Mention:
    """Classify one name by its words; `head` is the common noun it ends in, if it ends in one."""
    lower = [w for w in map(bare, TOKEN.findall(text)) if w[0].isalnum() and w != "the"] or [""]
    first, last = lower[0], head or lower[-1]
    plural = bool(_PLURAL.search(last))
    if last in THINGS:
        return Mention(text, "group" if last in GROUP_WORDS else "thing", "", plural)
    if head in PERSON_NOUNS:
        return Mention(text, "person")
    if first in TITLES and len(lower) > 1:
        gender = (
            "m" if first in MALE_TITLES else "f" if first in FEMALE_TITLES else _gender(lower[1])
        )
        return Mention(text, "person", gender)
    if last in PLACES or text.replace(".", "") in ("US", "UK", "USA", "UAE", "EU"):
        return Mention(text, "place")
    if not GROUP_WORDS.isdisjoint(lower) or (text.isupper() and 1 < len(text) < 6):
        return Mention(text, "group", "", plural)
    if _gender(first) and not after_the:
        return Mention(text, "person", _gender(first))
    if after_the:
        return Mention(text, "group" if plural else "thing", "", plural)
    return Mention(text, "name", "", last.removesuffix("s") in DEMONYMS and plural)


def _gender(given: str) -> str:
    return "m" if given in MALE else "f" if given in FEMALE else ""


def mentions(text: str, known: Iterable[Mention] = ()) -> list[Mention]:
    """Find what a turn names, in order of appearance.

    Args:
        text: a question, or the beginning of an answer.
        known: what earlier turns named: their words are found again whole, in lower case too.
    """
    words = Words(text)
    by_first: dict[str, list[Mention]] = {}
    for one in known:
        by_first.setdefault(one.text.split(" ")[0].lower(), []).append(one)
    found: list[Mention] = []
    i = 0
    while i < len(words):
        again = by_first.get(words.raw[i].lower()) or by_first.get(words.low[i])
        mention: Mention | None = _again(words, i, again or ())
        mention = mention or _name(words, i) or _phrase(words, i)
        if mention is None:
            i += 1
            continue
        first = i
        while i < len(words) and words.start[i] < mention.end:
            i += 1
        found.append(_placed(mention, words, first, i))
    return found


def _again(words: Words, i: int, known: Sequence[Mention]) -> Mention | None:
    start = words.start[i]
    for mention in sorted(known, key=lambda m: -len(m.text)):
        end = start + len(mention.text)
        same = words.text[start:end].lower() == mention.text.lower()
        if same and not words.text[end : end + 1].isalnum():
            return replace(mention, start=start, end=end, role="")
    return None


def _name(words: Words, i: int) -> Mention | None:
    """A name that begins at a word, taken whole."""
    low = words.low
    if not words.name(i) or low[i] in PRONOUNS or low[i] in DATES or low[i] in _ARTICLES:
        return None
    fresh = i == 0 or words.raw[i - 1] in set('.?!:;"“”—')
    if fresh and (low[i] in FUNCTION or low[i] in COMMANDS):
        return None
    j = i
    while not words.owns(j):
        k = j + 1
        while k < len(words) and low[k] in _JOINERS and k - j < 3 and low[j + 1] != "the":
            k += 1
        if k >= len(words) or words.text[words.end[k - 1] : words.start[k]].strip(" "):
            break
        joined = words.name(k) or (k == j + 1 and words.raw[k].isdigit())
        if not joined or low[k] in DATES or low[k] in PRONOUNS:
            break
        if any(words.text[words.end[x] : words.start[x + 1]] != " " for x in range(j, k)):
            break
        j = k
    if j == i and not _alone(words, i, fresh):
        return None
    piece = words.text[words.start[i] : words.end[j]]
    piece = piece[:-2] if words.owns(j) else piece
    return replace(named(piece, False), start=words.start[i], end=words.start[i] + len(piece))


def _alone(words: Words, i: int, fresh: bool) -> bool:
    """Tell whether one capitalised word is a name, rather than the first word of a sentence."""
    low = words.low[i]
    if low in DEMONYMS or low in FUNCTION or low in TITLES or not words.raw[i][0].isalpha():
        return False
    if not fresh:
        return True
    if low in THINGS or low.endswith(("ing", "ly", "ed")):
        return False
    if low in MALE or low in FEMALE or low in PLACES or words.owns(i) or len(words) == 1:
        return True
    return words.word(i + 1) in SAYING | AUXILIARIES or words.word(i + 1).endswith("ed")


def _phrase(words: Words, i: int) -> Mention | None:
    """A noun phrase after an article, or bare after a preposition or an auxiliary."""
    low = words.low
    before = words.word(i - 1)
    opens = low[i] in _ARTICLES or (low[i] in _POSSESSIVES and before == "about")
    opens = opens or (low[i] == "which" and before in ("", "and", "but"))
    if not opens and (
        low[i] in FUNCTION or low[i] in VERBS or before not in _OPENING or not low[i][0].isalnum()
    ):
        return None
    first = j = i + opens
    while j < len(words) and j - first < 6 and words.raw[j][0].isalnum():
        if not words.name(j) and (low[j] in FUNCTION or (low[j] in VERBS and low[j] not in THINGS)):
            break
        j += 1
        if words.owns(j - 1):
            break
    if j == first or low[first] in DATES:
        return None
    closed = j >= len(words) or not words.raw[j][0].isalnum() or low[j] in _CLOSING
    verb = j < len(words) and low[j] in VERBS
    if (
        before in ("do", "does", "did")
        and j - first > 1
        and not verb
        and words.raw[j - 1].islower()
    ):
        j -= 1
    while (
        j - first > 1
        and words.raw[j - 1].islower()
        and (low[j - 1] in ADJECTIVES or low[j - 1].endswith("ed"))
    ):
        j -= 1
        closed = True
    if not opens and j - first > 1 and low[first].endswith("ing"):
        first += 1
    if (
        j - first == 1
        and words.raw[first].islower()
        and (
            low[first] in ADJECTIVES
            or low[first].endswith(("ed", "ing", "ly"))
            or (not opens and words.word(j) in _TO_A_STATE)
        )
    ):
        return None
    last = next((k for k in range(j - 1, first - 1, -1) if words.name(k) or low[k] in _HEADS), -1)
    if last < 0:
        if not closed or j - first > 3 or low[j - 1].isdigit():
            return None
        last = j - 1
    names = [k for k in range(first, last + 1) if words.name(k)]
    head = "" if words.name(last) else low[last]
    if head and relational(head):
        return None
    if names and not head:
        while (
            last - 1 >= first
            and (words.name(last - 1) or low[last - 1] in _JOINERS)
            and words.text[words.end[last - 1] : words.start[last]] == " "
        ):
            last -= 1
        while low[last] in _JOINERS:
            last += 1
        opens = opens and last == first
        first, last = last, names[-1]
        if low[first] in DEMONYMS and first == last:
            return None
    start, end = words.start[first], words.end[last]
    end -= 2 if words.owns(last) else 0
    piece = words.text[start:end]
    if names:
        mention = named(piece, opens, head)
    else:
        kind: Kind = (
            "person" if head in PERSON_NOUNS else "group" if head in GROUP_WORDS else "thing"
        )
        mention = Mention(piece, kind, "", bool(_PLURAL.search(head)), sure=False)
    text = ("the " if opens else "") + mention.text
    return replace(mention, text=text, start=words.start[i] if opens else start, end=end)


def relational(noun: str) -> bool:
    """Tell whether a noun says nothing alone: a type, a result, the difference (of what?)."""
    return not RELATIONAL.isdisjoint(
        (noun, noun.removesuffix("s"), noun.removesuffix("es"), noun[:-3] + "y")
    )


def _placed(mention: Mention, words: Words, first: int, after: int) -> Mention:
    """Say how a mention stands among the words around it."""
    before, earlier = words.word(first - 1), words.word(first - 2)
    following = [w for k in range(after, after + 3) if (w := words.word(k))]
    next_word = following[0] if following else ""
    role, kind = "", mention.kind
    if words.owns(after - 1):
        role = "speaker" if next_word in _REPLIES and "to" in following else "owner"
    elif before in AUXILIARIES:
        role = "subject" if SAYING.isdisjoint(following) else "speaker"
    elif next_word in SAYING:
        role = "speaker"
    elif before in _NAMING and mention.sure:
        role = "titled"
    elif before in ("in", "at", "from", "near"):
        role = "place"
    elif before in PREPOSITIONS:
        role = "topic"
    elif next_word in AUXILIARIES or next_word in VERBS or next_word.endswith("ed"):
        role = "subject"
    plural = mention.plural or (kind == "name" and before in ("are", "were") and earlier in ASKING)
    if kind == "name":
        if role == "speaker" or "born" in following or (earlier == "who" and before in AUXILIARIES):
            kind = "person"
        elif (
            before == "what's" or (earlier == "what" and before in AUXILIARIES)
        ) and not following:
            kind = "thing"
    return replace(mention, role=role, kind=kind, plural=plural)
