"""Adding, removing, searching; and what is derived is made again whenever in doubt."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from pathlib import Path

import pytest

from indexes import Document, Index, Span
from indexes.errors import DocumentError, IndexStoreError, ModelError
from indexes.loaders import load
from indexes.store import FILE as DATABASE
from indexes.vector_file import FILE as VECTORS
from indexes.words import content_terms
from qa import Assistant


@pytest.fixture
def index(tmp_path: Path, articles: Path) -> Index:
    made = Index(tmp_path / "index")
    for file in sorted(articles.iterdir()):
        made.add(load(file))
    made.save()
    return made


def test_the_passage_that_answers_comes_first(index: Index) -> None:
    assert index.search("How much is the Orchard Prize worth?", 3)[0].document == "prize.txt"
    assert index.search("How many passengers were stranded?", 3)[0].document == "harbour.txt"


def test_keywords_alone_find_it_too(index: Index) -> None:
    assert index.search("trawlers quotas", 1)[0].document == "harbour.txt"


def test_every_sentence_of_a_found_passage_is_exact(index: Index) -> None:
    for found in index.search("ferry", 5):
        text = index.document(found.document).text
        assert len(found.sentence_scores) == len(found.passage.sentences)
        for sentence in found.passage.sentences:
            assert sentence.span.of(text) == text[sentence.span.start : sentence.span.end]
            assert sentence.span.of(text).strip()


def test_the_same_content_twice_is_one_document(
    index: Index, articles: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes((articles / "prize.txt").read_bytes())
    assert index.add(load(copy)) is None
    assert len(index.documents()) == 2
    assert index.document("copy.txt").name == "prize.txt"
    assert index.numbers(["copy.txt"]) == index.numbers(["prize.txt"])
    index.remove("prize.txt")
    with pytest.raises(DocumentError):
        index.document("copy.txt")


def test_two_files_of_one_name_are_told_apart_by_their_folders(
    index: Index, tmp_path: Path
) -> None:
    folder = tmp_path / "second"
    folder.mkdir()
    (folder / "prize.txt").write_text("Another prize altogether was given.", encoding="utf-8")
    assert index.add(load(folder / "prize.txt")) == "second/prize.txt"
    assert index.document("second/prize.txt").text.startswith("Another")


def test_removing_leaves_nothing_behind(index: Index) -> None:
    index.remove("prize.txt")
    assert [d.name for d in index.documents()] == ["harbour.txt"]
    assert all(
        found.document == "harbour.txt" for found in index.search("Orchard Prize poet Lindow", 9)
    )
    assert index.store.bm25(["lindow"], 5) == {}
    assert index.faults() == []
    assert b"Mira Lindow" not in _bytes_after_checkpoint(index)


def _bytes_after_checkpoint(index: Index) -> bytes:
    index.close()
    db = sqlite3.connect(index.folder / DATABASE)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return (index.folder / DATABASE).read_bytes()


def test_an_unknown_name_is_said_to_be_unknown(index: Index) -> None:
    with pytest.raises(DocumentError, match=r"no document named nothing\.txt"):
        index.remove("nothing.txt")
    with pytest.raises(DocumentError, match=r"no document named nothing\.txt"):
        index.numbers(["prize.txt", "nothing.txt"])


def test_what_was_added_is_there_after_reopening(index: Index) -> None:
    again = Index(index.folder)
    assert [d.name for d in again.documents()] == [d.name for d in index.documents()]
    first, second = index.search("grain pact", 3), again.search("grain pact", 3)
    assert [(f.id, f.score) for f in first] == [(f.id, f.score) for f in second]


@pytest.mark.parametrize("damage", ["missing", "cut", "flipped", "foreign", "empty", "stale"])
def test_a_missing_stale_or_corrupt_vector_file_is_rebuilt(
    index: Index, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    file = index.folder / VECTORS
    data = file.read_bytes()
    if damage == "missing":
        file.unlink()
    elif damage == "stale":
        index.add(Document("late", "A late arrival about lighthouses.", "late"))  # not saved
    else:
        damaged = {
            "cut": data[:-7],
            "flipped": data[:90] + b"\xff\x00" + data[92:],
            "foreign": b"x" * 500,
        }
        file.write_bytes(damaged.get(damage, b""))
    with caplog.at_level(logging.WARNING):
        again = Index(index.folder)
        assert again.search("Orchard Prize", 1)[0].document == "prize.txt"
    assert len(again.vectors) == again.store.count
    said = [record.message for record in caplog.records if record.name.startswith("indexes")]
    assert len(said) == (0 if damage in ("missing", "stale") else 1)
    assert Index(index.folder).faults() == []


def test_an_index_sees_what_another_process_added(index: Index) -> None:
    other = Index(index.folder)
    other.add(Document("late", "A lighthouse keeper retired on Sunday.", "late"))
    other.save()
    assert index.search("lighthouse keeper", 1)[0].document == "late"


def test_speakers_and_where_they_are_on_record_are_as_of_now(index: Index, tmp_path: Path) -> None:
    store, before = index.store, dict(index.store.speakers())
    said = tmp_path / "said.txt"
    said.write_text("Orla Wend said that the tide was late. Orla Wend left.", encoding="utf-8")
    Index(index.folder).add(load(said))
    (number,) = index.numbers(["said.txt"]) or ()
    assert store.speakers() == {**before, "Orla Wend": 1}
    assert store.documents_of(["Orla Wend"]) == [number]
    everywhere = store.documents_of(list(store.speakers()))
    assert number in everywhere
    assert len(everywhere) > 1
    assert store.documents_of(list(before), [number]) == []
    index.remove("said.txt")
    assert store.speakers() == before


def test_words_are_found_in_a_scope_as_they_are_everywhere(index: Index) -> None:
    stems = content_terms("ferry passengers prize Monday")
    everywhere = index.store.bm25(stems, 50)
    numbers = index.numbers(found.name for found in index.documents()) or []
    in_turn = [index.store.bm25(stems, 50, [number]) for number in numbers]
    assert {key: value for part in in_turn for key, value in part.items()} == everywhere
    assert index.store.bm25(stems, 50, numbers) == everywhere


def test_readers_search_while_a_writer_adds(index: Index) -> None:
    failures: list[Exception] = []

    def read() -> None:
        try:
            for _ in range(12):
                assert index.search("Orchard Prize", 1)[0].document == "prize.txt"
        except Exception as error:  # noqa: BLE001, RUF100 - any failure at all fails the test
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(6):
        index.add(
            Document(f"n{number}", f"Note {number} on the tide tables of port {number}.", "note")
        )
    index.save()
    for reader in readers:
        reader.join()
    assert failures == []
    assert index.faults() == []


def test_a_damaged_database_is_a_clear_error(index: Index) -> None:
    index.close()
    (index.folder / DATABASE).write_bytes(b"this is not a database, whatever its name says" * 100)
    for leftover in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (index.folder / leftover).unlink(missing_ok=True)
    with pytest.raises(IndexStoreError, match="damaged"):
        Index(index.folder)


def test_an_index_of_another_model_says_how_to_go_on(index: Index) -> None:
    with pytest.raises(ModelError, match="ONRECORD_ENCODER=all-MiniLM-L6-v2"):
        Index(index.folder, encoder="somebody/other-model")


def test_other_weights_under_the_same_name_are_noticed(index: Index) -> None:
    index.store.set_meta("encoder_sha256", "0" * 64)
    with pytest.raises(ModelError, match="other weights"):
        _ = Index(index.folder).encoder


def test_a_full_disk_loses_nothing(index: Index) -> None:
    before = [d.name for d in index.documents()]
    pages = index.store._db.execute("PRAGMA page_count").fetchone()[0]
    index.store._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(IndexStoreError, match="disk is full"):
        index.add(Document("big", "Word after word. " * 20_000, "big"))
    assert [d.name for d in Index(index.folder).documents()] == before
    assert Index(index.folder).faults() == []


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE statements SET content = '[[0, 99999]]' WHERE id = 1",
        "UPDATE statements SET cue_start = cue_end + 1 WHERE id = 1",
        "UPDATE passages SET sentences = x'000000000000000000ffff00' WHERE id = 1",
    ],
)
def test_a_place_that_is_not_in_the_text_is_found(index: Index, damage: str) -> None:
    assert index.faults() == []
    index.store._db.execute(damage)
    assert index.faults() == ["a sentence or a statement of harbour.txt is not in its text"]


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(IndexStoreError, match="choose another with --index"):
        Index(tmp_path / "file" / "index")


@pytest.mark.skipif(
    os.geteuid() == 0, reason="root may write anywhere; the next test covers it through SQLite"
)
def test_a_read_only_folder_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(IndexStoreError, match="permissions"):
        Index(tmp_path / "locked")


def test_a_read_only_database_still_answers_and_refuses_to_be_written(index: Index) -> None:
    index.store._db.execute("PRAGMA query_only = ON")
    assert index.search("Orchard Prize", 1)[0].document == "prize.txt"
    with pytest.raises(IndexStoreError, match="permissions"):
        index.add(Document("new", "Something new.", "new"))


def test_a_second_writer_gets_a_clear_message(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexes.database._BUSY_MS", 50)
    other = Index(index.folder)
    blocker = sqlite3.connect(index.folder / DATABASE, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(IndexStoreError, match="Another process is writing"):
            other.add(Document("new", "Something new.", "new"))
    finally:
        blocker.execute("ROLLBACK")
        blocker.close()
    other.add(Document("new", "Something new.", "new"))


def test_one_bad_file_does_not_keep_the_others_out(tmp_path: Path, articles: Path) -> None:
    (articles / "empty.txt").write_bytes(b"")
    (articles / "zeros.txt").write_bytes(b"\0\0\0 binary \0")
    with_all = Assistant.open(tmp_path / "index")
    result = with_all.add(articles, tmp_path / "nowhere.txt")
    assert sorted(o.document or "" for o in result.added) == ["harbour.txt", "prize.txt"]
    reasons = " ".join(o.reason for o in result.failed)
    assert "empty.txt is empty" in reasons
    assert "zeros.txt is not text" in reasons
    assert "There is no file or folder" in reasons


def test_progress_is_told_of_every_file(tmp_path: Path, articles: Path) -> None:
    seen: list[tuple[int, int]] = []
    Assistant.open(tmp_path / "index").add(
        articles, progress=lambda _, done, total: seen.append((done, total))
    )
    assert seen == [(1, 2), (2, 2)]


def test_spans_refuse_what_is_no_range() -> None:
    for start, end in ((3, 2), (-1, 4)):
        with pytest.raises(ValueError, match="not a range"):
            Span(start, end)


def test_in_whose_words_a_statement_is_reported_is_kept(tmp_path: Path) -> None:
    text = "Mira Holt said Jonas Berg had denied that the bridge was safe."
    with_one = Index(tmp_path / "index")
    with_one.add(Document("bridge.txt", text, "bridge"))
    kept = [(said.speaker, said.within) for _, said in with_one.statements()]
    assert kept == [("Mira Holt", None), ("Jonas Berg", "Mira Holt")]
