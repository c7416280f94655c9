"""What is on record: documents in, ranked passages out. Knows nothing of answers."""

from indexes.documents import Document, Span
from indexes.errors import OnrecordError
from indexes.index import Index, RankedPassage
from indexes.statements import Statement

__all__ = ["Document", "Index", "OnrecordError", "RankedPassage", "Span", "Statement"]
