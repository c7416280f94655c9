"""The shape of the house: what may import what, what is public, and how long a file may be."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import indexes
import qa

ROOT = Path(__file__).parents[1]
SOURCES = [p for package in ("indexes", "qa", "ui") for p in sorted((ROOT / package).rglob("*.py"))]


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_run_downwards(path: Path) -> None:
    forbidden = {"indexes": {"qa", "ui", "gradio"}, "qa": {"ui", "gradio"}, "ui": set()}[
        path.relative_to(ROOT).parts[0]
    ]
    assert not _imports(path) & (forbidden | {"pickle", "training", "benchmarks"})


def test_the_public_names_are_exactly_these() -> None:
    assert qa.__all__ == ["Answer", "Assistant", "Citation", "QuestionSet", "evaluate"]
    assert all(getattr(qa, name) is not None for name in qa.__all__)
    assert {"Document", "Index"} <= set(indexes.__all__)
    with pytest.raises(AttributeError):
        _ = qa.nothing  # type: ignore[attr-defined]


def test_no_name_of_an_article_or_question_stands_in_the_code() -> None:
    known = set(
        re.findall(
            r"\b[A-Z][a-z]{4,}\b",
            (ROOT / "examples" / "questions.jsonl").read_text(encoding="utf-8"),
        )
    )
    people = known & {
        "Lavrov",
        "Whelan",
        "Pompeo",
        "Zelensky",
        "Mueller",
        "Comey",
        "McFaul",
        "Gidley",
        "Putin",
        "Trump",
    }
    assert people
    for path in SOURCES:
        found = people & set(re.findall(r"\w+", path.read_text(encoding="utf-8")))
        assert not found, f"{path.name} names {found}"


def test_no_file_is_longer_than_anyone_wants_to_read() -> None:
    too_long = [p.name for p in SOURCES if len(p.read_text(encoding="utf-8").splitlines()) > 500]
    assert too_long == []
