"""Receipts: an answer as one file that can be checked again later, word by word.

A receipt holds the question, the answer with its quotations and their places, the SHA-256 of every
document that is quoted, and the models and settings that made it. It is sealed with a SHA-256 over
all of that, so that a change in the file itself is found too. The seal shows that a file was
changed, not who made it: it is no signature.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from indexes import Document
from indexes.errors import DocumentError, OnrecordError
from qa.answer import Answer, Citation

FORMAT: Literal["onrecord receipt 1"] = "onrecord receipt 1"


class ReceiptError(OnrecordError):
    """A receipt cannot be read.

    Attributes:
        path: the file concerned.
    """

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path


class Quoted(BaseModel):
    """A document as it was when it was quoted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Receipt(BaseModel):
    """An answer, and what it rests on.

    Attributes:
        format: which version of receipts this is.
        made: when, ISO 8601 in UTC.
        answer: the whole answer; its ``engine`` names the models and the settings.
        documents: what it quotes.
        seal: SHA-256 of all of the above as canonical JSON.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["onrecord receipt 1"] = FORMAT
    made: str
    answer: Answer
    documents: tuple[Quoted, ...]
    seal: str = ""

    def sealed(self) -> str:
        """Return the seal that fits the contents."""
        contents = self.model_dump(mode="json", exclude={"seal"})
        canonical = json.dumps(contents, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode("ascii")).hexdigest()

    def write(self) -> str:
        """Return the receipt as the text of its file."""
        return self.model_dump_json(indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing that a receipt says: ``holds`` and a sentence for people."""

    holds: bool
    what: str


def receipt(answer: Answer, *, made: datetime | None = None) -> Receipt:
    """Make the receipt of an answer, given now or earlier.

    Args:
        answer: as it was given.
        made: when the receipt is made; now, if None.
    """
    cites = answer.citations or answer.nearest
    named = {
        cite.document: Quoted(name=cite.document, title=cite.title, sha256=cite.document_id)
        for cite in cites
    }
    when = (made or datetime.now(UTC)).isoformat(timespec="seconds")
    unsealed = Receipt(made=when, answer=answer, documents=tuple(named.values()))
    return unsealed.model_copy(update={"seal": unsealed.sealed()})


def read(path: Path) -> Receipt:
    """Read a receipt's file.

    Raises:
        ReceiptError: if it cannot be read, or is none.
    """
    try:
        return Receipt.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ReceiptError(
            f"{path} cannot be read ({error.strerror or error}); check the path.", str(path)
        ) from error
    except (ValidationError, ValueError) as error:
        raise ReceiptError(
            f"{path.name} is not a receipt of onrecord, or was cut short; download it again.",
            str(path),
        ) from error


def check(kept: Receipt, document: Callable[[str], Document]) -> list[Finding]:
    """Check what a receipt says against the documents on record.

    Args:
        kept: the receipt.
        document: reads a document by name; raises DocumentError where there is none.

    Returns:
        What holds and what does not: the seal, each document, each quotation.
    """
    intact = kept.seal == kept.sealed()
    found = [
        Finding(
            intact,
            "The receipt is as it was made."
            if intact
            else "The receipt itself was changed after it was made: its seal does not fit its contents.",
        )
    ]
    texts: dict[str, str] = {}
    for quoted in kept.documents:
        try:
            there = document(quoted.name)
        except DocumentError:
            found.append(Finding(False, f"{quoted.name} is not on record any more."))
            continue
        texts[quoted.name] = there.text
        same = there.id == quoted.sha256
        found.append(
            Finding(
                same,
                f"{quoted.name} is unchanged."
                if same
                else f"{quoted.name} has changed: its SHA-256 is {there.id[:12]}…, not {quoted.sha256[:12]}….",
            )
        )
    hashes = {quoted.name: quoted.sha256 for quoted in kept.documents}
    cites = kept.answer.citations or kept.answer.nearest
    return [*found, *(_quotation(cite, texts, hashes) for cite in cites)]


def _quotation(cite: Citation, texts: dict[str, str], hashes: dict[str, str]) -> Finding:
    where = f"{cite.document}, characters {cite.start} to {cite.end}"
    if hashes.get(cite.document) != cite.document_id:
        return Finding(
            False, f"Quotation {cite.number} names a document that the receipt does not list."
        )
    if cite.document not in texts:
        return Finding(
            False, f"Quotation {cite.number} cannot be checked: {cite.document} is not on record."
        )
    there = texts[cite.document][cite.start : cite.end]
    if there == cite.quote:
        return Finding(True, f"Quotation {cite.number} stands there word for word ({where}).")
    if not there:
        return Finding(False, f"Quotation {cite.number}: the document ends before {where}.")
    at = next((i for i, (a, b) in enumerate(zip(there, cite.quote, strict=False)) if a != b), 0)
    return Finding(
        False,
        f"Quotation {cite.number} does not stand there ({where}): from its character {at}, it has "
        f"“{cite.quote[at : at + 40]}”, the document “{there[at : at + 40]}”.",
    )
