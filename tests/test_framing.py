"""How a question is put does not change what it asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexes import Document, Index
from qa import Assistant
from qa.framing import asks_for_overview, asks_nothing, asks_who_speaks, framed
from qa.question import understand


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("What does the article say about the Marigold?", "Tell me about the Marigold"),
        ("What do these articles have to say on quotas?", "Tell me about quotas"),
        ("How many ships does the article say sank?", "How many ships sank?"),
        (
            "What does the article say regarding quotas?",
            "Tell me about quotas",
        ),
        (
            "What does the article suggest as a solution?",
            "What does the article suggest as a solution?",
        ),
        ("Why does the text claim that Quill left?", "Why Quill left?"),
        ("Does the text mention the Marigold?", "Tell me about the Marigold"),
        ("Does this report say anything about quotas?", "Tell me about quotas"),
        ("Is the Marigold mentioned in the article?", "Tell me about the Marigold"),
        ("Is there anything on quotas?", "Tell me about quotas"),
        ("What do we know about Ada Quill?", "Tell me about Ada Quill"),
        ("Tell me more about the ferry.", "Tell me about the ferry"),
        ("Marigold crew", "Tell me about Marigold crew"),
        ("quotas", "Tell me about quotas"),
        ("Quotas?", "Tell me about Quotas"),
        ("Does the article say who sank it?", "Who sank it?"),
        ("According to the article, why did it sink?", "Why did it sink?"),
        ("Why did it sink, according to these reports?", "Why did it sink?"),
        ("Could you please tell me why it sank?", "Why it sank?"),
        ("I would like to know what Quill said.", "What Quill said."),
        ("Do you know whether Quill met Tamm?", "Quill met Tamm?"),
        ("Please list the ships", "List the ships"),
        ("Quick question: who sank it?", "Who sank it?"),
        ("Hello, what did Quill say?", "What did Quill say?"),
        ("From the article: who sank it?", "Who sank it?"),
        ("As stated in the text, who sank it?", "Who sank it?"),
        ("Any mention of the ferry?", "Tell me about the ferry"),
        ("Does anyone mention the ferry?", "Tell me about the ferry"),
        ("Which article mentions the ferry?", "Tell me about the ferry"),
        ("What's being said about the ferry?", "Tell me about the ferry"),
        ("Whats the deal with the ferry", "Tell me about the ferry"),
        ("Quote Ada Quill", "What did Ada Quill say?"),
        ("Quill quotes", "What did Quill say?"),
        ("Can you find quotes by Quill?", "What did Quill say?"),
        ("Give me all direct quotes from the harbour master", "What did the harbour master say?"),
        ("Quotes by Quill on the ferry", "What did Quill say about the ferry?"),
        ("What are Quill's words?", "What did Quill say?"),
        ("Show me Ada Quill’s statements", "What did Ada Quill say?"),
        ("Everything Quill said about the ferry", "What did Quill say about the ferry?"),
        ("everything quill said about the ferry", "what did quill say about the ferry?"),
        ("Quotes by Quill.", "What did Quill say?"),
        ("Åsa O’Brien quotes", "What did Åsa O’Brien say?"),
    ],
)
def test_the_frame_of_a_question_falls_away(asked: str, plain: str) -> None:
    assert framed(asked) == plain


@pytest.mark.parametrize(
    "asked",
    [
        "What did Quill say about the Marigold?",
        "What does the report say about collusion?",  # one in the news, for all one knows
        "What did the articles of association say about quotas?",
        "According to Quill, why did it sink?",
        "Quill on quotas",
        "Why?",
        "List the ships",
        "Summarise what Quill said",
        "How did Tamm take Quill's words?",
        "Was the harbour master speaking about Quill's remarks?",
        "Who quotes Quill?",
        "Quote of the day",
        "Everything that was said about the ferry?",
        "All of them said",
        "thanks!",
        "I don't understand",
        "Translate the article",
        "Who is Q?",
        "“Marigold” on the reef: why?",
        "",
        "???",
    ],
)
def test_a_plain_question_stays_as_it_is(asked: str) -> None:
    assert framed(asked) == asked


@pytest.mark.parametrize(
    "asked",
    [
        "What is this article about?",
        "what's the article about",
        "Summarise the article, please",
        "Please summarize this.",
        "Can you give me a short summary of the text?",
        "What are the main points?",
        "What is the gist of this story?",
        "What do the articles say?",
        "tl;dr",
        "Sum it up",
        "Give me a one-sentence summary",
        "Summarise it in three sentences",
        "Summary in 50 words",
        "What are the key facts?",
        "Give me five bullet points",
        "highlights",
        "Who is the article about?",
        "Explain the article to me",
        "What should I know?",
        "What is it about?",
        "Hi, what is this article about?",
        "Can you tell me what this article is about?",
        "Summarize this article for me",
        "What are the three main points?",
    ],
)
def test_an_overview_is_asked_for(asked: str) -> None:
    assert understand(asked).form == "overview"


@pytest.mark.parametrize(
    "asked",
    [
        "Who is quoted in the article?",
        "Who spoke?",
        "list everyone who is quoted",
        "Who said what?",
        "Which people are quoted?",
        "quotes",
        "Show me some quotes",
    ],
)
def test_who_is_quoted_is_asked_for(asked: str) -> None:
    assert asks_who_speaks(asked)
    assert understand(asked).form == "voices"


@pytest.mark.parametrize(
    "asked",
    [
        "Summarise what Quill said",
        "What is the point of the levy?",
        "What is the article of faith about?",
        "Who spoke about quotas?",
        "Who is quoted on the ferry?",
        "What is the main reason for the strike?",
        "What are the main points of the treaty?",
        "What should I know about the ferry?",
        "What happened to the ferry?",
        "Election highlights",
        "",
    ],
)
def test_a_question_with_a_topic_asks_for_no_overview(asked: str) -> None:
    assert not asks_for_overview(asked)
    assert not asks_who_speaks(asked)


@pytest.mark.parametrize(
    "asked",
    ["Thanks!", "ok great", "Good morning", "help", "Who are you?", "Are you an AI?", "What can you do?",
     "Do you think so?", "That's wrong", "No, that's wrong.", "You’re wrong!", "That is not what I asked",
     "It's not true", "I don't understand", "Really?", "Nope"],
)  # fmt: skip
def test_small_talk_asks_nothing(asked: str) -> None:
    assert asks_nothing(asked)
    assert understand(asked, ("Who sank it?", "Nobody.")).text == ""


@pytest.mark.parametrize(
    "asked",
    ["Why?", "what", "Tell me more", "Anything else?", "Who is he?", "What did she say?", "Why did he do it?",
     "Who said that?", "Where are they?", "What does that mean?", "continue"],
)  # fmt: skip
def test_a_bare_word_asks_something_only_after_something(asked: str) -> None:
    assert asks_nothing(asked, first=True)
    assert not asks_nothing(asked)


@pytest.mark.parametrize(
    "asked",
    [
        "Who are the owners?",
        "How do you catch a cold?",
        "Who won?",
        "Is it true?",
        "What is the WHO?",
        "Did he win?",
        "What is wrong?",
        "Who was wrong?",
        "What did She Said win?",
        "Why was it not true?",
    ],
)
def test_a_short_question_is_one(asked: str) -> None:
    assert not asks_nothing(asked, first=True)


def test_what_happened_asks_for_an_overview_when_it_comes_first() -> None:
    for asked in (
        "What happened?",
        "What does it say?",
        "Explain this",
        "Tell me everything",
        "tell us about it",
    ):
        assert understand(asked).form == "overview"
    assert understand("What happened?", ("Who sank the ferry?", "Nobody.")).form == "fact"


def test_what_somebody_said_is_answered_by_all_his_words_and_nothing_else(tmp_path: Path) -> None:
    index = Index(tmp_path / "store")
    text = (
        "Quill is the harbour master of Veere.\n\nQuill said that the ferry was safe.\n\n"
        "Quill was seen on the quay on Monday.\n\n“Nobody was hurt,” Quill added.\n"
    )
    index.add(Document("ferry.txt", text, "Quill on the ferry"))
    index.save()
    index.close()
    assistant = Assistant.open(tmp_path / "store")
    answer = assistant.ask("What did Quill say?")
    assert [c.quote for c in answer.citations] == [
        "Quill said that the ferry was safe.",
        "“Nobody was hurt,” Quill added.",
    ]
    assert answer.confidence >= 0.9
    assert not assistant.ask("What did Quill say about the weather?").answered


def test_one_article_is_summed_up_by_how_it_begins(shared_assistant: Assistant) -> None:
    name = next(d.name for d in shared_assistant.documents() if "harbour" in d.name)
    answer = shared_assistant.ask("What is this article about?", [name])
    text = shared_assistant.document(name).text
    assert [text[c.start : c.end] for c in answer.citations] == [c.quote for c in answer.citations]
    assert answer.citations[0].quote.startswith("Foreign Minister Ada Quill met")
    assert len(answer.citations) == 3
    assert answer.interpreted_as is None


def test_several_articles_are_summed_up_by_a_sentence_each(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("Summarise the articles")
    known = [d.name for d in shared_assistant.documents()]
    assert sorted(c.document for c in answer.citations) == sorted(known)


def test_who_is_quoted_is_told_with_words_of_each(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask("Who is quoted?")
    said_by = [c.speaker for c in answer.citations]
    assert {"Ada Quill", "Boris Tamm", "Mira Lindow"} <= set(said_by)
    assert len(set(said_by)) == len(said_by)


def test_an_article_without_a_sentence_is_summed_up_by_what_it_has(
    assistant: Assistant, tmp_path: Path
) -> None:
    (tmp_path / "list.txt").write_text("Ships\n\nMarigold\n\nHope\n", encoding="utf-8")
    assistant.add(tmp_path / "list.txt")
    answer = assistant.ask("What is this article about?", ["list.txt"])
    assert [c.quote for c in answer.citations] == ["Ships", "Marigold", "Hope"]
    quoted = assistant.ask("Who is quoted?", ["list.txt"])
    assert not quoted.answered


def test_a_topic_that_is_named_is_told_about(shared_assistant: Assistant) -> None:
    for asked in ("Does the article mention the Marigold?", "Northern Grain Pact"):
        answer = shared_assistant.ask(asked)
        assert answer.answered, asked
        assert answer.interpreted_as is None
    assert not shared_assistant.ask("What does the article say about inflation?").answered
