"""What is on record: documents in, ranked passages out. Knows nothing of answers."""

import os

# ONNX Runtime reports to its maker unless told not to before it is imported. Nothing leaves here.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

from indexes.documents import Document, Span
from indexes.errors import OnrecordError
from indexes.index import Index, RankedPassage
from indexes.statements import Statement

__all__ = ["Document", "Index", "OnrecordError", "RankedPassage", "Span", "Statement"]
