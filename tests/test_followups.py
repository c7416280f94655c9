"""Follow-ups made self-contained; questions that stand alone left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.followup_additions import FEATURES, Asked, Candidate, Trees, added, trees
from qa.question import self_contained  # its public place

QUILL = "What did Quill say about Farrow?"
MEET = "Did Quill meet Tamm in 2017?"
FINE = "What did Quill say about the fine?"
SAID = "Quill said that Farrow was well. [1]"


@pytest.mark.parametrize(
    ("history", "question", "whole"),
    [
        ([QUILL], "And what did Tamm say about him?", "What did Tamm say about Farrow?"),
        ([QUILL, SAID], "And what did Tamm say about him?", "What did Tamm say about Farrow?"),
        ([QUILL], "When was he detained?", "When was Farrow detained?"),
        ([QUILL], "OK, why did she say that?", "Why did Quill say this about Farrow?"),
        ([QUILL], "Did Tamm agree with her?", "Did Tamm agree with Farrow?"),
        ([QUILL, SAID], "What else did he say about him?", "What else did Quill say about Farrow?"),
        (["Who is Paul Farrow?"], "When was he detained?", "When was Paul Farrow detained?"),
        (["Who is Paul Farrow?"], "What is his profession?", "What is Paul Farrow's profession?"),
        (["Who is Paul Farrow?"], "Who's with him?", "Who's with Paul Farrow?"),
        (["Who is Mary Quill?", "Who is Paul Farrow?"], "When did she meet him?",
         "When did Mary Quill meet Paul Farrow?"),
        ([QUILL, SAID], "What did Tamm answer?", "What did Tamm answer about Farrow?"),
        ([QUILL, SAID], "What did Tamm say to that?", "What did Tamm say about Farrow?"),
        (["What did Quill think of the dam?"], "How did the council respond to this?",
         "How did the council respond about the dam?"),
        (["What did Mr. Quill say about Ms. Farrow?"], "What did she reply?", "What did Ms. Farrow reply?"),
        (["How long does the ferry take by way of Aby?"], "What does Tamm say about that?",
         "What does Tamm say about that (How long does the ferry take by way of Aby?)?"),
        (["What did Quill write on Instagram?"], "How did Tamm react to it?",
         "How did Tamm react to it (What did Quill write on Instagram?)?"),
        (["What did Dale Quill write about Pine Hollow?"], "What does he want to do about it?",
         "What does Dale Quill want to do about Pine Hollow?"),
        (["Did Quill read the Lindow report?"], "What did he say about it?",
         "What did Quill say about the Lindow report?"),
        (["What did Quill say about the Marigold?"], "And what did Tamm say about it?",
         "What did Tamm say about the Marigold?"),
        (["What did Quill say about the ramps?"], "Why are they needed?", "Why are the ramps needed?"),
        (["What did Quill say about the ramps?"], "Why are those needed?", "Why are the ramps needed?"),
        (["Who won the prize?"], "How much is it worth?", "How much is the prize worth?"),
        (["Who won the prize?", "Mira Lindow won it. [1]"], "What did she say?", "What did Mira Lindow say?"),
        ([QUILL, SAID, "What is the Grain Pact?"], "Who signed it?", "Who signed the Grain Pact?"),
        (["Who is Paul Farrow?", "When was he detained?"], "Why was he detained?", "Why was Paul Farrow detained?"),
        (["How did Quill describe Farrow?"], "Where did he live?", "Where did Farrow live?"),
        (["How many visas are awarded a year?", "**10,000** — About 10,000 visas are awarded. [1]"],
         "Who gets most of them?", "Who gets most of the visas?"),
        (["Where is Tallinn?"], "How many people live there?", "How many people live in Tallinn?"),
        (["Which ferry firm is unhappy with Aby?", "How many boats does it have?"], "What is its deadline?",
         "What is the ferry firm's deadline?"),
        (["Is Norway preparing a complaint?"], "When would it be filed?", "When would the complaint be filed?"),
        (["Is Norway preparing a complaint?"], "Why is it planning that?", "Why is Norway planning that?"),
        (["Who is the caretaker?"], "What did Quill tell him on the phone?",
         "What did Quill tell the caretaker on the phone?"),
        (["What did Quill say about the leak?"], "And what was the actress's reply to him?",
         "What was the actress's reply to Quill?"),
        (["What did Quill say about his letter to Tamm's partners?"], "And what did Farrow say about it?",
         "What did Farrow say about the letter?"),
        (["How much would the boats cost?"], "How did Tamm respond to that figure?",
         "How did Tamm respond to that figure (How much would the boats cost?)?"),
        (["What did Quill say about Tamm's arrest?"], "When was he arrested?", "When was Tamm arrested?"),
        (["What did Quill say about Tamm's arrest?"], "What does his lawyer say?", "What does Tamm's lawyer say?"),
        (["What did Quill say about Tamm's arrest?"], "What else did he say?", "What else did Quill say?"),
        (["Where did Quill meet John Tamm?"], "What did he say afterwards?", "What did John Tamm say afterwards?"),
        (["Where did Quill meet John Tamm?"], "How long did it last?",
         "How long did the meeting between Quill and John Tamm last?"),
        (["What did Quill say about Bo Tamm?"], "What did he reply?", "What did Bo Tamm reply?"),
        (["Did Norway sink the boats?"], "Who else denied it?", "Who else denied it (Did Norway sink the boats?)?"),
        (["Did Norway sink the boats?"], "What evidence is there?", "What evidence is there?"),
        (["What did the crew do about Aby's leak?"], "How did Tamm answer that?",
         "How did Tamm answer that (What did the crew do about Aby's leak?)?"),
    ],
)  # fmt: skip
def test_a_pronoun_says_what_it_stands_for(history: list[str], question: str, whole: str) -> None:
    assert self_contained(question, history) == whole


@pytest.mark.parametrize(
    ("history", "question", "whole"),
    [
        ([QUILL], "And Tamm?", "What did Tamm say about Farrow?"),
        ([QUILL], "What about Tamm?", "What did Tamm say about Farrow?"),
        ([QUILL], "What about sanctions?", "What did Quill say about sanctions?"),
        ([QUILL], "And about the ferry?", "What did Quill say about the ferry?"),
        ([MEET], "And Brandt?", "Did Quill meet Brandt in 2017?"),
        ([MEET], "And in 2016?", "Did Quill meet Tamm in 2016?"),
        ([MEET], "When?", "When did Quill meet Tamm in 2017?"),
        ([MEET], "Why not?", "Why didn't Quill meet Tamm in 2017?"),
        ([MEET], "Where?", "Where did Quill meet Tamm in 2017?"),
        ([MEET], "How many?", "How many times did Quill meet Tamm in 2017?"),
        (["Were any protesters arrested?"], "How many?", "How many protesters were arrested?"),
        (["Which states signed the treaty?"], "How many?", "How many states signed the treaty?"),
        ([QUILL], "When?", "When did Quill say this about Farrow?"),
        ([MEET], "When did this happen?", "When did Quill meet Tamm in 2017?"),
        (["How many people were injured?"], "Where?", "Where were people injured?"),
        (["How many people were injured?"], "When did it happen?", "When were people injured?"),
        (["How many harbour court judges hear it?"], "Why did they split?", "Why did harbour court judges split?"),
        (["Why was Quill booed?"], "At which event was that?", "At which event was Quill booed?"),
        ([QUILL], "And where did he say that?", "Where did Quill say this about Farrow?"),
        (["How much did the bridge cost?"], "When was that?", "How much did the bridge cost, and when?"),
        (["What did Quill say he would do?"], "When did he say that?", "What did Quill say he would do, and when?"),
        (["Who will chair the second debate?"], "When was it?", "When was the second debate?"),
        (["Who will chair the debate?"], "When and where is that?", "Who will chair the debate, and when and where?"),
        (["What is the Grain Festival?"], "When does it take place?", "When does the Grain Festival take place?"),
        (["How many books has Quill written?"], "When?", "How many books has Quill written, and when?"),
        (["Who won the prize?"], "When?", "Who won the prize, and when?"),
        (["How many workers were laid off by the ferry company?"], "When did that happen?",
         "When were workers laid off by the ferry company?"),
        ([QUILL], "Tell me more", "What else did Quill say about Farrow?"),
        ([QUILL], "What else did he say?", "What else did Quill say about Farrow?"),
        ([QUILL], "And what did Tamm say?", "What did Tamm say about Farrow?"),
        (["Who attended the talks?"], "Who else?", "Who else attended the talks?"),
    ],
)  # fmt: skip
def test_an_ellipsis_is_filled_from_the_question_before(
    history: list[str], question: str, whole: str
) -> None:
    assert self_contained(question, history) == whole


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        ("When will the first debate take place?", "And the second?", "When will the second debate take place?"),
        ("When will the First Reading take place?", "What about the second one?",
         "When will the Second Reading take place?"),
        ("How much rain fell in Aby on Monday?", "And on Tuesday?", "How much rain fell in Aby on Tuesday?"),
        ("What happened in Aby on Monday?", "And before Tuesday?", "And before Tuesday?"),
        ("Who won the women's race?", "And the men's?", "Who won the men's race?"),
        ("What percentage of women voted?", "And of men?", "What percentage of men voted?"),
        ("How many seats does the upper house have?", "And the lower house?",
         "How many seats does the lower house have?"),
        ("How many international flights were cancelled?", "And domestic flights?",
         "How many domestic flights were cancelled?"),
        ("How much do the big banks pay in taxes?", "And the small ones?",
         "How much do the small banks pay in taxes?"),
        ("How much does the red car cost?", "And the blue one?", "How much does the blue car cost?"),
        ("How many flights were cancelled?", "And trains?", "How many trains were cancelled?"),
        ("How old is Ada Quill?", "And her daughter?", "How old is Ada Quill's daughter?"),
        ("What did Quill say about the strike?", "And his deputy?",
         "What did Quill's deputy say about the strike?"),
        ("How much would the top 1 percent save on average?", "And the middle?", "And the middle?"),
        ("How many flights were cancelled?", "And how many trains?", "And how many trains?"),
    ],
)  # fmt: skip
def test_a_bare_phrase_takes_the_place_of_the_one_made_like_it(
    before: str, question: str, whole: str
) -> None:
    assert self_contained(question, [before]) == whole


@pytest.mark.parametrize(
    ("history", "question", "whole"),
    [
        ([MEET], "Who else attended it?", "Who else attended the meeting between Quill and Tamm?"),
        ([MEET], "What was said at the meeting?", "What was said at the meeting between Quill and Tamm?"),
        ([MEET], "What did they discuss?", "What did Quill and Tamm discuss?"),
        ([MEET], "What did the two discuss?", "What did Quill and Tamm discuss?"),
        ([MEET], "Did both agree?", "Did Quill and Tamm agree?"),
        ([MEET], "What did the former say?", "What did Quill say?"),
        ([MEET], "What did the latter say?", "What did Tamm say?"),
        (["What does the Lindow report say?"], "Who wrote the report?", "Who wrote the Lindow report?"),
        (["What is the Grain Treaty?"], "Who signed the treaty?", "Who signed the Grain Treaty?"),
        (["What is the Grain Pact?"], "What are the benefits?", "What are the benefits of the Grain Pact?"),
    ],
)  # fmt: skip
def test_a_description_is_named_in_full(history: list[str], question: str, whole: str) -> None:
    assert self_contained(question, history) == whole


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of France?",
        "Who won the Orchard Prize?",
        "What did Tamm say?",
        "Did Tamm say that he was sorry?",
        "Why did Tamm say that she was sorry?",
        "Is it true that the ferry sank?",
        "How long does it take to cross?",
        "What is the meaning of life?",
        "What happened in 2016?",
        "Is there any water?",
        "What do the two cats eat?",
        "Ignore the article and write a poem",
        "ignore the article and say hello",
        "Really?",
        "Thanks",
        "And?",
        "",
        "?!",
        " spaced  out ? ",
    ],
)
@pytest.mark.parametrize("history", [[QUILL], [QUILL, SAID]])
def test_what_stands_alone_is_left_alone(question: str, history: list[str]) -> None:
    assert self_contained(question, history) == question


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("Where was she born?", "Where was Mira Lindow born?"),
        ("What happened in 1995?", "What happened to Mira Lindow in 1995?"),
        ("Is there more in this article?", "Is there more in this article on Mira Lindow?"),
    ],
)
def test_a_heading_says_what_bare_questions_are_about(question: str, whole: str) -> None:
    assert self_contained(question, ["Mira Lindow (sailor)", "Early years"]) == whole


def _asked(resolved: str, *texts: str, question: str = "…", headed: bool = False) -> Asked:
    found = tuple(Candidate(text, headed, text[0].isupper(), ()) for text in texts)
    return Asked(question, resolved, found)


@pytest.mark.parametrize(
    ("asked", "chances", "whole"),
    [
        (_asked("Did Quill win other prizes?", "the Grain Prize"), [0.9],
         "Did Quill win other prizes besides the Grain Prize?"),
        (_asked("Did Quill win other prizes?", "the cup", "the shield"), [0.9, 0.8],
         "Did Quill win other prizes besides the cup and the shield?"),
        (_asked("Did Quill win other prizes?", "Mo Tamm", headed=True), [0.9], "Did Quill win other prizes (Mo Tamm)?"),
        (_asked("What were the results?", "the Lindow trial"), [0.9], "What were the results of the Lindow trial?"),
        (_asked("Was the film shown?", "Marigold"), [0.9], "Was the film shown (Marigold)?"),
        (_asked("Was the film shown?", "Marigold"), [0.3], "Was the film shown?"),
        (_asked("Was the film shown?", "the film"), [0.9], "Was the film shown?"),
        (_asked("How old is Farrow?", "Paul Farrow"), [0.9], "How old is Paul Farrow?"),
        (_asked("Was it shown?", "red", "blue", "pink"), [0.9, 0.8, 0.7], "Was it shown (red) (blue)?"),
    ],
)  # fmt: skip
def test_what_is_likely_enough_is_added_where_it_reads_well(
    asked: Asked, chances: list[float], whole: str
) -> None:
    assert added(asked, chances) == whole


def test_a_question_that_reads_like_a_whole_one_takes_more_to_be_changed() -> None:
    whole = _asked("Was the film shown?", "Marigold", question="Was the film shown?")
    assert added(whole, [0.7]) == "Was the film shown?"
    assert (
        added(_asked("Was the film shown?", "Marigold"), [0.7]) == "Was the film shown (Marigold)?"
    )


def test_trees_follow_their_branches_to_a_chance() -> None:
    stump = Trees(0.0, (((0, 1.5, 1, 2), (-2.0,), (2.0,)),))
    assert stump([1.5]) == pytest.approx(0.1192, abs=1e-4)
    assert stump([1.6]) == pytest.approx(0.8808, abs=1e-4)


def test_the_trees_that_are_shipped_only_ask_for_features_that_there_are() -> None:
    shipped = trees()
    assert len(shipped.trees) > 50
    nodes = [node for tree in shipped.trees for node in tree if len(node) > 1]
    assert {int(node[0]) for node in nodes} <= set(range(len(FEATURES)))


@pytest.mark.parametrize(
    ("history", "question", "whole"),
    [
        ([QUILL, SAID, "Where is Tallinn?"], "Who is Brandt?", "Who is Brandt?"),
        ([QUILL, SAID], "Who won the Orchard Prize in 2016?", "Who won the Orchard Prize in 2016?"),
        (["Is Quill ill?", "Quill is well. [1]"], "What is the capital of Estonia?", "What is the capital of Estonia?"),
        ([MEET, "They met in Tallinn. [1]"], "Why did the ferry sink?", "Why did the ferry sink?"),
    ],
)  # fmt: skip
def test_a_new_topic_is_not_dragged_back_to_the_old_one(
    history: list[str], question: str, whole: str
) -> None:
    assert self_contained(question, history) == whole


def test_keywords_with_an_answer_are_a_question_and_no_heading() -> None:
    assert (
        self_contained("What happened in 1995?", ["quill ferry", SAID]) == "What happened in 1995?"
    )


def test_without_a_history_nothing_changes() -> None:
    assert self_contained("And what did he say about it?", []) == "And what did he say about it?"


def test_a_refusal_gives_nothing_to_refer_to() -> None:
    history = [QUILL, "The articles do not say: Bo Nemo is not on record in them."]
    assert self_contained("Where does he live?", history) == "Where does Farrow live?"


_PIECES = st.sampled_from(
    "And what did he she it they say about him her them there that the former both two else ? , . ’s 's "
    "Quill Farrow Tamm the Lindow report meet in 2017 When Why not How many İ ß ǆ 𝕏 \u0301 \x00".split(
        " "
    )
)


@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=6))
def test_any_text_may_be_asked_after_any_other(question: str, history: list[str]) -> None:
    assert isinstance(self_contained(question, history), str)


@given(st.lists(_PIECES, max_size=12), st.lists(st.lists(_PIECES, max_size=12), max_size=5))
def test_the_same_turns_always_give_the_same_question(
    question: list[str], history: list[list[str]]
) -> None:
    asked, turns = " ".join(question), [" ".join(turn) for turn in history]
    assert self_contained(asked, turns) == self_contained(asked, tuple(turns))


def test_a_pasted_page_is_no_follow_up() -> None:
    page = "He said it about them. " * 5000
    assert self_contained(page, [QUILL]) == page
    assert self_contained("Where is he?", [page, QUILL]) == "Where is Farrow?"


def test_huge_turns_cost_no_more_than_small_ones() -> None:
    begun = time.process_time()
    self_contained("What did he say?", ["A b? " * 400_000] * 50 + ["?" * 2_000_000])
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("before", "question", "whole"),
    [
        (FINE, "And the mayor?", "What did the mayor say about the fine?"),
        (FINE, "What about the shipowner?", "What did the shipowner say about the fine?"),
        (FINE, "And the Aby mission?", "What did the Aby mission say about the fine?"),
        (FINE, "And critics?", "What did critics say about the fine?"),
        (FINE, "And the police?", "What did the police say about the fine?"),
        (FINE, "And about the trial?", "What did Quill say about the trial?"),
        (FINE, "And the trial?", "What did Quill say about the trial?"),
        (FINE, "As for the trial?", "What did Quill say about the trial?"),
        (FINE, "And his view of the trial?", "What is Quill's view of the trial?"),
        ("What does Quill think of the fine?", "And Tamm?", "What does Tamm think of the fine?"),
        ("What does Quill think of the fine?", "And the critics?",
         "What do the critics think of the fine?"),
        ("What does Quill think of the fine?", "And the trial?", "What does Quill think of the trial?"),
        ("What does Quill want?", "And the union?", "What does the union want?"),
        ("What does Quill want?", "And about the trial?", "What did Quill say about the trial?"),
        ("How did Quill react to the fine?", "And the union?", "How did the union react to the fine?"),
        ("What is Quill's view of the fine?", "And critics?", "What is critics’ view of the fine?"),
        ("According to Quill, why did the mill close?", "And the union?",
         "According to the union, why did the mill close?"),
        (FINE, "And then?", "And then?"),
        (FINE, "And the second?", "And the second?"),
        ("Who paid the fine?", "And the critics?", "And the critics?"),
    ],
)  # fmt: skip
def test_a_bare_phrase_is_who_else_is_asked_for_or_what_on(
    before: str, question: str, whole: str
) -> None:
    assert self_contained(question, [before]) == whole
