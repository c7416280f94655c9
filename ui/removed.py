"""An article that was taken off the record, kept whole for whoever wants it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexes.records import History

if TYPE_CHECKING:
    from indexes import Document, Index
    from indexes.documents import Original
    from indexes.records import Revision


@dataclass(frozen=True, slots=True)
class Removed:
    """All of an article that cannot be made of its text again.

    Attributes:
        document: the article.
        original: the file that its text was taken out of, if one was kept.
        added: when it was added, ISO 8601.
        aliases: the names and sources of its copies.
        revisions: what its new versions changed.
    """

    document: Document
    original: Original | None
    added: str | None
    aliases: Sequence[tuple[str, str | None]]
    revisions: Sequence[Revision]

    @classmethod
    def taken(cls, index: Index, name: str, added: str | None) -> Removed:
        """Take an article off the record.

        Raises:
            DocumentError: if there is none of this name.
        """
        number, document = index.store.document(name)
        kept = cls(
            document,
            index.store.original(number),
            added,
            index.store.aliases(number),
            index.store.revisions(number),
        )
        index.remove(name)
        return kept

    def put_back(self, index: Index) -> None:
        """Put it on record again, unless its text is there already.

        Raises:
            OnrecordError: if it cannot be written.
        """
        revisions = [(revision.at, revision.gone, revision.new) for revision in self.revisions]
        index.put(
            self.document,
            original=self.original,
            added=self.added,
            history=History(self.aliases, revisions),
        )
