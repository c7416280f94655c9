"""The page in its rarer states, on scripted answers (fake.py)."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Open, Serve
from playwright.sync_api import expect
from test_page import ask, marked

pytestmark = pytest.mark.enable_socket  # the browser, and a server on 127.0.0.1


def test_the_first_minute_offers_to_add_articles(visit: Open, fake: Serve, tmp_path: Path) -> None:
    article = tmp_path / "news.txt"
    article.write_text("News\n\nSomething happened.\n")
    with fake("--empty") as (address, _):
        page = visit(address)
        expect(page.locator(".start h1")).to_have_text("Nothing on record yet")
        with page.expect_file_chooser() as chooser:
            page.locator(".start [data-pick]").click()
        chooser.value.set_files(article)
        expect(page.locator(".arrivals .outcome")).to_have_text("Added: 3 words, 7 statements")
        page.get_by_role("link", name="Chat").click()
        expect(page.locator(".start .lead")).to_contain_text("Ask about 1 article.")


def test_speakers_stand_once_beside_their_sentences(visit: Open, scripted: str) -> None:
    turn = ask(visit(scripted), "What did Ilves say about the ferry?")
    assert turn.locator(".who").all_text_contents() == ["Marta Ilves", "Jon Aasen"]
    assert turn.locator(".block").nth(0).locator("p").count() == 3
    assert turn.locator(".under").inner_text().split("\n")[:3] == [
        "Well supported",
        "4 quotations",
        "41 ms",
    ]


def test_stepping_goes_through_a_turns_citations_over_several_articles(
    visit: Open, scripted: str
) -> None:
    page = visit(scripted)
    turn = ask(page, "What did Ilves say about the ferry?")
    turn.locator(".cite").nth(1).click()
    expect(page.locator(".page h2")).to_have_text("Ministers differ over a ferry line")
    assert set(page.locator("mark").evaluate_all("all => all.map(m => m.dataset.citation)")) == {
        "1",
        "2",
        "4",
    }
    page.get_by_role("button", name="Next citation").click()
    expect(page.locator(".page h2")).to_have_text("Ferry tickets will cost more")
    expect(page.locator(".where")).to_have_text("Citation 3 of 4")
    page.get_by_role("button", name="Next citation").click()
    page.locator("mark[data-citation='1']").click()
    expect(turn.locator(".cite[aria-pressed=true]")).to_have_text("1")


def test_the_articles_of_an_answer_are_named_and_open_at_their_first_quotation(
    visit: Open, scripted: str
) -> None:
    page = visit(scripted)
    turn = ask(page, "What did Ilves say about the ferry?")
    assert turn.locator(".origins li > .num").all_text_contents() == ["1–2, 4", "3"]
    turn.get_by_role("button", name="Ferry tickets will cost more").click()
    expect(page.locator(".where")).to_have_text("Citation 3 of 4")
    expect(page.locator(".page h2")).to_have_attribute("lang", "en")


def test_a_quotation_over_a_paragraph_break_is_marked_whole(visit: Open, scripted: str) -> None:
    page = visit(scripted)
    ask(page, "What about the ramps?").locator(".cite").click()
    expect(page.locator("mark.on")).to_have_count(2)
    assert (
        marked(page, 1)
        == "“Nobody has ordered the ramps.\n\nAnd without ramps there is no ferry,” he said."
    )


def test_carriage_returns_and_markup_keep_a_quotation_exact(visit: Open, scripted: str) -> None:
    page = visit(scripted)
    turn = ask(page, "something nasty")
    turn.locator(".cite").nth(1).click()
    expect(page.locator("mark.on").first).to_be_visible()
    assert marked(page, 2).endswith("`${1+1}` and {{7*7}} too.\r\nA second line ends here.")
    assert page.locator("#onrecord img").count() == 0
    assert page.evaluate("document.body.dataset.hacked") is None


def test_the_question_stands_at_once_and_the_wait_says_what_is_done(
    visit: Open, scripted: str
) -> None:
    page = visit(scripted)
    page.get_by_role("textbox", name="Question").fill("a slow one about Ilves")
    page.keyboard.press("Enter")
    expect(page.locator(".turn h2")).to_have_text("a slow one about Ilves", timeout=500)
    expect(page.locator(".wait")).to_have_text("Searching 3 articles …", timeout=500)
    expect(page.locator(".wait")).to_have_text("Reading the closest passages …")
    expect(page.locator(".turn .under")).to_be_visible()
    expect(page.locator(".turn")).not_to_have_attribute("aria-busy", "true")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("please fail", "The index cannot be read: its disk is gone; check it and retry."),
        ("please crash", "Something went wrong here"),
    ],
)
def test_a_failure_is_one_sentence_with_a_retry(
    visit: Open, scripted: str, question: str, sentence: str
) -> None:
    page = visit(scripted)
    page.get_by_role("textbox", name="Question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".failed")).to_contain_text(sentence)
    assert "secret" not in page.locator(".turn").inner_text()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".failed")).to_contain_text(sentence)
    expect(page.locator(".turn")).to_have_count(1)
    ask(page, "What did Ilves say?")


def test_a_new_conversation_forgets_the_old_one(visit: Open, scripted: str) -> None:
    page = visit(scripted)
    ask(page, "What did Ilves say?")
    expect(ask(page, "And ramps?").locator(".asis")).to_be_visible()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".start")).to_be_visible()
    expect(ask(page, "And ramps?").locator(".asis")).to_have_count(0)


def test_an_answer_is_copied_with_its_citations(visit: Open, scripted: str) -> None:
    page = visit(scripted)
    ask(page, "What about the ramps?").get_by_role("button", name="Copy with citations").click()
    expect(page.locator("[data-copy]")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Jon Aasen:" in copied
    assert "(Ministers differ over a ferry line, ferry.md, paragraph 5)" in copied


def test_a_lost_server_does_not_leave_a_question_waiting(visit: Open, fake: Serve) -> None:
    with fake() as (address, process):
        page = visit(address)
        page.get_by_role("textbox", name="Question").fill("a slow one about Ilves")
        page.keyboard.press("Enter")
        expect(page.locator(".wait")).to_be_visible()
        process.kill()
        expect(page.locator(".failed")).to_contain_text(
            "The connection to onrecord is lost", timeout=15_000
        )
        expect(page.get_by_role("button", name="Try again")).to_be_visible()


def test_each_view_has_its_address_and_going_back_works(visit: Open, scripted: str) -> None:
    page = visit(scripted)
    page.get_by_role("link", name="Library").click()
    assert page.url.endswith("#library")
    expect(page.locator(".records table")).to_be_visible()
    assert page.locator("textarea:visible").count() == 0
    page.go_back()
    expect(page.get_by_role("textbox", name="Question")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_systems_theme(visit: Open, scripted: str, scheme: str) -> None:
    page = visit(scripted, scheme=scheme)
    ground = page.evaluate("getComputedStyle(document.querySelector('.frame')).backgroundColor")
    assert ground == {"light": "rgb(251, 250, 247)", "dark": "rgb(22, 22, 20)"}[scheme]


def test_a_sentence_that_a_model_wrote_is_told_apart_and_opens_its_quotation(
    visit: Open, scripted: str
) -> None:
    page = visit(scripted)
    turn = ask(page, "A reworded question about the terminal?")
    expect(turn.locator(".written .held")).to_have_text("reworded")
    expect(turn.locator(".under")).to_contain_text("written by small, held to the quotations")
    assert turn.locator(".who").count() == 0
    turn.locator(".cite").click()
    expect(page.locator("mark.on").first).to_be_visible()
    assert marked(page, 1) == "Marta Ilves said that the terminal would open in May."


def test_a_model_that_failed_is_told_beside_the_articles_own_sentences(
    visit: Open, scripted: str
) -> None:
    turn = ask(visit(scripted), "An unreachable model?")
    expect(turn.locator("[role=note]")).to_contain_text("small cannot be reached; start its server")
    assert turn.locator(".written").count() == 0
    assert turn.locator(".cite").count() == 1
