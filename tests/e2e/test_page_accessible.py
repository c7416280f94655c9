"""What axe-core finds in every view, in both themes; it comes with a package, and asks nobody."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Open
from playwright.sync_api import Page, expect
from test_page import ask

pytestmark = pytest.mark.enable_socket  # the browser, and a server on 127.0.0.1


def serious(page: Page) -> list[str]:
    """The serious violations inside the page, each with what it is about."""
    found = Axe().run(page, context="#onrecord").response["violations"]
    return [
        f"{one['id']}: {node['html'][:140]} {node['failureSummary'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "at", ["#library", "#statements", "#article/ferry.md", "#evaluate", "#settings", "#chat"]
)
def test_axe_finds_nothing_serious_in_any_view(
    visit: Open, scripted: str, at: str, scheme: str
) -> None:
    page = visit(scripted + at, scheme=scheme)
    page.wait_for_timeout(300)
    if at == "#chat":
        ask(page, "What did Ilves say about the ferry?").locator(".cite").first.click()
        expect(page.locator("mark.on").first).to_be_visible()
        ask(page, "What is the salary?")
    assert serious(page) == []


def test_a_phone_is_as_accessible(visit: Open, scripted: str) -> None:
    page = visit(scripted, width=390, height=844)
    ask(page, "What did Ilves say about the ferry?").locator(".cite").first.click()
    expect(page.locator("mark.on").first).to_be_visible()
    assert serious(page) == []


def test_what_is_heard_of_an_answer_names_citation_speaker_and_paragraph(
    visit: Open, scripted: str
) -> None:
    page = visit(scripted)
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    turn = ask(page, "What did Ilves say about the ferry?")
    expect(turn.get_by_role("button", name="Citation 1, Marta Ilves, paragraph 2")).to_be_visible()
    expect(turn).not_to_have_attribute("aria-busy", "true")
