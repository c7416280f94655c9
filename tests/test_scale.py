"""What holds for large indexes, tried on small ones with small thresholds."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from small_encoder import SmallEncoder

from indexes import Document, Index, Span, full_text, mirror, vector_file
from indexes.clusters import Ids, clustered, exact, propose, sample_size
from indexes.encoder import PassageVectors, Vectors, normalised
from indexes.words import content_terms
from qa import Assistant

WORDS = (
    "harbour ferry quota treaty orchard poet copper bakery glacier orchestra minister court".split()
)


def _like_real_ones(draw: np.random.Generator, count: int) -> Vectors:
    """Vectors of passages: near their article's, which is near its topic's; some directions vary more."""
    scales = 1 / np.sqrt(1 + np.arange(128) / 20)

    def directions(*shape: int) -> Vectors:
        return normalised((draw.normal(size=(*shape, 128)) * scales).astype(np.float32))

    topics = normalised(0.3 * directions(1) + 0.95 * directions(120))
    articles = normalised(
        0.75 * topics[draw.integers(120, size=count // 8)] + 0.66 * directions(count // 8)
    )
    passages = normalised(0.75 * articles[:, None] + 0.66 * directions(count // 8, 8))
    return normalised(passages.reshape(-1, 128).astype(np.float16).astype(np.float32))


def _batches(vectors: Vectors) -> Iterator[tuple[Ids, Vectors]]:
    numbers = np.arange(len(vectors), dtype=np.int64) * 3 + 1
    for start, end in pairwise([*range(0, len(vectors), 4000), len(vectors)]):
        yield numbers[start:end], vectors[start:end]


def test_clusters_find_what_comparing_with_all_finds() -> None:
    draw = np.random.default_rng(20261125)
    vectors = _like_real_ones(draw, 24_000)
    queries = normalised(
        0.65 * vectors[draw.integers(24_000, size=200)] + 0.76 * _like_real_ones(draw, 200)
    )
    sample = vectors[:: len(vectors) // sample_size(len(vectors))]
    few, all_of_them = clustered(len(vectors), sample, _batches(vectors)), exact(128)
    for ids, batch in _batches(vectors):
        all_of_them.add_with_ids(batch, ids)
    shares = []
    for query in queries:
        wanted = {number for number, _ in propose(all_of_them, query, 10, None)}
        proposed = [number for number, _ in propose(few, query, 40, None)]
        # As the search does: those proposed are scored again by the vectors that are stored.
        products = vectors[[number // 3 for number in proposed]] @ query
        best = {proposed[i] for i in np.argsort(-products)[:10]}
        shares.append(len(wanted & best) / 10)
    assert np.mean(shares) >= 0.98
    assert few.nprobe < few.nlist / 2, "it is not by looking everywhere"
    scope = np.zeros(72_001, dtype=np.bool_)
    scope[np.arange(50) * 1_437 + 1] = True
    for query in queries[:20]:  # a narrow scope is searched to the last passage
        wanted = {number for number, _ in propose(all_of_them, query, 10, scope)}
        assert wanted <= {number for number, _ in propose(few, query, 40, scope)}


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexes.index.load_encoder", lambda _: SmallEncoder())
    monkeypatch.setattr("indexes.index.find_statements", lambda *_: [])
    monkeypatch.setattr(mirror, "_LATER", 20)


def _text(number: int) -> str:
    first, second = WORDS[number % 12], WORDS[number // 12 % 12]
    return f"Note {number} is about the {first} and the {second} of port {number * 7}."


def _filled(folder: Path, count: int, exact_up_to: int) -> Index:
    index = Index(folder, exact_up_to=exact_up_to)
    index.encoder  # noqa: B018 - loads it
    with index.store.together():
        for number in range(count):
            index.put(Document(f"n{number}", _text(number), "note", source=f"/a/{number}"))
    index.save()
    return index


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("exact_up_to", [0, 10_000])
def test_what_comes_and_goes_is_found_and_not_found_without_a_new_file(
    tmp_path: Path, exact_up_to: int
) -> None:
    index = _filled(tmp_path, 200, exact_up_to)
    file = tmp_path / vector_file.FILE
    seal = vector_file.read_seal(tmp_path)
    assert seal is not None
    assert (seal.trained == 0) == (exact_up_to > 200)
    written = file.read_bytes()
    index.put(Document("late", "A lighthouse keeper retired.", "late", source="/a/late"))
    index.put(Document("n7", "An otter was seen.", "note", source="/a/7"))  # a new version
    index.save()
    assert file.read_bytes() == written, "to add little costs no new file"
    for opened in (index, Index(tmp_path, exact_up_to=exact_up_to)):
        vector = opened.encoder.encode_query("lighthouse keeper")
        assert list(opened.vectors.search(vector, 1)) == opened.store.passage_ids(
            opened.numbers(["late"]) or []
        )
        assert opened.search(_text(90), 1)[0].document == "n90"
        assert not set(opened.vectors.search(vector, 300)) & {8}, (
            "the old version's passage has gone"
        )
        assert len(opened.vectors) == opened.store.count == 201
        assert opened.faults() == []
    for number in range(30):
        index.put(Document(f"m{number}", f"Memo {number} on owl {number}.", "memo"))
    index.save()
    later = vector_file.read_seal(tmp_path)
    assert later is not None
    assert later.last == index.store.last_passage, "to add much does"
    assert later.trained == seal.trained, "and takes it in where it fits"
    index.remove("late")
    purged = vector_file.read_seal(tmp_path)
    assert purged is not None
    assert purged.generation == index.store.generation, "what was removed leaves the file at once"
    assert len(Index(tmp_path, exact_up_to=exact_up_to).vectors) == index.store.count
    assert index.faults() == []


@pytest.mark.usefixtures("_small")
def test_an_index_that_has_doubled_is_clustered_anew(tmp_path: Path) -> None:
    _filled(tmp_path, 60, 50).close()
    small = vector_file.read_seal(tmp_path)
    index = Index(tmp_path, exact_up_to=50)
    with index.store.together():
        for number in range(100, 180):
            index.put(Document(f"n{number}", _text(number), "note"))
    index.save()
    large = vector_file.read_seal(tmp_path)
    assert small is not None
    assert large is not None
    assert (small.trained, large.trained) == (60, 140)


@pytest.mark.usefixtures("_small")
def test_clusters_and_comparing_with_all_find_the_same(tmp_path: Path) -> None:
    one, other = _filled(tmp_path / "one", 150, 0), _filled(tmp_path / "other", 150, 1_000)
    for number in range(0, 150, 7):
        first, second = (index.search(_text(number), 1)[0] for index in (one, other))
        assert (first.document, first.dense, first.bm25) == (
            second.document,
            second.dense,
            second.bm25,
        )


@pytest.mark.usefixtures("_small")
def test_common_words_do_not_find_but_do_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = _filled(tmp_path, 144, 1_000).store
    asked = content_terms("the note about harbour and poet of port 777")
    whole = store.bm25(asked, 200)
    monkeypatch.setattr(full_text, "MATCHES", 50)
    few = store.bm25(asked, 5)
    assert list(few.values()) == pytest.approx(list(whole.values())[:5], rel=1e-6)
    for number, score in few.items():
        assert score == pytest.approx(whole[number], rel=1e-6), "FTS5's own BM25"
    within = store.bm25(asked, 5, [4, 5, 6])
    assert set(within) == {4, 5, 6}
    for number, score in within.items():
        assert score == pytest.approx(whole[number], rel=1e-6)
    monkeypatch.setattr(full_text, "_IN_SCOPE", 2)
    assert set(store.bm25(["poet", "harbour"], 50, list(range(100, 144)))) == {
        n for n in range(100, 144) if {"poet", "harbour"} & set(_text(n - 1).split())
    }
    # In every passage: the latest are looked at, so that the time stays bounded.
    assert list(store.bm25(["note"], 500)) == list(range(95, 145))


@pytest.mark.usefixtures("_small")
def test_how_common_words_are_is_counted_anew_when_something_changes(tmp_path: Path) -> None:
    store = (index := _filled(tmp_path, 24, 1_000)).store
    total, counts = store.frequencies(["poet", "owl"])
    assert (total, counts) == (24, {"poet": 2, "owl": 0})
    index.put(Document("owl", "The poet met an owl.", "owl"))
    assert store.frequencies(["poet", "owl"]) == (25, {"poet": 3, "owl": 1})
    assert store.count == store._rows("SELECT count(*) FROM passages")[0][0]


@pytest.mark.usefixtures("_small")
def test_an_interrupted_add_of_a_folder_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}.txt").write_text(_text(number), encoding="utf-8")

    def stop(_: object, done: int, __: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Assistant.open(tmp_path / "index").add(folder, progress=stop)
    encoded: list[str] = []
    encode = SmallEncoder.encode_passages

    def noted(
        self: SmallEncoder, passages: Sequence[tuple[str, Sequence[Span]]]
    ) -> Iterator[PassageVectors]:
        encoded.extend(text for text, _ in passages)
        return encode(self, passages)

    monkeypatch.setattr(SmallEncoder, "encode_passages", noted)
    assistant = Assistant.open(tmp_path / "index")
    result = assistant.add(folder)
    assert [o.document for o in result.skipped] == ["0.txt", "1.txt", "2.txt"]
    assert [o.document for o in result.added] == ["3.txt", "4.txt", "5.txt"]
    assert encoded == [_text(3), _text(4), _text(5)], "what is there already is not embedded again"
    assert assistant.index.faults() == []
    assert all(assistant.search(_text(n), 1)[0].document == f"{n}.txt" for n in range(6))


@pytest.mark.usefixtures("_small")
def test_memory_while_adding_does_not_grow_with_what_is_on_record(tmp_path: Path) -> None:
    index = Index(tmp_path)

    def peak(start: int, count: int) -> int:
        tracemalloc.reset_peak()
        for number in range(start, start + count):
            text = " ".join(_text(number * 7 + i % 7) for i in range(200))
            index.put(Document(f"n{number}", text, "note", source=f"/a/{number}"))
        index.save()
        return tracemalloc.get_traced_memory()[1]

    tracemalloc.start()
    try:
        peak(0, 4)  # what is loaded once
        few, many = peak(4, 4), peak(8, 40)
    finally:
        tracemalloc.stop()
    assert many < few * 2  # ten times as many documents
