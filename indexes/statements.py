"""What a document puts on record as said: the values that the ledger keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from indexes.documents import Span

StatementKind = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that somebody is reported to have said.

    Attributes:
        content: the span or spans that hold what was said, in reading order; at least one.
        cue: the words that report it ("said", "according to"); none where the speaker's name and a
            colon, or a quotation that goes on from the statement before it, do the work.
        source: the words in the text that name who says it; none when they stand elsewhere.
        speaker: the fullest name that the document gives the speaker ("Ada Quill"), the words
            of the source for a group or an institution ("the White House"), or "" when unsure.
        kind: direct (all inside quotation marks), indirect (none) or mixed.
        score: how sure the speaker is, from 0 (a guess) to 1 (named beside the cue).
        within: the speaker in whose words it is reported ("Quill said that Tamm had denied it"),
            or "" when that one is unsure; None when the article itself reports it.
    """

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    speaker: str
    kind: StatementKind
    score: float
    within: str | None = None
