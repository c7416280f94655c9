"""Scope, library, article, card, keys, take-away and settings, in Chromium on scripted answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Open, Serve
from playwright.sync_api import expect
from test_page import ask

pytestmark = pytest.mark.enable_socket  # the browser, and a server on 127.0.0.1


def test_a_question_is_limited_to_articles_and_to_a_speaker(visit: Open, scripted: str) -> None:
    page = visit(scripted)
    page.get_by_role("checkbox", name="Ferry tickets will cost more").check()
    page.get_by_role("button", name="Marta Ilves").click()
    expect(page.locator(".chip.article")).to_have_text("1 article ✕")
    expect(page.locator(".chip.voice")).to_have_text("Only Marta Ilves ✕")
    turn = ask(page, "When do they meet?")
    expect(turn).to_contain_text("Asked in tickets.txt, only Marta Ilves")
    expect(turn).to_contain_text("According to Marta Ilves, when do they meet?")
    page.reload()
    expect(page.locator(".chip.voice")).to_have_text("Only Marta Ilves ✕")
    page.locator(".chip.voice").click()
    page.locator(".chip.article").click()
    expect(page.locator(".chip.voice")).to_have_text("Anyone")
    expect(page.get_by_role("checkbox", name="Ferry tickets will cost more")).not_to_be_checked()
    expect(ask(page, "What did Jon Aasen say about ramps?").locator(".said")).to_be_visible()


def test_the_library_is_searched_sorted_and_selected(visit: Open, scripted: str) -> None:
    page = visit(scripted + "#library")
    rows = page.locator(".records tbody tr")
    page.get_by_role("searchbox", name="Search articles").fill("tickets")
    expect(rows.filter(visible=True)).to_have_count(1)
    page.get_by_role("checkbox", name="Select all articles").check()
    expect(page.locator(".picked")).to_contain_text("1 selected")
    page.get_by_role("searchbox", name="Search articles").fill("zeppelin")
    expect(page.locator(".records .nothing")).to_be_visible()
    page.get_by_role("searchbox", name="Search articles").fill("")
    page.get_by_role("button", name="Words").click()
    counts = [int(row) for row in rows.evaluate_all("all => all.map(r => r.dataset.words)")]
    assert counts == sorted(counts, reverse=True)
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Words")
    page.get_by_role("button", name="Ask about these").click()
    expect(page.locator(".chip.article")).to_have_text("1 article ✕")
    expect(page.get_by_role("textbox", name="Question")).to_be_focused()


def test_an_article_is_pasted_in_the_library_and_into_the_question_box(
    visit: Open, fake: Serve
) -> None:
    with fake() as (address, _):
        page = visit(address + "#library")
        page.get_by_role("button", name="Paste an article").click()
        page.get_by_role("textbox", name="The article’s text").fill("A storm\n\nIt said: rain/sun.")
        page.get_by_role("button", name="Put on record").click()
        expect(page.locator(".records")).to_contain_text("A storm.txt")
        page.get_by_role("link", name="Chat").click()
        box = page.get_by_role("textbox", name="Question")
        box.fill("A long report\n\n" + "Somebody said so. " * 100)
        page.get_by_role("button", name="put it on record").click()
        expect(box).to_have_value("")
        expect(page.locator(".chip.article")).to_have_text("1 article ✕")
        expect(page.locator(".nav a[data-to=library] .count")).to_have_text("4")


def test_an_article_shows_who_speaks_and_marks_one_of_them(visit: Open, scripted: str) -> None:
    page = visit(scripted + "#article/ferry.md?at=40-60")
    expect(page.locator(".read mark.on").first).to_be_visible()
    page.locator(".voices .person").filter(has_text="Jon Aasen").click()
    words = page.locator(".st.on")
    expect(words.first).to_contain_text("the date was not realistic")
    assert set(words.evaluate_all("all => all.map(w => w.dataset.by)")) == {"Jon Aasen"}
    page.get_by_role("button", name="Ask about this article").click()
    expect(page.locator(".chip.article")).to_have_text("1 article ✕")


def test_a_citation_says_what_it_quotes_on_hover_and_on_focus(visit: Open, scripted: str) -> None:
    page = visit(scripted)
    turn = ask(page, "What did Ilves say about the ferry?")
    turn.locator(".cite").nth(2).hover()
    card = page.locator(".card")
    expect(card).to_contain_text("Marta Ilves")
    expect(card).to_contain_text("Ferry tickets will cost more · 3 January 2024")
    page.mouse.move(5, 5)
    expect(card).to_be_hidden()
    turn.locator(".cite").first.focus()
    page.keyboard.press("Tab")
    expect(card).to_contain_text("We are keeping to the plan")
    expect(turn.locator(".cite").nth(1)).to_have_attribute("aria-describedby", "onrecord-card")


def test_keys_go_to_citations_and_views_and_are_listed(visit: Open, scripted: str) -> None:
    page = visit(scripted)
    ask(page, "What did Ilves say about the ferry?")
    page.locator(".turns").focus()
    page.keyboard.press("n")
    expect(page.locator(".where")).to_have_text("Citation 1 of 4")
    page.keyboard.press("n")
    expect(page.locator(".where")).to_have_text("Citation 2 of 4")
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(page.locator(".where")).to_have_text("Citation 4 of 4")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("w")
    expect(page.locator(".stmt").first).to_be_visible()
    page.keyboard.press("/")
    expect(page.get_by_role("textbox", name="Question")).to_be_focused()
    page.keyboard.type("n?g")
    expect(page.get_by_role("textbox", name="Question")).to_have_value("n?g")


def test_a_conversation_and_a_receipt_are_taken_away(
    visit: Open, scripted: str, tmp_path: Path
) -> None:
    from qa.receipt import read

    page = visit(scripted)
    turn = ask(page, "What did Ilves say about the ferry?")
    with page.expect_download() as download:
        turn.get_by_role("button", name="Receipt").click()
    download.value.save_as(tmp_path / "receipt.json")
    kept = read(tmp_path / "receipt.json")
    assert kept.seal == kept.sealed()
    assert len(kept.answer.citations) == 4
    page.locator(".talkbar summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Markdown").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert "## What did Ilves say about the ferry?" in text
    assert "[^1-1]: “Marta Ilves said that the terminal would open in May.”" in text
    turn.get_by_role("button", name="Copy a link to this answer").click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.endswith("/1")
    page.goto(link)
    expect(page.locator(".turn .under")).to_be_visible()


def test_settings_are_kept(visit: Open, fake: Serve, tmp_path: Path) -> None:
    with fake(str(tmp_path)) as (address, _):
        page = visit(address + "#settings")
        page.get_by_role("radio", name="Dark").check()
        page.locator("input[value=careful]").check()
        expect(page.locator(".toast")).to_contain_text("The next answers are made so.")
        page.reload()
        expect(page.get_by_role("radio", name="Dark")).to_be_checked()
        ground = page.evaluate("getComputedStyle(document.querySelector('.frame')).backgroundColor")
        assert ground == "rgb(22, 22, 20)"
    with fake(str(tmp_path)) as (address, _):
        page = visit(address + "#settings")
        expect(page.locator("input[value=careful]")).to_be_checked()


def test_a_language_model_is_chosen_tried_and_kept_without_its_key(
    visit: Open, fake: Serve, tmp_path: Path
) -> None:
    with fake(str(tmp_path)) as (address, _):
        page = visit(address + "#settings")
        own, written = page.locator("input[value=own]"), page.locator("input[value=written]")
        expect(own).to_be_checked()
        expect(page.locator("input[name=llm]")).to_be_hidden()
        written.check()
        page.locator("[data-try]").click()
        expect(page.locator(".model [role=status]")).to_have_text("Name a model first.")
        page.locator("input[name=llm]").fill("small")
        page.locator("input[name=llm_url]").fill("http://127.0.0.1:9/v1")
        page.locator("[data-try]").click()
        expect(page.locator(".toast")).to_contain_text("The next answers are made so.")
        expect(page.locator(".model [role=status]")).to_contain_text(
            "The language model small cannot be reached", timeout=30_000
        )
    with fake(str(tmp_path)) as (address, _):
        page = visit(address + "#settings")
        expect(page.locator("input[name=llm]")).to_have_value("small")
        page.locator("input[value=own]").check()
        expect(page.locator(".toast")).to_be_visible()
        page.reload()
        expect(page.locator("input[value=own]")).to_be_checked()
        expect(page.locator("input[name=llm]")).to_have_value("small")


@pytest.mark.parametrize(
    "at", ["#chat", "#library", "#statements", "#article/ferry.md", "#evaluate", "#settings"]
)
def test_no_view_overflows_a_phone(visit: Open, scripted: str, at: str) -> None:
    page = visit(scripted + at, width=390, height=844)
    page.wait_for_timeout(300)
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    wide = "all => all.filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 1).length"
    assert page.locator(".scroll").evaluate_all(wide) == 0
