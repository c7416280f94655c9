"""What the crash test kills: a process that adds, replaces, removes, saves and re-embeds without end.

Run as ``python tests/crash_work.py FOLDER KILLS SEED``: it forks a worker on an index in the folder, kills
it after a random time, checks in another process that all is whole, and so on. The embedding model is
the small one of the tests, so that hundreds of kills take seconds; the store and FAISS are the real ones.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest
from small_encoder import SmallEncoder

from indexes import Document, Index
from indexes.documents import Original
from indexes.errors import DocumentError, IndexStoreError, ModelError
from indexes.model_files import DEFAULT_MODEL
from indexes.reembedding import reembed
from indexes.store import Store

_NAMES = [f"n{number}" for number in range(12)]


_MODELS = (DEFAULT_MODEL, "another-model")


def _opened(folder: Path) -> Index:
    """Open the index with the model that it has, until nobody changes it meanwhile."""
    while True:
        store = Store(folder)
        model = store.meta("encoder") or DEFAULT_MODEL
        store.close()
        try:
            index = Index(folder, encoder=model)
            index.encoder  # noqa: B018 - loads it
        except ModelError:
            continue
        return index


def _version(name: str, number: int) -> Document:
    lines = " ".join(
        f"Sentence {i} of version {number} of {name} is about tides." for i in range(1, 60)
    )
    return Document(name, f"{lines} The end of {name} {number}.", name, source=f"/a/{name}")


def work(folder: Path, seed: int) -> None:
    """Add, replace, remove, save and re-embed, until killed."""
    chance = random.Random(seed)
    index = _opened(folder)
    while True:
        try:
            _act(index, chance)
        except ModelError:  # this process or the other one changed the model
            index.close()
            index = _opened(folder)
        except DocumentError:  # the other process removed it first
            continue


def _act(index: Index, chance: random.Random) -> None:
    name = chance.choice(_NAMES)
    kind = chance.random()
    if kind < 0.55:
        index.put(
            _version(name, chance.randrange(1_000_000)),
            original=Original(".pdf", name.encode() * 999),
        )
    elif kind < 0.7 and index.store.number(name) is not None:
        index.remove(name)
    elif kind < 0.8:
        index.save()
    elif kind < 0.9:
        index.search("version of tides", 5)
    else:
        reembed(index.folder, chance.choice(_MODELS))


def check(folder: Path) -> None:
    """Assert that nothing is half there, and that every document answers."""
    index = _opened(folder)
    assert index.faults() == [], index.faults()
    for summary in index.documents():
        number, document = index.store.document(summary.name)
        last = document.text.split(" The end of ")[1]
        assert document.text == _version(summary.name, int(last.split()[1].rstrip("."))).text
        kept = index.store.original(number)
        assert kept is not None
        assert kept.data == summary.name.encode() * 999
        found = index.search(document.text[:60], 3, documents=[number])
        for stored in index.store.passages_of(number):
            vector = index.encoder.encode_query(stored.passage.span.of(document.text))
            assert stored.vector @ vector > 0.999, "it is of the model that the index has"
            assert stored.sentence_vectors.shape[1] == index.encoder.dimension
        assert found, summary.name
        assert found[0].document == summary.name
    index.save()
    left = {path.name for path in folder.iterdir()} - {
        "onrecord.sqlite3-wal",
        "onrecord.sqlite3-shm",
    }
    assert left <= {"onrecord.sqlite3", "passages.faiss", "passages.faiss.new"}, left


def fill_the_disk(folder: Path) -> None:
    """Assert that a disk that is full says so and loses nothing."""
    index = _opened(folder)
    index.put(_version("n0", 1), original=Original(".pdf", b"n0" * 999))
    index.save()
    before = [d.name for d in index.documents()]
    size = max(path.stat().st_size for path in folder.iterdir())
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 8192, resource.RLIM_INFINITY))
    big = Document("big", "Word after word. " * 60_000, "big")
    with pytest.raises(IndexStoreError, match="disk is full"):
        index.put(big, original=Original(".pdf", b"x" * 3_000_000))
    assert [d.name for d in index.documents()] == before
    assert index.faults() == []


def _forked(task: Callable[[], None]) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        task()
        status = 0
    except BaseException as error:  # noqa: BLE001, RUF100 - the parent is told by the status
        traceback.print_exception(error)
    finally:
        os._exit(status)


def _ended_well(child: int, what: str) -> None:
    _, status = os.waitpid(child, 0)
    if status:
        raise SystemExit(f"{what} failed with status {status}")


def main(folder: Path, kills: int, seed: int) -> None:
    """Kill, check, and again."""
    chance = random.Random(seed)
    survived = 0
    with (
        patch("indexes.index.load_encoder", SmallEncoder),
        patch("indexes.reembedding.load_encoder", SmallEncoder),
        patch("indexes.index.find_statements", lambda *_: []),
    ):
        while survived < kills:
            seeds = [chance.randrange(2**32) for _ in range(1 + survived % 2)]
            workers = [_forked(partial(work, folder, one)) for one in seeds]
            time.sleep(chance.uniform(0.01, 0.4))
            for worker in workers:
                os.kill(worker, signal.SIGKILL)
                _, status = os.waitpid(worker, 0)
                if status != signal.SIGKILL:
                    raise SystemExit(f"a worker ended by itself, with status {status}")
            _ended_well(_forked(partial(check, folder)), f"the check after kill {survived + 1}")
            survived += len(workers)
        _ended_well(_forked(partial(fill_the_disk, folder)), "a full disk")
    print(f"{survived} kills survived")  # noqa: T201 - what the test reads


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
