"""What articles say of themselves: who wrote them, when and where they appeared, their headline.

It stands in the lines above an article's first sentences and below its last, or in a dateline:
"TALLINN, Sept. 26 (Reuters) — ...".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from indexes import Document, Index, Span
from indexes.dates import date_in, day_of
from indexes.sentences import paragraphs, sentences
from indexes.speech.lexicon import FIRST_NAMES
from indexes.words import words
from qa.evidence import Candidate
from qa.question import Question
from qa.readers.overview import cited, is_told, last_added

_HEAD, _TAIL, _LINE = 12, 5, 160
"""How many paragraphs above and below may be such lines, and how many characters these have at most."""
_ON_IT = 20
"""How many articles that have a topic's words are looked at for the one that is on it."""
_CAPITAL = r"[^\W\d_a-z]"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH}\s+\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
_PART = rf"(?!{_DAY}){_CAPITAL}[\w.’'-]*"
_PERSON = (
    rf"(?!\w{{4,}}ing\b|(?:The|This|All|Our)\b){_PART}"
    rf"(?:\s+(?:de|da|del|van|von|der|bin|al|la|le))*(?:\s+{_PART}){{1,3}}"
)
_PEOPLE = rf"{_PERSON}(?:(?:,\s+{_PERSON})*,?\s+(?:and|AND|&)\s+{_PERSON})?"
_BY = re.compile(
    r"\W*(?:\w+\s*[|:•·—–]\s*)?(?:(?:story|words|text|written|reported|analysis|opinion|commentary|column|essay)\s+)?"
    rf"by:?\s+(?:the\s+)?(?P<who>(?-i:{_PEOPLE})|editorial\s+board)"
    rf"(?=\s*(?:$|[,;|•·/(–—*_@\]-]|\d|(?:in|for|of|and)\b|{_DAY}))"
    rf"|(?:\W*|.*;\s*)(?:reporting|written)\s+by\s+(?P<also>(?-i:{_PEOPLE}))",
    re.IGNORECASE,
)
_NOTE = re.compile(
    rf"\W*(?P<who>{_PERSON})(?:,\s+[^.;]{{3,120}},)?\s+(?:(?:writes|teaches|covers|edits)\b"
    r"|is\s+(?!(?:also|not|now|still|\w+ed|\w+ing)\b)(?:an?\s|the\s|(?:[\w-]+\s+){1,3}(?:of|at|in|for|to|with)\b))"
)
"""A note on the author below an opinion: "Laura Quill is a former harbour master"."""
_INITIALS = re.compile(r"(?:[A-Z]\.?){1,3}$")
_LONGEST_NOTE = 450
_AGENCY = (
    r"(?:The )?(?:AP|Associated Press|UPI|AFP|Reuters|Thomson Reuters Foundation|TASS|Xinhua|dpa|ANSA|EFE|PA|PTI|CNN"
    r"|Bloomberg|Kyodo)"
)
_DATELINE = re.compile(
    rf"(?:{_CAPITAL}{{2,}}(?:[\s.’'-]+{_CAPITAL}+)*(?:,\s+[A-Z][\w.]*)*[,\s]\s{{0,3}}"
    rf"(?P<date>{_MONTH}\s+\d{{1,2}}(?:,\s+\d{{4}})?)?\.?\s{{0,3}})?"
    rf"(?:[(/](?P<agency>{_AGENCY})[)/])?\s{{0,3}}(?:—|–|--|-|\.|(?<=\)))\s{{0,3}}(?=\S|$)"
)
"""Where, when and for whom an article was written, before its first sentence."""
_HOUSE = re.compile(
    r"(?:^|[,|•·—–(]\s*)(?P<house>(?!By|From|An?\b|World|Local|Breaking|Top|Latest|More|Sports?|Business|Politics|Related)"
    r"(?:(?:The\s+)?(?:[A-Z][\w’'&.-]*\s+){1,3}(?:Post|Times|Journal|News|Guardian|Herald|Tribune|Press|Observer|Daily"
    r"|Gazette|Chronicle|Telegraph|Mail|Globe|Star|Independent|Review|Magazine|Weekly|Standard|Mirror|Express|Examiner"
    r"|Register|Dispatch|Bulletin|Courier)|The\s+(?:Times|Guardian|Independent|Observer|Telegraph|Economist)"
    r"|(?:Reuters|BBC|CNN|NPR|AFP|UPI|AP|Politico|Bloomberg|Al\s+Jazeera)(?:\s+(?:News|English))?))"
    r"(?=$|[A-Z)]|\s*[|•·—–(])"
)
_OF_A_DATE = frozenset(
    """published posted updated first last modified on at date dated a m p am pm et est edt ct cst cdt pt pst pdt gmt
    bst cet cest utc monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun min
    read""".split()
)
"""Words that a line with a date may have."""
_SIGNED = re.compile(r"\W*by\b|.*[|•·]", re.IGNORECASE)
_MOST_BESIDE = 6
"""Other words that it may have, where it names the author, too."""
_RIGHTS = re.compile(
    r"\W*(?:(?:copyright\s*)?(?:©|\(c\))\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?|copyright\s+\d{4}(?:\s*[-–]\s*\d{4})?)\s*"
    r"(?:by\s+)?(?P<house>(?!all\s+rights)(?-i:[A-Z])[^.,|©\d]{2,60}[^.,|©\d\s])",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?<!\b[ap]\.m)[.!?][\"'”’]*$")
"""How a sentence ends; such lines say nothing of an article, unless they stand in brackets or hold the rights."""
_ASIDE = re.compile(r"\W*[(©]|\W*copyright\b", re.IGNORECASE)
_OUT = re.compile(r"published|posted", re.IGNORECASE)

_Found = tuple[Span, Span]
"""A line, and the few words of it that answer."""


def imprint(documents: Mapping[int, Document], asked: str) -> list[Candidate]:
    """What articles, by number, say of themselves, one line each; nothing where they do not.

    ``asked`` is one of ``IMPRINT``.
    """
    places = {number: _FINDERS[asked](document) for number, document in documents.items()}
    return [cited(documents[number], number, *place) for number, place in places.items() if place]


def asked_of(index: Index, question: Question, documents: Sequence[int] | None) -> list[int]:
    """The numbers of the articles that a question about articles themselves is about.

    Args:
        index: where they are.
        question: one with a topic is about the article that is on it.
        documents: numbers of the articles in scope; None for all, of which those added last are meant.
    """
    if question.topic:
        on_it = index.store.documents_with(question.topic, _ON_IT, documents)
        found = index.search(question.text, 1, documents=on_it) if on_it else []
        return [p.document_number for p in found]
    return last_added(index, documents)


def _edges(document: Document) -> list[Span]:
    """The short lines at both ends of an article that are no sentences, but for its headline."""
    places = paragraphs(document.text, document.body)
    edges = [*places[:_HEAD], *places[max(_HEAD, len(places) - _TAIL) :]]
    return [p for p in edges if len(p) <= _LINE and _is_line(p.of(document.text), document)]


def _is_line(text: str, document: Document) -> bool:
    sentence = _ENDS.search(text) and not _ASIDE.match(text)
    return not sentence and text.strip("#*_ ").casefold() != document.title.casefold()


def _byline(document: Document) -> _Found | None:
    if stated := _stated(document, document.byline):
        return stated
    for line in _edges(document):
        found = _BY.match(document.text, line.start, line.end)
        group = found and ("who" if found["who"] else "also")
        if found and group:
            named = found[group].rstrip(".,")
            return line, Span(found.start(group), found.start(group) + len(named))
    return _note(document)


def author(document: Document) -> str:
    """Who wrote an article, as it says or as the file or page that it comes from does; "" where neither does."""
    found = _byline(document)
    return found[1].of(document.text) if found else document.byline or ""


def _note(document: Document) -> _Found | None:
    """The last paragraph, where it tells what somebody is who was not spoken of before, but for a namesake."""
    *before, last = paragraphs(document.text, document.body) or [Span(0, 0)]
    found = _NOTE.match(document.text, last.start, last.end)
    if not before or not found or len(last) > _LONGEST_NOTE:
        return None
    first, *_, surname = found["who"].split()
    person = first.lower() in FIRST_NAMES or _INITIALS.match(first)
    above = document.text[document.body : last.start]
    spoken_of = found["who"] in above or re.search(
        rf"(?:^|[^\w\s]\s*|\b[^\W\dA-Z][\w’'-]*\s+){re.escape(surname)}\b", above
    )
    return (last, Span(*found.span("who"))) if person and not spoken_of else None


def _published(document: Document) -> _Found | None:
    day = day_of(document.published)
    dated = []
    for line in _edges(document):
        text = line.of(document.text)
        out = _OUT.search(text)
        begins = out.end() if out and date_in(text[out.end() :]) else 0
        found = date_in(text[begins:])
        if found and _is_date_line(text.replace(found[0], "")):
            start = line.start + begins + found.start()
            place = Span(start, start + len(found[0]))
            dated.append(((day_of(found[0]) != day, out is None), (line, place)))
    return min(dated, key=lambda pair: pair[0])[1] if dated else _of_dateline(document, "date")


def _is_date_line(rest: str) -> bool:
    """Tell, by what a line has beside a date, whether it says when an article appeared."""
    others = [word for word in words(rest) if word.isalpha() and word not in _OF_A_DATE]
    return not others or (len(others) <= _MOST_BESIDE and bool(_SIGNED.match(rest)))


def _publisher(document: Document) -> _Found | None:
    found = _stated(document, document.publisher) or _of_dateline(document, "agency")
    return found or _masthead(document) or _holder(document)


def _title(document: Document) -> _Found | None:
    form = re.compile(rf"(?<!\w){re.escape(document.title)}(?!\w)")
    there = form.search(document.text, document.body, document.body + _HEAD * _LINE)
    return (Span(*there.span()),) * 2 if there and document.title else None


def _stated(document: Document, value: str | None) -> _Found | None:
    """The line that says what the file or page says of the article, too."""
    either = "|".join(map(re.escape, (value or "", (value or "").upper())))
    form = re.compile(rf"(?<!\w)(?:{either})(?!\w)")
    for line in _edges(document) if value and value.strip() else ():
        if found := form.search(document.text, line.start, line.end):
            return line, Span(*found.span())
    return None


def _of_dateline(document: Document, part: str) -> _Found | None:
    for place in paragraphs(document.text, document.body)[:_HEAD]:
        found = _DATELINE.match(document.text, place.start, min(place.end, place.start + _LINE))
        if found and found[part]:
            first, *more = sentences(document.text, place)
            last = next((s for s in (first, *more) if s.end >= found.end(part)), first)
            return Span(first.start, last.end), Span(*found.span(part))
    return None


def _masthead(document: Document) -> _Found | None:
    """The name of a paper or agency above an article's first sentence."""
    for place in paragraphs(document.text, document.body)[:_HEAD]:
        text = place.of(document.text)
        if is_told(text, document):
            return None
        found = _HOUSE.search(text) if len(place) <= _LINE and _is_line(text, document) else None
        if found:
            start, end = found.span("house")
            return place, Span(place.start + start, place.start + end)
    return None


def _holder(document: Document) -> _Found | None:
    """Who holds the rights."""
    for line in reversed(_edges(document)):
        if found := _RIGHTS.match(document.text, line.start, line.end):
            return line, Span(*found.span("house"))
    return None


_FINDERS: Mapping[str, Callable[[Document], _Found | None]] = {
    "byline": _byline, "published": _published, "publisher": _publisher, "title": _title,
}  # fmt: skip
