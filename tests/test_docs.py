"""What the README shows runs, and what can be set or called is in it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from qa.cli import app
from qa.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_in_the_readme_runs(tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert blocks
    for block in blocks:
        result = subprocess.run(
            [sys.executable, "-c", block], capture_output=True, text=True, timeout=300, cwd=tmp_path
        )
        assert result.returncode == 0, result.stderr
        assert "Whelan" in result.stdout


def test_every_command_is_in_the_readme() -> None:
    commands = [
        command.name or command.callback.__name__
        for command in app.registered_commands
        if command.callback is not None
    ]
    assert len(commands) >= 8
    for command in commands:
        assert f"onrecord {command}" in README


def test_every_setting_is_in_the_readme() -> None:
    for name in Settings.model_fields:
        assert f"`ONRECORD_{name.upper()}`" in README


def test_every_file_that_the_documents_point_to_is_there() -> None:
    for page in [ROOT / "README.md", *ROOT.glob("*/README.md"), *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), f"{page.name} points to {link}"


def test_the_bundled_question_set_fits_the_bundled_article() -> None:
    from qa.evaluation import QuestionSet

    text = (ROOT / "examples" / "lavrov-visit.md").read_text(encoding="utf-8")
    questions = list(QuestionSet.load(ROOT / "examples" / "questions.jsonl"))
    assert len(questions) >= 30
    assert {q.kind for q in questions} >= {
        "attribution", "fact", "list", "why", "contrast", "follow-up", "unanswerable",
    }  # fmt: skip
    for question in questions:
        for group in question.evidence:
            for alternative in group:
                assert isinstance(alternative, str)
                assert text.count(alternative) == 1
