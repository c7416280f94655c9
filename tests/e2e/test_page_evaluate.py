"""Evaluate: sets chosen, uploaded, run, stopped and sifted; every answer beside its source."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import Open, Serve
from playwright.sync_api import Page, expect
from test_page import ask, is_in_view, marked
from test_page_accessible import serious

pytestmark = pytest.mark.enable_socket  # the browser, and a server on 127.0.0.1

MAY = "Marta Ilves said that the terminal would open in May."
RAMPS = "“Nobody has ordered the ramps."
SET = [
    ("question", "quote", "answerable", "kind", "article"),
    ("What did Ilves say about the ferry?", MAY, "", "who said", "ferry.md | tickets.txt"),
    ("What about the ramps?", MAY, "", "who said", "ferry.md"),
    ("What is the salary?", "", "no", "unanswerable", ""),
    ("When do the two sides meet?", "The two sides will meet again in February.", "", "fact", ""),
]


def written(path: Path, rows: list[tuple[str, ...]]) -> Path:
    """A spreadsheet of questions."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def upload(page: Page, path: Path) -> None:
    """Choose a file as a question set."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload a set").click()
    chooser.value.set_files(path)


def run_set(page: Page, path: Path) -> None:
    """Upload a set, run it, and wait until it is done."""
    upload(page, path)
    expect(page.locator(".hints")).to_contain_text("is ready")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".figures")).to_be_visible(timeout=60_000)


def rows(page: Page) -> list[str]:
    """The questions that the table of results shows."""
    return page.locator(".results tbody th").all_inner_texts()


def test_an_uploaded_set_is_said_to_be_ready_when_it_is_the_one_that_would_run(
    visit: Open, fake: Serve, tmp_path: Path
) -> None:
    with fake(str(tmp_path / "index")) as (address, _):
        page = visit(address + "#evaluate")
        upload(page, written(tmp_path / "set.csv", SET))
        chosen = page.wait_for_function(
            "() => document.querySelector('.hints').textContent.includes('is ready')"
            " && document.querySelector('.tryout select').value"
        )
        assert str(chosen.json_value()).startswith("set/")


def test_a_set_is_uploaded_run_and_sifted_and_an_answer_opens_beside_its_source(
    visit: Open, fake: Serve, tmp_path: Path
) -> None:
    with fake(str(tmp_path / "index")) as (address, _):
        page = visit(address + "#evaluate")
        expect(page.locator(".tried")).to_contain_text("No runs yet")
        run_set(page, written(tmp_path / "my questions.csv", SET))
        expect(page.get_by_role("heading", name="my questions")).to_be_visible()
        expect(page.locator(".figures")).to_contain_text("of 4")
        assert page.locator(".plots svg[role=img]").count() == 2
        expect(page.locator(".results tbody tr")).to_have_count(4)
        page.get_by_role("button", name="who said").click()
        expect(page.locator(".results tbody tr")).to_have_count(2)
        page.get_by_role("checkbox", name="Wrong only").check()
        expect(page.locator(".results tbody tr")).to_have_count(1)
        assert rows(page) == ["What about the ramps?"]
        page.locator(".results tbody td.mark").click()
        expect(page.locator(".verdict")).to_contain_text("Evidence cited 0/1")
        expect(page.locator("mark.on").first).to_be_visible()
        assert marked(page, 1).startswith(RAMPS)
        page.locator(".trial .expected .cite").click()
        expect(page.locator(".where")).to_have_text("Evidence 1 of 1")
        assert marked(page, 1) == MAY
        assert is_in_view(page)
        page.reload()
        expect(page.locator(".verdict")).to_contain_text("Evidence cited 0/1")
        page.get_by_role("link", name="my questions").click()
        expect(page.locator(".results tbody tr")).to_have_count(1)
        expect(page.get_by_role("checkbox", name="Wrong only")).to_be_checked()
        page.get_by_role("checkbox", name="Wrong only").uncheck()
        expect(page.locator(".results tbody tr")).to_have_count(2)
        page.locator(".results a").first.click()
        expect(page.locator(".where")).to_have_text("Citation 1 of 4")
        page.keyboard.press("n")
        expect(page.locator(".where")).to_have_text("Citation 2 of 4")
        page.get_by_role("link", name="Next question").click()
        expect(page.locator(".trial .q")).to_have_text("What about the ramps?")
        expect(page.get_by_role("link", name="Next question")).to_be_hidden()
        german = visit(address + "#evaluate/1", locale="de-DE")
        axes = german.locator(".plots .axis")
        expect(axes).to_have_text(
            ["Anteil beantworteter Fragen, die sichersten zuerst", "Sicherheit"]
        )
        expect(german.locator(".plots .now").last).to_contain_text("% daneben")
        expect(german.locator(".results .why").nth(1)).to_have_text(
            "Erwartete Stellen zitiert: 0 von 1"
        )
        assert german.locator(".run [lang=en]").count() == 0


def test_a_run_is_taken_away_removed_and_brought_back(
    visit: Open, fake: Serve, tmp_path: Path
) -> None:
    with fake(str(tmp_path / "index")) as (address, _):
        page = visit(address + "#evaluate")
        run_set(page, written(tmp_path / "set.csv", SET))
        taken = {}
        for form in ("Report (HTML)", "Report (JSON)", "Answers (CSV)", "Answers (JSON lines)"):
            page.locator(".run summary").click()
            with page.expect_download() as download:
                page.get_by_role("button", name=form).click()
            taken[form] = Path(download.value.path()).read_text(encoding="utf-8-sig")
        assert "<!doctype html>" in taken["Report (HTML)"]
        assert json.loads(taken["Report (JSON)"])["measures"]["right"]["value"] == 0.75
        told = [r["verdict"] for r in csv.DictReader(io.StringIO(taken["Answers (CSV)"]))]
        assert told == ["right", "wrong", "rightly declined", "right"]
        assert len(taken["Answers (JSON lines)"].splitlines()) == 4
        page.locator(".run .back a").click()
        expect(page.locator(".runs tbody tr")).to_have_count(1)
        page.get_by_role("button", name="Remove this run of set").click()
        expect(page.locator(".tried")).to_contain_text("No runs yet")
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".runs tbody tr")).to_have_count(1)
        page.get_by_role("button", name="Remove this question set").click()
        expect(page.locator(".which option")).to_have_count(1)


def test_a_broken_set_is_told_row_by_row_and_nothing_is_asked(
    visit: Open, scripted: str, tmp_path: Path
) -> None:
    page = visit(scripted + "#evaluate")
    broken = [
        *SET,
        ("", "x", "", "", ""),
        ("What is on?", "Ilves said it opens", "", "", "ferry.md"),
    ]
    upload(page, written(tmp_path / "broken.csv", broken))
    faults = page.locator(".faults tbody tr")
    expect(faults).to_have_count(2)
    expect(faults.nth(0)).to_contain_text("row 6")
    expect(faults.nth(1)).to_contain_text("row 7")
    expect(faults.nth(1)).to_contain_text("does not stand in ferry.md word for word")
    bad = tmp_path / "no set.xlsx"
    bad.write_bytes(b"\0not a spreadsheet")
    upload(page, bad)
    expect(page.locator(".hints .failed")).to_contain_text("no set.xlsx is not an XLSX file")
    assert str(tmp_path) not in page.locator(".hints").inner_text()
    expect(page.locator(".which option")).to_have_count(1)


def test_a_run_is_stopped_while_the_chat_answers_and_goes_on(
    visit: Open, fake: Serve, tmp_path: Path
) -> None:
    questions = [SET[0], *((f"Shall we linger {n}?", "", "no", "", "") for n in range(24))]
    with fake(str(tmp_path / "index")) as (address, _):
        page = visit(address + "#evaluate")
        upload(page, written(tmp_path / "long.csv", questions))
        expect(page.locator(".hints")).to_contain_text("24 questions")
        page.get_by_role("button", name="Run", exact=True).click()
        bar = page.get_by_role("progressbar", name="Questions asked")
        expect(bar).to_be_visible()
        other = visit(page.url)
        expect(other.get_by_role("progressbar", name="Questions asked")).to_be_visible()
        other.get_by_role("link", name="Chat").click()
        expect(ask(other, "What did Ilves say about the ferry?").locator(".cite")).to_have_count(4)
        page.wait_for_function("document.querySelector('progress').value >= 2")
        page.get_by_role("button", name="Stop").click()
        expect(page.locator(".outcomes .lead")).to_contain_text("Stopped after")
        page.get_by_role("button", name="Go on").click()
        page.wait_for_function("document.querySelector('progress')?.value >= 3")
        expect(page.locator(".figures")).to_be_visible(timeout=60_000)
        expect(page.locator(".figures")).to_contain_text("of 24")


def test_without_articles_the_view_says_where_to_begin(visit: Open, fake: Serve) -> None:
    with fake("--empty") as (address, _):
        page = visit(address)
        page.locator(".turns").focus()
        page.keyboard.press("g")
        page.keyboard.press("e")
        expect(page.locator(".tried")).to_contain_text("No articles yet")
        expect(page.locator(".said-of")).to_contain_text("Nothing yet")
        page.goto(address + "#evaluate/77")
        expect(page.locator(".run")).to_contain_text("This run is not here any more")


@pytest.mark.parametrize(
    ("scheme", "width", "height"),
    [("light", 1280, 860), ("dark", 1280, 860), ("light", 390, 844), ("dark", 390, 844)],
)
def test_a_run_and_an_answer_of_it_are_accessible_and_fit(
    visit: Open, fake: Serve, tmp_path: Path, scheme: str, width: int, height: int
) -> None:
    with fake(str(tmp_path / "index")) as (address, _):
        page = visit(address + "#evaluate", width=width, height=height, scheme=scheme)
        run_set(page, written(tmp_path / "set.csv", SET))
        expect(page.locator(".results tbody tr")).to_have_count(4)
        assert serious(page) == []
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        wide = "all => all.filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 1).length"
        assert page.locator(".scroll").evaluate_all(wide) == 0
        page.locator(".results a").nth(1).click()
        expect(page.locator(".verdict")).to_be_visible()
        if width > 1000:
            expect(page.locator("mark.on").first).to_be_visible()
        assert serious(page) == []
        assert page.locator(".scroll").evaluate_all(wide) == 0
