"""The page of figures: the table is replaced, and the words around it stay."""

from __future__ import annotations

from pathlib import Path

from evaluation_cases import FIRST, FakeAssistant, asked, cite

from benchmarks import quality
from qa.evaluation import evaluate


def test_the_table_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    measures = evaluate(FakeAssistant({"Who?": cite(FIRST)}), [asked(evidence=[[FIRST]])]).measures
    page = tmp_path / "quality.md"
    page.write_text(
        f"# Quality\n\n{quality.BEGIN}\nold\n{quality.END}\n\nWeak: all.\n", encoding="utf-8"
    )
    quality.put(page, list(quality.table({"lavrov": measures}, "abc1234", "2026-11-25")))
    text = page.read_text(encoding="utf-8")
    assert "old" not in text
    assert text.startswith("# Quality\n")
    assert text.endswith("Weak: all.\n")
    assert "at commit `abc1234`" in text
    assert "| right | 1.0 <br>.207–1.0 |" in text
    assert text.count(quality.BEGIN) == 1


def test_the_commit_is_told() -> None:
    assert quality.commit_of(quality.ROOT) != "unknown"
