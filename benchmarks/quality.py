"""The shared sets, measured into docs/quality.md, with intervals and the commit.

usage: python -m benchmarks.quality DATA [--sets lavrov,polnear] [--out docs/quality.md]

DATA is the folder in which the sets lie. Each set gets an index of its own, kept in a temporary
folder; the table takes the place of the one between the two marks in the page, and the rest of the
page stays as it is.
"""

from __future__ import annotations

import argparse
import datetime
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from qa import Assistant, QuestionSet, evaluate
from qa.evaluation import Measures, Texts
from qa.evaluation.job import workers_for
from qa.evaluation.reports.content import between, number

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
SHOWN = (
    ("right", "right"),
    ("right_answerable", "answerable right"),
    ("right_unanswerable", "unanswerable declined"),
    ("evidence_recall", "evidence recall"),
    ("citation_precision", "citation precision"),
    ("contains", "contains the answer"),
    ("confidence_auroc", "confidence AUROC"),
    ("aurc", "risk over coverage"),
    ("ece", "calibration error"),
    ("recall@5", "search recall at 5"),
    ("ndcg@10", "search nDCG at 10"),
    ("exact_quotes", "exact quotes"),
)


@dataclass(frozen=True, slots=True)
class Shared:
    """A set.

    Attributes:
        label: what people call it.
        articles, questions: where they are, below the data's folder unless the path is absolute.
        named_only: whether of the articles only those are indexed that a question names.
    """

    label: str
    articles: Path
    questions: Path
    named_only: bool = False


SETS = {
    "lavrov": Shared("one news article", Path("articles"), Path("questions/lavrov.jsonl")),
    "example": Shared(
        "the bundled article, in other words",
        ROOT / "examples" / "lavrov-visit.md",
        ROOT / "examples" / "questions.jsonl",
    ),
    "news": Shared(
        "72 news articles, in other words",
        Path("polnear/train/articles"),
        ROOT / "benchmarks" / "news.jsonl",
        named_only=True,
    ),
    "asked": Shared(
        "51 news articles, as readers ask",
        Path("polnear/dev/articles"),
        ROOT / "benchmarks" / "asked.jsonl",
        named_only=True,
    ),
    "invented": Shared(
        "40 invented articles of other kinds",
        ROOT / "benchmarks" / "invented",
        ROOT / "benchmarks" / "invented.jsonl",
    ),
    "reports": Shared(
        "16 invented reports, asked as that on the visit",
        ROOT / "benchmarks" / "reports",
        ROOT / "benchmarks" / "reports.jsonl",
    ),
    "close_reading": Shared(
        "60 invented reports, asked closely",
        ROOT / "benchmarks" / "close_reading",
        ROOT / "benchmarks" / "close_reading.jsonl",
    ),
    "polnear": Shared(
        "PolNeAR, who said what", Path("polnear/dev/articles"), Path("polnear/dev/questions.jsonl")
    ),
    "clapnq": Shared("ClapNQ", Path("clapnq/articles"), Path("clapnq/questions.jsonl")),
    "squad": Shared("SQuAD 2.0", Path("squad/articles"), Path("squad/questions.jsonl")),
}


def measured(name: str, data: Path) -> Measures:
    """Index a set's articles, and ask its questions."""
    shared = SETS[name]
    articles, questions = data / shared.articles, data / shared.questions
    wanted = [articles]
    if shared.named_only:
        named = {name for asked in QuestionSet.load(questions) for name in asked.documents or ()}
        wanted = [articles / name for name in sorted(named)]
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        assistant = Assistant.open(folder)
        assistant.add(*wanted)
        question_set = QuestionSet.load(questions, articles=Texts(assistant))
        done = evaluate(assistant, question_set, workers=workers_for(question_set)).measures
        assistant.close()
    return done


def table(found: dict[str, Measures], commit: str, day: str) -> Iterator[str]:
    """Yield the lines of the page's table: a column for each set, a row for each measure."""
    yield f"Measured on {day} at commit `{commit}` with {os.cpu_count()} cores. 95 % intervals below."
    yield ""
    yield "| | " + " | ".join(SETS[name].label for name in found) + " |"
    yield "|---|" + "--:|" * len(found)
    yield "| questions | " + " | ".join(f"{one.questions:,}" for one in found.values()) + " |"
    for measure, label in SHOWN:
        cells = []
        for one in found.values():
            interval = one[measure].interval
            value = number(interval.value)
            cells.append(f"{value} <br>{between(interval)}" if interval.value is not None else "–")
        yield f"| {label} | " + " | ".join(cells) + " |"
    totals = [one.latency_ms["total"] for one in found.values()]
    yield (
        "| whole answer, p50 / p95 ms | "
        + " | ".join(f"{one.p50:,.0f} / {one.p95:,.0f}" for one in totals)
        + " |"
    )


def put(page: Path, lines: Sequence[str]) -> None:
    """Put the lines between the page's marks; a page without marks gets them at its end."""
    text = page.read_text(encoding="utf-8") if page.exists() else "# Quality\n\n"
    block = "\n".join((BEGIN, *lines, END))
    before, mark, rest = text.partition(BEGIN)
    after = rest.partition(END)[2] if mark else "\n"
    page.write_text(f"{before}{block}{after}", encoding="utf-8")


def commit_of(root: Path) -> str:
    """The commit that is measured, with a plus sign where files differ from it."""
    git = ["git", "-C", str(root)]
    head = subprocess.run([*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    changed = subprocess.run([*git, "status", "--porcelain"], capture_output=True, text=True)
    return (head.stdout.strip() or "unknown") + ("+" if changed.stdout.strip() else "")


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--sets", default=",".join(SETS), help="names, with commas between")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "quality.md")
    given = parser.parse_args()
    commit = commit_of(ROOT)  # before the page itself is changed
    found = {}
    for name in given.sets.split(","):
        if name not in SETS:
            parser.error(f"there is no set {name}; choose from {', '.join(SETS)}")
        found[name] = measured(name, given.data)
        print(f"{name}: {number(found[name]['right'].value)} right", flush=True)
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    put(given.out, list(table(found, commit, day)))


if __name__ == "__main__":
    main()
