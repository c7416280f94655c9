"""The table in which another model's vectors gather, until they take the old ones' place."""

from __future__ import annotations

from collections.abc import Sequence

from indexes.database import next_generation
from indexes.errors import ModelError
from indexes.full_text import FullText
from indexes.records import StoredPassage, to_text


class NewVectors(FullText):
    """What a store holds while it is changed to another model."""

    def begin_reembedding(self, model: str, sha256: str, dimension: int) -> None:
        """Make ready for a model's vectors; those that were gathered of the same one stay."""
        with self._translated(), self._writing() as db:
            if self.meta("next_encoder_sha256") != sha256:
                db.execute("DELETE FROM reembedded")
            db.executemany(
                "INSERT OR REPLACE INTO meta VALUES (?, ?)",
                [
                    ("next_encoder", model),
                    ("next_encoder_sha256", sha256),
                    ("next_dimension", str(dimension)),
                ],
            )

    def next_to_reembed(self, after: int) -> tuple[int, str, list[StoredPassage]] | None:
        """The first document after a number with passages that have no new vectors: number, text, those passages."""
        with self.snapshot():
            rows = self._rows(
                "SELECT p.id, p.document FROM passages p WHERE p.document ="
                " (SELECT min(document) FROM passages q WHERE q.document > ?"
                " AND NOT EXISTS (SELECT 1 FROM reembedded r WHERE r.passage = q.id))"
                " AND NOT EXISTS (SELECT 1 FROM reembedded r WHERE r.passage = p.id) ORDER BY p.id",
                after,
            )
            if not rows:
                return None
            number = rows[0][1]
            text = to_text(self._rows("SELECT text FROM documents WHERE id = ?", number)[0][0])
            return number, text, self.passages([passage for passage, _ in rows])

    def put_reembedded(self, columns: Sequence[tuple[int, bytes, bytes]], sha256: str) -> None:
        """Keep the new vectors of passages, but of those that have been removed meanwhile.

        Raises:
            ModelError: if another process has begun to change the index to yet another model.
        """
        with self._translated(), self._writing() as db:
            self._expect_next(sha256)
            db.executemany(
                "INSERT OR REPLACE INTO reembedded SELECT id, ?2, ?3 FROM passages WHERE id = ?1",
                columns,
            )

    @property
    def reembedded(self) -> int:
        """How many passages have new vectors."""
        return int(self._rows("SELECT count(*) FROM reembedded")[0][0])

    def finish_reembedding(self, sha256: str) -> bool:
        """Put the new vectors in the place of the old, if every passage has some; tells whether it has.

        Raises:
            ModelError: if another process has begun to change the index to yet another model.
        """
        with self._translated(), self._writing() as db:
            if self.meta("encoder_sha256") == sha256 and self.meta("next_encoder") is None:
                return True  # another process was first
            self._expect_next(sha256)
            if db.execute(
                "SELECT EXISTS (SELECT 1 FROM passages p"
                " WHERE NOT EXISTS (SELECT 1 FROM reembedded r WHERE r.passage = p.id))"
            ).fetchone()[0]:
                return False
            db.execute(
                "UPDATE passages SET vector = r.vector, sentence_vectors = r.sentence_vectors"
                " FROM reembedded r WHERE r.passage = passages.id"
            )
            db.execute("DELETE FROM reembedded")
            for key in ("encoder", "encoder_sha256", "dimension"):
                db.execute(
                    "INSERT OR REPLACE INTO meta SELECT ?, value FROM meta WHERE key = ?",
                    (key, f"next_{key}"),
                )
                db.execute("DELETE FROM meta WHERE key = ?", (f"next_{key}",))
            db.execute("UPDATE meta SET value = lower(hex(randomblob(16))) WHERE key = 'lineage'")
            next_generation(db)
        return True

    def _expect_next(self, sha256: str) -> None:
        if self.meta("next_encoder_sha256") != sha256:
            model = self.meta("next_encoder") or self.meta("encoder") or ""
            raise ModelError(
                f"Another process is changing this index to the model {model}; wait until it has finished.",
                model,
            )

    def expect_model(self, sha256: str) -> None:
        """Make sure that the index is still of a model.

        Raises:
            ModelError: if it has been changed to another one.
        """
        known = self.meta("encoder_sha256")
        if known is not None and known != sha256:
            model = self.meta("encoder") or ""
            raise ModelError(
                f"This index has been changed to the model {model}; open it again with ONRECORD_ENCODER={model}.",
                model,
            )
