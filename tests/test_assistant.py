"""Questions in, cited answers out; each speaker's words kept apart; and saying so when there are none."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from indexes import Document
from indexes.errors import DocumentError
from qa import Answer, Assistant
from qa.compose import refusal
from qa.question import understand
from qa.readers.findings import Findings
from qa.settings import Settings


def _quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


def test_a_speakers_statements_come_back_in_order_and_nobody_elses(
    shared_assistant: Assistant,
) -> None:
    answer = shared_assistant.ask("What did Quill say about the Marigold?")
    assert answer.answered
    assert _quotes(answer)[0].startswith("Quill said that an inquiry into the sinking")
    assert (
        "“We are acting in line with our laws and with the rules of the sea,” she said."
        in _quotes(answer)
    )
    assert not any("Tamm said" in quote or "Pact" in quote for quote in _quotes(answer))
    assert {citation.speaker for citation in answer.citations} == {"Ada Quill"}
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert [c.start for c in answer.citations] == sorted(c.start for c in answer.citations)


@pytest.mark.parametrize("more", ["Tell me more", "What else did she say?", "Anything else?"])
def test_what_was_cited_already_is_not_cited_as_more(
    shared_assistant: Assistant, more: str
) -> None:
    first = shared_assistant.ask("What did Quill say about the Marigold?")
    said = [first.question, first.text]
    again = shared_assistant.ask(more, history=said)
    assert again.interpreted_as == "What else did Quill say about the Marigold?"
    assert not set(_quotes(again)) & set(_quotes(first))
    while again.answered:  # until nothing is left
        said += [more, again.text]
        again = shared_assistant.ask(more, history=said)
    assert again.refusal
    assert again.refusal.cause == "nothing-more"
    assert shared_assistant.ask("What did she say about it?", history=said).answered


def test_swapping_the_speaker_gives_the_other_ones_words(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("What did Tamm say about the Marigold?")
    assert answer.answered
    assert any("had raised the Marigold" in quote for quote in _quotes(answer))
    assert not any("inquiry" in quote for quote in _quotes(answer))


def test_who_is_not_on_record_is_said_with_who_is(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("What did Lindow say about the Marigold?")
    assert not answer.answered
    assert answer.citations == ()
    assert answer.nearest
    unknown = shared_assistant.ask("What did Carla Nemo say about the Marigold?")
    assert not unknown.answered
    assert "Carla Nemo is not on record" in unknown.text
    assert "Ada Quill" in unknown.text


def test_to_be_told_of_is_not_to_be_on_record(assistant: Assistant) -> None:
    assistant.add_text(
        "Ferry back in service\n\nThe ferry sails again, the harbour office said on Monday.\n\n"
        "The shipowner Piet Saar won the tender for the repair of the ferry in May, and has come under "
        "scrutiny over his bills for it.\n\nThe clerk of the port, who fired the crew of the ferry in March, had "
        "hired Saar.\n",
        name="ferry.txt",
    )
    for question in (
        "What did Saar say about the repair of the ferry?",
        "How did Piet Saar react to the scrutiny over his bills?",
    ):
        answer = assistant.ask(question)
        assert not answer.answered
        assert answer.nearest
        assert "Saar is not on record" in answer.text


def test_a_group_is_quoted_where_it_is_on_record_and_looked_for_where_it_is_not(
    assistant: Assistant,
) -> None:
    assistant.add_text(
        "Islands divided over levy\n\nThe harbour levy will double in May, Mayor Olga Brandt said.\n\n"
        "Critics said the levy would ruin the smaller yards.\n\nThe sun shone all day.\n",
        name="levy.txt",
    )
    answer = assistant.ask("What do critics say about the levy?")
    assert _quotes(answer) == ["Critics said the levy would ruin the smaller yards."]
    refused = assistant.ask("What do lawyers say about the height of the bridge?")
    assert not refused.answered
    assert "on record" not in refused.text


def test_who_denied_it_is_answered_by_a_denial(shared_assistant: Assistant) -> None:
    for question in ("Who denied that trawlers had broken the limits?", "What did Quill deny?"):
        answer = shared_assistant.ask(question)
        assert answer.answered
        assert all("denied" in quote for quote in _quotes(answer))
    assert not shared_assistant.ask("What did Quill promise?").answered


def test_whether_two_agree_is_answered_with_both_sides(assistant: Assistant) -> None:
    assistant.add_text(
        "Islands divided over levy\n\nMayor Olga Brandt met the shipowner Piet Saar.\n\n"
        "Brandt said the harbour levy was fair and would stay.\n\nThe sun shone all day.\n\n"
        "Saar called the harbour levy ruinous, and said he would go to court over it.\n",
        name="levy.txt",
    )
    answer = assistant.ask("Did Brandt and Saar agree on the harbour levy?")
    assert [citation.speaker for citation in answer.citations] == ["Olga Brandt", "Piet Saar"]


def test_sides_of_whom_nothing_is_on_record_are_compared_by_what_is_told(
    assistant: Assistant,
) -> None:
    assistant.add_text(
        "Ferries at odds\n\nThe market was full of herring.\n\nThe islanders want the ferry to sail at night, "
        "and the townspeople want it to rest.\n\nThe sun shone all day.\n",
        name="ferries.txt",
    )
    answer = assistant.ask(
        "Do the pensioner and the boy agree that the ferry should sail at night?"
    )
    assert _quotes(answer)[0].startswith("The islanders want the ferry to sail at night")
    unheard = assistant.ask(
        "Do Carla Nemo and Jon Nobody agree that the ferry should sail at night?"
    )
    assert not unheard.answered


def test_a_side_that_is_not_quoted_is_set_beside_the_other_by_what_is_told_of_it(
    assistant: Assistant,
) -> None:
    assistant.add_text(
        "Islands divided over levy\n\nMayor Olga Brandt wants the harbour levy doubled.\n\n"
        "She said that she had slept well.\n\nThe shipowner Piet Saar called a doubled levy ruinous.\n",
        name="levy.txt",
    )
    answer = assistant.ask("Where do Brandt and Saar stand on doubling the harbour levy?")
    assert _quotes(answer) == [
        "Mayor Olga Brandt wants the harbour levy doubled.",
        "The shipowner Piet Saar called a doubled levy ruinous.",
    ]


def test_the_word_that_is_asked_about_is_in_somebodys_statement_or_it_is_not(
    assistant: Assistant,
) -> None:
    assistant.add_text(
        "Islands divided over levy\n\nMayor Olga Brandt said on Monday that the harbour levy would double.\n\n"
        "The ferries were full as never before, she added.\n\nThe shipowner Piet Saar said that the "
        "lighthouse needed paint. “Nobody has looked after the beacons for years,” he said.\n",
        name="levy.txt",
    )
    said = {"Brandt": ("levy", "ferries"), "Saar": ("lighthouse", "paint", "beacons")}
    sure = {
        (speaker, word): assistant.ask(f"What did {speaker} say about {word}?").confidence
        for speaker in said
        for word in (*said["Brandt"], *said["Saar"])
    }
    theirs = [sure[speaker, word] for speaker, words in said.items() for word in words]
    anothers = [chance for (speaker, word), chance in sure.items() if word not in said[speaker]]
    assert min(theirs) > 0.7
    assert max(anothers) < 0.4


def test_a_view_of_somebody_who_says_nothing_is_not_answered_with_anothers(tmp_path: Path) -> None:
    assistant = Assistant.open(tmp_path / "index")
    assistant.add_text(
        "Ada Quill said that the new ferry is far too slow for the islands. Bo Tamm opened the line."
        "\n\nThe islands have waited for the ferry for ten years.",
        name="ferry.txt",
    )
    assert assistant.ask("What does Quill think of the ferry?").answered
    answer = assistant.ask("What does Tamm think of the ferry?")
    assert not any("Quill said" in quote for quote in _quotes(answer))


def test_who_is_asked_for_by_office_is_found_by_how_the_article_presents_him(
    tmp_path: Path,
) -> None:
    assistant = Assistant.open(tmp_path / "index")
    assistant.add_text(
        "Bo Tamm, the Aby harbour master, said that the pier was safe. Shipping Minister Ada Quill told "
        "reporters that it would be closed.\n\nThe pier was built in 1950.",
        name="pier.txt",
    )
    by_office = {
        "the harbour master": "Bo Tamm",
        "the shipping minister": "Ada Quill",
    }
    for office, speaker in by_office.items():
        answer = assistant.ask(f"What did {office} say about the pier?")
        assert {citation.speaker for citation in answer.citations} == {speaker}
    pilot = assistant.ask("What did the harbour pilot say about the pier?")
    assert not pilot.answered
    assert "on record" not in pilot.text  # who he is the articles do not tell


def test_a_number_is_not_answered_by_a_sentence_without_one(
    assistant: Assistant, tmp_path: Path
) -> None:
    (tmp_path / "aid.txt").write_text(
        "Mayor freezes aid\n\nMayor Olga Brandt froze the aid for fishers in the winter, it came out.\n",
        encoding="utf-8",
    )
    assistant.add(tmp_path / "aid.txt")
    assert not assistant.ask("How much aid for fishers did Brandt freeze?").answered


def test_a_fact_is_answered_by_its_sentence(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("How many passengers were stranded during the strike?")
    assert _quotes(answer) == [
        "The Harbour Office said 340 passengers were stranded during the strike."
    ]
    assert answer.text.endswith("[1]")


def test_a_fact_leads_with_the_answer_itself_where_it_is_sure(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("How many passengers were stranded during the strike?")
    assert answer.short is not None
    assert "340" in answer.short
    assert answer.text.startswith(f"**{answer.short}** — ")
    assert shared_assistant.ask("What did Quill say about the Marigold?").short is None


def test_a_near_miss_says_what_is_there_and_what_is_not() -> None:
    question = understand("How many cannons did the ship Marigold carry?")
    document = Document("a.txt", "The Marigold sank. Nobody raised the Marigold.", "A")
    findings = Findings(documents={1: document})
    assert str(refusal(question, findings, ())) == (
        "The articles do not say: they name Marigold 2 times, but give no number that answers this."
    )


def test_of_names_of_one_length_the_first_is_named_in_every_process() -> None:
    findings = Findings(
        documents={1: Document("a.txt", "Lind, Tamm, Quay and Bode buy boats.", "A")}
    )
    for names in permutations(("Bode", "Lind", "Quay", "Tamm")):
        question = understand(f"How many boats did the towns {' or '.join(names)} buy?")
        assert refusal(question, findings, ()).names == names[:1]


def test_what_the_articles_do_not_say_is_declined_with_the_reason(
    shared_assistant: Assistant,
) -> None:
    answer = shared_assistant.ask("Which volcano erupted in Guatemala?")
    assert not answer.answered
    assert "do not use the words “volcano”, “erupted” or “Guatemala”" in answer.text
    assert 1 <= len(answer.nearest) <= 3


def test_a_question_is_scoped_to_the_documents_named(shared_assistant: Assistant) -> None:
    question = "How many passengers were stranded during the strike?"
    assert not shared_assistant.ask(question, documents=["prize.txt"]).answered
    assert shared_assistant.ask(question, documents=["harbour.txt"]).answered
    with pytest.raises(DocumentError, match="no document named"):
        shared_assistant.ask(question, documents=["nowhere.txt"])


def test_a_copy_is_cited_under_the_name_that_was_asked_for(
    assistant: Assistant, tmp_path: Path
) -> None:
    (tmp_path / "copy.txt").write_text(assistant.document("prize.txt").text, encoding="utf-8")
    assert assistant.add(tmp_path / "copy.txt").skipped
    answer = assistant.ask("How much is the Orchard Prize worth?", documents=["copy.txt"])
    assert {c.document for c in answer.citations} == {"copy.txt"}


def test_a_follow_up_is_understood_and_says_how(shared_assistant: Assistant) -> None:
    chat = shared_assistant.chat()
    chat.ask("What did Quill say about the Marigold?")
    answer = chat.ask("And what did Tamm say about it?")
    assert answer.interpreted_as is not None
    assert "Marigold" in answer.interpreted_as
    assert answer.question == "And what did Tamm say about it?"
    assert any("raised the Marigold" in quote for quote in _quotes(answer))


def test_a_follow_up_without_a_word_of_what_it_follows_is_answered_from_there(
    tmp_path: Path,
) -> None:
    assistant = Assistant.open(tmp_path / "index")
    for town, number in (("Lindow", 48), ("Port Ellen", 71), ("Tarn", 55)):
        assistant.index.put(
            Document(
                town,
                f"Turnout in {town} was {number} percent.\n\nNever had so many come to the polls, the office "
                f"in {town} said.",
                town,
            )
        )
    for town in ("Lindow", "Port Ellen", "Tarn"):
        answer = assistant.ask("Was that a record?", history=[f"How high was turnout in {town}?"])
        assert {c.document for c in (answer.citations or answer.nearest)[:1]} == {town}
    assistant.close()
    asked = understand("Was that a record?", ("How high was turnout in Tarn?", "And in Lindow?"))
    assert asked.text == "Was that a record?"
    assert asked.before == "How high was turnout in Lindow?"


def test_every_question_of_a_conversation_keeps_to_its_conditions(
    shared_assistant: Assistant,
) -> None:
    chat = shared_assistant.chat(where=["document=harbour.txt"])
    answer = chat.ask("What did Quill say about the Marigold?")
    assert {cite.document for cite in answer.citations} == {"harbour.txt"}
    assert {
        cite.document for cite in chat.ask("How much is the Orchard Prize worth?").citations
    } <= {"harbour.txt"}
    none = shared_assistant.chat(where=["published>=2199"]).ask("What did Quill say?")
    assert not none.answered
    assert none.text.startswith("No document on record meets these conditions")
    both = shared_assistant.chat(["prize.txt"], where=["document=harbour.txt"])
    assert not both.ask("How much is the Orchard Prize worth?").answered


@pytest.mark.parametrize("question", ["", "   ", "?!…", "🙂🙂", "\n", "\0"])
def test_a_question_without_words_gets_a_polite_answer(
    shared_assistant: Assistant, question: str
) -> None:
    answer = shared_assistant.ask(question)
    assert not answer.answered
    assert answer.text.startswith("Ask a question in words")


@pytest.mark.parametrize(
    "unit", ["word ", "ä", "What did Quill say? ", '" OR NEAR(', "x" * 100 + " "]
)
def test_a_huge_question_is_answered_or_declined_without_a_crash(
    shared_assistant: Assistant, unit: str
) -> None:
    answer = shared_assistant.ask(unit * (100_000 // len(unit)))
    assert isinstance(answer.answered, bool)


def test_half_of_a_character_in_a_text_or_a_question_does_no_harm(tmp_path: Path) -> None:
    document = Document("port.txt", "The port \ud83d was shut on Monday, Mira Holt said.", "Port")
    assistant = Assistant.open(tmp_path / "index")
    assistant.index.add(document)
    assert assistant.search("Was the port \ud83d shut?")
    answer = assistant.ask("When was the port \ud83d shut?", history=["What of \udc00 it?", "No."])
    assert answer.question == "When was the port \ufffd shut?"
    for citation in (*answer.citations, *answer.nearest):
        assert document.text[citation.start : citation.end] == citation.quote


def test_full_text_syntax_in_a_question_is_only_words(shared_assistant: Assistant) -> None:
    for question in (
        'terms:"x" OR *',
        "NEAR(a b, 3)",
        "-prize ^orchard",
        "'; DROP TABLE documents; --",
    ):
        shared_assistant.ask(question)
    assert len(shared_assistant.documents()) == 2


def test_an_empty_index_says_what_to_do(tmp_path: Path) -> None:
    answer = Assistant.open(tmp_path / "new").ask("What did anybody say?")
    assert not answer.answered
    assert "Nothing has been added yet" in answer.text


def test_being_careful_declines_more_than_being_eager(tmp_path: Path, articles: Path) -> None:
    folder = tmp_path / "index"
    Assistant.open(folder).add(articles)
    questions = [
        "What is the pact worth?",
        "Who attended the ceremony?",
        "Which trawlers were fined?",
        "Who owns the mine?",
    ]
    answered = {
        level: sum(
            Assistant.open(folder, settings=Settings(carefulness=level)).ask(q).answered
            for q in questions
        )  # type: ignore[arg-type]
        for level in ("careful", "balanced", "eager")
    }
    assert answered["careful"] <= answered["balanced"] <= answered["eager"]


def test_async_and_streaming_give_the_same_answer(
    shared_assistant: Assistant, run_async: Callable[..., Any]
) -> None:
    question = "What did Quill say about the Marigold?"

    async def both() -> tuple[Answer, list[str], Answer | None]:
        answer = await shared_assistant.aask(question)
        events = [event async for event in shared_assistant.stream(question)]
        return answer, [event.stage for event in events], events[-1].answer

    answer, stages, streamed = run_async(both())
    assert stages == ["searching", "reading", "answered"]
    assert streamed is not None
    assert streamed.citations == answer.citations == shared_assistant.ask(question).citations


def test_a_failure_while_streaming_reaches_the_caller(
    shared_assistant: Assistant, run_async: Callable[..., Any]
) -> None:
    async def ask() -> None:
        async for _ in shared_assistant.stream("What?", documents=["nowhere.txt"]):
            pass

    with pytest.raises(DocumentError):
        run_async(ask())


def test_statements_can_be_listed_by_speaker_topic_and_document(
    shared_assistant: Assistant,
) -> None:
    mine = shared_assistant.statements(speaker="Quill", about="inquiry")
    assert [s.speaker for s in mine] == ["Ada Quill"]
    text = shared_assistant.document("harbour.txt").text
    assert " … ".join(text[a:b] for a, b in mine[0].content) == mine[0].text
    assert all(s.document == "prize.txt" for s in shared_assistant.statements(document="prize.txt"))
    assert shared_assistant.statements(speaker="Nobody Known") == []


def test_suggestions_are_questions_that_the_articles_answer(shared_assistant: Assistant) -> None:
    suggested = shared_assistant.suggestions(limit=3)
    assert suggested
    assert all(shared_assistant.ask(question).answered for question in suggested)


def test_a_speaker_called_junior_is_asked_for_by_the_whole_name(assistant: Assistant) -> None:
    assistant.add_text(
        "Clara Vondrak Jr. said that the Harbour Office is too small.\n\n"
        "Clara Vondrak Jr. said on Tuesday that the Harbour Office is too old.\n",
        "vondrak.txt",
    )
    (suggested,) = assistant.suggestions(documents=["vondrak.txt"])
    assert suggested.startswith("What did Clara Vondrak Jr. say about ")
    assert assistant.ask(suggested).answered


def test_answers_do_not_depend_on_the_order_of_asking(shared_assistant: Assistant) -> None:
    questions = [
        "What is the prize worth?",
        "What did Tamm declare?",
        "When was the prize founded?",
    ]
    first = {q: shared_assistant.ask(q).model_dump(exclude={"timings_ms"}) for q in questions}
    for question in reversed(questions):
        assert shared_assistant.ask(question).model_dump(exclude={"timings_ms"}) == first[question]


def test_an_answer_is_of_one_state_whatever_others_remove_meanwhile(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = assistant.index.search

    def removed_after(*args: Any, **named: Any) -> Any:
        found = search(*args, **named)
        other = Thread(target=assistant.remove, args=("harbour.txt",))
        other.start()
        other.join()
        return found

    monkeypatch.setattr(assistant.index, "search", removed_after)
    answer = assistant.ask("What did Quill say about the Marigold?")
    assert answer.answered
    assert [document.name for document in assistant.documents()] == ["prize.txt"]
