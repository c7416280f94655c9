"""Measure the shipped reader on what it never saw: ``python -m training.evaluate --data FOLDER``.

For each set: is the best-scored sentence of the right passage evidence, and does the "answers" logit
tell answerable questions from unanswerable ones (AUROC)?
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from indexes.documents import Document, Span
from indexes.passages import split
from indexes.sentences import paragraphs, sentences
from qa.readers.joint import joint_reader

Asked = tuple[str, str, list[Span], list[Span]]  # question, passage, its sentences, evidence in it


def _in_paragraph(row: dict, texts: dict[str, str]) -> Asked:  # type: ignore[type-arg]  # as JSON gives it
    place = row["paragraph"]
    text = texts[place["document"]][place["start"] : place["end"]]
    spans = [s for p in paragraphs(text) for s in sentences(text, p)]
    gold = [
        Span(e["start"] - place["start"], e["end"] - place["start"])
        for g in row["evidence"]
        for e in g
    ]
    return row["question"], text, spans, gold


def _in_best_passage(row: dict, texts: dict[str, str]) -> Asked:  # type: ignore[type-arg]  # as JSON gives it
    """The passage with the most evidence or, for an unanswerable question, the first."""
    name = row["documents"][0]
    text = texts[name]
    gold = [Span(e["start"], e["end"]) for g in row["evidence"] for e in g]
    passages = [[s.span for s in p.sentences] for p in split(Document(name, text, name))]
    best = max(passages, key=lambda spans: sum(s.overlaps(g) for s in spans for g in gold))
    start, end = best[0].start, best[-1].end
    inside = [
        Span(max(g.start, start) - start, min(g.end, end) - start)
        for g in gold
        if g.start < end and start < g.end
    ]
    return (
        row["question"],
        text[start:end],
        [Span(s.start - start, s.end - start) for s in best],
        inside,
    )


def rows_of(folder: Path, limit: int) -> Iterator[Asked]:
    """Draw questions of a set, each with one passage."""
    texts = {
        file.name: file.read_text(encoding="utf-8") for file in (folder / "articles").iterdir()
    }
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    random.Random(11).shuffle(lines)  # noqa: S311 - not for secrets
    for line in lines[:limit]:
        row = json.loads(line)
        yield _in_paragraph(row, texts) if "paragraph" in row else _in_best_passage(row, texts)


def main() -> None:
    """Read the command line, measure and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int, default=800)
    given = parser.parse_args()
    print("| set | questions | right sentence | AUROC |\n|---|--:|--:|--:|")
    for name in ("squad", "clapnq", "polnear/dev"):
        hits, scores, answerable = [], [], []
        for question, text, spans, gold in rows_of(given.data / name, given.limit):
            (reading,) = joint_reader().read(question, [(text, spans)])
            scores.append(reading.answers)
            answerable.append(bool(gold))
            if gold:
                hits.append(any(spans[int(np.argmax(reading.sentences))].overlaps(g) for g in gold))
        print(
            f"| {name} | {len(scores)} | {np.mean(hits):.3f} | {roc_auc_score(answerable, scores):.3f} |"
        )


if __name__ == "__main__":
    main()
