"""Every error that onrecord raises on purpose.

    OnrecordError
    ├── DocumentError        a document cannot be read or found
    ├── ModelError           a model is missing, altered or does not fit the index
    ├── IndexStoreError      the index on disk cannot be opened, read or written
    ├── FilterError          a condition on documents cannot be understood
    └── QuestionSetError     a question set cannot be used

Each message is one sentence that says what happened and what to do.
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Root of all errors raised on purpose; its message is meant for people."""


class DocumentError(OnrecordError):
    """A document cannot be read, decoded or found.

    Attributes:
        document: the path or name that was asked for.
    """

    def __init__(self, message: str, document: str = "") -> None:
        super().__init__(message)
        self.document = document


class ModelError(OnrecordError):
    """A model is missing, altered or does not fit the index.

    Attributes:
        model: the model's name or folder.
    """

    def __init__(self, message: str, model: str = "") -> None:
        super().__init__(message)
        self.model = model


class IndexStoreError(OnrecordError):
    """The index on disk cannot be opened, read or written.

    Attributes:
        path: the file or folder concerned.
    """

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path


class FilterError(OnrecordError):
    """A condition on documents cannot be understood.

    Attributes:
        condition: as it was written.
    """

    def __init__(self, message: str, condition: str = "") -> None:
        super().__init__(message)
        self.condition = condition


class QuestionSetError(OnrecordError):
    """A question set cannot be used.

    Attributes:
        path: the file concerned.
    """

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path
