"""Measure who-said-what extraction against a folder of PolNeAR's form.

FOLDER holds ``articles/`` and ``statements.jsonl``, each line a gold attribution with ``document``,
``source``, ``cue`` and ``content`` as lists of ``[start, end]``.

Definitions:

* *Tokens* are runs of letters and digits. A token counts as content (source, cue) when it lies in
  the content of any statement; precision, recall and F1 are micro-averaged over all documents.
  Source: the token-level evaluation of attributions of Pareti et al., "Automatically Detecting and
  Attributing Indirect Quotations" (EMNLP 2013), as used on PolNeAR by Newell et al., "An
  Attribution Relations Corpus for Political News" (LREC 2018).
* *Statement overlap* is soft precision and recall: each statement scores the share of its content
  tokens that its best counterpart covers. Source: Johansson and Moschitti, "Relational Features in
  Fine-Grained Opinion Analysis" (Computational Linguistics, 2013).
* A gold statement is *found* when its best counterpart's content has a token F1 with it of at
  least one half. It is *direct* when each of its content spans is a quotation in its marks, *mixed*
  when a span holds a quotation, otherwise *indirect*.
* The *speaker* is right when the canonical name shares the name of the gold source: its last
  capitalised word, or for a source without one its head noun. Where an annotator exchanged the two,
  so that the gold source is "said", the cue is taken for the source. Gold sources that are pronouns name
  nobody, so that they can only be counted (``pronouns``: how many got a speaker at all, and how
  many a score of one half or more).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from indexes.documents import Span
from indexes.sentences import paragraphs, sentences
from indexes.speech import find_statements
from indexes.statements import Statement

_TOKEN = re.compile(r"[^\W_]+")
_OPENS = ("“", '"', "''", "``", "‘", "'")
_CLOSES = re.compile(r"(?:”|\"|''|’|')[.,;:?!]?$")
_PRONOUNS = frozenset("i me my we us our you he him his she her they them their it its".split()) | {
    "who", "which", "that", "whom", "whose", "this", "these", "those", "both", "one",
}  # fmt: skip
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated attribution."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    kind: str


@dataclass(slots=True)
class Counts:
    """Token counts of one kind of span."""

    both: int = 0
    found: int = 0
    gold: int = 0

    def add(self, found: set[int], gold: set[int]) -> None:
        """Count one document's tokens."""
        self.both += len(found & gold)
        self.found += len(found)
        self.gold += len(gold)

    def measures(self) -> dict[str, float]:
        """Return precision, recall and F1."""
        p = self.both / self.found if self.found else 0.0
        r = self.both / self.gold if self.gold else 0.0
        return {"precision": p, "recall": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}


@dataclass(slots=True)
class Kind:
    """What was found of one kind of gold statement."""

    gold: int = 0
    found: int = 0
    judged: int = 0
    right: int = 0
    pronouns: int = 0
    pronouns_named: int = 0
    pronouns_sure: int = 0


@dataclass(slots=True)
class Tally:
    """All counts of a run."""

    content: Counts = field(default_factory=Counts)
    source: Counts = field(default_factory=Counts)
    cue: Counts = field(default_factory=Counts)
    kinds: dict[str, Kind] = field(default_factory=lambda: defaultdict(Kind))
    soft_gold: float = 0.0
    soft_found: float = 0.0
    gold: int = 0
    found: int = 0
    words: int = 0
    cpu_s: float = 0.0


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="print the measures as JSON")
    parser.add_argument("--sample", type=int, help="score every n-th article, about this many")
    parser.add_argument("--errors", type=int, default=0, help="print this many articles' errors")
    arguments = parser.parse_args()
    tally = Tally()
    gold = read_gold(arguments.folder)
    names = sorted(gold)
    if arguments.sample:
        names = names[:: max(1, len(names) // arguments.sample)]
    find_statements("“Yes,” he said.", [Span(0, 15)], [Span(0, 15)])  # load the parser
    for number, name in enumerate(names):
        text = (arguments.folder / "articles" / name).read_text(encoding="utf-8")
        parts = paragraphs(text)
        cut = [sentence for part in parts for sentence in sentences(text, part)]
        started = time.process_time()
        found = find_statements(text, cut, parts)
        tally.cpu_s += time.process_time() - started
        score(text, gold[name], found, tally, show=number < arguments.errors)
    report = measures(tally)
    print(json.dumps(report, indent=1) if arguments.json else table(report, len(names)))


def read_gold(folder: Path) -> dict[str, list[Gold]]:
    """Read the gold statements of each document."""
    gold: dict[str, list[Gold]] = defaultdict(list)
    with (folder / "statements.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            path = folder / "articles" / row["document"]
            text = _text(path)
            content = _spans(row["content"])
            cue, source = _spans(row["cue"]), _spans(row["source"])
            if len(source) == 1 and source[0].of(text) == "said":
                cue, source = source, cue
            gold[row["document"]].append(Gold(content, cue, source, kind_of(text, content)))
    return gold


_last: tuple[Path, str] = (Path(), "")


def _text(path: Path) -> str:
    global _last  # one article's lines stand together, so that one text is enough to keep
    if _last[0] != path:
        _last = (path, path.read_text(encoding="utf-8"))
    return _last[1]


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def kind_of(text: str, content: Sequence[Span]) -> str:
    """Tell a direct quotation from a mixed and an indirect statement."""
    pieces = [span.of(text).strip() for span in content]
    if all(p.startswith(_OPENS) and _CLOSES.search(p) and len(p) > 2 for p in pieces):
        inside = [p[1:-2] for p in pieces]
        if all("“" not in p and '"' not in p for p in inside):
            return "direct"
    return "mixed" if any(mark in p for p in pieces for mark in '“"') else "indirect"


def tokens(text: str, spans: Iterable[Span]) -> set[int]:
    """Return the offsets at which the tokens of some spans start."""
    return {m.start() for span in spans for m in _TOKEN.finditer(text, span.start, span.end)}


def score(
    text: str, gold: Sequence[Gold], found: Sequence[Statement], tally: Tally, *, show: bool
) -> None:
    """Add one document's counts to the tally."""
    tally.words += len(text.split())
    tally.gold += len(gold)
    tally.found += len(found)
    found_tokens = [tokens(text, s.content) for s in found]
    gold_tokens = [tokens(text, g.content) for g in gold]
    tally.content.add(set().union(*found_tokens), set().union(*gold_tokens))
    tally.source.add(
        tokens(text, (s.source for s in found if s.source)),
        tokens(text, (span for g in gold for span in g.source)),
    )
    tally.cue.add(
        tokens(text, (s.cue for s in found if s.cue)),
        tokens(text, (span for g in gold for span in g.cue)),
    )
    for mine in found_tokens:
        best = max((len(mine & other) for other in gold_tokens), default=0)
        tally.soft_found += best / len(mine) if mine else 0.0
    for one, wanted in zip(gold, gold_tokens, strict=True):
        best = max((len(wanted & other) for other in found_tokens), default=0)
        tally.soft_gold += best / len(wanted) if wanted else 0.0
        match = _match(one, wanted, found, found_tokens)
        _judge(text, one, match, tally.kinds[one.kind], show=show)
    if show:
        every = set().union(*gold_tokens)
        for statement, mine in zip(found, found_tokens, strict=True):
            if len(mine & every) < 0.5 * len(mine):
                print("  EXTRA", _line(text, statement))


def _match(
    gold: Gold, wanted: set[int], found: Sequence[Statement], found_tokens: Sequence[set[int]]
) -> Statement | None:
    """The statement whose content is most like the gold one's; ties go to the nearer cue."""
    ranked = [
        (2 * len(wanted & mine) / (len(wanted) + len(mine)), -_cue_distance(gold, statement), -i)
        for i, (statement, mine) in enumerate(zip(found, found_tokens, strict=True))
        if wanted & mine
    ]
    if not ranked or max(ranked)[0] < 0.5:
        return None
    return found[-max(ranked)[2]]


def _cue_distance(gold: Gold, statement: Statement) -> int:
    if not gold.cue or statement.cue is None:
        return 10_000
    return abs(gold.cue[0].end - statement.cue.end)


def _judge(text: str, gold: Gold, match: Statement | None, kind: Kind, *, show: bool) -> None:
    kind.gold += 1
    if match is None:
        if show:
            print(f"  MISSED {gold.kind}", _gold_line(text, gold))
        return
    kind.found += 1
    if not gold.source:
        return
    source = " ".join(span.of(text) for span in gold.source)
    if source.lower() in _PRONOUNS:
        kind.pronouns += 1
        kind.pronouns_named += bool(match.speaker)
        kind.pronouns_sure += bool(match.speaker) and match.score >= 0.5
        return
    kind.judged += 1
    right = same_speaker(source, match.speaker)
    kind.right += right
    if show and not right:
        print(f"  SPEAKER {source!r} not {match.speaker!r} {match.score:.2f}", _line(text, match))


def same_speaker(source: str, speaker: str) -> bool:
    """Tell whether a canonical name shares the name of a gold source."""
    if not speaker:
        return False
    if speaker in source and not re.match(r"[’']s?\b", source.partition(speaker)[2]):
        return True
    said = {word.lower() for word in re.findall(r"[^\W_]+", _plain(speaker))} - _SUFFIXES
    head = _HEAD_END.split(_plain(source))[0]
    names = re.findall(r"[A-Z][^\W_]*(?:[\s.-]+[A-Z][^\W_]*)*", head)
    last = [_last_word(name) for name in names]
    wanted = [word for word in last if word] or [_last_word(head) or _last_word(source)]
    return any(word in said for word in wanted)


_HEAD_END = re.compile(r",|\(|\b(?:of|in|at|from|for|with|on|who|that)\b")


def _plain(text: str) -> str:
    return re.sub(r"[’']s?\b", "", text)


def _last_word(words: str) -> str:
    kept = [word.lower() for word in re.findall(r"[^\W_]+", words)]
    kept = [word for word in kept if word not in _SUFFIXES | {"the", "a", "some"}]
    return kept[-1] if kept else ""


def measures(tally: Tally) -> dict[str, Any]:
    """Return all measures, ready for JSON."""
    kinds = {
        name: {
            **asdict(kind),
            "found_share": kind.found / max(1, kind.gold),
            "speaker_right": kind.right / max(1, kind.judged),
        }
        for name, kind in sorted(tally.kinds.items())
    }
    judged = sum(kind.judged for kind in tally.kinds.values())
    return {
        "statements": {"gold": tally.gold, "found": tally.found},
        "content": tally.content.measures(),
        "source": tally.source.measures(),
        "cue": tally.cue.measures(),
        "overlap": {
            "precision": tally.soft_found / max(1, tally.found),
            "recall": tally.soft_gold / max(1, tally.gold),
        },
        "speaker_right": sum(k.right for k in tally.kinds.values()) / max(1, judged),
        "kinds": kinds,
        "cpu_s_per_700_words": tally.cpu_s / max(1, tally.words) * 700,
    }


def table(report: dict[str, Any], articles: int) -> str:
    """Lay the measures out for people."""
    lines = [f"{articles} articles, {report['statements']}"]
    for name in ("content", "source", "cue", "overlap"):
        values = report[name]
        lines.append(f"{name:10}" + "  ".join(f"{k} {v:.3f}" for k, v in values.items()))
    lines.append(f"speaker right, all matched with a named source: {report['speaker_right']:.3f}")
    kinds = report["kinds"]
    for name, kind in kinds.items():
        lines.append(
            f"{name:9} gold {kind['gold']:5}  found {kind['found_share']:.3f}  "
            f"speaker {kind['speaker_right']:.3f} of {kind['judged']}  "
            f"pronouns named {kind['pronouns_named']}/{kind['pronouns']} "
            f"sure {kind['pronouns_sure']}"
        )
    lines.append(f"CPU {report['cpu_s_per_700_words']:.3f} s for 700 words")
    return "\n".join(lines)


def _line(text: str, statement: Statement) -> str:
    cue = statement.cue.of(text) if statement.cue else "-"
    return f"[{cue}] {' … '.join(span.of(text) for span in statement.content)}"


def _gold_line(text: str, gold: Gold) -> str:
    parts = [" … ".join(s.of(text) for s in spans) for spans in (gold.source, gold.cue)]
    return f"<{parts[0]}> [{parts[1]}] {' … '.join(s.of(text) for s in gold.content)}"


if __name__ == "__main__":
    main()
