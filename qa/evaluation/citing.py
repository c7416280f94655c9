"""Citation recall and precision as ALCE defines them, with a check of words in the entailment's place.

Source: Gao et al., "Enabling Large Language Models to Generate Text with Citations" (EMNLP 2023),
section 4. *Recall* is 1 for a sentence that its citations together support, averaged over sentences.
*Precision* is 1 for a citation whose sentence is supported, and which supports it alone or without
which the others no longer do; averaged over citations. ALCE asks a model whether a passage entails
a sentence. Here a sentence is supported when its words stand in the quotations word for word, which
is stricter, and needs no model: an extractive answer is supported by construction, so that these two
say whether the construction holds, and nothing about whether the answer is right.
"""

from __future__ import annotations

from dataclasses import dataclass

from qa.answer import Answer
from qa.evaluation.judgement import plain


@dataclass(frozen=True, slots=True)
class Support:
    """Citation recall and precision of one answer, each in [0, 1]."""

    recall: float
    precision: float


def support(answer: Answer) -> Support | None:
    """Measure how an answer's sentences are carried by their citations; None for a refusal."""
    if not answer.sentences:
        return None
    quotes = {citation.number: plain(citation.quote) for citation in answer.citations}
    recalls: list[bool] = []
    precise: list[bool] = []
    for sentence in answer.sentences:
        words = plain(sentence.text)
        cited = [quotes.get(number, "") for number in sentence.citations]
        supported = _supports(words, cited)
        recalls.append(supported)
        for at, quote in enumerate(cited):
            others = cited[:at] + cited[at + 1 :]
            needed = _supports(words, [quote]) or not _supports(words, others)
            precise.append(supported and needed)
    return Support(sum(recalls) / len(recalls), sum(precise) / len(precise))


def _supports(sentence: str, quotes: list[str]) -> bool:
    return bool(sentence) and sentence in " ".join(quotes)
