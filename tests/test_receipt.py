"""Receipts: what holds, and what exactly does not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexes.documents import Document
from indexes.errors import DocumentError
from qa.answer import Answer, AnswerSentence, Citation
from qa.receipt import Receipt, ReceiptError, check, read, receipt

TEXT = "Quill said the ferry sails in May. Nobody disagreed."
PORT = Document("port.txt", TEXT, "A port")
QUOTE = "Quill said the ferry sails in May."


def answer() -> Answer:
    cite = Citation(
        number=1, document="port.txt", title="A port", start=0, end=len(QUOTE), quote=QUOTE,
        document_id=PORT.id, speaker="Ada Quill",
    )  # fmt: skip
    return Answer(
        question="When does the ferry sail?",
        answered=True,
        confidence=0.9,
        text=f"{QUOTE} [1]",
        sentences=(AnswerSentence(text=QUOTE, citations=(1,)),),
        citations=(cite,),
        engine={"encoder": "a model", "carefulness": "balanced"},
    )


def on_record(*documents: Document) -> object:
    def document(name: str) -> Document:
        for one in documents:
            if one.name == name:
                return one
        raise DocumentError(f"There is no document named {name}.", name)

    return document


def wrong(kept: Receipt, *documents: Document) -> list[str]:
    return [f.what for f in check(kept, on_record(*documents)) if not f.holds]  # type: ignore[arg-type]  # a reader of documents


def test_a_receipt_holds_while_nothing_changes_and_survives_its_file(tmp_path: Path) -> None:
    made = receipt(answer(), made=datetime(2026, 1, 2, tzinfo=UTC))
    (tmp_path / "r.json").write_text(made.write(), encoding="utf-8")
    kept = read(tmp_path / "r.json")
    assert kept == made
    assert kept.made == "2026-01-02T00:00:00+00:00"
    assert kept.documents[0].sha256 == PORT.id
    assert wrong(kept, PORT) == []


def test_a_changed_document_is_named_with_the_words_that_differ() -> None:
    edited = Document("port.txt", TEXT.replace("May", "June"), "A port")
    found = wrong(receipt(answer()), edited)
    assert len(found) == 2
    assert "port.txt has changed" in found[0]
    assert "from its character 30, it has “May.”, the document “June”" in found[1]


def test_a_change_elsewhere_leaves_the_quotation_standing() -> None:
    edited = Document("port.txt", TEXT + " More.", "A port")
    assert len(wrong(receipt(answer()), edited)) == 1


def test_a_removed_document_is_said_for_it_and_for_its_quotations() -> None:
    assert wrong(receipt(answer())) == [
        "port.txt is not on record any more.",
        "Quotation 1 cannot be checked: port.txt is not on record.",
    ]


def test_a_forged_receipt_is_found_by_its_seal(tmp_path: Path) -> None:
    forged = receipt(answer()).write().replace("Ada Quill", "Boris Tamm")
    (tmp_path / "r.json").write_text(forged, encoding="utf-8")
    assert "changed after it was made" in wrong(read(tmp_path / "r.json"), PORT)[0]


def test_a_document_that_ends_too_early_is_said() -> None:
    assert any(
        "ends before" in what for what in wrong(receipt(answer()), Document("port.txt", "", "x"))
    )


@pytest.mark.parametrize("contents", ["", "{}", "not json", json.dumps({"format": "other"})])
def test_what_is_no_receipt_is_one_sentence(tmp_path: Path, contents: str) -> None:
    (tmp_path / "r.json").write_text(contents)
    with pytest.raises(ReceiptError, match="is not a receipt"):
        read(tmp_path / "r.json")
    with pytest.raises(ReceiptError, match="cannot be read"):
        read(tmp_path / "none.json")
