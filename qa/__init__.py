"""Questions in, cited answers out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.answer import Answer, Citation
    from qa.assistant import Assistant
    from qa.evaluation import QuestionSet, evaluate

_HOMES = {
    "Answer": "qa.answer",
    "Assistant": "qa.assistant",
    "Citation": "qa.answer",
    "QuestionSet": "qa.evaluation",
    "evaluate": "qa.evaluation",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that the command line starts at once."""
    if name not in _HOMES:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)


__all__ = ["Answer", "Assistant", "Citation", "QuestionSet", "evaluate"]
