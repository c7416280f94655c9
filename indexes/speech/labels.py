"""Paragraphs that a speaker's name and a colon open: interviews, transcripts, headlines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexes.documents import Span
from indexes.speech import cues, lexicon
from indexes.speech.drafts import Draft
from indexes.speech.quotations import OPEN_MARKS, Quotation
from indexes.speech.references import Reference

_LABEL = re.compile(
    r"[\"“]?(?P<label>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}|[QA])(?: ?\([^()\n]{1,40}\))?(?::|(?<=\b[QA])\.)\s+(?=\S)"
)


def labels(text: str, paragraphs: Sequence[Span]) -> dict[int, tuple[Span, int]]:
    """Find the paragraphs that a speaker's name and a colon open: "QUILL: …", "Tamm: …".

    A label counts when it stands for a question or an answer, or in capitals, or is repeated, or
    heads a quotation or the text; "Photo:" does none of these.
    """
    found: dict[int, re.Match[str]] = {}
    often: dict[str, int] = {}
    for number, paragraph in enumerate(paragraphs):
        match = _LABEL.match(text, paragraph.start, min(paragraph.end, paragraph.start + 90))
        if match is None or _is_no_label(match["label"]):
            continue
        often[match["label"]] = often.get(match["label"], 0) + 1
        if match["label"].isupper() or number == 0 or text[match.end()] in OPEN_MARKS:
            often[match["label"]] += 1
        found[paragraph.start] = match
    return {
        start: (Span(*match.span("label")), match.end())
        for start, match in found.items()
        if often[match["label"]] > 1
    }


def _is_no_label(label: str) -> bool:
    words = label.lower().split()
    return any(word in cues.NOT_LABELS for word in words) or words[0] in lexicon.NOT_NAMES - {"a"}


def labelled(
    text: str, label: Span, start: int, paragraph: Span, quotes: Sequence[Quotation]
) -> Draft:
    """Make the draft of a paragraph that a label opens."""
    whole = [q.span for q in quotes if q.span.start == start]
    content = whole[0] if whole and paragraph.end - whole[0].end < 3 else Span(start, paragraph.end)
    last = max(label.start, text.rfind(" ", label.start, label.end) + 1)
    head = Span(last, label.end)
    return Draft([content], None, Reference(label, (head,), label), quoted=True)
