"""The page of ``onrecord chat`` on the bundled article, in Chromium, with every other host blocked."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import command, environment
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.enable_socket  # the browser, and a server on 127.0.0.1

WHELAN = "What did Lavrov say about Whelan?"
Open = Callable[..., Page]


def ask(page: Page, question: str) -> Locator:
    """Ask, wait for the answer, and return its turn."""
    before = page.locator(".turn").count()
    page.get_by_role("textbox", name="Question").fill(question)
    page.keyboard.press("Enter")
    turn = page.locator(".turn").nth(before)
    expect(turn.locator(".under")).to_be_visible(timeout=60_000)
    return turn


def marked(page: Page, number: int) -> str:
    """The joined text of a citation's marks in the open source."""
    return "".join(page.locator(f".source mark[data-citation='{number}']").all_text_contents())


def is_in_view(page: Page) -> bool:
    """Whether all of the active mark lies inside the visible part of the source."""
    return bool(
        page.evaluate(
            """() => { const box = document.querySelector('.source .page').getBoundingClientRect();
            return [...document.querySelectorAll('mark.on')].every(m => { const r = m.getBoundingClientRect();
            return r.top >= box.top && r.bottom <= Math.min(box.bottom, innerHeight) }) }"""
        )
    )


@pytest.fixture(scope="session")
def quotes(index: Path) -> list[str]:
    """The quotations that the command line cites for the question about Whelan."""
    done = subprocess.run(
        command("ask", WHELAN, "--json", "--index", str(index)),
        env=environment(),
        capture_output=True,
        timeout=120,
        check=True,
    )
    return [cite["quote"] for cite in json.loads(done.stdout)["citations"]]


def test_a_click_on_a_citation_opens_the_source_with_exactly_the_quote_in_view(
    visit: Open, real: str, quotes: list[str]
) -> None:
    page = visit(real)
    turn = ask(page, WHELAN)
    expect(turn.locator("h2")).to_have_text(WHELAN)
    expect(page.locator(".source")).to_be_hidden()
    turn.locator("[data-citation='1']").click()
    expect(page.locator(".source mark.on").first).to_be_visible()
    assert marked(page, 1) == quotes[0]
    assert is_in_view(page)
    for number, quote in enumerate(quotes, 1):
        turn.locator(f"[data-citation='{number}']").click()
        expect(turn.locator(f"[data-citation='{number}']")).to_have_attribute(
            "aria-pressed", "true"
        )
        assert marked(page, number) == quote
    assert all("Lavrov" in (name or "") for name in turn.locator(".who").all_text_contents())
    assert "Pompeo" not in turn.locator(".said").inner_text()


def test_the_question_box_is_the_only_visible_textarea(visit: Open, real: str) -> None:
    page = visit(real)
    assert page.locator("textarea:visible").count() == 1
    ask(page, WHELAN).locator(".cite").first.click()
    expect(page.locator(".source")).to_be_visible()
    assert page.locator("textarea:visible").count() == 1


def test_a_question_that_the_articles_do_not_answer_gets_a_calm_answer(
    visit: Open, real: str
) -> None:
    page = visit(real)
    turn = ask(page, "What is the boiling point of tungsten?")
    expect(turn.locator(".silent .head")).not_to_be_empty()
    expect(turn.locator(".sure")).to_contain_text("Not on record")
    assert turn.locator(".failed").count() == 0
    if turn.locator(".near .cite").count():
        turn.locator(".near .cite").first.click()
        expect(page.locator("mark.on").first).to_be_visible()
        expect(page.locator(".where")).to_contain_text("Passage 1")


def test_a_follow_up_is_understood_from_this_tabs_conversation_only(visit: Open, real: str) -> None:
    one, other = visit(real), visit(real)
    ask(one, WHELAN)
    follow_up = "And what did Pompeo say about him?"
    expect(ask(one, follow_up).locator(".asis")).to_contain_text("Understood as")
    expect(ask(other, follow_up).locator(".asis")).to_have_count(0)


def test_an_example_question_asks_at_once(visit: Open, real: str) -> None:
    page = visit(real)
    example = page.locator(".start [data-ask]").first
    question = example.inner_text()
    example.click()
    expect(page.locator(".turn h2")).to_have_text(question)
    expect(page.locator(".turn .under")).to_be_visible(timeout=60_000)


def test_an_article_is_added_read_and_removed_in_the_library(
    visit: Open, real: str, tmp_path: Path
) -> None:
    article = tmp_path / "A port’s ferry (2).txt"
    article.write_text(
        "Ferry to Aldmouth returns\n\n"
        "Marta Ilves said on Tuesday that the ferry to Aldmouth returns in May.\n"
    )
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    page = visit(real + "#library")
    rows = page.locator(".records tbody tr")
    before = rows.count()
    page.locator("input[type=file]").set_input_files([article, empty])
    arrivals = page.locator(".arrivals li")
    expect(arrivals.nth(0).locator(".outcome")).to_have_class("outcome added", timeout=60_000)
    expect(arrivals.nth(1).locator(".outcome")).to_have_class("outcome failed", timeout=60_000)
    expect(rows).to_have_count(before + 1)
    page.locator("input[type=file]").set_input_files(article)
    expect(page.locator(".arrivals .skipped")).to_have_text("Already there", timeout=60_000)
    expect(page.locator(".arrivals li")).to_have_count(2)
    row = rows.filter(has_text="A port’s ferry (2).txt")
    expect(row).to_have_count(1)
    row.get_by_role("link", name="Ferry to Aldmouth returns").click()
    expect(page.locator(".read h1")).to_have_text("Ferry to Aldmouth returns")
    expect(page.locator(".read .margin").first).to_have_text("Marta Ilves")
    expect(page.locator(".read .st").first).to_contain_text("the ferry to Aldmouth returns in May")
    page.go_back()
    row.get_by_role("button", name="Remove").click()
    expect(rows).to_have_count(before)
    page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(before + 1, timeout=60_000)
    row.get_by_role("button", name="Remove").click()
    expect(rows).to_have_count(before)
    expect(page.locator(".nav a[data-to=library] .count")).to_have_text(str(before))


def test_markup_in_an_article_stays_text(visit: Open, real: str, tmp_path: Path) -> None:
    trap = "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>"
    article = tmp_path / "<b>trap<b>.md"
    article.write_text(
        f"---\ntitle: {trap}\nbyline: {trap}\n---\n\n"
        f"Quentin Zubrowka said that {trap} is how zeppelins land in Aldmouth.\n"
    )
    page = visit(real + "#library")
    page.locator("input[type=file]").set_input_files(article)
    expect(page.locator(".arrivals .outcome.added")).to_be_visible(timeout=60_000)
    row = page.locator(".records tbody tr").filter(has_text="trap")
    row.locator("a.t").click()
    expect(page.locator(".read")).to_contain_text("<script>")
    assert page.title() != "hacked"
    page.get_by_role("link", name="Chat").click()
    turn = ask(page, "What did Quentin Zubrowka say about zeppelins?")
    turn.locator(".cite").first.click()
    expect(page.locator("mark.on").first).to_contain_text("onerror")
    assert page.locator("#onrecord img, #onrecord script").count() == 0
    assert page.title() == "onrecord"
    page.get_by_role("link", name="Library").click()
    row.get_by_role("button", name="Remove").click()
    expect(row).to_have_count(0)


def test_everything_works_from_the_keyboard(visit: Open, real: str) -> None:
    page = visit(real)
    box = page.get_by_role("textbox", name="Question")
    expect(box).to_be_focused()
    page.keyboard.type("What did Lavrov say")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("about Whelan?")
    assert box.input_value() == "What did Lavrov say\nabout Whelan?"
    page.keyboard.press("Enter")
    turn = page.locator(".turn")
    expect(turn.locator(".under")).to_be_visible(timeout=60_000)
    turn.locator(".cite").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("mark.on").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(turn.locator(".cite").nth(1)).to_be_focused()
    expect(page.locator(".where")).to_contain_text("Citation 2")
    page.keyboard.press("Escape")
    expect(page.locator(".source")).to_be_hidden()
    expect(turn.locator(".cite").nth(1)).to_be_focused()


def test_a_phone_shows_the_source_as_a_sheet_and_nothing_overflows(visit: Open, real: str) -> None:
    page = visit(real, width=390, height=844)
    wide = (
        "document.documentElement.scrollWidth > innerWidth || [...document.querySelectorAll("
        "'.turns, .wide, .page')].some(e => e.scrollWidth > e.clientWidth)"
    )
    assert not page.evaluate(wide)
    turn = ask(page, WHELAN)
    turn.locator(".cite").first.click()
    expect(page.locator("mark.on").first).to_be_visible()
    assert is_in_view(page)
    assert not page.evaluate(wide)
    chip, sheet = turn.locator(".cite").first.bounding_box(), page.locator(".source").bounding_box()
    assert chip
    assert sheet
    assert chip["y"] + chip["height"] <= sheet["y"], "the answer stays readable above the sheet"
    page.get_by_role("button", name="Close source").click()
    expect(page.get_by_role("textbox", name="Question")).to_be_visible()
    page.get_by_role("link", name="Library").click()
    expect(page.locator(".records tbody tr").first).to_be_visible()
    assert not page.evaluate(wide)
