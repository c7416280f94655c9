"""Strings that would do harm if they were taken for markup, everywhere that people's text goes."""

from __future__ import annotations

import pytest
from conftest import Open, Serve
from fake import CORPUS
from playwright.sync_api import Page, expect
from test_page import ask

pytestmark = pytest.mark.enable_socket  # the browser, and a server on 127.0.0.1


def inert(page: Page) -> None:
    """Nothing ran, and no element came out of a string."""
    assert page.evaluate("window.hacked") is None
    strange = "#onrecord :is(script, iframe, img, style, [onload], [onerror], [onmouseover], a[href^=javascript])"
    assert page.locator(strange).count() == 0


def test_no_string_of_the_corpus_becomes_markup_anywhere(visit: Open, fake: Serve) -> None:
    with fake("--corpus") as (address, _):
        page = visit(address)
        inert(page)
        for text in CORPUS:
            turn = ask(page, text)
            expect(turn.locator(".who")).to_have_text(text.strip())
            turn.locator(".cite").hover()
            expect(page.locator(".card")).to_be_visible()
            turn.locator(".cite").click()
            expect(page.locator("mark.on")).to_contain_text("Marta Ilves said")
            inert(page)
        title = page.get_by_role("textbox", name="Title of this conversation")
        title.fill(CORPUS[1])
        title.press("Enter")
        expect(page.locator(".talks a").first).to_have_text(CORPUS[1])
        page.reload()
        expect(page.locator(".turn .under")).to_have_count(len(CORPUS))
        inert(page)
        page.get_by_role("link", name="Library").click()
        expect(page.locator(".records tbody tr")).to_have_count(len(CORPUS) + 2)
        inert(page)
        page.locator(".records a.t").nth(3).click()
        expect(page.locator(".read h1")).to_have_text(CORPUS[1])
        inert(page)
        page.get_by_role("link", name="Who said what").click()
        expect(page.locator(".stmt").nth(len(CORPUS))).to_be_visible()
        inert(page)
        page.goto(address + "#statements?speaker=<img src=x onerror=window.hacked=1>&about=<b>")
        expect(page.locator(".stmts .empty")).to_be_visible()
        inert(page)
