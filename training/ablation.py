"""What each kind of feature adds: ``python -m training.ablation SET… --out FOLDER``.

SETs, ``--limit`` and ``--readers`` as of ``training.evidence``. Writes ``evidence.md``, a table of the
evidence scorer with some of its features taken away, and for the whole one a reliability diagram
and a risk–coverage curve as SVG; all judged by cross-validation over articles.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from qa.evaluation.outcomes import Columns, Outcome
from qa.evaluation.reports.plots import reliability, risk_coverage
from qa.evidence import Vocabulary, features
from qa.readers.joint import JointReader
from training.evidence import Asked, Judgement, arguments, collect, cross_validate

_READER = ("reader", "passage", "span")
_WORDS = ("words", "words_near", "words_passage", "words_said", "words_run", "names")
_SPEAKER = ("theirs", "named")
_MEANING = ("meaning", "meaning_here")
_SHAPE = ("heading", "before", "quotes", "length")
_VARIANTS: Mapping[str, tuple[str, ...]] = {
    "everything": (),
    "without the reader": _READER,
    "without the words": _WORDS,
    "without the vectors": _MEANING,
    "without rank and type": ("rank", "type"),
    "without its answer span": ("span",),
    "without who says it": ("words_said", "words_run", *_SPEAKER),
    "without its shape and what is before it": _SHAPE,
    "the reader alone": (*_WORDS, *_SPEAKER, *_MEANING, *_SHAPE, "rank", "type"),
    "words alone": (*_READER, *_MEANING, *_SHAPE, "rank", "type"),
}
_STYLE = (
    "<style>svg{font:11px system-ui,sans-serif;background:#fff}text{fill:#444}.grid{stroke:#ddd}"
    ".ideal{stroke:#999;stroke-dasharray:4 4}.whisker,.line{stroke:#0b6e7a;fill:none}"
    ".fill{fill:#0b6e7a22}.dot{fill:#0b6e7a}</style>"
)


def without(asked: list[Asked], names: tuple[str, ...]) -> list[Asked]:
    """The same questions as if nothing were known of some features."""
    return [_without(one, names) for one in asked]


def _without(one: Asked, names: tuple[str, ...]) -> Asked:
    gone = [name in names for name in features(one.asked)]
    rows = np.where(gone, 0.0, one.rows)
    scored = [replace(c, row=row) for c, row in zip(one.scored, rows, strict=True)]
    # What the confidence makes of the question's words goes with them.
    asked = replace(one.asked, topic=()) if "words_said" in names else one.asked
    vocabulary = Vocabulary.empty() if "words" in names else one.vocabulary
    return replace(one, rows=rows, scored=scored, asked=asked, vocabulary=vocabulary)


def _table(asked: Mapping[str, list[Asked]]) -> Iterator[str]:
    for form, rows in asked.items():
        yield f"| {form} ({len(rows)}) | best sentence is evidence | AUROC | calibration error |"
        yield "|---|--:|--:|--:|"
        for name, gone in _VARIANTS.items():
            known = features(rows[0].asked)
            if not gone or set(gone) & set(known):
                of = cross_validate(without(rows, gone)).measures()
                yield (
                    f"| {name} | {of['best_sentence_is_evidence']} | {of['auroc']} "
                    f"| {of['expected_calibration_error']} |"
                )
        yield ""


def _draw(judged: Judgement, form: str, folder: Path) -> None:
    columns = Columns()
    for first, chance, answerable in zip(
        judged.first, judged.chances, judged.answerable, strict=True
    ):
        right = bool(first and answerable)
        columns.add(
            Outcome(
                "",
                form,
                "",
                bool(answerable),
                True,
                float(chance),
                right,
                (),
                {"right": float(right)},
            )
        )
    for name, plot in (("reliability", reliability(columns)), ("risk", risk_coverage(columns))):
        if plot is not None:
            head, _, body = str(plot.svg).partition(">")
            namespaced = head.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"')
            text = f"{namespaced}>{_STYLE}{body}\n"
            (folder / f"evidence-{name}-{form}.svg").write_text(text, encoding="utf-8")


def main() -> None:
    """Read the command line, judge and write."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    given = arguments(__doc__).parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    asked = collect(
        given.sets, given.limit, [JointReader(path) for path in given.readers], given.held_out
    )
    (given.out / "evidence.md").write_text("\n".join(_table(asked)), encoding="utf-8")
    for form, rows in asked.items():
        _draw(cross_validate(rows), form, given.out)


if __name__ == "__main__":
    main()
