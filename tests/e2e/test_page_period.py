"""A question limited to a period: chosen, shown, kept, refused when nothing was published then."""

from __future__ import annotations

import pytest
from conftest import Open
from playwright.sync_api import Page, expect
from test_page import ask

pytestmark = pytest.mark.enable_socket  # the browser, and a server on 127.0.0.1

HEARD = "What did Ilves say about the ferry?"


def choose(page: Page, since: str, until: str) -> None:
    page.locator(".chip.period").click()
    page.get_by_label("From", exact=True).fill(since)
    page.get_by_label("To", exact=True).fill(until)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_period_is_chosen_shown_with_the_answer_and_taken_away(
    visit: Open, scripted: str, width: int
) -> None:
    page = visit(scripted, width=width, height=844)
    chip = page.locator(".chip.period")
    expect(chip).to_have_text("Any date")
    choose(page, "2024-01-03", "2024-01-31")
    if width < 1000:
        page.get_by_role("button", name="Done").click()
    expect(chip).to_have_text("3 Jan 2024 to 31 Jan 2024 ✕")
    turn = ask(page, HEARD)
    expect(turn.locator(".asis")).to_have_text(
        "Asked published from 3 January 2024 to 31 January 2024"
    )
    page.reload()
    expect(page.locator(".turn .asis")).to_contain_text("from 3 January 2024")
    expect(chip).to_have_text("3 Jan 2024 to 31 Jan 2024 ✕")
    chip.click()
    expect(chip).to_have_text("Any date")
    expect(page.locator("[name=since]")).to_have_value("")
    expect(ask(page, HEARD).locator(".asis")).to_have_count(0)


def test_a_period_in_which_nothing_was_published_is_told_in_a_sentence(
    visit: Open, scripted: str
) -> None:
    page = visit(scripted)
    page.locator(".chip.period").click()
    page.get_by_label("From", exact=True).fill("2031-01-01")
    page.get_by_role("textbox", name="Question").fill(HEARD)
    page.keyboard.press("Enter")
    expect(page.locator(".turn .failed")).to_contain_text(
        "No article that may be asked was published from 1 January 2031; widen the period"
    )


def test_the_real_assistant_answers_from_the_period_only(visit: Open, real: str) -> None:
    page = visit(real)
    choose(page, "2018-01-01", "2020-12-31")
    turn = ask(page, "What did Lavrov say about Whelan?")
    expect(turn.locator(".cite").first).to_be_visible()
    page.locator(".chip.period").click()
    choose(page, "", "2001-01-01")
    page.get_by_role("textbox", name="Question").fill("What did Lavrov say about Whelan?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn").nth(1).locator(".failed")).to_contain_text("until 1 January 2001")
