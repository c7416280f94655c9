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

Kind = Literal["person", "place", "group", "thing", "name"]
"""What a mention can be; a "name" may be any of them."""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


MALE = _set(
    """aaron adam alan albert alexander alexei alfred ali andrew andy anthony anton antonio arthur barack
    ben benjamin bernard bernie bill bob boris brian bruce carl carlos charles chris christopher chuck
    clint colin daniel dave david dennis dick dmitry don donald douglas ed eddie edward elon eric ernest
    evan francis frank franklin fred gary gavin george gerald gordon graham greg harold harry henry
    herbert howard hugh hugo ian igor isaac ivan jack jacob jake james jamie jared jason jay jeff jeffrey
    jeremy jerry jim jimmy joe joel john johnny jon jonathan jose joseph josh joshua juan justin karl keith
    ken kenneth kevin larry lawrence leo leon leonard lewis louis lucas luis luke marco marcus mario mark
    martin marvin matt matthew max michael mick miguel mike mikhail mitch mohammed muhammad nathan neil
    nicholas nick nicolas nigel noah norman oleg oliver oscar otto pablo patrick paul pedro pete peter phil
    philip phillip ralph ray raymond richard rick rob robert robin rod roger ronald ron rory ross roy
    rudolf rudolph rupert russell ryan sam samuel scott sean sergei sergey simon stanley stephen steve
    steven stuart ted terry theodore thomas tim timothy todd tom tommy tony victor vincent vladimir walter
    warren wayne will william willie winston yuri zach""",
)
FEMALE = _set(
    """abby abigail agnes alexandra alice alison amanda amelia amy andrea angela angelina ann anna anne
    annie barbara beatrice beth betty brenda brigitte carol caroline catherine charlotte cheryl christina
    christine cindy claire clara courtney cynthia daisy dana deborah debra diana diane donna doris dorothy
    edith eleanor elena elizabeth ella ellen emily emma erica esther eva evelyn faith fiona florence frances
    gina gloria grace hannah harriet hazel heather heidi helen hillary holly ingrid irene iris isabel
    jacqueline jane janet jean jenna jennifer jenny jessica jill joan joanna josephine joyce judith judy
    julia julie karen kate katherine kathleen katie kim kitty laura lauren leah lena lily linda lisa liz
    lois lorraine louise lucy margaret maria marie marilyn marina marion martha mary maya megan melania
    melissa mia michelle mildred miranda monica nancy naomi natalia natalie nicole nikki nina nora olga
    olivia pamela patricia paula pauline peggy penelope rachel rebecca rita rosa rosalind rose ruth samantha
    sandra sara sarah serena sharon sheila shirley sofia sonia sophia sophie stella stephanie susan sylvia
    tamara tara teresa tereza theresa tina tracy ursula valerie vanessa venus vera veronica victoria
    virginia wendy yvonne zoe""",
)
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
        chancellor professor prof judge justice mayor director captain colonel major sergeant admiral saint
        st bishop archbishop cardinal rabbi imam premier commissioner speaker coach officer""",
    )
)
PERSON_NOUNS = TITLES | _set(
    """actor actress artist author man woman boy girl leader singer writer suspect victim candidate nominee
    spokesperson lawyer attorney prosecutor""",
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
EVENTS = {"meet": "meeting", "met": "meeting"}
SPEECH = (
    "say said saying tell told claim claimed comment commented state stated tweet tweeted write wrote "
    "announce announced declare declared deny denied respond responded reply replied argue argued warn "
    "warned suggest suggested insist insisted allege alleged mention mentioned note noted remark remarked "
    "testify testified think believe describe described criticise criticize criticised criticized accuse "
    "accused explain explained demand demanded promise promised"
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
_VERBS = SAYING | _set(
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
        role: how it stands in its turn: "speaker", "subject", "topic" (after about, of, on) or "".
        sure: whether it is a name, rather than a common noun.
    """

    text: str
    kind: Kind
    gender: str
    plural: bool
    start: int
    end: int
    role: str = ""
    sure: bool = True


def bare(word: str) -> str:
    """Return a word in lower case, without its possessive ending or full stop."""
    return _POSSESSIVE.sub("", word).rstrip(".").lower()


def _is_name(word: str) -> bool:
    return word[0].isupper() or (word[0].isdigit() and any(c.isupper() for c in word))


def named(text: str, start: int, after_the: bool, head: str = "") -> Mention:
    """Classify one name by its words."""
    lower = [bare(w) for w in TOKEN.findall(text) if w[0].isalnum()]
    lower = [w for w in lower if w != "the"] or [""]
    first, last = lower[0], lower[-1]
    gender = ""
    kind: Kind = "name"
    plural = bool(_PLURAL.search(last))
    if head or last in THINGS:
        kind, plural = "thing", bool(_PLURAL.search(head or last))
        if (head or last) in GROUP_WORDS:
            kind = "group"
    elif first in TITLES and len(lower) > 1:
        kind, plural = "person", False
        gender = "m" if first in MALE_TITLES else "f" if first in FEMALE_TITLES else ""
        given = lower[1]
        gender = gender or ("m" if given in MALE else "f" if given in FEMALE else "")
    elif GROUP_WORDS.intersection(lower) or (text.isupper() and 1 < len(text) < 6):
        kind = "group"
    elif first in MALE or first in FEMALE:
        kind, plural = "person", False
        gender = "m" if first in MALE else "f"
    elif last in PLACES or text.replace(".", "") in ("US", "UK", "USA", "UAE"):
        kind = "place"
    elif after_the:
        kind = "group" if plural else "thing"
    elif len(lower) > 1:
        plural = False
    return Mention(text, kind, gender, plural, start, start + len(text))


def mentions(text: str, known: Iterable[Mention] = ()) -> list[Mention]:
    """Find what a turn names, in order of appearance.

    Args:
        text: a question, or the beginning of an answer.
        known: what earlier turns named: their words are found again whole, in lower case too.
    """
    tokens = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text)]
    lower = [bare(word) for word, _, _ in tokens]
    by_first: dict[str, list[Mention]] = {}
    for mention in known:
        by_first.setdefault(mention.text.split(" ")[0].lower(), []).append(mention)
    found: list[Mention] = []
    i = 0
    while i < len(tokens):
        again = _again(text, tokens[i], by_first.get(tokens[i][0].lower(), ()))
        mention = again or _name(text, tokens, lower, i) or _phrase(text, tokens, lower, i)
        if mention is None:
            i += 1
            continue
        first = i
        while i < len(tokens) and tokens[i][1] < mention.end:
            i += 1
        found.append(_placed(mention, lower, first, i, tokens[i - 1][0].endswith(("'s", "’s"))))
    return found


Token = tuple[str, int, int]


def _again(text: str, token: Token, known: Sequence[Mention]) -> Mention | None:
    start = token[1]
    for mention in sorted(known, key=lambda m: -len(m.text)):
        end = start + len(mention.text)
        if text[start:end].lower() == mention.text.lower() and not text[end : end + 1].isalnum():
            return replace(mention, start=start, end=end, role="")
    return None


def _name(text: str, tokens: list[Token], lower: list[str], i: int) -> Mention | None:
    word, start, _ = tokens[i]
    if not _is_name(word) or lower[i] in PRONOUNS or lower[i] in DATES:
        return None
    fresh = i == 0 or tokens[i - 1][0] in ".?!:;\"“”"
    if lower[i] in ("the", "a", "an", "and"):
        return None
    if fresh and (lower[i] in FUNCTION or lower[i] in COMMANDS):
        return None
    j = i
    while j + 1 < len(tokens) and not tokens[j][0].endswith(("'s", "’s")):
        k = j + 1
        while k < len(tokens) and lower[k] in _JOINERS and k - j < 3 and lower[j + 1] != "the":
            k += 1
        gap = text[tokens[k - 1][2] : tokens[k][1]] if k < len(tokens) else "x"
        if k >= len(tokens) or gap.strip(" ") or not (_is_name(tokens[k][0]) or (k == j + 1 and tokens[k][0].isdigit())):
            break
        if lower[k] in DATES or lower[k] in ("i",) or (k > j + 1 and lower[j + 1] == "for"):
            break
        j = k
    if j == i:
        if lower[i] in DEMONYMS:
            return None
        following = lower[i + 1] if i + 1 < len(lower) else ""
        if fresh and not (lower[i] in MALE or lower[i] in FEMALE or lower[i] in PLACES or following in SAYING | AUXILIARIES or word.endswith(("'s", "’s"))):
            return None
        if fresh and (lower[i] in THINGS or re.search(r"(?:ing|ly|ed)$", lower[i])):
            return None
        if word.isdigit() or lower[i] in FUNCTION or lower[i] in TITLES:
            return None
    end = tokens[j][2]
    piece = _POSSESSIVE.sub("", text[start:end]) if text[start:end].endswith(("'s", "’s", "'", "’")) else text[start:end]
    return named(piece, start, False)


def _phrase(text: str, tokens: list[Token], lower: list[str], i: int) -> Mention | None:
    """A noun phrase that opens with a determiner, or stands bare after a preposition or a verb to be."""
    opens = lower[i] in ("the", "a", "an")
    before = lower[i - 1] if i else ""
    if not opens and (lower[i] in FUNCTION or not tokens[i][0][0].isalpha() or lower[i] in _VERBS):
        return None
    if not opens and before not in ("about", "of", "is", "are", "was", "were", "does", "do", "did", "on", "for", "with", "can", "causes", "a", "an"):
        return None
    first = i + opens
    j = first
    while j < len(tokens) and j - first < 6 and tokens[j][0][0].isalnum() and (lower[j] not in FUNCTION or tokens[j][0][0].isupper()):
        if lower[j] in _VERBS and lower[j] not in THINGS and not tokens[j][0][0].isupper():
            break
        j += 1
        if tokens[j - 1][0].endswith(("'s", "’s")):
            break
    if j == first:
        return None
    closed = j >= len(tokens) or not tokens[j][0][0].isalnum() or lower[j] in PREPOSITIONS | AUXILIARIES | _VERBS
    if before in ("do", "does", "did") and j - first > 1 and not closed_by_verb(lower, j) and lower[j - 1].islower() and tokens[j - 1][0].islower():
        j -= 1
    while j - first > 1 and (lower[j - 1] in ADJECTIVES or (lower[j - 1].endswith("ed") and tokens[j - 1][0].islower())):
        j -= 1
        closed = True
    if j - first == 1 and not _is_name(tokens[first][0]) and (lower[first] in ADJECTIVES or lower[first].endswith(("ed", "ing", "ly"))):
        return None
    last = next((k for k in range(j - 1, first - 1, -1) if _is_name(tokens[k][0]) or lower[k] in THINGS or lower[k] in PERSON_NOUNS), -1)
    if last < 0:
        if not closed or j - first > 3 or lower[j - 1].isdigit():
            return None
        last = j - 1
    if not _is_name(tokens[last][0]) and (lower[last] in RELATIONAL or lower[last].removesuffix("s") in RELATIONAL or lower[last].removesuffix("es") in RELATIONAL or lower[last][:-3] + "y" in RELATIONAL):
        return None
    start, end = tokens[first][1], tokens[last][2]
    piece = text[start:end]
    if piece.endswith(("'s", "’s")):
        piece = piece[:-2]
    size = len(piece)
    head = lower[last]
    name = any(_is_name(tokens[k][0]) for k in range(first, last + 1))
    if lower[first] in DATES or piece.isdigit():
        return None
    if name:
        mention = named(piece, start, opens, "" if _is_name(tokens[last][0]) else head)
    else:
        kind: Kind = "person" if head in PERSON_NOUNS else "group" if head in GROUP_WORDS else "thing"
        mention = Mention(piece, kind, "", bool(_PLURAL.search(head)), start, start + size, sure=False)
    return replace(mention, text=("the " if opens else "") + mention.text, start=tokens[i][1], end=start + size)


def closed_by_verb(lower: list[str], j: int) -> bool:
    """Tell whether the word at j is a verb, so that the noun phrase before it is whole."""
    return j < len(lower) and lower[j] in _VERBS


def _placed(mention: Mention, lower: list[str], first: int, after: int, owner: bool) -> Mention:
    """Say how a mention stands among the words around it."""
    before = lower[first - 1] if first else ""
    earlier = lower[first - 2] if first > 1 else ""
    following = [w for w in lower[after : after + 3] if w and w[0].isalnum()]
    role = ""
    if owner:
        role = "owner"
    elif before in AUXILIARIES or first == 0:
        role = "subject"
        if SAYING.intersection(following):
            role = "speaker"
    elif following[:1] and following[0] in SAYING:
        role = "speaker"
    elif before in ("called", "titled", "named", "entitled") or before in WORKS and mention.sure:
        role = "titled"
    elif before in ("in", "at", "from", "near"):
        role = "place"
    elif before in ("about", "of", "on", "regarding", "concerning", "with", "against"):
        role = "topic"
    kind = mention.kind
    if kind == "name":
        if role == "speaker" or "born" in following or earlier == "who" and before in AUXILIARIES:
            kind = "person"
        elif (before == "what's" or earlier == "what" and before in AUXILIARIES) and not following:
            kind = "thing"
    return replace(mention, role=role, kind=kind)
