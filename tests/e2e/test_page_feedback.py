"""Feedback in the chat: thumbs, notes and right passages, and the question set that they make."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Open, Serve
from playwright.sync_api import Page, expect
from test_page import ask
from test_page_accessible import serious

pytestmark = pytest.mark.enable_socket  # the browser, and a server on 127.0.0.1

FERRY = "What did Ilves say about the ferry?"
COST = "She added that the cost had risen by a fifth"


def select(page: Page, words: str) -> None:
    """Select words in the open source, as with the mouse."""
    page.evaluate(
        """words => { const walker = document.createTreeWalker(document.querySelector('.source .page'), 4);
        for (let node; (node = walker.nextNode());) { const at = node.data.indexOf(words);
          if (at >= 0) { getSelection().setBaseAndExtent(node, at, node, at + words.length); return } } }""",
        words,
    )


def test_thumbs_become_tests_and_tests_are_run(visit: Open, fake: Serve, tmp_path: Path) -> None:
    with fake(str(tmp_path / "index")) as (address, _):
        page = visit(address)
        turn = ask(page, FERRY)
        turn.get_by_role("button", name="Right answer").click()
        form = turn.locator(".opinion")
        form.get_by_role("textbox", name="Note").fill("just so")
        form.get_by_role("button", name="Keep").click()
        expect(page.locator(".toast")).to_contain_text("Your feedback is kept.")

        wrong = ask(page, "What about the ramps?")
        wrong.locator(".cite").first.click()
        expect(page.locator("mark.on").first).to_be_visible()
        wrong.get_by_role("button", name="Wrong answer").click()
        words = wrong.get_by_role("textbox", name="The right words, from an article")
        expect(words).to_be_focused()
        select(page, COST)
        expect(words).to_have_value(COST)
        wrong.get_by_role("button", name="Add").click()
        expect(wrong.locator(".rightly")).to_contain_text(COST)
        assert page.locator("textarea:visible").count() == 1
        assert serious(page) == []

        silent = ask(page, "When do they meet?")
        silent.get_by_role("button", name="Wrong answer").click()
        words = silent.get_by_role("textbox", name="The right words, from an article")
        words.fill("the cost had risen by a third")
        silent.get_by_role("button", name="Add").click()
        expect(silent.get_by_role("alert")).to_contain_text("stand in no article word for word")
        silent.get_by_role("checkbox", name="The articles do not say").check()
        expect(silent.locator(".pair")).to_have_count(1)
        expect(silent.get_by_role("checkbox", name="The articles do not say")).to_be_checked()

        page.reload()
        right = page.locator(".turn").first.get_by_role("button", name="Right answer")
        expect(right).to_have_attribute("aria-pressed", "true")

        page.get_by_role("link", name="Evaluate").click()
        said = page.locator(".opinions li")
        expect(said).to_have_count(3)
        expect(said.nth(0)).to_contain_text("Must be declined: the articles do not say.")
        expect(said.nth(1)).to_contain_text(f"Must cite “{COST}")
        expect(said.nth(2)).to_contain_text("just so")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download as a question set").click()
        lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
        questions = [json.loads(line) for line in lines]
        assert [q["answerable"] for q in questions] == [False, True, True]
        assert questions[1]["evidence"] == [[COST]]
        assert questions[1]["history"][0] == FERRY

        page.locator(".which").select_option("feedback")
        page.get_by_role("button", name="Run", exact=True).click()
        expect(page.locator(".figures")).to_be_visible(timeout=60_000)
        verdicts = page.locator(".results .mark svg")
        expect(verdicts).to_have_count(3)
        assert verdicts.evaluate_all("all => all.map(v => v.ariaLabel)")[2] == "Right"


def test_feedback_is_taken_back_and_removed_with_a_way_back(
    visit: Open, fake: Serve, tmp_path: Path
) -> None:
    with fake(str(tmp_path / "index")) as (address, _):
        page = visit(address)
        turn = ask(page, FERRY)
        turn.get_by_role("button", name="Wrong answer").click()
        expect(turn.locator(".opinion")).to_contain_text("Say what would have been right")
        turn.get_by_role("button", name="Take back").click()
        expect(turn.get_by_role("button", name="Wrong answer")).to_have_attribute(
            "aria-pressed", "false"
        )
        turn.get_by_role("button", name="Wrong answer").click()
        page.get_by_role("link", name="Evaluate").first.click()
        expect(page.locator(".opinions li")).to_contain_text("Not a test yet.")
        page.get_by_role("button", name="Remove this feedback").click()
        expect(page.locator(".said-of")).to_contain_text("Nothing yet")
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".opinions li")).to_have_count(1)
        page.locator(".opinions a").click()
        expect(page.locator(".turn .q")).to_have_text(FERRY)
