"""Whether a question's documents, places and quotes are on record; for a quote, what comes closest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qa.evaluation.faults import Fault
from qa.evaluation.questions import Place, Question
from qa.evaluation.remarks import Remark, remark

_CLOSE_ENOUGH = 60.0
"""Similarity in percent below which nothing on record is worth showing as the closest match."""
_SHOWN = 90


def faults_of(
    where: Remark, question: Question, articles: Mapping[str, str], *, explain: bool = True
) -> Iterator[Fault]:
    """Yield what a question refers to and the articles do not have.

    A group of evidence is at fault only when none of its alternatives is on record: no answer could
    cite it.

    Args:
        where: the question's place in its file.
        question: the question.
        articles: the texts on record by name.
        explain: whether to look for the closest match of a quote, which takes time.
    """
    known = True
    for name in question.documents or ():
        if name not in articles:
            known = False
            yield Fault(where, "documents", remark("unknown-scope", name=name))
    if not known:
        return
    scope = question.documents or tuple(articles)
    for number, group in enumerate(question.evidence):
        if any(_is_there(alternative, scope, articles) for alternative in group):
            continue
        field = "evidence" if len(question.evidence) == 1 else f"evidence[{number}]"
        yield Fault(where, field, _missing(group, scope, articles, explain=explain))


def _is_there(alternative: str | Place, scope: Sequence[str], articles: Mapping[str, str]) -> bool:
    if isinstance(alternative, Place):
        return alternative.document in articles and alternative.end <= len(
            articles[alternative.document]
        )
    return any(alternative in articles[name] for name in scope)


def _missing(
    group: Sequence[str | Place],
    scope: Sequence[str],
    articles: Mapping[str, str],
    *,
    explain: bool,
) -> Remark:
    first = group[0]
    if isinstance(first, Place):
        if first.document not in articles:
            return remark("unknown-document", name=first.document)
        length = len(articles[first.document])
        return remark(
            "outside", start=first.start, end=first.end, name=first.document, length=length
        )
    quote, place = _short(first), scope[0] if len(scope) == 1 else remark("any-article")
    if not explain:
        return remark("misquoted", quote=quote, place=place)
    found = closest(first, {name: articles[name] for name in scope})
    if found is None:
        return remark("misquoted-far", quote=quote, place=place)
    name, words, alike = found
    return remark(
        "misquoted-near",
        quote=quote, place=place, name=name, alike=round(alike), closest=_short(words),
    )  # fmt: skip


def closest(quote: str, texts: Mapping[str, str]) -> tuple[str, str, float] | None:
    """Find the words that come closest to a quote.

    Returns:
        The document's name, its words out to whole words, and how alike they are in percent; None
        when nothing comes near. Ties go to the first document.

    Source: the best partial alignment by normalised Indel similarity, as in RapidFuzz (Bachmann).
    """
    from rapidfuzz import fuzz

    best: tuple[str, str, float] | None = None
    for name, text in texts.items():
        found = fuzz.partial_ratio_alignment(
            quote, text, score_cutoff=best[2] if best else _CLOSE_ENOUGH
        )
        if found is not None and (best is None or found.score > best[2]):
            start, end = _whole_words(text, found.dest_start, found.dest_end)
            best = name, text[start:end], found.score
    return best


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _short(words: str) -> str:
    """Words on one line, cut short."""
    flat = " ".join(words.split())
    return flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1]}…"
