"""Changing an index to another embedding model: nothing lost, and never half of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from small_encoder import SmallEncoder
from typer.testing import CliRunner

from indexes import Document, Index, reembedding, vector_file
from indexes.errors import ModelError
from indexes.model_files import DEFAULT_MODEL
from indexes.reembedding import reembed
from indexes.store import Store
from qa.cli import app

OTHER = "another-model"
TEXTS = {
    "harbour": "Quill opened the harbour.\n\nTamm said that the ferry was late.",
    "orchard": "The orchard prize went to a poet.",
    "glacier": "Glaciers shrank again.",
}
LATER = {name: text for name, text in TEXTS.items() if name != "harbour"} | {
    "late": "A late note on owls."
}


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexes.index.load_encoder", SmallEncoder)
    monkeypatch.setattr("indexes.reembedding.load_encoder", SmallEncoder)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    made = Index(tmp_path / "index")
    for name, text in TEXTS.items():
        made.put(Document(name, text, name, source=f"/a/{name}"))
    made.put(Document("copy", TEXTS["glacier"], "copy", source="/b/copy"))
    made.save()
    return made


def _is_whole(folder: Path, model: str, texts: Mapping[str, str] = TEXTS) -> bool:
    index = Index(folder, encoder=model)
    for name, text in texts.items():
        assert index.document(name).text == text
        assert index.search(text, 1)[0].document == name
        for stored in index.store.passages_of(index.numbers([name])[0]):  # type: ignore[index]  # not None
            expected = index.encoder.encode_query(stored.passage.span.of(text))
            assert stored.vector @ expected > 0.999
            assert stored.sentence_vectors.shape[1] == index.encoder.dimension
    return index.faults() == []


def test_everything_but_the_vectors_stays_as_it_was(index: Index) -> None:
    before = index.documents(), index.statements(), index.store.numbers()
    assert before[1], "there is something to lose"
    seen: list[tuple[int, int]] = []
    done = reembed(index.folder, OTHER, progress=lambda now, total: seen.append((now, total)))
    assert (done.model, done.passages) == (OTHER, index.store.count)
    assert seen[-1] == (done.passages, done.passages)
    assert _is_whole(index.folder, OTHER)
    again = Index(index.folder, encoder=OTHER)
    assert (again.documents(), again.statements(), again.store.numbers()) == before
    assert again.document("copy").name == "glacier"
    assert reembed(index.folder, OTHER).passages == 0, "it has that model already"
    assert reembed(index.folder, DEFAULT_MODEL).passages == done.passages
    assert _is_whole(index.folder, DEFAULT_MODEL)


def test_what_is_done_is_counted_once(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []

    def reembedded(store: Store) -> int:
        counted.append(0)
        return 0

    monkeypatch.setattr(Store, "reembedded", property(reembedded))
    seen: list[int] = []
    reembed(index.folder, OTHER, progress=lambda now, _: seen.append(now))
    assert len(seen) == len(TEXTS)
    assert seen[-1] == index.store.count
    assert len(counted) == 1, "not after every document, of which there may be millions"


def test_what_was_interrupted_goes_on_where_it_was(index: Index) -> None:
    def stop(now: int, _: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reembed(index.folder, OTHER, progress=stop)
    assert index.store.reembedded == 1
    assert _is_whole(index.folder, DEFAULT_MODEL), "until the end it is the index that it was"
    index.put(Document("late", LATER["late"], "late"))  # while it is under way
    index.remove("harbour")
    assert reembed(index.folder, OTHER).passages == index.store.count
    assert _is_whole(index.folder, OTHER, LATER)
    assert index.store.reembedded == 0


def test_vectors_that_were_gathered_for_a_third_model_are_not_mixed_in(index: Index) -> None:
    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reembed(index.folder, "a-third-model", progress=stop)
    assert reembed(index.folder, OTHER).passages == index.store.count
    assert _is_whole(index.folder, OTHER)


def test_who_has_the_index_open_is_told(index: Index) -> None:
    reembed(index.folder, OTHER)
    with pytest.raises(ModelError, match="ONRECORD_ENCODER=another-model"):
        index.search("harbour")
    with pytest.raises(ModelError, match="has been changed to the model another-model"):
        index.put(Document("new", "Something new.", "new"))
    with pytest.raises(ModelError, match="onrecord reembed"):
        Index(index.folder)
    assert _is_whole(index.folder, OTHER)


def test_two_at_once_do_not_mix(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    def other_begins(now: int, _: int) -> None:
        if now == 1:
            reembed(index.folder, "a-third-model")

    with pytest.raises(ModelError, match="Another process is changing this index"):
        reembed(index.folder, OTHER, progress=other_begins)
    assert _is_whole(index.folder, "a-third-model")
    monkeypatch.setattr(reembedding, "_gathered", lambda *_: pytest.fail("nothing is left to do"))
    assert reembed(index.folder, "a-third-model").passages == 0


def test_vectors_of_two_models_do_not_mix_in_the_file(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = vector_file.read

    def other_comes_between(folder: Path, lineage: str, **how: bool) -> object:
        found = read(folder, lineage, **how)
        monkeypatch.setattr(vector_file, "read", read)
        reembed(folder, OTHER)
        Index(folder, encoder=OTHER).put(Document("late", LATER["late"], "late"))
        return found

    monkeypatch.setattr(vector_file, "read", other_comes_between)
    index.remove("harbour")
    assert _is_whole(index.folder, OTHER, LATER)


def test_the_command_says_what_it_did_and_what_to_set(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONRECORD_INDEX", str(index.folder))
    result = CliRunner().invoke(app, ["reembed", "--model", OTHER])
    assert result.exit_code == 0, result.output
    assert "4 passages were embedded anew" in result.output or "3 passages" in result.output
    assert "ONRECORD_ENCODER=another-model" in result.output
    monkeypatch.setenv("ONRECORD_ENCODER", OTHER)
    result = CliRunner().invoke(app, ["reembed"])
    assert "0 passages were embedded anew" in result.output
    assert "Set" not in result.output
