"""A source of 5 MB: only what is near the place is drawn, and more when its reader comes to the edge."""

from __future__ import annotations

import pytest
from conftest import Open, Serve
from fake import LONG_QUOTES, long
from playwright.sync_api import Page, expect
from test_page import ask, is_in_view, marked

pytestmark = pytest.mark.enable_socket  # the browser, and a server on 127.0.0.1


def drawn(page: Page, place: str) -> list[int]:
    """The numbers of the paragraphs that are drawn."""
    found = page.locator(f"{place} [data-paragraph]")
    numbers = found.evaluate_all("all => all.map(p => +p.dataset.paragraph)")
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
    return [int(number) for number in numbers]


@pytest.mark.parametrize(("width", "height"), [(1280, 860), (390, 844)])
def test_a_source_of_5_mb_opens_at_its_place_and_grows_while_it_is_read(
    visit: Open, fake: Serve, width: int, height: int
) -> None:
    assert len(long().text) > 5_000_000
    with fake("--long") as (address, _):
        page = visit(address, width=width, height=height)
        turn = ask(page, "How deep is it?")
        turn.locator(".cite").first.click()
        expect(page.locator("mark.on")).to_be_visible()
        assert marked(page, 1) == LONG_QUOTES[0]
        assert is_in_view(page)
        first = drawn(page, ".source")
        assert 6001 in first
        assert len(first) < 300
        page.locator(".source .page").evaluate("page => page.scrollTo(0, 400)")
        page.wait_for_function(
            f"+document.querySelector('.source [data-paragraph]').dataset.paragraph < {first[0]}"
        )
        assert drawn(page, ".source")[-1] >= first[-1]
        assert page.locator(".source .page").evaluate("page => page.scrollTop") > 1000
        page.locator(".source .page").evaluate("page => page.scrollTo(0, page.scrollHeight)")
        page.wait_for_function(
            "+[...document.querySelectorAll('.source [data-paragraph]')].at(-1).dataset.paragraph"
            f" > {first[-1]}"
        )
        page.get_by_role("button", name="Next citation").click()
        expect(page.locator("mark.on")).to_have_text(LONG_QUOTES[1])
        assert is_in_view(page)
        assert 11_501 in drawn(page, ".source")


def test_a_long_article_opens_at_the_place_of_a_link(visit: Open, fake: Serve) -> None:
    start = long().text.index(LONG_QUOTES[1])
    with fake("--long") as (address, _):
        page = visit(f"{address}#article/survey.txt?at={start}-{start + len(LONG_QUOTES[1])}")
        expect(page.locator(".read mark.on")).to_have_text(LONG_QUOTES[1])
        expect(page.locator(".read mark.on")).to_be_in_viewport()
        numbers = drawn(page, ".read")
        assert 11_501 in numbers
        assert len(numbers) < 300
        page.locator(".reader").evaluate("reader => reader.scrollTo(0, 300)")
        page.wait_for_function(
            f"+document.querySelector('.read [data-paragraph]').dataset.paragraph < {numbers[0]}"
        )
        drawn(page, ".read")
