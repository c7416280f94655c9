"""Who said what: extraction from invented articles."""

from __future__ import annotations

import pytest
from growth import is_linear
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexes.sentences import paragraphs, sentences
from indexes.speech import find_statements
from indexes.speech.quotations import find_quotations
from indexes.statements import Statement


def read(text: str) -> list[Statement]:
    parts = paragraphs(text)
    cut = [sentence for part in parts for sentence in sentences(text, part)]
    return find_statements(text, cut, parts)


def said(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Speaker, cue and content of each statement, as text."""
    return [
        (s.speaker, s.cue.of(text) if s.cue else "", tuple(span.of(text) for span in s.content))
        for s in read(text)
    ]


def test_quotation_before_its_cue() -> None:
    text = "“The bridge is safe,” said Mira Holt, the mayor of Norby."
    assert said(text) == [("Mira Holt", "said", ("“The bridge is safe,”",))]
    assert read(text)[0].kind == "direct"


def test_straight_quotation_marks() -> None:
    text = 'Mira Holt told reporters, "The bridge is safe."'
    assert said(text) == [("Mira Holt", "told", ('"The bridge is safe."',))]


def test_quotation_split_by_its_cue_is_one_statement() -> None:
    text = "“The bridge,” Mira Holt said, “is safe and will stay open.”"
    assert said(text) == [("Mira Holt", "said", ("“The bridge,”", "“is safe and will stay open.”"))]


def test_sentence_that_is_all_quotation_goes_on_from_the_one_before() -> None:
    text = "“The bridge is safe,” Mira Holt said. “We checked every bolt.”"
    assert said(text) == [
        ("Mira Holt", "said", ("“The bridge is safe,”", "“We checked every bolt.”"))
    ]


def test_quotation_over_several_paragraphs() -> None:
    text = "Mira Holt said: “The bridge is safe.\n\n“We checked every bolt of it.”"
    assert [(who, what) for who, _, what in said(text)] == [
        ("Mira Holt", ("“The bridge is safe.",)),
        ("Mira Holt", ("“We checked every bolt of it.”",)),
    ]


def test_several_sentences_before_the_cue() -> None:
    text = "Mira Holt spoke.\n\n“We read it. There is no proof of it,” she said."
    assert said(text)[-1] == ("Mira Holt", "said", ("“We read it. There is no proof of it,”",))


def test_scare_quotes_and_titles_are_no_statements() -> None:
    assert said("The so-called “bridge of doom” opened. “The Long Way Home” played.") == []


def test_what_is_called_for_may_be_that_somebody_does_something() -> None:
    text = "Mira Holt, after the storm, called again for Jonas Berg to resign for his claims."
    assert said(text)[0] == ("Mira Holt", "called", ("for Jonas Berg to resign for his claims",))
    text = "Mira Holt called again for calm, for the town was burning."
    assert said(text)[0] == ("Mira Holt", "called", ("for calm",))


def test_indirect_speech_with_and_without_that() -> None:
    text = "Mira Holt said that the bridge was safe. She added the road was not."
    assert said(text) == [
        ("Mira Holt", "said", ("that the bridge was safe",)),
        ("Mira Holt", "added", ("the road was not",)),
    ]


def test_only_that_leads_in_what_is_said() -> None:
    text = "Speaking at the embassy, Quill indicated only that Tamm had raised the matter."
    assert said(text) == [("Quill", "indicated", ("only that Tamm had raised the matter",))]


def test_quoted_words_inside_indirect_speech_are_mixed() -> None:
    text = "Mira Holt said the bridge was “perfectly safe” for cars."
    (statement,) = read(text)
    assert statement.kind == "mixed"
    assert statement.content[0].of(text) == "the bridge was “perfectly safe” for cars"


def test_according_to() -> None:
    text = "The bridge will close in May, according to the Norby council."
    assert said(text) == [("the Norby council", "according to", ("The bridge will close in May",))]


def test_denial_keeps_its_cue() -> None:
    text = "Mira Holt denied any knowledge of the report."
    assert said(text) == [("Mira Holt", "denied", ("any knowledge of the report",))]


def test_claim_that() -> None:
    text = "Nobody believed in Mira Holt’s claim that the bridge was safe."
    assert ("Mira Holt", "claim", ("that the bridge was safe",)) in said(text)


def test_statement_of_an_institution_is_the_institutions() -> None:
    text = "The Foreign Ministry statement said the talks had failed."
    assert said(text)[0][0] == "the Foreign Ministry"


def test_headline_and_interview_labels() -> None:
    text = "Holt: The bridge is safe\n\nMira Holt met reporters.\n\nQ: Is it?\n\nQ: Why?\n\nHOLT: It is."
    statements = said(text)
    assert statements[0] == ("Mira Holt", "", ("The bridge is safe",))
    assert statements[-1] == ("Mira Holt", "", ("It is.",))


def test_signed_quotation() -> None:
    text = "“I would not drive over it for money.” — Jonas Berg"
    assert said(text) == [("Jonas Berg", "", ("“I would not drive over it for money.”",))]


def test_joint_statement_has_both_speakers() -> None:
    text = "Mira Holt met Jonas Berg. Holt and Berg said the talks had gone well."
    assert said(text)[-1][0] == "Mira Holt and Jonas Berg"


def test_passive_with_by() -> None:
    text = "Mira Holt was accused by Jonas Berg of hiding the report."
    assert said(text)[0][0] == "Jonas Berg"


@pytest.mark.parametrize("medium", ["e-mail", "phone", "letter", "text message"])
def test_how_somebody_is_told_is_not_by_whom(medium: str) -> None:
    text = f"Mira Holt was told by {medium} on Monday that the bridge was closed."
    assert all(who == "" for who, _, _ in said(text))
    assert said(text.replace(medium, "the owner"))[0][0] == "the owner"


def test_inner_statement_stands_beside_the_outer_one() -> None:
    text = "Mira Holt said Jonas Berg had promised to repair the bridge."
    assert [(who, cue) for who, cue, _ in said(text)] == [
        ("Mira Holt", "said"),
        ("Jonas Berg", "had promised"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“The bridge is safe,” Holt barked and left the hall.\n\nMira Holt is mayor.",
        "“The bridge is safe,” snarled Mira Holt.",
        "“Is it safe?” Mira Holt, the mayor of Norby, asked.",
        "As Mira Holt, the mayor, put it, “The bridge is safe.”",
        "Mira Holt delivered a blunt message: “The bridge is safe.”",
        "Mira Holt wrote to the council:\n\n“The bridge is safe.”",
        "“The bridge is safe.”\n\n- Mira Holt\n\nThe road is open.",
        "“The bridge is safe,” according to Mira Holt.",
        "According to Mira Holt, “The bridge is safe.”",
        "Mira Holt on the Norby bridge: ‘It Is Safe.’\n\nMira Holt is mayor.",
    ],
)
def test_quotations_find_their_speaker(text: str) -> None:
    (statement,) = read(text)
    assert (statement.speaker, statement.kind) == ("Mira Holt", "direct")
    assert statement.score > 0.6


def test_the_cue_that_leads_a_question_in_goes_before_the_one_behind_it() -> None:
    text = "Mira Holt asked: “Is it safe?” Jonas Berg, the engineer, said it was."
    assert said(text) == [
        ("Mira Holt", "asked", ("“Is it safe?”",)),
        ("Jonas Berg", "said", ("it was",)),
    ]


def test_speaker_named_only_in_the_last_paragraph_of_a_quotation() -> None:
    text = "“The bridge is safe.\n\n“We checked it.\n\n“It will open,” Mira Holt said."
    assert [who for who, _, _ in said(text)] == ["Mira Holt"] * 3


def test_quotation_far_from_the_one_before_goes_on_from_nobody() -> None:
    text = "“It is safe,” Mira Holt said.\n\nThe road is long.\n\n“We checked every bolt of it.”"
    assert said(text)[-1][0] == ""
    assert read(text)[-1].score < 0.2


@pytest.mark.parametrize("words", ["the mayor of Norby", "who grew up there", "speaking in Norby"])
def test_words_between_commas_do_not_hide_the_speaker(words: str) -> None:
    text = f"Jonas Berg listened. Mira Holt, {words}, called the plan a failure."
    assert said(text) == [("Mira Holt", "called", ("the plan a failure",))]


def test_participle_after_a_comma_is_the_subjects() -> None:
    text = "Mira Holt had a hard day, saying that the bridge was safe."
    assert said(text) == [("Mira Holt", "saying", ("that the bridge was safe",))]


def test_statement_somebody_released_is_theirs() -> None:
    text = "Mira Holt released a statement that denied the charge."
    assert said(text) == [("Mira Holt", "denied", ("the charge",))]


def test_what_a_semicolon_parts_is_told_by_nobody_behind_it() -> None:
    text = "Norby says it was an illness; his family says he was beaten."
    assert {(s.speaker, s.content[0].of(text), s.within) for s in read(text)} == {
        ("Norby", "it was an illness", None),
        ("his family", "he was beaten", None),
    }


def test_what_is_said_may_begin_with_a_subject_of_its_own() -> None:
    text = "Opening the hearing in Norby, counsel to the inquiry, Mira Holt, said the records would show neglect."
    assert said(text) == [("Mira Holt", "said", ("the records would show neglect",))]


def test_nested_statements_say_in_whose_words_they_are_reported() -> None:
    text = "Mira Holt said Jonas Berg had denied that the bridge was safe. Berg said it was."
    assert [(s.speaker, s.within) for s in read(text)] == [
        ("Mira Holt", None),
        ("Jonas Berg", "Mira Holt"),
        ("Jonas Berg", None),
    ]
    assert read(text)[1].cue.of(text) == "had denied"  # type: ignore[union-attr]  # it has one


@pytest.mark.parametrize("lead", ["Mira Holt said that the bridge", "The bridge, Mira Holt said,"])
def test_a_quotation_that_begins_inside_a_sentence_goes_on_in_the_next(lead: str) -> None:
    text = f"{lead} “is safe. He says it will hold. We checked every bolt.” It opened."
    assert said(text)[0][0] == "Mira Holt"
    assert said(text)[0][2][-1].endswith("“is safe. He says it will hold. We checked every bolt.”")
    assert all("opened" not in piece for _, _, content in said(text) for piece in content)


def test_a_mark_that_opens_does_not_end_a_quotation_before_it() -> None:
    text = 'Mira Holt said the bridge "was safe. Jonas Berg said it was not "at all" safe.'
    assert [(s.speaker, s.within) for s in read(text)] == [
        ("Mira Holt", None),
        ("Jonas Berg", None),
    ]


def test_he_goes_on_from_who_reports_not_from_who_is_reported() -> None:
    text = "Jonas Berg said that Paul Holt had long called for a bridge. He said it would be safe."
    assert [(s.speaker, s.within) for s in read(text)][-1] == ("Jonas Berg", None)


@pytest.mark.parametrize("mark", ["“", "”"])
@pytest.mark.parametrize("stop", ["", "."])
def test_a_signature_ends_before_its_stop_and_a_mark_may_be_the_wrong_one(
    mark: str, stop: str
) -> None:
    text = f"{mark}It is safe.” ― Mira Holt{stop}\n\n{mark}It will open.” ― Jonas B. Berg{stop}"
    assert [who for who, _, _ in said(text)] == ["Mira Holt", "Jonas B. Berg"]


def test_according_to_inside_another_statement_is_nested() -> None:
    text = "Mira Holt said that, according to Jonas Berg, the bridge was safe."
    assert [(s.speaker, s.within) for s in read(text)] == [
        ("Mira Holt", None),
        ("Jonas Berg", "Mira Holt"),
    ]


def test_two_people_of_one_surname_and_an_unsure_one() -> None:
    text = "Bill Tamm said it was safe. Helen Tamm said it was not. Tamm said nothing had changed."
    first, second, third = read(text)
    assert (first.speaker, second.speaker) == ("Bill Tamm", "Helen Tamm")
    assert third.score < 0.7 < second.score


def test_interview_with_questions_and_answers() -> None:
    text = "Q. Is it safe?\n\nA. It is.\n\nQ. Why?\n\nA. We checked."
    assert said(text) == [
        ("", "", (words,)) for words in ("Is it safe?", "It is.", "Why?", "We checked.")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "„Die Brücke ist sicher“, sagte Mira Holt am Montag in Norby. Sie warnte aber, dass der Bericht "
        "noch nicht fertig sei, und bat um Geduld: „Wir prüfen jede Schraube.“",
        "« Le pont est sûr », a déclaré Mira Holt lundi à Norby. Selon le maire, le rapport sera publié "
        "en mai, et “tout le monde pourra le lire,” a-t-elle dit devant la presse.",
        "“De brug is veilig,” zei Mira Holt maandag in Norby. Volgens de burgemeester komt het rapport "
        "in mei, en kan iedereen het lezen. Jonas Berg was het er niet mee eens, zei hij.",
    ],
)
def test_another_language_gives_no_statements(text: str) -> None:
    assert read(text) == []


def test_a_text_that_is_all_one_quotation_is_one_unsure_statement() -> None:
    text = "“" + "The bridge is safe and we have checked every bolt of it. " * 30 + "”"
    (statement,) = read(text)
    assert (statement.speaker, statement.kind) == ("", "direct")


def test_text_without_speech_is_never_parsed() -> None:
    class Refuses:
        def __getattr__(self, name: str) -> object:
            raise AssertionError(name)

    text = "The bridge is long. It crosses the river at Norby.\n\nIt was built in 1910."
    parts = paragraphs(text)
    cut = [sentence for part in parts for sentence in sentences(text, part)]
    assert find_statements(text, cut, parts, nlp=Refuses()) == []  # type: ignore[arg-type]  # a trap


def test_quotation_marks_that_never_close() -> None:
    text = "“The bridge is safe, Mira Holt said. Then she left.\n\nJonas said it was not."
    assert said(text)[-1] == ("Jonas", "said", ("it was not",))


def test_marks_without_words_are_no_statement() -> None:
    assert read("“" * 2000) == []


def test_single_marks_inside_double_ones() -> None:
    text = "“He called it ‘the bridge of doom’ again,” Mira Holt said."
    (quotation,) = find_quotations(text, paragraphs(text)[0])
    assert quotation.span.of(text) == "“He called it ‘the bridge of doom’ again,”"


@pytest.mark.parametrize(
    "text",
    ["", " ", "“", "”", '"', "''", "said", ":", "“”", "Q:", "according", "He said \ud800 it."],
)
def test_bits_of_text(text: str) -> None:
    read(text)


_BITS = st.sampled_from(
    ["“", "”", '"', "'", "''", "‘", "’", "«", "»", "said", "Mira Holt", "he", "according to", ",",
     ". ", "\n\n", " ", "Q: ", "HOLT: ", "claim that", "Dr. ", "—", "is", "Иван сказал", "\u00a0", "\ud800", "Jr."]
)  # fmt: skip


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(st.lists(st.one_of(_BITS, st.text(max_size=8)), max_size=40).map("".join))
def test_any_text_gives_exact_ordered_spans(text: str) -> None:
    statements = read(text)
    assert statements == read(text)
    starts = [s.content[0].start for s in statements]
    assert starts == sorted(starts)
    assert len({s.content for s in statements}) == len(statements)
    for statement in statements:
        spans = [*statement.content, statement.cue, statement.source]
        assert all(0 <= s.start < s.end <= len(text) for s in spans if s is not None)
        assert statement.content
        assert 0 <= statement.score <= 1


@pytest.mark.parametrize(
    "line", ["“The bridge is safe,” Mira Holt said of “it. He ‘didn’t agree. ", "Mira Holt said "]
)
def test_a_long_text_takes_linear_time(line: str) -> None:
    read(line)
    assert is_linear(lambda times: read(line * times), 50)


def test_who_is_named_in_a_quotation_does_not_say_it() -> None:
    text = (
        "Bo Tamm, a former president, spoke to the crew. “He runs harder against President Quill and me "
        "than against them,” the former president said."
    )
    assert said(text)[-1][0] == "Bo Tamm"


def test_a_quotation_alone_is_his_who_reports_others() -> None:
    text = (
        "Ada Quill spoke. Quill said that for years some critics had predicted a withdrawal, but it would not happen."
        "\n\n“This region is what we live on.”"
    )
    assert said(text)[-1][0] == "Ada Quill"


def test_father_and_son_of_one_name_are_kept_apart() -> None:
    text = (
        "“I knew nothing of it,” said Bo Tamm, the mayor, on Monday. “We met once,” said Bo Tamm Jr., "
        "his son. Tamm said that the meeting was short. Tamm Jr. said that he had been told of it."
    )
    assert [speaker for speaker, *_ in said(text)] == [
        "Bo Tamm", "Bo Tamm Jr.", "Bo Tamm", "Bo Tamm Jr.",
    ]  # fmt: skip
    alone = "Bo Tamm Jr. came on Sunday. Tamm said that the march would go on."
    assert [speaker for speaker, *_ in said(alone)] == ["Bo Tamm Jr."]


def test_a_surname_that_is_a_title_is_one_before_a_suffix_too() -> None:
    text = "Mira King Jr. came on Sunday. King said that the march would go on."
    assert [speaker for speaker, *_ in said(text)] == ["Mira King Jr."]


@pytest.mark.parametrize(
    "hearers", ["a briefing", "a crowd of miners", "reporters", "the committee"]
)
def test_whom_it_is_told_may_be_many(hearers: str) -> None:
    text = f"Spokesman Bo Tamm told {hearers} that the dam had been safe for years."
    assert said(text) == [("Bo Tamm", "told", ("that the dam had been safe for years",))]


@pytest.mark.parametrize(
    "told", ["whose union represents the ferrymen,", "who speaks for the ferrymen,", "52,"]
)
def test_one_of_whom_is_told_as_of_a_person_is_whom_he_means(told: str) -> None:
    text = (
        "Bo Tamm, a lawmaker, has called for a fee.\n\n"
        f"Oleg Vaar, {told} was pleased. “For once somebody listened to us,” he wrote."
    )
    assert said(text)[-1][0] == "Oleg Vaar"


def test_what_a_headline_says_of_him_is_no_name() -> None:
    text = (
        "Governor Tells State Workers to Stay Home\n\nGov. Bo Tamm of Ohio spoke on Monday. "
        "The governor said that the roads were closed."
    )
    assert said(text)[-1][0] == "Bo Tamm"


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ("put the toll at 12", "the toll at 12"),
        ("estimated the loss at 5,000 boats", "the loss at 5,000 boats"),
        ("ruled out a return to the talks", "a return to the talks"),
        ("played down the damage", "the damage"),
        ("criticised the council for the delay", "the council for the delay"),
        ("underlined that the talks had failed", "that the talks had failed"),
        ("was adamant that the talks had failed", "that the talks had failed"),
        ("made clear that the talks had failed", "that the talks had failed"),
    ],
)
def test_what_is_reported_without_a_verb_of_saying_alone(told: str, what: str) -> None:
    heard = "“It is cold,” said Bo Tamm. “It rains,” he added. He said that it was late."
    assert ("Mira Holt", what) in [
        (who, " ".join(content)) for who, _, content in said(f"{heard}\n\nMira Holt {told}.")
    ]


@pytest.mark.parametrize(
    "told",
    [
        "put 12 boxes at the door",
        "played the trumpet",
        "laid a wreath",
        "was clear of the rocks",
        "knew where the rocks were",
    ],
)
def test_what_only_looks_like_it_is_no_statement(told: str) -> None:
    heard = "“It is cold,” said Bo Tamm. “It rains,” he added. He said that it was late."
    assert "Mira Holt" not in [who for who, _, _ in said(f"{heard}\n\nMira Holt {told}.")]


def test_who_convinces_others_is_the_one_who_says_so() -> None:
    heard = "“It is cold,” said Bo Tamm. “It rains,” he added. He said that it was late."
    text = f"{heard}\n\nBo Tamm left after Mira Holt convinced voters that the deal was fair."
    assert ("Mira Holt", "convinced") in [(who, cue) for who, cue, _ in said(text)]


def test_what_somebody_is_not_sure_of_is_told_with_the_not() -> None:
    heard = "“It is cold,” said Bo Tamm. “It rains,” he added. He said that it was late."
    text = f"{heard}\n\nMira Holt was not confident that the deal would hold."
    assert said(text)[-1] == ("Mira Holt", "was not confident", ("that the deal would hold",))
