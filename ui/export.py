"""A conversation as a file: Markdown with footnotes, or one HTML page that prints well. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.answer import Answer
from ui.articles import UNKNOWN, Outlines
from ui.conversations import Turn
from ui.language import day, spoken, t
from ui.refusals import declined, left_open
from ui.render import fill, where
from ui.wording import in_scope, in_words, written_by

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
_BLOCK = re.compile(r"^(\d*)([-+=.)])")


def plain(text: str) -> str:
    """Escape what Markdown would take for markup, so that the words stay as they are."""
    escaped = _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
    return _BLOCK.sub(r"\1\\\2", escaped)


def markdown(title: str, turns: Sequence[Turn], known: Outlines) -> str:
    """Return a conversation as Markdown; each citation is a footnote with its quotation."""
    lines = [f"# {plain(title)}", ""]
    notes: list[str] = []
    for turn in turns:
        lines += [f"## {plain(turn.question)}", ""]
        if scope := in_scope(turn.scope):
            lines += [f"*{plain(t('turn.asked', scope=scope))}*", ""]
        if turn.answer is None:
            lines += [f"*{plain(turn.reason or t('turn.not-answered'))}*", ""]
            continue
        if turn.answer.interpreted_as and turn.answer.interpreted_as != turn.question.strip():
            understood = t("turn.understood", question=turn.answer.interpreted_as)
            lines += [f"*{plain(understood)}*", ""]
        lines += _answer(turn.answer, turn.number)
        if how := _how(turn.answer):
            lines += [f"*{plain(how)}*", ""]
        for number, cite in enumerate(turn.answer.citations or turn.answer.nearest, 1):
            note = t("export.note", quote=plain(cite.quote), place=plain(where(cite, known)))
            notes.append(f"[^{turn.number}-{number}]: {note}")
    return "\n".join([*lines, *notes]).strip() + "\n"


def _answer(answer: Answer, turn: int) -> list[str]:
    if not answer.answered:
        near = [f"- {plain(c.quote)}[^{turn}-{n}]" for n, c in enumerate(answer.nearest, 1)]
        return [
            plain(str(declined(answer))),
            "",
            *([t("export.closest"), "", *near, ""] if near else []),
        ]
    lines: list[str] = []
    speaker: str | None = None
    for sentence in answer.sentences:
        said_by = answer.speaker_of(sentence)
        if said_by and said_by != speaker:
            lines += [f"**{plain(said_by)}**", ""]
        speaker = said_by
        marks = "".join(f"[^{turn}-{number}]" for number in sentence.citations)
        lines += [f"> {plain(sentence.text)}{marks}", ""]
    for question in answer.unanswered:
        lines += [plain(str(left_open(question))), ""]
    return lines


def _how(answer: Answer) -> str:
    return " · ".join(part for part in (in_words(answer), written_by(answer)) if part)


def html(title: str, turns: Sequence[Turn], known: Outlines, *, made: str) -> str:
    """Return a conversation as one HTML page that needs nothing else; ``made`` is an ISO date."""
    return fill(
        "export.html",
        title=title,
        made=day(made),
        language=spoken().code,
        turns=[
            {
                "number": turn.number,
                "question": turn.question,
                "scope": in_scope(turn.scope),
                "reason": turn.reason or t("turn.not-answered"),
                "answer": turn.answer,
                "declined": declined(turn.answer)
                if turn.answer and not turn.answer.answered
                else None,
                "languages": {
                    cite.document: known.get(cite.document, UNKNOWN).language
                    for cite in (turn.answer.citations if turn.answer else ())
                },
                "sure": _how(turn.answer) if turn.answer else "",
                "notes": [
                    (number, cite, where(cite, known))
                    for number, cite in enumerate(
                        (turn.answer.citations or turn.answer.nearest) if turn.answer else (), 1
                    )
                ],
            }
            for turn in turns
        ],
    )
