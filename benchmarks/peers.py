"""Ingest and query beside LlamaIndex and LangChain: the same articles, weights, questions and machine.

usage: python benchmarks/peers.py FOLDER [--questions FILE.jsonl] [--count 200] [--rounds 2] [--json]

FOLDER holds the articles (``*.txt``, ``*.md``). The questions default to ``questions.jsonl`` in
FOLDER or beside it. README.md in this folder says what is measured, and how.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.peer_systems import SYSTEMS, System

T = TypeVar("T")
WITHIN = (300, 600, 1200, 2400)
_OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TQDM_DISABLE": "1"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and groups of wordings: one of each group must be found."""

    question: str
    groups: list[list[str]]


# ---- one stage in a process of its own


def stage(name: str, stage: str, files: Sequence[Path], index: Path, asked: list[Asked]) -> None:
    """Run one stage of one system, and print what it measured as a line of JSON."""
    system = SYSTEMS[name]()
    if stage in ("retrieve", "answer"):  # cold: nothing has been loaded
        system.open(index)
        ask = system.retrieve if stage == "retrieve" else system.answer
        ask(asked[0].question)
        print(json.dumps({"ready": True}), flush=True)
        os._exit(0)  # what comes after the answer is not waited for
    with tempfile.TemporaryDirectory() as scratch:
        system.warm_up(Path(scratch))
    measured = _ingest(system, files, index) if stage == "ingest" else _query(system, index, asked)
    print(json.dumps({**measured, "threads": system.threads()}), flush=True)


def _ingest(system: System, files: Sequence[Path], index: Path) -> dict[str, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    stages = system.ingest(files, index)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    size = sum(file.stat().st_size for file in index.rglob("*") if file.is_file())
    return {"ingest_wall_s": wall, "ingest_cpu_s": cpu, "index_kib": size / 1024, **stages}


def _query(system: System, index: Path, asked: list[Asked]) -> dict[str, Any]:
    system.open(index)
    found, measured = _timed("retrieve", system.retrieve, asked)
    measured |= _within("within", found, asked)
    if system.answer(asked[0].question) is not None:
        shown, timed = _timed("answer", lambda question: system.answer(question) or [], asked)
        measured |= timed | _within("answer_within", shown, asked)
    return measured


def _within(name: str, found: Sequence[Sequence[str]], asked: Sequence[Asked]) -> dict[str, float]:
    """The share of questions whose answer stands in the first characters of what was found."""
    return {
        f"{name}_{length}": statistics.fmean(
            is_within(texts, length, one.groups) for texts, one in zip(found, asked, strict=True)
        )
        for length in WITHIN
    }


def _timed(
    name: str, ask: Callable[[str], T], asked: Sequence[Asked]
) -> tuple[list[T], dict[str, Any]]:
    """Ask each question once, after five to warm up."""
    for one in asked[-5:]:
        ask(one.question)
    found, wall, cpu = [], [], time.process_time()
    for one in asked:
        started = time.perf_counter()
        found.append(ask(one.question))
        wall.append((time.perf_counter() - started) * 1000)
    spent = (time.process_time() - cpu) * 1000 / len(asked)
    percentiles = {f"{name}_p{p}_ms": percentile(wall, p) for p in (50, 95)}
    return found, {**percentiles, f"{name}_cpu_ms": spent}


def percentile(values: Sequence[float], percent: float) -> float:
    """A percentile, between neighbours in proportion."""
    ordered = sorted(values)
    at = (len(ordered) - 1) * percent / 100
    low, high = ordered[int(at)], ordered[min(int(at) + 1, len(ordered) - 1)]
    return low + (at - int(at)) * (high - low)


def is_within(passages: Sequence[str], length: int, groups: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first characters retrieved hold one wording of each group."""
    shown = _plain("\n".join(passages)[:length])
    return all(any(_plain(words) in shown for words in group) for group in groups)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


# ---- all stages of all systems, in turns


def choose(path: Path, files: Sequence[Path], count: int, seed: int) -> list[Asked]:
    """Draw answerable questions that stand on their own, with what answers them."""
    from qa.evaluation import Place, QuestionSet

    texts = {file.name: file.read_bytes().decode("utf-8") for file in files}
    whole = "\n".join(texts.values())

    def words(alternative: str | Place) -> str:
        """An alternative's words, empty where these articles do not have them."""
        if isinstance(alternative, Place):
            return texts.get(alternative.document, "")[alternative.start : alternative.end]
        return alternative if alternative in whole else ""

    chosen = []
    for question in QuestionSet.load(path):
        evidence = [[words(alternative) for alternative in group] for group in question.evidence]
        groups = [list(group) for group in question.answer_contains] or evidence
        stands_alone = question.answerable and not question.history
        if stands_alone and groups and all(any(group) for group in evidence):
            chosen.append(Asked(question.question, [list(filter(None, g)) for g in groups]))
    if not chosen:
        raise SystemExit(f"{path} has no answerable question about these articles.")
    return random.Random(seed).sample(chosen, min(count, len(chosen)))


def measure(folder: Path, asked: Sequence[Asked], rounds: int) -> dict[str, dict[str, Any]]:
    """Run the stages of the systems in turns; the median of the rounds counts."""
    seen: dict[str, dict[str, list[Any]]] = {name: {} for name in SYSTEMS}
    with tempfile.TemporaryDirectory() as scratch:
        questions = Path(scratch, "questions.json")
        questions.write_text(json.dumps([[a.question, a.groups] for a in asked]), encoding="utf-8")
        for number in range(rounds):
            names = list(SYSTEMS) if number % 2 == 0 else list(SYSTEMS)[::-1]
            for stage in ("ingest", "query", "retrieve", "answer"):
                for name in names:
                    if stage == "answer" and name != "onrecord":
                        continue  # they have none without a language model
                    index = Path(scratch, f"{name}-{number}")
                    index.mkdir(exist_ok=True)
                    print(f"round {number + 1}: {name}, {stage}", file=sys.stderr)
                    for key, value in spawn(name, stage, folder, index, questions).items():
                        seen[name].setdefault(key, []).append(value)

    def middle(values: list[Any]) -> Any:  # noqa: ANN401 - numbers, or words that never differ
        return values[0] if isinstance(values[0], str) else statistics.median(values)

    return {name: {k: middle(v) for k, v in keys.items()} for name, keys in seen.items()}


def spawn(name: str, stage: str, folder: Path, index: Path, questions: Path) -> dict[str, Any]:
    """Run a stage in a fresh process; for a cold start, time it until it has answered."""
    command = [sys.executable, __file__, str(folder), "--system", name, "--stage", stage]
    command += ["--index", str(index), "--questions", str(questions)]
    started = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, **_OFFLINE}
    ) as child:
        lines = iter(child.stdout or ())
        last = next((line for line in lines if line.startswith("{")), None)
        took = time.perf_counter() - started
        child.communicate()
    if last is None or child.returncode:
        raise SystemExit(f"{name} failed at {stage}; its error stands above.")
    return {f"cold_{stage}_s": took} if stage in ("retrieve", "answer") else json.loads(last)


ROWS = (
    ("ingest, CPU s", "ingest_cpu_s", "{:.1f}"),
    ("  of which who said what", "statements_cpu_s", "{:.1f}"),
    ("  without it", "ingest_without_statements_cpu_s", "{:.1f}"),
    ("ingest, wall s", "ingest_wall_s", "{:.1f}"),
    ("index, KiB", "index_kib", "{:,.0f}"),
    ("retrieval, p50 ms", "retrieve_p50_ms", "{:.1f}"),
    ("retrieval, p95 ms", "retrieve_p95_ms", "{:.1f}"),
    ("retrieval, CPU ms", "retrieve_cpu_ms", "{:.1f}"),
    ("whole answer, p50 ms", "answer_p50_ms", "{:.1f}"),
    ("whole answer, p95 ms", "answer_p95_ms", "{:.1f}"),
    ("whole answer, CPU ms", "answer_cpu_ms", "{:.1f}"),
    ("cold start to passages, s", "cold_retrieve_s", "{:.2f}"),
    ("cold start to answer, s", "cold_answer_s", "{:.2f}"),
    *((f"found in first {n} characters", f"within_{n}", "{:.3f}") for n in WITHIN),
    *((f"in first {n} of its answer", f"answer_within_{n}", "{:.3f}") for n in WITHIN[:2]),
)


def table(measured: Mapping[str, Mapping[str, Any]]) -> str:
    """Lay the measures out, with the ratio of ours to each peer's."""
    ours, *peers = measured.values()
    heads = [f"{name:>12}{'' if at == 0 else '   ratio'}" for at, name in enumerate(measured)]
    lines = [f"{'':32}{''.join(heads)}"]
    for label, key, form in ROWS:
        base = "ingest_cpu_s" if key == "ingest_without_statements_cpu_s" else key
        value = ours.get(key)
        cells = [f"{'–' if value is None else form.format(value):>12}"]
        for peer in peers:
            shown = form.format(peer[key]) if key in peer else "–"
            ratio = f"{value / peer[base]:.2f}" if value is not None and peer.get(base) else ""
            cells.append(f"{shown:>12}{ratio:>8}")
        lines.append(f"{label:32}{''.join(cells)}".rstrip())
    return "\n".join([*lines, *(f"{name}: {keys['threads']}" for name, keys in measured.items())])


def main() -> None:
    """Measure and print; with --system, be one of the processes that are measured."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=Path)
    parser.add_argument("--count", type=int, default=200, help="questions drawn (200)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=2, help="runs of each system (2)")
    parser.add_argument("--json", action="store_true", help="print the measures as JSON")
    for name in ("--system", "--stage", "--index"):
        parser.add_argument(name, help=argparse.SUPPRESS)
    given = parser.parse_args()
    files = sorted(
        f for f in given.folder.glob("*") if f.suffix in (".txt", ".md") and f.stem != "README"
    )
    if given.system:
        rows = json.loads(given.questions.read_text(encoding="utf-8"))
        stage(given.system, given.stage, files, Path(given.index), [Asked(*row) for row in rows])
        return
    beside = [given.folder / "questions.jsonl", given.folder.parent / "questions.jsonl"]
    questions = given.questions or next((path for path in beside if path.exists()), None)
    if not files or questions is None:
        parser.error(
            f"{given.folder} needs articles (*.txt, *.md) in it, and a question set with --questions"
        )
    asked = choose(questions, files, given.count, given.seed)
    measured = measure(given.folder, asked, given.rounds)
    ours = measured["onrecord"]
    ours["ingest_without_statements_cpu_s"] = ours["ingest_cpu_s"] - ours["statements_cpu_s"]
    if given.json:
        print(json.dumps(measured, indent=1))
    else:
        print(
            f"{len(files)} articles, {len(asked)} questions, {os.cpu_count()} cores; median of {given.rounds}"
        )
        print(table(measured))


if __name__ == "__main__":
    main()
