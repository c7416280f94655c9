"""Why the articles do not say, in the language that is spoken: from the facts, not from English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import Answer
from qa.refusal import Refusal
from ui.language import DEFAULT, listed, t


@dataclass(frozen=True, slots=True)
class Declined:
    """What stands in the place of an answer.

    Attributes:
        head: the sentence that says that the articles do not say, or what to do instead.
        why: the reason; "" where the head says it all.
        language: of both, where it is not the one that is spoken.
    """

    head: str
    why: str = ""
    language: str = ""

    def __str__(self) -> str:
        return f"{self.head} {self.why}".rstrip()


def declined(answer: Answer) -> Declined:
    """Put a refusal in words; one kept without its facts stays as it was said, in English."""
    if answer.refusal is None:
        return Declined(answer.text.strip(), language=DEFAULT)
    match answer.refusal.cause:
        case "no-question":
            return Declined(t("refusal.no-question"))
        case "empty-index":
            return Declined(t("refusal.empty-index"))
        case "no-document":
            return Declined(t("refusal.no-document"))
    return Declined(t("refusal.silent"), _why(answer.refusal))


def left_open(question: str) -> Declined:
    """Say that one of several questions asked in one is not answered."""
    return Declined(t("refusal.silent"), question)


def _why(refusal: Refusal) -> str:
    names, count = refusal.names, len(refusal.names)
    match refusal.cause:
        case "not-on-record":
            why = t("refusal.not-on-record", n=count, names=listed(names))
            others = _closing("refusal.others", refusal.others) if refusal.others else ""
            return f"{why} {others}".rstrip()
        case "unused-words":
            quoted = [t("source.quoted", text=word) for word in names]
            return t("refusal.unused-words", n=count, words=listed(quoted, either=True))
        case "not-about-this":
            return t("refusal.not-about-this", n=count, names=listed(names))
        case "named-only":
            missed = t(f"refusal.no-{refusal.wanted}")
            return t("refusal.named-only", n=refusal.times, names=listed(names), missed=missed)
        case "nothing-more":
            return t("refusal.nothing-more")
        case "none-named":
            return t("refusal.none-named")
        case "near":
            return t("refusal.near")
        case "unsigned" | "undated" | "unsourced" | "untitled":
            unsaid = t(f"refusal.{refusal.cause}")
            stated = _closing("refusal.stated", names) if names else ""
            return f"{unsaid} {stated}".rstrip()
        case _:
            return t("refusal.nothing-near")


def _closing(key: str, names: Sequence[str]) -> str:
    """A text that ends in names and a full stop, which "Jr." has already."""
    return t(key, names=listed(names).removesuffix("."))
