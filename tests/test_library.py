"""New versions, near-duplicates, conditions, older forms, and keeping an index through accidents."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sample_files import pdf
from small_encoder import SmallEncoder

from indexes import Document, Index, store
from indexes.database import FILE
from indexes.dates import day_of
from indexes.documents import Original
from indexes.errors import DocumentError, FilterError, IndexStoreError, ModelError
from indexes.exchange import export, import_from
from indexes.filters import Condition
from indexes.migrations import STEPS
from indexes.safekeeping import backup, rescue, restore
from indexes.vector_file import FILE as VECTORS
from qa import Assistant

STORY = " ".join(
    f"On day {n} the harbour office of port {n * 7} counted {n * 13} ferries and wrote it down."
    for n in range(1, 12)
)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexes.index.load_encoder", lambda _: SmallEncoder())
    monkeypatch.setattr("indexes.index.find_statements", lambda *_: [])


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index(tmp_path / "index")


def _document(name: str, text: str, **rest: str) -> Document:
    return Document(name, text, name, source=f"/a/{name}", **rest)  # type: ignore[arg-type]


def test_a_new_version_takes_the_place_of_the_old_one(index: Index) -> None:
    index.put(_document("a", "Quill came. Tamm stayed. Nobody left."))
    old = index.store.number("a")
    assert index.put(_document("a", "Quill came. Tamm went home. Nobody left.")).kind == "replaced"
    assert index.put(_document("a", "Quill came. Tamm went home. Nobody left.")).kind == "known"
    assert [d.name for d in index.documents()] == ["a"]
    assert index.store.number("a") != old, "a number is never used again"
    (revision,) = index.store.revisions()
    assert (revision.document, revision.gone, revision.new) == (
        "a",
        ("Tamm stayed.",),
        ("Tamm went home.",),
    )
    assert index.store.bm25(["stay"], 5) == {}
    index.put(_document("a", "All new."))
    assert [r.new for r in index.store.revisions()] == [("Tamm went home.",), ("All new.",)]
    index.remove("a")
    assert index.store.revisions() == []
    assert index.faults() == []


def test_a_copy_elsewhere_survives_a_new_version(index: Index) -> None:
    index.put(_document("a", "Quill came."))
    assert index.put(_document("b", "Quill came.")).kind == "known"
    index.put(_document("a", "Quill left."))
    assert index.document("b").text == "Quill came."
    assert index.document("a").text == "Quill left."
    assert index.put(_document("b", "Quill left.")).kind == "replaced"
    assert [d.name for d in index.documents()] == ["a"]
    assert index.document("b").name == "a"
    assert index.put(_document("b", "Quill slept.")).kind == "added"
    assert index.document("b").text == "Quill slept."
    assert index.document("a").text == "Quill left."
    assert index.faults() == []


def test_near_duplicates_are_marked_and_found_once(index: Index) -> None:
    index.put(_document("wire", STORY))
    index.put(_document("paper", f"By our own staff. {STORY} More tomorrow."))
    index.put(_document("other", "An orchard was sold. " * 3 + STORY[:60]))
    assert {d.name: d.twin for d in index.documents()} == {
        "wire": None,
        "paper": "wire",
        "other": None,
    }
    found = index.search("How many ferries did the harbour office count?", 10)
    named = [f.document for f in found]
    assert not {"wire", "paper"} <= set(named)
    assert any(set(f.also_in) & {"wire", "paper"} for f in found)
    assert index.search("ferries", 3, documents=index.numbers(["paper"]))[0].document == "paper"
    index.remove("wire")
    assert {d.name: d.twin for d in index.documents()} == {"paper": None, "other": None}


def test_conditions_choose_documents(tmp_path: Path) -> None:
    assistant = Assistant.open(tmp_path / "index")
    put = assistant.index.put
    put(
        _document(
            "old", "The harbour was closed.", published="10 December 2018", publisher="The Daily"
        )
    )
    put(
        _document(
            "new",
            "The harbour was opened.",
            published="2019-12-10T08:00:00Z",
            publisher="The Sun's",
        )
    )
    put(_document("none", "The harbour was sold.", language="en"))

    def names(*where: str) -> list[str]:
        return [d.name for d in assistant.documents(where=where)]

    assert names("published>=2019-12-01") == ["new"]
    assert names("published<=2019-12") == ["old", "new"]
    assert names("published=2018") == ["old"]
    assert names("publisher = the daily") == ["old"]
    assert names("publisher!=The Daily") == ["new", "none"]
    assert names("publisher~sun's", "published>2018") == ["new"]
    assert names("language=en") == names("document=none") == ["none"]
    assert names("speaker=Nobody") == []
    assert [f.document for f in assistant.search("harbour", where=["published<2019"])] == ["old"]
    assert [
        f.document for f in assistant.search("harbour", documents=["new"], where=["published<2019"])
    ] == []
    for wrong in ("", "published", "price>3", "published>soon", "title>=a", "publisher="):
        with pytest.raises(FilterError):
            names(wrong)
    assert names("title='; DROP TABLE documents; --") == []
    assert len(names()) == 3


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2019-12-10T08:00+01:00", "2019-12-10"), ("10 December 2019", "2019-12-10"), ("Dec. 3rd, 2019", "2019-12-03"),
        ("Tue, 10 Dec 2019 08:00:00 +0000", "2019-12-10"), ("20191210", "2019-12-10"), ("10.12.2019", "2019-12-10"),
        ("2019-12", "2019-12"), ("May 2011", "2011-05"), ("2019", "2019"), ("10/12/2019", None), ("2019-13-45", None),
        ("soon", None), (None, None),
    ],
)  # fmt: skip
def test_a_date_is_a_day_where_it_names_one(written: str | None, day: str | None) -> None:
    assert day_of(written) == day


def test_an_index_of_the_first_form_opens_and_is_brought_up_to_date(tmp_path: Path) -> None:
    made = Index(tmp_path / "made")
    made.put(_document("a", STORY, published="May 2011"))
    made.put(_document("b", f"{STORY} Again.", published="soon"))
    made.close()
    old = tmp_path / "old"
    old.mkdir()
    db = sqlite3.connect(old / FILE, isolation_level=None)
    STEPS[0](db)
    db.execute("PRAGMA user_version = 1")
    db.execute("ATTACH ? AS made", (str(made.folder / FILE),))
    for table, columns in (
        (
            "documents",
            "id, sha256, name, title, byline, published, source, body, words, added, text",
        ),
        ("passages", "id, document, sentences, vector, sentence_vectors"),
    ):
        db.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM made.{table}")
    db.execute("INSERT INTO aliases (name, document) VALUES ('copy', 1)")
    db.close()
    opened = Index(old)
    assert [(d.name, d.twin) for d in opened.documents()] == [("a", None), ("b", "a")]
    assert opened.store.where([Condition.of("published=2011")], lambda _: []) == [1]
    assert opened.document("copy").name == "a"
    assert opened.search("ferries")


def test_an_index_of_a_newer_form_says_to_update(index: Index) -> None:
    index.store._db.execute("PRAGMA user_version = 99")
    with pytest.raises(IndexStoreError, match="newer version of onrecord"):
        Index(index.folder)


def test_a_backup_is_the_index_as_it_was(index: Index, tmp_path: Path) -> None:
    index.put(_document("a", "Quill came."))
    index.save()
    backup(index.folder, tmp_path / "copy")
    index.put(_document("b", "Tamm left."))
    index.save()
    before = index.store.generation
    restore(tmp_path / "copy", index.folder)
    assert [d.name for d in index.documents()] == ["a"]
    assert index.store.generation > before, (
        "no vector file of another history is taken for this one's"
    )
    assert [f.document for f in index.search("Tamm left", 5)] == ["a"]
    restore(tmp_path / "copy", tmp_path / "elsewhere")
    assert Index(tmp_path / "elsewhere").faults() == []
    assert [p.name for p in (tmp_path / "elsewhere").iterdir() if "restored" in p.name] == []
    (tmp_path / "bad").write_bytes(b"no backup at all" * 99)
    for wrong in ("bad", "missing"):
        with pytest.raises(IndexStoreError):
            restore(tmp_path / wrong, index.folder)
    with pytest.raises(IndexStoreError, match="no index in"):
        backup(tmp_path / "nowhere", tmp_path / "x")
    assert index.faults() == []


def test_an_export_comes_back_without_loss(index: Index, tmp_path: Path) -> None:
    index.put(_document("a", "Quill\ud800 came.\r\n\r\nTamm\u2028left. 👩‍🚀", publisher="P"))
    index.put(_document("a", "Quill went.\r\n\r\nTamm left.", publisher="P", language="en"))
    index.put(_document("copy", "Quill went.\r\n\r\nTamm left."))
    paged = Document(
        "p.pdf",
        "One.\n\nTwo.",
        "P",
        source="/a/p.pdf",
        pages=(0, 6),
        unread="Page 3 of 3 without text.",
    )
    index.put(paged, original=Original(".pdf", b"%PDF\0\xff"))
    assert export(index, tmp_path / "all.jsonl") == 2
    again = Index(tmp_path / "again")
    assert import_from(again, tmp_path / "all.jsonl") == (2, 0)
    assert import_from(again, tmp_path / "all.jsonl") == (0, 2)
    export(again, tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "all.jsonl").read_bytes()
    assert again.document("copy").name == "a"
    assert again.faults() == []


def test_a_condition_full_of_blanks_takes_no_longer_than_it_is() -> None:
    started = time.process_time()
    blanks = " " * 100_000
    assert Condition.of(f" title = 'a{blanks}b' ").value == f"a{blanks}b"
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "wrong",
    [{"name": 1}, {"text": 5}, {"title": ["x"]}, {"aliases": 5}, {"body": -1}, {"original": {"suffix": ".pdf"}}, None],
)  # fmt: skip
def test_a_line_that_is_no_document_is_said_to_be_none(
    index: Index, tmp_path: Path, wrong: dict[str, object] | None
) -> None:
    index.put(_document("a", "Quill came."))
    export(index, file := tmp_path / "all.jsonl")
    line = json.loads(file.read_text(encoding="ascii"))
    file.write_text("[" * 100_000 if wrong is None else json.dumps(line | wrong), encoding="ascii")
    again = Index(tmp_path / "again")
    with pytest.raises(IndexStoreError, match=r"line 1 of all\.jsonl is no document"):
        import_from(again, file)
    assert again.documents() == []


def test_a_document_and_its_history_come_back_together_or_not_at_all(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.put(_document("a", "Quill came."))
    index.put(_document("copy", "Quill came."))
    export(index, tmp_path / "all.jsonl")
    again = Index(tmp_path / "again")
    taken = store.is_taken

    def stopped(db: sqlite3.Connection, name: str) -> bool:
        if name == "copy":
            raise KeyboardInterrupt
        return taken(db, name)

    monkeypatch.setattr(store, "is_taken", stopped)
    with pytest.raises(KeyboardInterrupt):
        import_from(again, tmp_path / "all.jsonl")
    monkeypatch.undo()
    assert again.documents() == []


def test_an_export_that_fails_leaves_the_one_before(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.put(_document("a", "Quill came."))
    export(index, file := tmp_path / "all.jsonl")
    before = file.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(IndexStoreError, match="No space left on device"):
        export(index, file)
    assert file.read_bytes() == before
    assert list(tmp_path.glob("all.*")) == [file]


def test_a_backup_cannot_be_restored_into_a_file(index: Index, tmp_path: Path) -> None:
    index.put(_document("a", "Quill came."))
    backup(index.folder, tmp_path / "kept")
    with pytest.raises(IndexStoreError, match="cannot be restored into"):
        restore(tmp_path / "kept", tmp_path / "kept")


def _damage_everything(path: Path) -> None:
    path.write_bytes(b"\xa5" * path.stat().st_size)


def _damage_a_stretch(path: Path) -> None:
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 8 * 4096] = b"\xa5" * 8 * 4096
    path.write_bytes(data)


@pytest.mark.parametrize(("damage", "least"), [(_damage_everything, 0), (_damage_a_stretch, 20)])
def test_what_can_be_read_of_a_damaged_index_is_saved(
    index: Index, damage: Callable[[Path], None], least: int
) -> None:
    for n in range(30):
        index.put(
            _document(f"n{n}", f"Note {n} on the tide of port {n}. " + f"The tide was {n}. " * 150)
        )
    index.store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    index.close()
    damage(index.folder / FILE)
    saved, _, aside = rescue(index.folder, index.encoder.name)
    assert aside.exists()
    opened = Index(index.folder)
    assert len(opened.documents()) == saved >= least
    assert opened.faults() == []
    for document in opened.documents():
        assert f"port {document.name[1:]}." in opened.document(document.name).text


def test_a_rescue_that_fails_can_be_tried_again(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.put(_document("a", "Quill came."))
    index.close()
    before = (index.folder / FILE).read_bytes()

    def missing(name: str) -> SmallEncoder:
        raise ModelError("The model cannot be loaded.", name)

    with monkeypatch.context() as patched:
        patched.setattr("indexes.index.load_encoder", missing)
        with pytest.raises(ModelError):
            rescue(index.folder, index.encoder.name)
    assert (index.folder / FILE).read_bytes() == before
    (index.folder / f"{FILE}.rescued").mkdir()  # as a rescue leaves it that is killed
    saved, lost, aside = rescue(index.folder, index.encoder.name)
    assert (saved, lost, aside.read_bytes()) == (1, 0, before)
    assert Index(index.folder).document("a").text == "Quill came."
    assert {file.name for file in index.folder.iterdir()} >= {FILE, VECTORS}
    assert not (index.folder / f"{FILE}.rescued").exists()


def test_doctor_finds_what_removal_left_behind(index: Index) -> None:
    index.put(_document("a", "Quill came."), original=Original(".pdf", b"x"))
    index.remove("a")
    for table in (
        "passages",
        "statements",
        "originals",
        "bands",
        "revisions",
        "aliases",
        "full_text",
    ):
        assert index.store._rows(f"SELECT count(*) FROM {table}")[0][0] == 0
    assert index.faults() == []
    index.store._db.execute("PRAGMA foreign_keys = OFF")
    index.store._db.execute("INSERT INTO originals VALUES (99, '.pdf', x'00')")
    assert any("refers to a missing one" in fault for fault in index.faults())


def test_a_pdfs_page_reaches_the_citation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    lines = [
        "The port of Ellen was closed for nine days in March, the harbour office of the town said."
    ]
    (tmp_path / "p.pdf").write_bytes(
        pdf(["Nothing of note happened on the first page of this report."], lines)
    )
    assistant = Assistant.open(tmp_path / "index")
    assert assistant.add(tmp_path / "p.pdf").failed == []
    answer = assistant.ask("How long was the port of Ellen closed?")
    assert (answer.citations or answer.nearest)[0].page == 2
    kept = assistant.original("p.pdf")
    assert kept is not None
    assert kept.data == (tmp_path / "p.pdf").read_bytes()


def test_text_at_hand_has_no_source_and_replaces_nothing(tmp_path: Path) -> None:
    assistant = Assistant.open(tmp_path / "index")
    for text in ("Quill came.", "Tamm left."):
        assert len(assistant.add_text(text).added) == 1
    assert [(d.name, d.source) for d in assistant.documents()] == [
        ("pasted text", None), ("pasted text (2)", None),
    ]  # fmt: skip
    for name in ("Quill.txt", "Quill.txt", "pasted text (2)", "pasted text"):
        assert len(assistant.add_text("Quill came.", name).skipped) == 1
    assert assistant.index.store.aliases(1) == [("Quill.txt", None), ("pasted text (2) (2)", None)]
    assert assistant.add_text(b"\0\1").failed
    with pytest.raises(DocumentError):
        assistant.original("nothing")


def test_an_export_is_json_lines(index: Index, tmp_path: Path) -> None:
    index.put(_document("a", "Quill came."))
    export(index, tmp_path / "x.jsonl")
    (line,) = (tmp_path / "x.jsonl").read_text(encoding="ascii").splitlines()
    assert json.loads(line)["text"] == "Quill came."
