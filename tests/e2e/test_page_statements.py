"""Who said what, in Chromium: filters, addresses, and the source at the place."""

from __future__ import annotations

import pytest
from conftest import Open
from playwright.sync_api import Page, expect
from test_page import is_in_view, marked

pytestmark = pytest.mark.enable_socket  # the browser, and a server on 127.0.0.1


def said(page: Page, row: int) -> str:
    """The words said in a row, without the words around them."""
    words = page.locator(".stmt").nth(row).locator("p .said")
    return "".join(words.all_text_contents())


def test_a_row_opens_the_source_with_exactly_its_words_marked(visit: Open, real: str) -> None:
    page = visit(real)
    page.get_by_role("link", name="Who said what").click()
    expect(page.locator(".stmt").first).to_be_visible()
    for row in (0, 1, 9):
        place = page.locator(".stmt").nth(row)
        place.locator("p").click()
        expect(place.locator(".cite")).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".source mark.on").first).to_be_visible()
        assert marked(page, row + 1) == said(page, row)
        assert is_in_view(page)
    expect(page.locator(".where")).to_contain_text("Statement 10 of")
    page.get_by_role("button", name="Next citation").click()
    expect(page.locator(".where")).to_contain_text("Statement 11 of")


def test_speaker_words_and_article_are_in_the_address_and_back_goes_back(
    visit: Open, real: str
) -> None:
    page = visit(real + "#statements")
    page.locator(".ledger + .pane .person").filter(has_text="Lavrov").first.click()
    expect(page.locator(".chip.speaker")).to_contain_text("Lavrov")
    names = page.locator(".stmts .who").all_text_contents()
    assert set(names) == {"Sergei Lavrov"}
    page.get_by_role("searchbox", name="Words that were said").fill("whelan")
    expect(page.locator(".stmt")).to_have_count(1)
    assert page.url.endswith("#statements?speaker=Sergei+Lavrov&about=whelan")
    page.reload()
    expect(page.locator(".stmt")).to_have_count(1)
    expect(page.get_by_role("searchbox", name="Words that were said")).to_have_value("whelan")
    page.go_back()
    expect(page.locator(".ledger + .pane .person[aria-pressed=true]")).to_contain_text("Everyone")
    expect(page.get_by_role("searchbox", name="Words that were said")).to_have_value("")


def test_nobody_on_record_is_said_in_a_sentence(visit: Open, real: str) -> None:
    page = visit(real + "#statements?about=zeppelin")
    expect(page.locator(".stmts .empty")).to_contain_text("Nobody is on record with this")


def test_a_phone_shows_speakers_above_and_the_source_as_a_sheet(visit: Open, real: str) -> None:
    page = visit(real + "#statements", width=390, height=844)
    expect(page.locator(".ledger + .pane .person").first).to_be_visible()
    page.locator(".stmt").nth(2).locator("p").click()
    expect(page.locator("mark.on").first).to_be_visible()
    assert is_in_view(page)
    chip, sheet = (
        page.locator(".stmt .cite").nth(2).bounding_box(),
        page.locator(".source").bounding_box(),
    )
    assert chip
    assert sheet
    assert chip["y"] + chip["height"] <= sheet["y"]
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_opening_a_source_does_not_move_the_column_that_is_read(visit: Open, real: str) -> None:
    for width in (1100, 1280, 1900):
        page = visit(real + "#statements", width=width)
        row = page.locator(".stmt").nth(1)
        before = row.bounding_box()
        row.locator("p").click()
        expect(page.locator("mark.on").first).to_be_visible()
        assert row.bounding_box() == before
