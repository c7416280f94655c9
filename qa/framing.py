"""What a question asks, without how it is put: requests, the article as a source, and keywords.

"Could you tell me when they met?" asks when they met; "What does the article say about the ferry?",
"Is the ferry mentioned?" and "ferry" all ask to be told about the ferry.
"""

from __future__ import annotations

import re

from indexes.words import STOP_WORDS, words

SOURCE = (
    r"(?:(?:the|this|these|those|that|your|our|my|all(?:\s+(?:of\s+)?the)?|any(?:\s+of\s+the)?)\s+)?(?:news\s+)?"
    r"(?:(?:articles?|texts?)(?!\s+of\b)|(?<=this )(?:story|piece|report|document|page|passage|file)"
    r"|(?<=these )(?:stories|pieces|reports|documents|pages|passages|files))"
)
"""What the user asks about: "the article", "this report"; "the report" may be one in the news."""
_SAY = (
    r"(?:say|tell(?:\s+(?:us|me))?|mention|report|state|write|talk|speak|explain|note|reveal|cover|discuss|contain"
    r"|have\s+to\s+say)"
)
_ABOUT = r"(?:about|on|of|regarding|concerning)"
WHICH = r"(?:what|who|whom|whose|when|where|why|how|which)"
DOES = r"(?:did|does|do|has|have|had|is|was|were|are|would|could|can|might|will|should)"
"""Words that a question begins with."""


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_POLITE = _re(
    r"^\s*(?:(?:please|kindly|hi|hello|hey|ok|okay)\b[\s,.!]*)*(?:(?:(?:a\s+)?quick\s+question|question"
    r"|q)\s*[:,–-]\s*)?"
    r"(?:(?:(?:can|could|would|will)\s+you\s+(?:please\s+)?)?(?:tell|show|explain\s+to|remind)\s+(?:me|us)"
    r"(?:\s+please)?,?\s+"
    rf"(?=(?:if|whether|{WHICH})\b)"
    r"|(?:i|we)(?:[’']d|\s+would)?\s+(?:like|want|need|wish)\s+to\s+know\s+(?=\w+\s+\w)"
    r"|(?:do|does)\s+(?:you|anyone|anybody)\s+know\s+(?=\w+\s+\w)"
    r"|(?:can|could|would|will)\s+you\s+(?:please\s+)?(?=(?:explain|list|name|summari[sz]e|describe"
    r"|compare|tell|find|give)\b)"
    r"|please\s+)?"
)
_IF = _re(r"^(?:if|whether)\s+")
_SOURCED = _re(
    rf"^\W*(?:according\s+to|as\s+per|per|(?:as\s+\w+\s+)?in|from|based\s+on|going\s+by)\s+{SOURCE}\s*[,:]?\s+(?=\w)"
    rf"|,?\s+(?:according\s+to|as\s+per|per|in|from|by|based\s+on)\s+{SOURCE}(?=\s*[?.!]*$)"
)
_SAYS = _re(
    rf"^\W*(?:does|do|did)\s+{SOURCE}\s+(?:ever\s+|also\s+)?{_SAY}\s+(?:(?:that|if|whether)\s+"
    rf"|(?={WHICH}\b))(?P<rest>.+)$"
)
_HOLDS = _re(
    r"^\W*(?P<asked>(?:what|which|who|whom|why|how|when|where)\b(?:\s+\w+){0,3}?)\s+(?:do|does|did)\s+"
    rf"{SOURCE}\s+(?:say|argue|believe|claim|conclude|insist|maintain|suggest|think)\s+"
    r"(?!(?:about|of|on|regarding|concerning|as|in|to|for|at|by|with|from|exactly)\b)(?:that\s+)?(?P<rest>\w+.*)$"
)
"""What the article says of something, and so that thing itself."""
_TOPIC = _re(
    r"^\W*(?:"
    rf"what\s+(?:else\s+)?(?:do|does|did)\s+{SOURCE}\s+{_SAY}\s+{_ABOUT}"
    rf"|which\s+(?:of\s+)?{SOURCE}\s+(?:mentions?|(?:talks?|is|are|reports?|writes?)\s+(?:about|on)"
    rf"|discuss(?:es)?|covers?)"
    rf"|(?:do|does|did)\s+(?:{SOURCE}|it|they|anyone|anybody|somebody|someone)\s+(?:ever\s+|also\s+)?"
    rf"(?:{_SAY}\s+(?:anything\s+|something\s+)?{_ABOUT}|mention|discuss|cover)"
    rf"|(?:is|are|was)\s+there\s+(?:anything|something|any\s+(?:news|information|mention|word)|information"
    rf"|news)(?:\s+said)?\s+{_ABOUT}"
    rf"|(?:(?:any\s+)?(?:news|information|details|updates?|mention|word)|anything|something)\s+{_ABOUT}"
    r"|what(?:[’']?s|\s+is)\s+the\s+(?:deal|story|matter|situation)\s+with"
    rf"|what(?:[’']?s|\s+(?:is|was|are|were))\s+(?:being\s+)?(?:said|written|reported|known|mentioned)\s+{_ABOUT}"
    rf"|what\s+(?:do|can|did)\s+(?:we|i|you)\s+(?:know|learn|find\s+out|read)\s+{_ABOUT}"
    r"|what\s+about"
    rf"|(?:tell\s+(?:me|us)\s+(?:more\s+|something\s+|everything\s+|all\s+)?|(?:give|show)\s+(?:me|us)\s+"
    rf"(?:more\s+|some\s+)?"
    rf"(?:information|details|facts)\s+){_ABOUT}"
    r")\s+(?P<topic>[^?]+?)\s*[?.!]*$"
    rf"|^\W*(?:is|are|was|were)\s+(?P<named>[^?]+?)\s+(?:ever\s+|also\s+)?mentioned\s*[?.!]*$"
)
_ASKS = _re(
    rf"\b(?:{WHICH}|{DOES}|am|may|must|shall|say|says|said|tell|list|name|give|show|find|explain|describe|summari[sz]e|compare|quote"
    r"|according|think|thinks|whether)\b|[’']s\b|:"
)
_OURS = _re(r"\b(?:i|me|my|we|us|our|you|your|it|that|this|he|she|they|articles?|texts?)\b")
"""Words that no search for keywords has: "I don't understand", "translate the article"."""
_SMALL_TALK = frozenset(
    """ok okay yes no not thanks thank you so much a lot hello hi hey there bye great good very cool sure stop help me
    test lol wow hmm please sorry morning evening afternoon welcome nice alright right fine""".split()
)
_BARE = frozenset(
    """what who whom whose when where why how which and so but anything something everything else more tell me us show
    about it this that these those is was are were the a an i he him his she her they them their did does do has have
    had done can could should would will say says said mean means explain continue next go on there then""".split()
)
"""Words of which nothing is asked as long as nothing has been spoken of: "Why?", "What did she say?"."""
_ON = _re(r"\b(?:on|about|versus|vs)\b")
_MOST_KEYWORDS, _MOST_ASKED = 5, 2
"""How many words keywords are, at most; "Quill met Tamm?" is a question."""
_SOME = (
    r"(?:(?:some|all|any|one|two|three|four|five|six|seven|eight|nine|ten|\d+|several|a\s+few)\s+)?"
)
_MAIN = r"(?:main|key|central|essential|most\s+important)"
_POINTS = r"(?:ideas?|points?|messages?|takeaways?|facts?|arguments?|claims?|details|story|topics?|news|information)"
_OVERVIEW = _re(
    r"^\W*(?:please\s+)?(?:"
    rf"what(?:\s+(?:is|are|was|were)|[’']s)\s+{SOURCE}\s+(?:all\s+|mainly\s+|mostly\s+)?about"
    rf"|what\s+(?:do|does)\s+{SOURCE}\s+(?:say|tell(?:\s+(?:us|me))?|report|cover|discuss)"
    rf"|what(?:\s+(?:is|are)|[’']s)\s+in\s+{SOURCE}"
    r"|what(?:\s+(?:is|are)|[’']s)\s+the\s+(?:(?:main|key|central|most\s+important|general|overall)\s+)?"
    r"(?:ideas?|points?|messages?|takeaways?|gist|themes?|summary)"
    rf"(?:\s+(?:of|in|from)\s+{SOURCE})"
    rf"|what\s+{SOURCE}\s+(?:is|are)\s+(?:all\s+|mainly\s+)?about"
    rf"|what(?:\s+(?:is|are)|[’']s)\s+the\s+{_SOME}{_MAIN}\s+{_POINTS}(?:\s+(?:of|in|from)\s+{SOURCE})?"
    rf"|who(?:\s+(?:is|are)|[’']s)\s+{SOURCE}\s+about"
    rf"|(?:(?:give|write|show|list|name)\s+(?:me\s+|us\s+)?)?(?:the\s+)?{_SOME}"
    rf"(?:{_MAIN}\s+{_POINTS}|bullet\s*points?|bullets|highlights|takeaways)(?:\s+(?:of|in|from)\s+{SOURCE})?"
    rf"|(?:(?:can|could)\s+you\s+)?(?:(?:give|write|show|make|provide)\s+(?:me\s+|us\s+)?)?(?:an?\s+"
    rf"|the\s+)?(?:brief\s+|short\s+|quick\s+|\w+-(?:sentence|line|paragraph|word)\s+)?"
    rf"(?:summary|overview|synopsis|gist)(?:\s+of\s+(?:{SOURCE}|it|this|that|everything))?"
    rf"|explain\s+{SOURCE}(?:\s+to\s+me)?|what\s+(?:should|must|do)\s+(?:i|we)\s+(?:need\s+to\s+)?know"
    rf"|(?:(?:can|could)\s+you\s+)?(?:please\s+)?(?:briefly\s+)?summari[sz]e(?:\s+(?:{SOURCE}|it|this|that"
    rf"|everything))?"
    rf"|(?:(?:can|could)\s+you\s+)?sum\s+(?:{SOURCE}|it|this|that|everything|up)(?:\s+(?:up|{SOURCE}))?"
    r"|tl\s*;?\s*dr"
    r")(?:\s+in\s+(?:an?\s+|one\s+|a\s+few\s+|\w+\s+)?(?:sentences?|words?|lines?|paragraphs?|bullet\s*points?|bullets))?"
    r"(?:\s+for\s+(?:me|us))?(?:\s*,?\s+please)?\s*[?.!]*$"
)
_NEWS = _re(
    r"\W*what(?:\s+(?:is|was|has|just)|[’']s)?\s+(?:happened|happening|going\s+on|new|the\s+(?:news|story|latest))\W*"
    r"|\W*wh(?:at|o)(?:\s+(?:is|was)|[’']s)\s+(?:it|this|that)\s+(?:all\s+)?about\W*"
    r"|\W*what\s+do(?:es)?\s+(?:it|this|that|they|these)\s+(?:all\s+)?say\W*"
    r"|\W*(?:please\s+)?(?:explain|tell\s+(?:me|us)(?:\s+about)?)\s+(?:it|this|that|everything|all)(?:\s+to\s+(?:me|us))?\W*"
)
"""What asks for an overview when nothing has been spoken of."""
_QUOTED = _re(
    r"^\W*(?:(?:who(?:\s+(?:all|else))?|which\s+(?:people|persons|speakers|sources|voices))\s+(?:(?:is|are"
    r"|was|were|gets?|got)\s+"
    r"(?:being\s+)?(?:quoted|cited|on\s+record|speaking)|speaks?|spoke|talks?)|what(?:\s+(?:was|is|has\s+been)|[’']s)\s+(?:being\s+)?said"
    r"|(?:list|name|show)\s+(?:me\s+)?(?:all\s+|everyone\s+|everybody\s+|the\s+|people\s+|speakers?\s+"
    r"|those\s+|who\s+)+"
    r"(?:(?:that\s+|who\s+)?(?:is|are|was|were)\s+)?(?:quoted|cited|on\s+record)?"
    r"|(?:(?:show|give|list|find)\s+(?:me\s+|us\s+)?)?(?:(?:some|the|all|any)\s+)*(?:direct\s+)?(?:quotes|quotations)"
    r"|who\s+sa(?:ys|id)\s+what|whose\s+words\s+are\s+(?:quoted|cited|there))"
    r"\s*[?.!]*$"
)


_WORDS_OF = (
    r"(?:(?:direct|exact|own)\s+)?(?:quotes?|quotations?|statements?|remarks?|comments?|words?)"
)
_NAMED = r"(?-i:[^\W\d_a-z])[\w.’'-]*(?:\s+(?-i:[^\W\d_a-z])[\w.’'-]*){0,3}"
_QUOTES = _re(
    rf"\W*(?:(?:give|show|find|list|get)\s+(?:me\s+|us\s+)?|what\s+(?:are|were)\s+)?"
    rf"(?:(?:all|some|any|the)\s+)*"
    rf"(?:{_WORDS_OF}\s+(?:by|from|of(?=\s+(?-i:[^\W\d_a-z])))\s+(?P<by>(?:the\s+)?[\w.’'-]+(?:\s+[\w.’'-]+){{0,3}}?)"
    rf"(?:\s+(?:about|on|regarding)\s+(?P<on>[^?]+?))?|(?P<of>{_NAMED})[’']s?\s+{_WORDS_OF})\W*"
    rf"|\W*quote\s+(?P<whom>{_NAMED})\W*|\W*(?P<name>{_NAMED})\s+(?:quotes|quotations)\W*"
)
_EVERYTHING = _re(
    r"(?:(?:list|show|give|find|tell)\s+(?:me\s+|us\s+)?)?(?:everything|all)\s+(?:that\s+)?"
    r"(?!(?:that|is|was|are|were|has|have|about|of|in|on|there)\b)(?P<who>[^?,]+?)\s+(?:has\s+|have\s+|had\s+)?(?:said|says?)"
    r"(?P<rest>(?:\s+(?:about|on|to|of|regarding|in|after|before|during|at)\b[^?]*?)?)\W*"
)
_TO_US = _re(
    r"\W*(?:(?:who|what|how)\s+(?:are|made|built|created)\s+you|what(?:[’']?s|\s+is)\s+your\s+name"
    r"|are\s+you\s+(?:an?\s+)?(?:ai|bot|chatbot|robot|machine|human|person|real|there|sure|ok)"
    r"|(?:what|how)\s+(?:can|do|could)\s+you\s+(?:do|work|think|feel|help|know)(?:\s+me)?"
    r"|(?:can|could|will)\s+you\s+help(?:\s+me)?|what\s+(?:can|should|may)\s+i\s+ask(?:\s+you)?"
    r"|do\s+you\s+(?:think|believe)(?:\s+so)?)\W*"
)
_REMARK = _re(
    r"\W*(?:really|nope|yep|yeah|go\s+on|i\s+see|(?:no\W+)?(?:"
    r"i\s+(?:do|did)(?:\s+not|n[’']?t)\s+(?:understand|get|believe|agree|like|ask|mean)"
    r"(?:\s+(?:with\s+|for\s+)?(?:it|this|that|you))?"
    r"|(?:(?:(?:that|this|it)(?:[’']?s|\s+is)|you(?:[’']?re|\s+are))\s+)?(?:just\s+|simply\s+|completely\s+)?(?:"
    r"wrong|false|incorrect|untrue|nonsense|mistaken"
    r"|not\s+(?:true|right|correct|it|what\s+i\s+(?:asked|meant|wanted)(?:\s+for)?))))\W*"
)
"""What is said to an answer: "No, that's wrong"."""
ABOUT = "Tell me about "
"""How a question begins that only names a topic."""


def asks_for_overview(text: str, *, first: bool = False) -> bool:
    """Tell whether somebody wants to know what an article says at all: "Summarise it".

    "What happened?" does when it comes ``first``.
    """
    return bool(_OVERVIEW.match(text)) or (first and bool(_NEWS.fullmatch(text)))


def asks_who_speaks(text: str) -> bool:
    """Tell whether somebody wants to know who has a say in an article: "Who is quoted?"."""
    return bool(_QUOTED.match(_SOURCED.sub("", text)))


def framed(text: str) -> str:
    """Put a question plainly; one that already is comes back as it is."""
    plain = _POLITE.sub("", text)
    plain = _IF.sub("", plain) if plain != text else text
    sourced = _SOURCED.sub("", plain)
    plain = sourced if len(sourced.split()) > 1 else plain
    if says := _SAYS.match(plain):
        plain = says["rest"]
    elif (holds := _HOLDS.match(plain)) and not _TOPIC.match(plain):
        plain = f"{holds['asked']} {holds['rest']}"
    if plain != text:
        plain = plain[:1].upper() + plain[1:]
    if topic := _TOPIC.match(plain):
        return ABOUT + (topic["topic"] or topic["named"]).strip()
    what = "what" if plain.islower() else "What"
    if words_of := _QUOTES.fullmatch(plain.rstrip(" .!?")):
        who = words_of["by"] or words_of["of"] or words_of["whom"] or words_of["name"]
        on = f" about {words_of['on']}" if words_of["on"] else ""
        return f"{what} did {who} say{on}?"
    if everything := _EVERYTHING.fullmatch(plain):
        return f"{what} did {everything['who']} say{everything['rest']}?"
    return ABOUT + plain.strip(" .,!?") if _is_keywords(plain) else plain


def asks_nothing(text: str, *, first: bool = False) -> bool:
    """Tell whether there is nothing to search for: small talk, or a question to the program.

    "Why?" is that when it comes ``first``.
    """
    names = any(word[:1].isupper() and word != "I" for word in text.split()[1:])  # "the WHO"
    light = _SMALL_TALK | _BARE if first and not names else _SMALL_TALK
    return light.issuperset(words(text)) or any(said.fullmatch(text) for said in (_TO_US, _REMARK))


def _is_keywords(text: str) -> bool:
    return (
        0 < len(text.split()) <= (_MOST_ASKED if "?" in text else _MOST_KEYWORDS)
        and not _ASKS.search(text)
        and not _ON.search(text)
        and not _OURS.search(text)
        and any(word not in STOP_WORDS | _SMALL_TALK for word in words(text))
    )
