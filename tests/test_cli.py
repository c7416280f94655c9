"""The command line, as a person and as a program meet it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"


def run(
    *arguments: str, stdin: str | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run ``onrecord`` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "qa.cli", *arguments],
        capture_output=True, text=True, input=stdin, timeout=300, env={**os.environ, **environment},
        cwd=Path(__file__).parents[1],
    )  # fmt: skip


def failed(result: subprocess.CompletedProcess[str], *parts: str, code: int = 1) -> None:
    """Assert one clear sentence on standard error, the exit code, and no traceback."""
    assert result.returncode == code, result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    for part in parts:
        assert part in " ".join(result.stderr.split())


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("cli") / "index")
    result = run("add", str(EXAMPLES / "lavrov-visit.md"), "--index", folder)
    assert result.returncode == 0, result.stderr
    assert "lavrov-visit.md was added." in result.stdout
    return folder


def test_help_comes_without_the_heavy_libraries() -> None:
    code = (
        "import sys\nsys.argv = ['onrecord', '--help']\nfrom qa.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([m for m in ('torch', 'llama_index', 'gradio', 'spacy', 'onnxruntime') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60
    )
    assert result.stdout.splitlines()[-1] == "[]"
    for command in ("add", "list", "remove", "ask", "statements", "chat", "evaluate", "doctor"):
        assert command in result.stdout


def test_adding_again_changes_nothing(index: str) -> None:
    result = run("add", str(EXAMPLES / "lavrov-visit.md"), "--index", index)
    assert result.returncode == 0
    assert "in the index already" in result.stdout


def test_list_shows_what_is_there(index: str) -> None:
    assert "lavrov-visit.md" in run("list", "--index", index).stdout
    (document,) = json.loads(run("list", "--json", "--index", index).stdout)
    assert document["byline"] == "onrecord example"
    assert document["statements"] > 10


def test_ask_prints_the_quotes_and_where_they_stand(index: str) -> None:
    result = run("ask", "What did Lavrov say about Whelan?", "--index", index)
    assert result.returncode == 0
    assert "[1]" in result.stdout
    assert "paragraph" in result.stdout


def test_ask_json_is_the_contract(index: str) -> None:
    answer = json.loads(
        run("ask", "What did Lavrov say about Whelan?", "--json", "--index", index).stdout
    )
    text = (EXAMPLES / "lavrov-visit.md").read_text(encoding="utf-8")
    assert answer["answered"] is True
    for citation in answer["citations"]:
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert "Lavrov" in citation["speaker"]
        assert citation["document"] == "lavrov-visit.md"


def test_a_question_comes_from_standard_input_too(index: str) -> None:
    result = run(
        "ask", "-", "--json", "--index", index, stdin="What did Lavrov say about Whelan?\n"
    )
    assert json.loads(result.stdout)["answered"] is True


def test_statements_json_has_the_places(index: str) -> None:
    found = json.loads(run("statements", "--speaker", "Lavrov", "--json", "--index", index).stdout)
    text = (EXAMPLES / "lavrov-visit.md").read_text(encoding="utf-8")
    assert found
    for statement in found:
        assert " … ".join(text[a:b] for a, b in statement["content"]) == statement["text"]
        assert "Lavrov" in statement["speaker"]
        assert statement["within"] is None or isinstance(statement["within"], str)


def test_evaluate_writes_predictions_and_measures(index: str, tmp_path: Path) -> None:
    out = tmp_path / "predictions.jsonl"
    questions = EXAMPLES / "questions.jsonl"
    result = run("evaluate", str(questions), "--index", index, "--predictions", str(out), "--json")
    measures = json.loads(result.stdout)
    assert measures["exact_quotes"] == 1.0
    assert measures["right"] >= 0.55
    asked = [json.loads(line)["id"] for line in questions.read_text(encoding="utf-8").splitlines()]
    given = [json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()]
    assert given == asked


def test_doctor_finds_no_fault(index: str) -> None:
    result = run("doctor", "--index", index)
    assert result.returncode == 0
    assert "No fault found." in result.stdout
    assert "53aa51172d14" in result.stdout


def test_doctor_names_the_fault(tmp_path: Path) -> None:
    (tmp_path / "onrecord.sqlite3").write_bytes(b"not a database " * 200)
    result = run("doctor", "--index", str(tmp_path))
    assert result.returncode == 1
    assert "damaged" in result.stdout
    assert "Traceback" not in result.stderr


def test_documents_are_searched_shown_exported_and_brought_back(index: str, tmp_path: Path) -> None:
    found = json.loads(
        run("search", "arms control treaty", "--limit", "2", "--json", "--index", index).stdout
    )
    text = (EXAMPLES / "lavrov-visit.md").read_text(encoding="utf-8")
    assert len(found) == 2
    assert all(text[p["start"] : p["end"]] == p["text"] for p in found)
    assert "characters" in run("search", "treaty", "--index", index).stdout
    assert run("show", "lavrov-visit.md", "--index", index).stdout == text
    assert "No document has been replaced" in run("changes", "--index", index).stdout
    out, copy = str(tmp_path / "all.jsonl"), str(tmp_path / "copy")
    assert "1 documents were written" in run("export", out, "--index", index).stdout
    assert "backed up" in run("backup", copy, "--index", index).stdout
    other = str(tmp_path / "other")
    assert "1 documents were added" in run("import", out, "--index", other).stdout
    assert "removed" in run("remove", "lavrov-visit.md", "--index", other).stdout
    assert "restored" in run("restore", copy, "--index", other).stdout
    assert "lavrov-visit.md" in run("list", "--where", "published>=2019", "--index", other).stdout
    assert (
        json.loads(run("list", "--where", "published<2019", "--json", "--index", other).stdout)
        == []
    )
    failed(run("show", "lavrov-visit.md", "--original", out, "--index", index), "is the file's own")
    failed(run("list", "--where", "price>3", "--index", index), "is no condition", code=2)
    failed(run("import", copy, "--index", other), "cannot be read")
    failed(
        run("add", "ftp://example.org/a", "--index", other), "only addresses that start with http"
    )


def test_standard_input_and_a_new_version_are_said_in_words(tmp_path: Path) -> None:
    new, file = str(tmp_path / "new"), tmp_path / "a.txt"
    result = run("add", "-", "--index", new, stdin="Quill spoke on Monday. It rained.")
    assert "standard input was added." in result.stdout
    for text in ("Tamm stayed.", "Tamm went."):
        file.write_text(text, encoding="utf-8")
        result = run("add", str(file), "--index", new)
    assert "a.txt was replaced by its new version." in result.stdout
    changes = run("changes", "--index", new).stdout
    assert "- Tamm stayed." in changes
    assert "+ Tamm went." in changes


def test_doctor_rescues_what_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "onrecord.sqlite3").write_bytes(b"not a database " * 200)
    result = run("doctor", "--rescue", "--index", str(tmp_path))
    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 documents were saved" in result.stdout
    failed(run("doctor", "--rescue", "--index", str(tmp_path / "none")), "no index in")


def test_bad_input_is_one_clear_sentence(index: str, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    failed(run("add", str(tmp_path / "none.txt"), "--index", index), "There is no file or folder")
    failed(run("add", str(tmp_path / "empty.txt"), "--index", index), "empty.txt is empty")
    failed(run("add", str(tmp_path / "folder"), "--index", index), "holds nothing to read")
    failed(run("remove", "none.txt", "--index", index), "There is no document named none.txt")
    failed(
        run("ask", "Why?", "-d", "none.txt", "--index", index),
        "There is no document named none.txt",
    )
    failed(run("evaluate", str(tmp_path / "none.jsonl"), "--index", index), "none.jsonl", code=2)
    failed(
        run("list", "--index", index, ONRECORD_ENCODER="other/model"),
        "was made with the model all-MiniLM-L6-v2",
    )
    failed(
        run("list", "--index", index, ONRECORD_CAREFULNESS="reckless"),
        "ONRECORD_CAREFULNESS",
        code=2,
    )
    failed(run("ask", "--index", index), "question", code=2)
    failed(run("nonsense"), "nonsense", code=2)
    assert "lavrov-visit.md" in run("list", "--index", index).stdout


def test_an_unknown_model_is_an_error_and_never_an_answer(tmp_path: Path) -> None:
    result = run(
        "add", str(EXAMPLES / "lavrov-visit.md"), "--index", str(tmp_path / "new"),
        ONRECORD_ENCODER=str(tmp_path / "no-such-model"), HF_HUB_OFFLINE="1",
    )  # fmt: skip
    failed(result, "cannot be loaded")
