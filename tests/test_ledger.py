"""Whose words a sentence holds, and the run of statements that it belongs to."""

from __future__ import annotations

from indexes import Span, Statement
from qa.ledger import Ledger

TEXT = (
    "Quill said the pact was dead. She added that talks had failed. "
    "Tamm denied it. Quill said that she would resign."
)


def _statement(speaker: str, content: str, cue: str) -> tuple[int, Statement]:
    start = TEXT.index(content)
    said = TEXT.rindex(cue, 0, start) if cue in TEXT[:start] else TEXT.index(cue)
    return 1, Statement(
        (Span(start, start + len(content)),),
        Span(said, said + len(cue)),
        None,
        speaker,
        "indirect",
        1.0,
    )


def _sentence(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, TEXT.index(".", start) + 1)


LEDGER = Ledger(
    [
        _statement("Ada Quill", "the pact was dead", "said"),
        _statement("Ada Quill", "talks had failed", "added that"),
        _statement("Boris Tamm", "it", "denied"),
        _statement("Ada Quill", "she would resign", "said that"),
    ]
)


def test_a_sentence_holds_the_words_of_who_says_most_of_it() -> None:
    assert LEDGER.speaker_of(1, _sentence("Quill said the pact")) == "Ada Quill"
    assert LEDGER.speaker_of(2, _sentence("Quill said the pact")) is None
    assert LEDGER.said_by({"Boris Tamm"}, 1, _sentence("Tamm"))
    assert not LEDGER.said_by({"Ada Quill"}, 1, _sentence("Tamm"))


def test_a_sentence_that_ends_a_quotation_and_reports_it_is_the_speakers() -> None:
    text = (
        "“We read the whole of it. It fails in every part,” Quill said on Monday in the harbour of the "
        "old town of Aby."
    )
    words = text[: text.index(" Quill")]
    cue = Span(text.index("said"), text.index("said") + 4)
    ledger = Ledger([(1, Statement((Span(0, len(words)),), cue, None, "Ada Quill", "direct", 1.0))])
    assert ledger.said_by({"Ada Quill"}, 1, Span(text.index("It fails"), len(text)))


def test_whose_words_are_asked_for_is_named_before_one_who_says_more() -> None:
    text = "Asked by reporters whether he had seen the letter before it was read, Quill said no."

    def said(speaker: str, words: str, within: str | None = None) -> tuple[int, Statement]:
        start = text.index(words)
        content = (Span(start, start + len(words)),)
        return 1, Statement(content, None, None, speaker, "indirect", 1.0, within)

    asked = said("reporters", "whether he had seen the letter before it was read")
    both, whole = Ledger([asked, said("Quill", "no")]), Span(0, len(text))
    assert both.speaker_of(1, whole) == "reporters"
    assert both.speaker_of(1, whole, ["Quill"]) == "Quill"
    assert both.speaker_of(1, whole, ["Quill", "reporters"]) == "reporters"
    for reporter in ("reporters", ""):
        reported = Ledger([asked, said("Quill", "no", reporter)])
        assert reported.speaker_of(1, whole, ["Quill"]) == "reporters"


def test_a_sentence_is_his_who_reports_another_in_it() -> None:
    text = "Quill said the mayor has called for a vote on the bridge, but waved the idea away."
    contents = {
        "the mayor has called for a vote on the bridge": "Ada Quill",
        "for a vote on the bridge": "the mayor",
        "the idea": "Ada Quill",
    }
    ledger = Ledger(
        (1, Statement((Span(text.index(said), text.index(said) + len(said)),), None, None, who, "indirect", 1.0))
        for said, who in contents.items()
    )  # fmt: skip
    assert ledger.speaker_of(1, Span(0, len(text))) == "Ada Quill"


def test_a_run_ends_where_somebody_else_speaks() -> None:
    said, run = LEDGER.words_of({"Ada Quill"}, 1, _sentence("She added"))
    assert [span.of(TEXT) for span in said] == ["talks had failed"]
    assert "the pact was dead" in run[0].of(TEXT)
    assert "resign" not in run[0].of(TEXT)


def test_nobody_elses_words_count_as_theirs() -> None:
    assert LEDGER.words_of({"Ada Quill"}, 1, _sentence("Tamm")) == ([], [])


def test_a_quotation_that_goes_on_is_held_by_its_short_first_sentence_too() -> None:
    text = (
        "“It is a hard place,” said Ada Quill, a fisher from the outer islands who had come to the hearing early. "
        "“But when the boats come home and the whole harbour is out to meet them, nobody would live elsewhere.”"
    )
    pieces = tuple(
        Span(text.index(words), text.index(words) + len(words))
        for words in ("“It is a hard place,”", text[text.index("“But") :])
    )
    ledger = Ledger([(1, Statement(pieces, None, None, "Ada Quill", "direct", 1.0))])
    assert ledger.said_by({"Ada Quill"}, 1, Span(0, text.index(" “But")))
    assert ledger.said_by({"Ada Quill"}, 1, Span(text.index("“But"), len(text)))


def test_a_question_that_was_put_does_not_end_a_run() -> None:
    text = "Quill said it was over. Asked why she left the inquiry, she smiled. “We read it,” Quill said."
    place = {
        w: Span(text.index(w), text.index(w) + len(w))
        for w in ("it was over", "why she left the inquiry", "“We read it,”")
    }
    statements = [
        Statement((span,), None, None, speaker, "indirect", 1.0)
        for span, speaker in zip(place.values(), ("Ada Quill", "", "Ada Quill"), strict=True)
    ]
    ledger = Ledger((1, statement) for statement in statements)
    _, run = ledger.words_of({"Ada Quill"}, 1, Span(text.index("“We"), len(text)))
    assert "inquiry" in run[0].of(text)
