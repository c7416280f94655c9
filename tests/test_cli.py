"""The command line, as a person and as a program meet it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
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
    for command in (
        "add",
        "list",
        "remove",
        "ask",
        "statements",
        "chat",
        "evaluate",
        "questions",
        "verify",
        "doctor",
    ):
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


def test_ask_fails_where_there_is_nothing_to_search(tmp_path: Path, index: str) -> None:
    nowhere = str(tmp_path / "index")
    failed(run("ask", "When does it sail?", "--index", nowhere), "add an article")
    failed(run("ask", "?", "--index", index), "Ask a question in words")
    result = run("ask", "When does it sail?", "--json", "--index", nowhere)
    assert result.returncode == 1
    assert json.loads(result.stdout)["refusal"]["cause"] == "empty-index"


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


def test_verify_says_what_holds_and_what_does_not(index: str, tmp_path: Path) -> None:
    from qa.answer import Answer
    from qa.receipt import receipt

    asked = run("ask", "What did Lavrov say about Whelan?", "--json", "--index", index)
    made = receipt(Answer.model_validate_json(asked.stdout)).write()
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(made, encoding="utf-8")
    bad.write_text(made.replace("Sergei", "Serge"), encoding="utf-8")
    result = run("verify", str(good), "--index", index)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Everything holds." in result.stdout
    result = run("verify", str(bad), "--json", "--index", index)
    assert result.returncode == 1
    assert not json.loads(result.stdout)[0]["holds"]
    failed(run("verify", str(tmp_path / "none.json"), "--index", index), "cannot be read")


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


def test_evaluate_reports_compares_and_gates(index: str, tmp_path: Path) -> None:
    questions = str(EXAMPLES / "questions.jsonl")
    files = [tmp_path / f"report.{ending}" for ending in ("html", "json", "md")]
    reports = [part for file in files for part in ("--report", str(file))]
    first = run("evaluate", questions, "--index", index, *reports, "--fail-under", "right=0.99")
    failed(first, "right is 0.", "and should be at least 0.99.")
    assert "Evidence recall" in first.stdout
    assert all(file.stat().st_size > 1000 for file in files)
    junit = tmp_path / "junit.xml"
    again = run(
        "evaluate", questions, "--index", index, "--compare", str(files[1]), "--junit", str(junit),
        "--fail-under", "exact_quotes=1",
    )  # fmt: skip
    assert again.returncode == 0, again.stderr
    assert "Against report.json" in again.stdout
    assert junit.read_text(encoding="utf-8").count("<testcase") == 40


def test_whoever_stops_a_command_is_told_so(index: str) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "qa.cli", "ask", "-", "--index", index],
        stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=EXAMPLES.parent, start_new_session=True,
    )  # fmt: skip
    assert process.stdin
    process.stdin.write(b"Why? " * 20_000)  # more than a pipe holds: written when it is being read
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (130, b"Stopped.\n")


@pytest.mark.parametrize("command", [["statements"], ["statements", "--json"], ["list", "--json"]])
def test_a_reader_that_has_enough_is_no_failure(index: str, command: list[str]) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "qa.cli", *command, "--index", index],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=EXAMPLES.parent,
    ) as process:  # fmt: skip
        assert process.stdout
        process.stdout.close()
        assert process.stderr
        assert (process.stderr.read(), process.wait(timeout=60)) == (b"", 0)


@pytest.mark.enable_socket
def test_the_page_opens_where_a_proxy_is_set(index: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    nowhere = dict.fromkeys(("HTTP_PROXY", "http_proxy", "ALL_PROXY"), "http://127.0.0.1:9")
    named = dict.fromkeys(("NO_PROXY", "no_proxy"), "models.example")
    with subprocess.Popen(
        [sys.executable, "-m", "qa.cli", "chat", "--index", index, "--port", port],
        stdout=subprocess.PIPE, text=True, cwd=EXAMPLES.parent, env={**os.environ, **nowhere, **named},
    ) as process:  # fmt: skip
        assert process.stdout
        try:
            assert f"onrecord is open at http://127.0.0.1:{port}" in process.stdout.readline()
        finally:
            process.terminate()


def test_what_steers_a_terminal_is_shown_as_text(tmp_path: Path) -> None:
    index, article = str(tmp_path / "index"), tmp_path / "a.txt"
    said = "Quill said that the \x1b]0;owned\x07\x1b[31mferry\x9b sails at noon."
    article.write_text(f"A \x1b[1mport\n\n{said}\n", encoding="utf-8")
    (tmp_path / "b\x1b[2J.txt").write_bytes(b"")
    shown = run("add", str(tmp_path), "--index", index)
    assert "b\ufffd[2J.txt is empty" in shown.stderr
    for command in (["list"], ["statements"], ["search", "ferry"], ["ask", "When does it sail?"]):
        result = run(*command, "--index", index)
        assert result.returncode == 0, result.stderr
        assert "\ufffd[1mport" in result.stdout or command == ["statements"]
        assert not set(result.stdout) & {"\x1b", "\x07", "\x9b"}
    command = [sys.executable, "-m", "qa.cli", "show", "a.txt", "--index", index]
    at_the_terminal, terminal = os.openpty()
    subprocess.run(command, stdout=terminal, check=True, timeout=300, cwd=EXAMPLES.parent)
    os.close(terminal)
    assert "\ufffd[1mport" in os.read(at_the_terminal, 10_000).decode("utf-8")
    os.close(at_the_terminal)
    assert "\x1b[1mport" in run("show", "a.txt", "--index", index).stdout  # as it is, to a program
    (statement,) = json.loads(run("statements", "--json", "--index", index).stdout)
    assert statement["text"] in said
    assert "\x1b" in statement["text"]


def _many_questions(folder: Path) -> Path:
    """So many that a run takes a while."""
    questions = (EXAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    many = [
        json.dumps({**json.loads(line), "id": f"{i}-{n}"})
        for i in range(10)
        for n, line in enumerate(questions)
    ]
    file = folder / "many.jsonl"
    file.write_text("\n".join(many), encoding="utf-8")
    return file


def test_an_interrupted_run_says_how_to_go_on_and_does(index: str, tmp_path: Path) -> None:
    out = tmp_path / "p.jsonl"
    journal = tmp_path / ".p.jsonl.journal"
    arguments = ["evaluate", str(_many_questions(tmp_path)), "--index", index]
    # A suite that was started in the background ignores the signal, and so would what it starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "qa.cli", *arguments, "--predictions", str(out)],
        stderr=subprocess.PIPE, text=True, cwd=EXAMPLES.parent, start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while not (journal.exists() and journal.read_bytes().count(b"\n") > 2):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "of 390 questions; the same command goes on from there." in told
    assert not out.exists()
    assert run(*arguments, "--predictions", str(out)).returncode == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 390


def test_a_killed_run_leaves_no_process_behind(index: str, tmp_path: Path) -> None:
    out = tmp_path / "p.jsonl"
    process = subprocess.Popen(
        [sys.executable, "-m", "qa.cli", "evaluate", str(_many_questions(tmp_path)), "--index", index,
         "--predictions", str(out)],
        stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=EXAMPLES.parent, start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while not (tmp_path / ".p.jsonl.journal").exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.kill()
    process.wait()
    while time.monotonic() < deadline:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGKILL)
    pytest.fail("processes of a killed run went on")


def test_broken_question_sets_are_a_table_and_leave_nothing_behind(
    index: str, tmp_path: Path
) -> None:
    path = tmp_path / "set.csv"
    path.write_text(
        "question,answer,quote,article\n"
        "Who?,x,,none.md\n"
        ",x,,\n"
        "Who?,,acting in complete compliance with our laws,lavrov-visit.md\n",
        encoding="utf-8",
    )
    out = tmp_path / "out"
    out.mkdir()
    result = run(
        "evaluate", str(path), "--index", index, "--report", str(out / "r.html"),
        "--predictions", str(out / "p.jsonl"),
    )  # fmt: skip
    failed(result, "row 2 documents", "row 3 question", "row 4 evidence", "closest", code=2)
    assert list(out.iterdir()) == []
    failed(
        run("evaluate", str(path), "--index", index, "--fail-under", "rigth=1"),
        "rigth is no measure with a floor",
        code=2,
    )


def test_questions_are_made_and_can_be_asked(index: str, tmp_path: Path) -> None:
    out = tmp_path / "made.jsonl"
    made = run("questions", str(EXAMPLES / "lavrov-visit.md"), "--out", str(out), "--count", "12")
    assert made.returncode == 0, made.stderr
    assert "12 questions are in" in " ".join(made.stdout.split())
    measures = json.loads(run("evaluate", str(out), "--index", index, "--json").stdout)
    assert measures["questions"] == 12


def test_a_set_brings_its_own_articles(tmp_path: Path) -> None:
    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text(
        '{"_id": "d1", "title": "Ferries", "text": "The ferry to Aldmouth sails at noon."}\n'
        '{"_id": "d2", "title": "", "text": "The orchard prize went to a poet."}\n',
        encoding="utf-8",
    )
    (folder / "queries.jsonl").write_text(
        '{"_id": "q", "text": "When does the ferry sail?"}\n', encoding="utf-8"
    )
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq\td1\t1\n", encoding="utf-8"
    )
    index = str(tmp_path / "index")
    failed(run("evaluate", str(folder), "--index", index), "not on record", code=2)
    result = run("evaluate", str(folder), "--index", index, "--add-articles", "--json")
    measures = json.loads(result.stdout)
    assert (measures["ndcg@10"], measures["recall@5"]) == (1.0, 1.0)


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


def test_doctor_lists_a_wrong_setting_and_examines_the_rest(index: str) -> None:
    result = run("doctor", "--index", index, ONRECORD_LARGEST_FILE="abc")
    assert result.returncode == 1
    assert "Fault: A setting is not valid (ONRECORD_LARGEST_FILE" in result.stdout
    assert "generation" in result.stdout
    result = run("doctor", ONRECORD_CAREFULNESS="bold")
    assert "Fault: A setting is not valid (ONRECORD_CAREFULNESS" in result.stdout
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
    for command in (["backup", "out"], ["restore", "out"], ["reembed"], ["doctor", "--rescue"]):
        failed(run(*command, ONRECORD_LARGEST_FILE="abc"), "ONRECORD_LARGEST_FILE", code=2)
    failed(run("ask", "--index", index), "question", code=2)
    failed(run("nonsense"), "nonsense", code=2)
    assert "lavrov-visit.md" in run("list", "--index", index).stdout


def test_bytes_of_any_kind_are_one_clear_sentence_or_stand_as_no_character(
    index: str, tmp_path: Path
) -> None:
    told = "A name or a condition has bytes that are not UTF-8"
    for command in (["show"], ["remove"], ["changes"], ["list", "--where"], ["ask", "Why?", "-d"]):
        name = "title=\udcff" if "--where" in command else "\udcff"
        failed(run(*command, name, "--index", index), told, code=2)
    asked = "What did Lavrov say about \udcff Whelan?"
    answer = json.loads(run("ask", asked, "--json", "--index", index).stdout)
    assert answer["answered"]
    assert answer["question"] == "What did Lavrov say about \ufffd Whelan?"
    assert run("search", asked, "--index", index).returncode == 0
    piped = subprocess.run(
        [sys.executable, "-m", "qa.cli", "ask", "-", "--json", "--index", index],
        capture_output=True, input=asked.encode(errors="surrogateescape"), cwd=EXAMPLES.parent,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert json.loads(piped.stdout)["answered"], piped.stderr
    odd, other = tmp_path / "caf\udce9.txt", str(tmp_path / "index")
    for path in (odd, tmp_path / "plain.txt"):
        path.write_text(f"{path.name!r} is a name.", encoding="utf-8")
    result = run("add", str(tmp_path), "--json", "--index", other)
    failed(result)
    added = json.loads(result.stdout)
    assert [one["document"] for one in added["added"]] == ["plain.txt"]
    assert [one["source"] for one in added["failed"]] == [str(tmp_path / "caf\ufffd.txt")]


def test_an_empty_path_is_not_the_current_folder(index: str, tmp_path: Path) -> None:
    failed(run("add", "", "--index", index), "A source without a name was given")
    failed(run("add", " ", "--index", index), "A source without a name was given")
    failed(run("list", "--index", ""), "'--index': it is empty; name a folder", code=2)
    assert len(json.loads(run("list", "--json", "--index", index).stdout)) == 1
    data = tmp_path / "data"
    unset = run("doctor", "--json", ONRECORD_INDEX="", XDG_DATA_HOME=str(data))
    assert str(data) in unset.stdout


def test_an_unknown_model_is_an_error_and_never_an_answer(tmp_path: Path) -> None:
    result = run(
        "add", str(EXAMPLES / "lavrov-visit.md"), "--index", str(tmp_path / "new"),
        ONRECORD_ENCODER=str(tmp_path / "no-such-model"), HF_HUB_OFFLINE="1",
    )  # fmt: skip
    failed(result, "cannot be loaded")
