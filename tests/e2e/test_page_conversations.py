"""Conversations in Chromium: stopped, reloaded, restarted, searched, renamed, deleted."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Open, Serve
from fake import FakeAssistant
from playwright.sync_api import expect
from test_page import ask, marked

from ui.conversations import FILE, Conversations, Scope

pytestmark = pytest.mark.enable_socket  # the browser, and a server on 127.0.0.1

ILVES = "What did Ilves say about the ferry?"
QUOTE = "Marta Ilves said that the terminal would open in May."


def test_a_reload_restores_the_conversation_with_its_citations(visit: Open, scripted: str) -> None:
    page = visit(scripted)
    ask(page, ILVES)
    ask(page, "And ramps?")
    page.reload()
    expect(page.locator(".turn .under")).to_have_count(2)
    expect(page.locator(".turn .asis")).to_contain_text("Understood as")
    page.locator(".turn").first.locator(".cite").first.click()
    expect(page.locator("mark.on").first).to_be_visible()
    assert marked(page, 1) == QUOTE
    assert ask(page, "What did Aasen say about ramps?").locator(".under").is_visible()


def test_a_restart_keeps_every_conversation(visit: Open, fake: Serve, tmp_path: Path) -> None:
    with fake(str(tmp_path)) as (address, _):
        ask(visit(address), ILVES)
    with fake(str(tmp_path)) as (address, _):
        page = visit(address)
        page.locator(".talks a").click()
        expect(page.locator(".turn .q")).to_have_text(ILVES)
        page.locator(".turn .cite").first.click()
        expect(page.locator("mark.on").first).to_be_visible()
        assert marked(page, 1) == QUOTE
        page.go_back()
        expect(page.locator(".start")).to_be_visible()


def test_an_answer_in_the_making_is_stopped_and_asked_again(visit: Open, scripted: str) -> None:
    page = visit(scripted)
    page.get_by_role("textbox", name="Question").fill("a slow one about Ilves")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(".turn .failed.calm")).to_contain_text("Stopped.")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    expect(page.get_by_role("textbox", name="Question")).to_be_focused()
    page.wait_for_timeout(3500)
    expect(page.locator(".turn .failed.calm")).to_contain_text("Stopped.")
    page.reload()
    expect(page.locator(".turn .failed.calm")).to_contain_text("Stopped.")
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".turn .under")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(1)


def test_a_reload_in_the_middle_of_an_answer_asks_again_by_itself(
    visit: Open, scripted: str
) -> None:
    page = visit(scripted)
    page.get_by_role("textbox", name="Question").fill("a slow one about Ilves")
    page.keyboard.press("Enter")
    page.wait_for_url("**/#chat/*")
    page.reload()
    expect(page.locator(".turn .q")).to_have_text("a slow one about Ilves")
    expect(page.locator(".turn .under")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(1)


def test_a_question_is_edited_in_its_place(visit: Open, scripted: str) -> None:
    page = visit(scripted)
    ask(page, "What did Ilves say?")
    ask(page, "And ramps?")
    first = page.locator(".turn").first
    first.hover()
    first.get_by_role("button", name="Edit this question").click()
    box = page.get_by_role("textbox", name="Question")
    expect(box).to_have_value("What did Ilves say?")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    page.locator(".turn").nth(1).get_by_role("button", name="change").click()
    expect(box).to_have_value("What did Jon Aasen say about the ramps?")
    box.fill("When do they meet?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .q").nth(1)).to_have_text("When do they meet?")
    expect(page.locator(".turn .under")).to_have_count(2)
    page.keyboard.press("ArrowUp")
    expect(box).to_have_value("When do they meet?")
    page.keyboard.press("ArrowUp")
    expect(box).to_have_value("What did Ilves say?")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_value("")


def test_conversations_are_renamed_searched_deleted_and_brought_back(
    visit: Open, fake: Serve, tmp_path: Path
) -> None:
    with fake(str(tmp_path)) as (address, _):
        page = visit(address)
        for number in range(6):
            page.get_by_role("button", name="New conversation").click()
            ask(page, f"What did Ilves say, {number}?")
        title = page.get_by_role("textbox", name="Title of this conversation")
        title.fill("Ferries")
        title.press("Enter")
        listed = page.locator(".talks a")
        expect(listed.first).to_have_text("Ferries")
        page.get_by_role("searchbox", name="Search conversations").fill("ferries")
        expect(listed).to_have_count(1)
        page.get_by_role("searchbox", name="Search conversations").fill("")
        page.get_by_role("button", name="Delete").click()
        expect(listed).to_have_count(5)
        expect(page.locator(".start")).to_be_visible()
        page.get_by_role("button", name="Undo").click()
        expect(listed).to_have_count(6)
        expect(page.locator(".turn .q")).to_have_text("What did Ilves say, 5?")


def test_two_tabs_keep_apart(visit: Open, scripted: str) -> None:
    one, other = visit(scripted), visit(scripted)
    ask(one, ILVES)
    ask(other, "When do they meet?")
    assert one.url != other.url
    ask(one, "And ramps?")
    assert one.locator(".turn").count() == 2
    assert other.locator(".turn").count() == 1


def test_opening_a_source_does_not_move_what_is_read(visit: Open, scripted: str) -> None:
    for width in (1100, 1280, 1900):
        page = visit(scripted, width=width)
        turn = ask(page, ILVES)
        before = [turn.locator(".q").bounding_box(), turn.locator(".cite").last.bounding_box()]
        turn.locator(".cite").first.click()
        expect(page.locator("mark.on").first).to_be_visible()
        assert [
            turn.locator(".q").bounding_box(),
            turn.locator(".cite").last.bounding_box(),
        ] == before


def test_two_hundred_turns_come_back_and_go_on(visit: Open, fake: Serve, tmp_path: Path) -> None:
    talks, scripted = Conversations(tmp_path / FILE), FakeAssistant(folder=tmp_path)
    talk: int | None = None
    for number in range(200):
        question = f"{ILVES[:-1]}, {number}?"
        talk, turn = talks.ask(talk, None, question, Scope())
        talks.end(talk, turn, "answered", answer=scripted.ask(question))
    talks.close()
    with fake(str(tmp_path)) as (address, _):
        page = visit(f"{address}#chat/{talk}")
        expect(page.locator(".turn")).to_have_count(200)
        page.locator(".turn").last.locator(".cite").first.click()
        expect(page.locator("mark.on").first).to_be_visible(timeout=20_000)
        assert marked(page, 1) == QUOTE
        ask(page, "When do they meet?")
        expect(page.locator(".turn")).to_have_count(201)
