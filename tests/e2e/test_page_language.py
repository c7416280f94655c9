"""The page in another language: chosen by the browser, then in Settings; quotations never change."""

from __future__ import annotations

import pytest
from conftest import Open
from playwright.sync_api import Page, expect
from test_page import ask, marked

from ui.language import DEFAULT, figure, languages, speaking, t

pytestmark = pytest.mark.enable_socket  # the browser, and a server on 127.0.0.1

VIEWS = ("#chat", "#library", "#article/ferry.md", "#statements", "#evaluate", "#settings")
HEARD = "What did Ilves say about the ferry?"
NAME = "language.name"  # each language is called by its own name
TOLD = """() => { const all = document.querySelector('#onrecord'), found = [];
  const walker = document.createTreeWalker(all, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) found.push(walker.currentNode.textContent.trim());
  for (const at of all.querySelectorAll('*'))
    for (const name of ['aria-label', 'title', 'placeholder']) found.push(at.getAttribute(name));
  return found.filter(Boolean) }"""
"""Every text that the page shows or tells a screen reader, hidden parts included."""


def untranslated(code: str) -> set[str]:
    """English texts that this language says otherwise."""
    first, other = languages()[DEFAULT].texts, languages()[code].texts
    same = {text for text in other.values() if isinstance(text, str)}
    texts = {text for key, text in first.items() if isinstance(text, str) and key != NAME}
    return texts - same


def leaves(page: Page, address: str, at: str) -> list[str]:
    page.goto(address + at)
    page.wait_for_timeout(400)
    return list(page.evaluate(TOLD))


def test_the_browsers_language_is_taken_and_no_english_is_left(visit: Open, scripted: str) -> None:
    page = visit(scripted, locale="de-AT")
    assert page.evaluate("document.documentElement.lang") == "de"
    expect(page.get_by_role("textbox", name="Frage")).to_be_visible()
    page.get_by_role("textbox", name="Frage").fill(HEARD)
    page.keyboard.press("Enter")
    expect(page.locator(".turn .under")).to_contain_text("Gut belegt")
    page.locator(".turn .cite").nth(1).click()
    expect(page.locator(".where")).to_have_text("Beleg 2 von 4")
    english = untranslated("de")
    assert english
    for at in VIEWS:
        assert [text for text in leaves(page, scripted, at) if text in english] == [], at
        assert page.locator("#onrecord").evaluate("at => at.closest('[lang]').lang") == "de"


def test_quotations_stay_as_they_are_and_a_refusal_is_told_in_the_pages_language(
    visit: Open, scripted: str
) -> None:
    page = visit(scripted, locale="de-DE")
    page.get_by_role("textbox", name="Frage").fill(HEARD)
    page.keyboard.press("Enter")
    page.locator(".turn .cite").nth(1).click()
    expect(page.locator("mark.on").first).to_be_visible()
    assert marked(page, 2) == "“We are keeping to the plan that was agreed,” she told reporters."
    page.get_by_role("textbox", name="Frage").fill("What is the salary?")
    page.keyboard.press("Enter")
    silent = page.locator(".silent")
    expect(silent.locator(".head")).to_have_text("Das sagen die Artikel nicht.")
    expect(silent.locator(".why")).to_have_text(
        "Ilves kommt darin 3-mal vor, aber keine Zahl, die darauf antwortet."
    )
    expect(page.locator(".turn").nth(1).locator(".near h3")).to_have_text("Nächstliegende Stellen")


def test_a_language_chosen_in_the_settings_stays_and_keeps_what_was_being_written(
    visit: Open, scripted: str
) -> None:
    page = visit(scripted)
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_role("textbox", name="Question").fill("half a question")
    page.get_by_role("link", name="Settings").click()
    page.get_by_text("Deutsch", exact=True).click()
    expect(page.locator(".settings h1")).to_have_text("Einstellungen")
    expect(page.get_by_label("Deutsch")).to_be_checked()
    page.reload()
    expect(page.locator(".settings h1")).to_have_text("Einstellungen")
    page.get_by_role("link", name="Fragen").first.click()
    page.get_by_role("link", name="Einstellungen").click()
    page.get_by_text("Wie der Browser", exact=True).click()
    expect(page.locator(".settings h1")).to_have_text("Settings")


def test_a_draft_survives_another_language(visit: Open, scripted: str) -> None:
    page = visit(scripted)
    page.get_by_role("textbox", name="Question").fill("half a question")
    page.get_by_role("link", name="Settings").click()
    page.get_by_text("Deutsch", exact=True).click()
    expect(page.locator(".settings h1")).to_have_text("Einstellungen")
    page.get_by_role("link", name="Fragen").first.click()
    expect(page.get_by_role("textbox", name="Frage")).to_have_value("half a question")


def test_a_language_that_the_page_does_not_speak_gives_english(visit: Open, scripted: str) -> None:
    page = visit(scripted, locale="fi-FI")
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(ask(page, HEARD).locator(".sure")).to_contain_text("Well supported")


@pytest.mark.parametrize("code", languages())
def test_script_and_python_count_alike(visit: Open, scripted: str, code: str) -> None:
    page = visit(scripted)
    numbers = [0, 1, 2, 5, 11, 21, 100, 101, 1000, 12345, 1234567]
    told = page.evaluate(
        """([code, numbers]) => { const rules = new Intl.PluralRules(code);
            return numbers.map(n => [rules.select(n), n.toLocaleString(code)]) }""",
        [code, numbers],
    )
    locale = languages()[code].locale
    with speaking(code):
        assert told == [[locale.plural_form(n), figure(n)] for n in numbers]
        assert t(NAME)
