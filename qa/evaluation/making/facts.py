"""Questions after names, numbers, dates and places: a plain sentence, turned around by its parse.

A sentence gives a question when it is one clause that stands by itself: no quotation, no pronoun, a
subject before a verb in a tense that English asks in. What is asked after is left out, and the verb
goes before the subject, with "did" where it needs help: "The two met in Port Ellen on Monday" gives
"When did the two meet in Port Ellen?".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from qa.evaluation.making.articles import NAMES, Article, Line
from qa.evaluation.making.twins import Draft

if TYPE_CHECKING:
    from spacy.tokens import Span as Words
    from spacy.tokens import Token

_FEWEST, _MOST = 6, 32
_SUBJECT = ("nsubj", "nsubjpass")
_HELPERS = ("aux", "auxpass")
_LEFT_OUT = frozenset("advcl punct cc conj parataxis mark dep intj meta preconj".split())
_SPOILT = frozenset("ccomp csubj expl nsubj".split())
_REFERS = ("PRP", "PRP$", "EX", "WP", "WDT", "WRB")
_DO = {"VBD": "did", "VBZ": "does", "VBP": "do"}
_DATE = re.compile(
    r"\b(?:1\d{3}|20\d{2}|january|february|march|april|may|june|july|august|september|october|november"
    r"|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile('[“”"«»?]')


def fact_questions(article: Article) -> Iterator[Draft]:
    """Yield the questions that an article's plain sentences give, in their order."""
    said = [span for statement in article.statements for span in statement.content]
    for line in article.lines:
        if not any(line.span.overlaps(span) for span in said):
            clause = _Clause.of(line)
            if clause:
                yield from clause.questions()


class _Clause:
    """A sentence of one clause, taken apart."""

    def __init__(self, line: Line, root: Token, subject: Token) -> None:
        self._line = line
        self._root = root
        self._subject = list(subject.subtree)
        self._head = subject
        self._helpers = [t for t in root.lefts if t.dep_ in _HELPERS]
        apart = [t for child in root.children if child.dep_ in _LEFT_OUT for t in child.subtree]
        self._apart = {t.i for t in [*self._subject, *apart]}
        self._apart |= {
            t.i
            for child in root.subtree
            if child.dep_ in ("relcl", "appos") and child.i not in self._apart
            for t in child.subtree
        }
        rest = [t for t in root.subtree if t.i not in self._apart]
        fronted = [t for t in rest if t.i < self._subject[0].i]
        self._predicate = [*(t for t in rest if t not in fronted), *fronted]

    @classmethod
    def of(cls, line: Line) -> _Clause | None:
        """Take a sentence apart; None if it is not as plain as that."""
        doc = line.doc
        roots = [token for token in doc if token.dep_ == "ROOT"]
        if len(roots) != 1 or not _FEWEST <= len(doc) <= _MOST or _QUOTED.search(doc.text):
            return None
        root = roots[0]
        subjects = [token for token in root.lefts if token.dep_ in _SUBJECT]
        if root.pos_ not in ("VERB", "AUX") or len(subjects) != 1 or doc.text[-1:] != ".":
            return None
        if any(t.dep_ in _SPOILT and t != subjects[0] for t in root.children):
            return None
        clause = cls(line, root, subjects[0])
        shown = [*clause._subject, *clause._predicate]
        if any(t.tag_ in _REFERS or t.lower_ in ("this", "these", "those", "that") for t in shown):
            return None
        return clause

    def questions(self) -> Iterator[Draft]:
        """Yield a question after each name, number, date and place that can be asked after."""
        for entity in self._line.doc.ents:
            yield from self._after(entity)

    def _after(self, entity: Words) -> Iterator[Draft]:
        inside = {t.i for t in entity}
        is_person = entity.label_ == "PERSON" and all(t.tag_ == "NNP" for t in entity)
        if is_person and self._head.i in inside:
            yield from self._draft("name", f"Who {_text(self._predicate)}", entity)
        elif entity.label_ == "CARDINAL" and entity.root.dep_ == "nummod":
            yield from self._number(entity)
        elif entity.label_ == "DATE" and _DATE.search(entity.text):
            yield from self._when_or_where("date", "When", entity)
        elif entity.label_ in ("GPE", "LOC", "FAC"):
            yield from self._when_or_where("place", "Where", entity)

    def _number(self, entity: Words) -> Iterator[Draft]:
        """How many: of the subject as it stands, of the object with the verb before the subject."""
        noun = entity.root.head
        if noun.tag_ not in ("NNS", "NNPS"):
            return
        number = {t.i for t in entity}
        counted = [t for t in noun.subtree if t.i not in number and t.i not in self._hidden(noun)]
        if any(t.dep_ in ("det", "poss", "advmod", "quantmod") for t in noun.lefts):
            return
        if noun == self._head:
            yield from self._draft(
                "number", f"How many {_text(counted)} {_text(self._predicate)}", entity
            )
        elif noun.dep_ == "dobj" and noun.head == self._root:
            rest = self._turned({t.i for t in noun.subtree})
            if rest:
                yield from self._draft("number", f"How many {_text(counted)} {rest}", entity)

    def _hidden(self, noun: Token) -> set[int]:
        """What of a noun's phrase is told aside."""
        return {
            t.i
            for child in noun.children
            if child.dep_ in ("relcl", "appos", "punct", "cc", "conj")
            for t in child.subtree
        }

    def _when_or_where(self, kind: str, word: str, entity: Words) -> Iterator[Draft]:
        """After a time or place that hangs on the verb itself."""
        top = entity.root
        if top.dep_ == "pobj" and top.head.lower_ in ("in", "on", "at"):
            top = top.head
        elif kind == "place" or top.dep_ != "npadvmod":
            return
        if top.head != self._root or (kind == "place" and top.lower_ not in ("in", "at")):
            return
        rest = self._turned({t.i for t in top.subtree})
        if rest:
            yield from self._draft(kind, f"{word} {rest}", entity)

    def _turned(self, without: set[int]) -> str | None:
        """The clause with its verb before its subject, as a question has it."""
        subject = _text(self._subject)
        predicate = [t for t in self._predicate if t.i not in without]
        if self._helpers:
            helper = self._helpers[0]
            return f"{helper.lower_} {subject} {_text(t for t in predicate if t != helper)}"
        rest = _text(t for t in predicate if t != self._root)
        if self._root.pos_ == "AUX" or self._root.lemma_ == "be":
            return f"{self._root.lower_} {subject} {rest}" if rest else None
        helper_word = _DO.get(self._root.tag_)
        if helper_word is None:
            return None
        return f"{helper_word} {subject} {_text(predicate, bare=self._root)}"

    def _draft(self, kind: str, text: str, entity: Words) -> Iterator[Draft]:
        asked = f"{' '.join(text.split())}?".replace(" ,", ",").replace(" ?", "?")
        if len(asked.split()) < 4 or entity.text in asked:
            return
        names = (
            e
            for e in self._line.doc.ents
            if e.label_ in NAMES and e.text in asked and e.text[:1].isupper()
        )
        name = next(((e.text, e.label_) for e in names), None)
        yield Draft(kind, asked, (self._line.span,), (entity.text,), name)


def _text(tokens: Iterable[Token], *, bare: Token | None = None) -> str:
    """The words of tokens in the order given, a sentence's first word in small letters.

    Args:
        tokens: the words.
        bare: a verb to be written in its bare form.
    """
    words = ""
    before: Token | None = None
    for token in tokens:
        if before is not None and (before.whitespace_ or token.i != before.i + 1):
            words += " "
        small = token.i == 0 and token.pos_ != "PROPN" and not token.ent_type_
        words += token.lemma_ if token == bare else token.lower_ if small else token.text
        before = token
    return re.sub(r"\s+([,.;:])", r"\1", words).strip(" ,.;:-–—")
