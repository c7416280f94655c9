"""How time, memory and disk grow with what is on record, from a thousand passages to a million.

usage: python -m benchmarks.scale [--sizes 1000,10000] [--folder DIR] [--queries 200] [--out docs/scale.md]

A made-up corpus (synthetic.py) is put on record through the real store, with vectors that no model was
asked for, and searched through the product's own retriever. Each stage runs in a process of its own.
Indexes that are in DIR already, from an earlier run, are not built again.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from unittest.mock import patch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.peers import percentile
from benchmarks.synthetic import DIMENSION, MadeQuery, SyntheticCorpus
from indexes import Document, Index
from indexes.encoder import PassageVectors, Vectors
from indexes.model_files import DEFAULT_MODEL

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
_TOGETHER = 1_000
"""Documents put on record in one transaction."""


@dataclass(frozen=True, slots=True)
class Built:
    """What it took to make an index.

    Attributes:
        store_cpu_s: CPU seconds to put all documents on record, the making of their texts included.
        vectors_cpu_s: CPU seconds to make the vector file.
        peak_mib: the most memory that was resident.
        disk_mib: all files of the index.
    """

    store_cpu_s: float
    vectors_cpu_s: float
    peak_mib: float
    disk_mib: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What it took to search an index in a new process.

    Attributes:
        reopen_s: from opening the index to the first passages found.
        p50_ms, p95_ms: of a query through the retriever.
        cpu_p50_ms, cpu_p95_ms: the same in CPU time, which bears a busy machine better.
        add_ms: to put one more document of ten passages on record, its vectors at hand, and save.
        resident_mib: memory resident at the end.
        found: share of queries whose passage's document is among the ten found.
    """

    reopen_s: float
    p50_ms: float
    p95_ms: float
    cpu_p50_ms: float
    cpu_p95_ms: float
    add_ms: float
    resident_mib: float
    found: float


class GivenVectors:
    """Stands in for the embedding model: the vectors of queries are given."""

    name = DEFAULT_MODEL
    sha256 = "made up"
    dimension = DIMENSION

    def __init__(self, queries: Sequence[MadeQuery] = ()) -> None:
        self._vectors = {query.text: query.vector for query in queries}

    def encode_query(self, query: str) -> Vectors:
        """The vector that was given for a query."""
        return self._vectors[query]

    def encode_passages(self, passages: Sequence[object]) -> Iterator[PassageVectors]:
        """Refuse: documents come with their vectors."""
        raise NotImplementedError


def build(folder: Path, passages: int) -> Built:
    """Put a corpus on record, and make the vector file."""
    with patch("indexes.index.load_encoder", lambda _: GivenVectors()):
        index = Index(folder)
        index.encoder  # noqa: B018 - notes the model
        started = time.process_time()
        documents = SyntheticCorpus().documents(passages)
        while batch := list(islice(documents, _TOGETHER)):
            with index.store.together():
                for made in batch:
                    index.store.add(made.document, made.passages, made.rows, [])
        stored = time.process_time()
        index.save()
        saved = time.process_time()
        index.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Built(stored - started, saved - stored, peak, _disk_mib(folder))


def ask(folder: Path, passages: int, count: int) -> Asked:
    """Open an index, search it, and put one more document on record."""
    from indexes.retriever import OnrecordRetriever

    corpus = SyntheticCorpus()
    queries = corpus.queries(passages, count + 1)
    with patch("indexes.index.load_encoder", lambda _: GivenVectors(queries)):
        started = time.perf_counter()
        index = Index(folder)
        retriever = OnrecordRetriever(index)
        retriever.retrieve(queries[0].text)
        reopened = time.perf_counter() - started
        walls, cpus, found = [], [], 0
        for query in queries[1:]:
            wall, cpu = time.perf_counter(), time.process_time()
            nodes = retriever.retrieve(query.text)
            walls.append((time.perf_counter() - wall) * 1000)
            cpus.append((time.process_time() - cpu) * 1000)
            found += query.document in {node.node.metadata["document"] for node in nodes}
        made = next(corpus.documents(10))
        late = Document("late", f"Late.{made.document.text[5:]}", "late")
        wall = time.perf_counter()
        index.store.add(late, made.passages, made.rows, [])
        index.save()
        add = (time.perf_counter() - wall) * 1000
        index.store.remove("late")
        index.close()
    return Asked(
        reopened, percentile(walls, 50), percentile(walls, 95), percentile(cpus, 50), percentile(cpus, 95),
        add, _resident_mib(), found / count,
    )  # fmt: skip


def table(found: Sequence[tuple[int, Built | None, Asked]]) -> Iterator[str]:
    """Yield the lines of the page's table: a row for each size."""
    yield (
        "| passages | on record, CPU s | vector file, CPU s | peak MiB | disk MiB | reopened s | query p50 · p95 ms "
        "| the same, CPU | one more document ms | resident MiB | found |"
    )
    yield "|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for passages, built, asked in found:
        made = (
            f"{built.store_cpu_s:.0f} | {built.vectors_cpu_s:.1f} | {built.peak_mib:.0f} | {built.disk_mib:.0f}"
            if built
            else "– | – | – | –"
        )
        yield (
            f"| {passages:,} | {made} | {asked.reopen_s:.2f} | {asked.p50_ms:.0f} · {asked.p95_ms:.0f} "
            f"| {asked.cpu_p50_ms:.0f} · {asked.cpu_p95_ms:.0f} | {asked.add_ms:.0f} | {asked.resident_mib:.0f} "
            f"| {asked.found:.2f} |"
        )


def main() -> None:
    """Measure each size, and print the table or put it into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000,1000000")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--stage", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.stage:
        stage, folder, passages = options.stage
        done = (
            build(Path(folder), int(passages))
            if stage == "build"
            else ask(Path(folder), int(passages), options.queries)
        )
        print(json.dumps(asdict(done)))
        return
    with tempfile.TemporaryDirectory(prefix="onrecord-scale-") as temporary:
        found = [
            _measured(options.folder or Path(temporary), int(size), options.queries)
            for size in options.sizes.split(",")
        ]
    lines = "\n".join(table(found))
    print(lines)
    if options.out:
        page = options.out.read_text(encoding="utf-8")
        before, rest = page.split(BEGIN)
        options.out.write_text(
            f"{before}{BEGIN}\n{lines}\n{END}{rest.split(END)[1]}", encoding="utf-8"
        )


def _measured(folder: Path, passages: int, queries: int) -> tuple[int, Built | None, Asked]:
    place, notes = folder / str(passages), folder / f"{passages}.json"
    if not place.exists():
        notes.write_text(_run("build", place, passages, queries), encoding="utf-8")
    built = Built(**json.loads(notes.read_text(encoding="utf-8"))) if notes.exists() else None
    return passages, built, Asked(**json.loads(_run("ask", place, passages, queries)))


def _run(stage: str, folder: Path, passages: int, queries: int) -> str:
    command = [sys.executable, "-m", "benchmarks.scale", "--queries", str(queries)]
    done = subprocess.run(
        [*command, "--stage", stage, str(folder), str(passages)],
        check=True, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    return done.stdout


def _disk_mib(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.iterdir()) / 2**20


def _resident_mib() -> float:
    """Memory resident now, what is mapped from files included."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main()
