"""200 % zoom and a phone: in every view nothing runs over an edge, and nothing is out of reach."""

from __future__ import annotations

import pytest
from conftest import Open
from playwright.sync_api import Page, expect
from test_page import is_in_view

from ui.language import languages, speaking, t

pytestmark = pytest.mark.enable_socket  # the browser, and a server on 127.0.0.1

ROOMS = {
    "zoomed": {"width": 640, "height": 430, "scale": 2.0},  # what 200 % leaves of 1280 x 860
    "css zoom": {"width": 1280, "height": 860},
    "phone": {"width": 390, "height": 844},
}
AT = ("library", "statements", "evaluate", "article/ferry.md", "settings")
HEARD = "What did Ilves say about the ferry?"
OVER = """() => {
  const frame = document.querySelector('#onrecord .frame'), edge = frame.getBoundingClientRect();
  const found = document.documentElement.scrollWidth > innerWidth ? ['the document'] : [];
  for (const at of frame.querySelectorAll('*')) {
    const lies = at.getBoundingClientRect(), style = getComputedStyle(at);
    if (!lies.width || !lies.height) continue;
    if (at.closest('.nav, .limits, .people, .unseen')) continue; // scrolls sideways, or is only heard
    if (lies.right > edge.right + 1 || lies.left < edge.left - 1) found.push(at.className + ' over');
    const hides = style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis';
    if (hides && at.scrollWidth > at.clientWidth + 1 && !at.matches('textarea, :has(.people)'))
      found.push(`${at.tagName} ${at.className} is cut`);
  }
  return found }"""
REACHED = """selectors => {
  const edge = document.querySelector('#onrecord .frame').getBoundingClientRect();
  return selectors.filter(selector => {
    const at = document.querySelector('#onrecord ' + selector);
    at.scrollIntoView({ block: 'center', inline: 'center' });
    const { left, right, top, bottom } = at.getBoundingClientRect();
    const x = (left + right) / 2, y = (top + bottom) / 2;
    const inside = x > edge.left && x < edge.right && y > edge.top && y < edge.bottom;
    return !(right > left && inside && at.contains(document.elementFromPoint(x, y))) }) }"""
"""Those of some elements that a pointer cannot get at, even after scrolling."""


def show(page: Page, at: str) -> None:
    page.evaluate("at => { location.hash = at }", at)
    page.wait_for_timeout(400)


def asked(page: Page, question: str, number: int) -> None:
    page.locator("textarea:visible").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".turn").nth(number).locator(".under")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("room", ROOMS)
def test_nothing_overflows_and_everything_can_be_reached(
    visit: Open, scripted: str, room: str, code: str
) -> None:
    page = visit(scripted, **ROOMS[room], locale=code)
    if room == "css zoom":
        page.evaluate("document.documentElement.style.zoom = 2")
    page.wait_for_timeout(200)
    assert page.evaluate(OVER) == [], "at the start"
    asked(page, HEARD, 0)
    question = page.locator(".turn .q").first
    assert (
        page.evaluate(REACHED, [".box textarea", ".box .go", ".chip.article", ".chip.period"]) == []
    )
    expect(question).to_be_in_viewport()
    page.locator(".turn .cite").nth(1).hover()
    expect(page.locator(".card")).to_be_visible()
    assert page.evaluate(OVER) == [], "with a card"
    page.locator(".turn .cite").nth(1).click()
    expect(page.locator("mark.on").first).to_be_visible()
    assert is_in_view(page)
    assert page.evaluate(OVER) == [], "with the source open"
    assert page.evaluate(REACHED, ["[data-step='1']", "[data-close]", ".source .by a"]) == []
    page.keyboard.press("Escape")
    asked(page, "What is the salary?", 1)
    assert page.evaluate(OVER) == [], "after a refusal"
    page.locator(".chip.period").click()
    assert page.evaluate(REACHED, ["[name=since]", "[name=until]", "[data-limit]"]) == []
    assert page.evaluate(OVER) == [], "while the scope is chosen"
    page.locator("[data-limit]").click()
    for at in AT:
        show(page, at)
        assert page.evaluate(OVER) == [], at
    assert page.evaluate(REACHED, [".choices [name=language]", ".facts dd"]) == []
    page.keyboard.press("?")
    with speaking(code):
        expect(page.get_by_role("heading", name=t("keys.title"), exact=True)).to_be_in_viewport()
    assert page.evaluate(OVER) == [], "with the keys"
