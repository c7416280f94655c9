"""What readers are measured on, kept out of what they are trained on.

A text counts as read before where a fifth of its runs of 13 words stand in one that is measured on:
more than a quotation that both have. Source of the length: Brown et al., Language models are few-shot
learners (2020), appendix C.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from training.data import Example, rows_of

_BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
_NEWS = _BENCHMARKS / "news.jsonl"
_OF_NEWS = "polnear/train/articles"

_MEASURED = ("articles", "squad/articles", "clapnq/articles", "polnear/dev/articles")
_RUN = 13
_SHARE = 0.2
_WORD = re.compile(r"\w+")


def unmeasured(examples: Iterable[Example], data: Path) -> Iterator[Example]:
    """The examples whose text is in no set below ``data``, or of ``benchmarks/``, that readers are measured on."""
    files = [file for folder in _MEASURED for file in (data / folder).iterdir()]
    files += _BENCHMARKS.glob("*/*.txt")
    files += [data / _OF_NEWS / name for row in rows_of(_NEWS) for name in row["documents"]]
    measured = {run for file in set(files) for run in _runs(file.read_text(encoding="utf-8"))}
    known: dict[str, bool] = {}
    for example in examples:
        whole = example.whole
        if whole not in known:
            runs = _runs(whole)
            known[whole] = bool(runs) and len(runs & measured) >= _SHARE * len(runs)
        if not known[whole]:
            yield example


def _runs(text: str) -> set[str]:
    words = _WORD.findall(text.casefold())
    return {" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}
