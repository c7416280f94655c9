"""Changing an index to another embedding model, without adding its documents again.

The new vectors gather beside the old ones, a document a transaction, while the index is used as it
was. When every passage has some, one transaction puts them in the place of the old: killed at any
moment, the index has the old model or the new one, whole, and another run goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexes.encoder import Encoder, load_encoder
from indexes.mirror import EXACT_UP_TO, Mirror
from indexes.passages import encoded
from indexes.records import passage_columns
from indexes.store import Store

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Reembedded:
    """What a change of the embedding model came to.

    Attributes:
        model: the model that the index has now.
        passages: how many were embedded anew in this run; 0 where the index had that model.
    """

    model: str
    passages: int


def reembed(
    folder: Path,
    model: str,
    *,
    exact_up_to: int = EXACT_UP_TO,
    progress: Progress | None = None,
) -> Reembedded:
    """Embed all passages of an index with another model.

    Args:
        folder: the index's folder.
        model: the model's name, or folder.
        exact_up_to: passages up to which a query is compared with every vector.
        progress: told how many passages are done, and how many there are.

    Raises:
        IndexStoreError: if the index cannot be read or written.
        ModelError: if the model cannot be loaded.
    """
    store = Store(folder)
    try:
        encoder = load_encoder(model)
        done = 0
        if store.meta("encoder_sha256") != encoder.sha256 or store.meta("encoder") != encoder.name:
            store.begin_reembedding(encoder.name, encoder.sha256, encoder.dimension)
            while not store.finish_reembedding(encoder.sha256):
                done += _gathered(store, encoder, progress)
        Mirror(folder, store, exact_up_to=exact_up_to).save()
        return Reembedded(encoder.name, done)
    finally:
        store.close()


def _gathered(store: Store, encoder: Encoder, progress: Progress | None) -> int:
    """Embed what has no new vectors yet, and return of how many passages that was."""
    done, number, before = 0, 0, store.reembedded
    while (next_ := store.next_to_reembed(number)) is not None:
        number, text, stored = next_
        passages = [one.passage for one in stored]
        columns = [
            (one.id, *passage_columns(one.passage, vectors)[1:])
            for one, vectors in zip(stored, encoded(passages, text, encoder), strict=True)
        ]
        store.put_reembedded(columns, encoder.sha256)
        done += len(columns)
        if progress is not None:
            progress(before + done, store.count)
    return done
