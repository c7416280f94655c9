"""What the page shows, without a browser: escaping, grouping, words, and exact marks."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexes.documents import Document, Span
from indexes.layout import paragraph_at, paragraph_numbers
from qa.answer import Answer, AnswerSentence, Citation
from qa.refusal import Refusal
from ui.articles import Outline, language_of
from ui.marks import Mark, Piece, cut, part
from ui.render import (
    copied,
    failed_html,
    runs,
    source_html,
    start_html,
    turn_html,
    turn_view,
)
from ui.shelf import arrival_html, library_html
from ui.wording import count, day, duration, in_words

TEXT = (
    "---\ntitle: A port\n---\n\n# A port\n\nAda said it was “open”. She smiled.\n\n"
    "“Ships come.\n\nThey also go,” Bo said.\n\n## Later\n\nNobody knows."
)
DOCUMENT = Document("port.md", TEXT, "A port", "A. Writer", "2024-05-06", body=TEXT.index("# A"))
SPANS = [Span(m.start(), m.end()) for m in re.finditer(r"\S(?:.|\n(?!\n))*", TEXT)]
NASTY = "<img src=x onerror=alert(1)>\"'`&<script>{{x}}${y}</script>"


def cite(
    number: int, quote: str, speaker: str | None = None, document: Document = DOCUMENT
) -> Citation:
    start = document.text.index(quote)
    return Citation(
        number=number,
        document=document.name,
        title=document.title,
        start=start,
        end=start + len(quote),
        quote=quote,
        document_id=document.id,
        speaker=speaker,
    )


def answer(
    *cites: Citation, question: str = "What of the port?", confidence: float = 0.9
) -> Answer:
    return Answer(
        question=question,
        answered=True,
        confidence=confidence,
        text=" ".join(f"{c.quote} [{c.number}]" for c in cites),
        sentences=tuple(AnswerSentence(text=c.quote, citations=(c.number,)) for c in cites),
        citations=cites,
        timings_ms={"search": 3.0, "total": 41.4},
    )


def declined(
    text: str = "The articles do not say.", *nearest: Citation, refusal: Refusal | None = None
) -> Answer:
    return Answer(
        question="Who?",
        answered=False,
        confidence=0.1,
        text=text,
        nearest=nearest,
        refusal=refusal,
    )


KNOWN = {DOCUMENT.name: Outline(tuple(paragraph_numbers(DOCUMENT, SPANS)), "de", "2 Jan 2024")}


class Reader(HTMLParser):
    """Collects the tags, and the text inside the marks of each citation, as a browser would."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.marked: dict[str, str] = {}
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "mark":
            self.open.append(str(dict(attrs)["data-citation"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        for citation in self.open:
            self.marked[citation] = self.marked.get(citation, "") + data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_consecutive_sentences_of_one_speaker_share_a_block() -> None:
    turn = turn_view(
        answer(
            cite(1, "Ada said it was “open”.", "Ada"),
            cite(2, "She smiled.", "Ada"),
            cite(3, "They also go,” Bo said.", "Bo"),
            cite(4, "Nobody knows."),
        ),
        1,
        KNOWN,
    )
    assert [(block.speaker, len(block.lines)) for block in turn.blocks] == [
        ("Ada", 2),
        ("Bo", 1),
        (None, 1),
    ]


def test_an_answer_without_speakers_has_no_margin() -> None:
    assert "said unnamed" in turn_html(answer(cite(1, "Nobody knows.")), 1, KNOWN)
    assert "said unnamed" not in turn_html(answer(cite(1, "Nobody knows.", "Bo")), 1, KNOWN)


def test_a_chip_stays_with_the_last_word_of_its_sentence() -> None:
    html = turn_html(answer(cite(1, "Ada said it was “open”.", "Ada")), 1, KNOWN)
    assert re.search(r'Ada said it was <span class="tail">“open”\.&#160;<button', html)


def test_a_very_long_last_word_may_break() -> None:
    long = Document("long.txt", "See " + "x" * 80, "Long")
    html = turn_html(answer(cite(1, long.text, document=long)), 1, {})
    assert f'{"x" * 80}<span class="tail">&#160;<button' in html


def test_a_chip_says_its_number_its_speaker_and_its_paragraph() -> None:
    chips = Reader(turn_html(answer(cite(1, "Nobody knows.", "Bo")), 7, KNOWN)).all("button")
    chips = [chip for chip in chips if chip.get("class") == "cite"]
    assert chips[0]["aria-label"] == "Citation 1, Bo, paragraph 4"
    assert chips[0]["data-citation"] == "1"
    assert chips[0]["data-turn"] == "7"


def test_ids_of_chips_are_unique_even_when_a_citation_is_used_twice() -> None:
    first, second = cite(1, "She smiled."), cite(2, "Nobody knows.")
    twice = Answer(
        question="?",
        answered=True,
        confidence=0.9,
        text="She smiled. [1] Nobody knows. [1][2]",
        sentences=(
            AnswerSentence(text="She smiled.", citations=(1,)),
            AnswerSentence(text="Nobody knows.", citations=(1, 2)),
        ),
        citations=(first, second),
    )
    ids = [chip["id"] for chip in Reader(turn_html(twice, 3, KNOWN)).all("button") if "id" in chip]
    assert ids == ["cite-3-1", "cite-3-1-2", "cite-3-2"]


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(0.8, "Well supported"), (0.79, "Supported"), (0.5, "Supported"), (0.49, "Weakly supported")],
)
def test_confidence_is_told_in_words(confidence: float, words: str) -> None:
    assert in_words(answer(cite(1, "Nobody knows."), confidence=confidence)) == words


def test_a_declined_answer_shows_why_and_what_is_closest_and_what_to_ask() -> None:
    html = turn_html(
        declined(
            "The articles do not say: they name Ada once, but leave this open.",
            cite(1, "She smiled."),
            refusal=Refusal(cause="named-only", names=("Ada",), times=1),
        ),
        2,
        KNOWN,
        ["Who?", "What did Ada say?"],
    )
    assert '<p class="head">The articles do not say.</p>' in html
    assert '<p class="why">They name Ada once, but leave this open.</p>' in html
    assert "Not on record" in html
    reader = Reader(html)
    assert [b["data-ask"] for b in reader.all("button") if "data-ask" in b] == ["What did Ada say?"]
    assert [b["data-citation"] for b in reader.all("button") if "data-citation" in b] == ["1"]


def test_how_sure_an_answer_is_goes_unsaid_where_nothing_was_searched() -> None:
    html = turn_html(
        declined("Ask a question in words.", refusal=Refusal(cause="no-question")), 1, KNOWN, []
    )
    assert "Not on record" not in html
    assert 'class="sure' not in html


def test_a_follow_up_says_how_it_was_understood_and_a_plain_question_does_not() -> None:
    asked = answer(cite(1, "Nobody knows."), question="And who knows?")
    assert "Understood as" not in turn_html(asked, 1, KNOWN)
    understood = asked.model_copy(update={"interpreted_as": "Who knows about the port?"})
    assert "Understood as “<bdi>Who knows about the port?</bdi>”" in turn_html(understood, 1, KNOWN)


def test_a_copied_answer_keeps_speakers_quotations_and_places() -> None:
    assert copied(answer(cite(1, "She smiled.", "Ada"), cite(2, "Nobody knows.")), KNOWN) == (
        "What of the port?\n\nAda:\nShe smiled. [1]\nNobody knows. [2]\n\n"
        "[1] “She smiled.” (A port, port.md, paragraph 1)\n"
        "[2] “Nobody knows.” (A port, port.md, paragraph 4)\n"
    )


def test_nothing_from_outside_becomes_markup() -> None:
    document = Document(NASTY, NASTY + "\n\nmore", NASTY, NASTY, NASTY)
    given_by_people = answer(cite(1, NASTY, NASTY, document), question=NASTY)
    given_by_people = given_by_people.model_copy(update={"interpreted_as": NASTY + "?"})

    class Record:
        name = title = byline = published = NASTY
        words = speakers = statements = 1

    for html in (
        turn_html(given_by_people, 1, {}),
        turn_html(declined(NASTY, cite(1, NASTY, NASTY, document)), 1, {}, [NASTY]),
        failed_html(NASTY, NASTY),
        source_html(document, [Span(0, len(NASTY))], [Mark(1, Span(4, 20))]),
        library_html([Record()]),
        arrival_html(NASTY, "failed", NASTY),
        start_html(1, [NASTY], NASTY),
    ):
        reader = Reader(html)
        assert not reader.all("img")
        assert not reader.all("script")
        assert not any(
            name.startswith("on") for _, attributes in reader.tags for name in attributes
        )
        assert NASTY in reader.text


def test_a_source_leaves_out_its_front_matter_and_its_repeated_title() -> None:
    shown = part(DOCUMENT, SPANS).paragraphs
    assert [(p.number, p.heading) for p in shown] == [(1, 0), (2, 0), (3, 0), (None, 2), (4, 0)]
    assert shown[3].pieces == (Piece("Later"),)
    assert Reader(source_html(DOCUMENT, SPANS)).text.count("A port") == 1


def test_a_quotation_over_a_paragraph_break_is_marked_in_both_and_loses_nothing() -> None:
    quote = "“Ships come.\n\nThey also go,” Bo said."
    start = TEXT.index(quote)
    html = source_html(DOCUMENT, SPANS, [Mark(2, Span(start, start + len(quote)))])
    assert Reader(html).marked == {"2": quote}
    assert len(Reader(html).all("mark")) == 2


def test_a_quotation_with_carriage_returns_stays_exact() -> None:
    text = "One line.\r\nNext line.\r\n\r\nAnother."
    document = Document("dos.txt", text, "DOS")
    spans = [Span(0, 21), Span(25, len(text))]
    html = source_html(document, spans, [Mark(1, Span(0, len(text)))])
    assert "\r" not in html
    assert Reader(html).marked == {"1": text}


def test_text_that_no_encoding_can_carry_does_not_stop_the_page() -> None:
    document = Document("odd.txt", "half a pair \ud83d here", "Odd")
    assert "half a pair \ufffd here" in source_html(document, [Span(0, len(document.text))])


def test_a_name_that_no_encoding_can_carry_does_not_stop_the_library() -> None:
    class Record:
        name = "half/a pair \ud83d?.txt"
        title, byline, published = "Odd", None, None
        words = speakers = statements = 1

    html = library_html([Record()])
    assert 'href="#article/half%2Fa%20pair%20%3F%3F.txt"' in html


def test_the_paragraph_of_a_place_is_the_one_that_starts_before_it() -> None:
    numbers = KNOWN[DOCUMENT.name].paragraphs
    assert paragraph_at(numbers, 0) is None
    assert paragraph_at(numbers, TEXT.index("They also")) == 3
    assert paragraph_at([], 5) is None


@given(st.data())
def test_the_marks_of_any_citations_join_to_their_quotes(data: st.DataObject) -> None:
    text = data.draw(st.text("ab <&\n", min_size=1, max_size=60))
    spans = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n \t](?:.|\n(?!\n))*", text)]
    inside = st.integers(0, len(text))
    drawn = data.draw(st.lists(st.tuples(inside, inside), max_size=4))
    places = [Span(min(a, b), max(a, b)) for a, b in drawn if a != b]
    places = [p for p in places if p.of(text).strip() and any(s.start <= p.start for s in spans)]
    places = [p for p in places if any(s.start <= p.start < s.end for s in spans)]
    marks = [Mark(number, place) for number, place in enumerate(places, 1)]
    html = source_html(Document("d", text, "a title"), spans, marks)
    assert Reader(html).marked == {str(m.citation): m.span.of(text) for m in marks}


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=4))
def test_cutting_a_text_loses_nothing(text: str, places: list[tuple[int, int]]) -> None:
    marks = [Mark(n, Span(start, start + length)) for n, (start, length) in enumerate(places)]
    assert "".join(piece.text for piece in cut(text, Span(0, len(text)), marks)) == text


def test_figures_are_written_for_people() -> None:
    assert count(1, "article") == "1 article"
    assert count(1042, "word") == "1,042 words"
    assert (day("2019-12-10"), day("2019-12-10", short=True)) == ("10 December 2019", "10 Dec 2019")
    assert (day(None), day("last week")) == ("", "last week")
    assert (duration(41.4), duration(1234)) == ("41 ms", "1.2 s")


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", ["LIGHT", "DARK"])
def test_contrast_is_aa_in_both_themes(name: str) -> None:
    from ui import theme

    colours = getattr(theme, name)
    grounds = ("paper", "surface", "sunken")
    pairs = [
        (ink, ground, 4.5)
        for ink in ("ink", "ink-2", "ink-3", "accent", "bad", "good")
        for ground in grounds
    ]
    pairs += [
        ("ink", "mark", 4.5),
        ("ink", "mark-soft", 4.5),
        ("on-accent", "accent", 4.5),
        ("accent", "accent-soft", 4.5),
        ("ink-2", "accent-soft", 4.5),
    ]
    pairs += [("edge", ground, 3.0) for ground in ("paper", "surface")]  # the bounds of controls
    for front, back, least in pairs:
        high, low = sorted((luminance(colours[front]), luminance(colours[back])), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= least, f"{front} on {back}"


def test_the_stylesheet_and_the_head_fetch_nothing() -> None:
    from ui import theme

    assert not re.search(
        r"https?:|//|@import|url\(", re.sub(r"/\*.*?\*/", "", theme.head(), flags=re.DOTALL)
    )


def test_an_answer_names_the_articles_that_it_quotes_with_the_numbers_from_each() -> None:
    html = turn_html(answer(cite(1, "She smiled."), cite(2, "Nobody knows.")), 4, KNOWN)
    opens = [b for b in Reader(html).all("button") if "data-origin" in b]
    assert [b["data-origin"] for b in opens] == ["cite-4-1"]
    assert '<span class="num">1–2</span>' in html
    assert "2 Jan 2024" in html
    assert [runs(numbers) for numbers in ([1], [1, 2, 3, 5], [2, 4])] == ["1", "1–3, 5", "2, 4"]


def test_quotations_carry_the_language_of_their_article_and_chips_that_of_the_page() -> None:
    html = turn_html(answer(cite(1, "Nobody knows.")), 1, KNOWN)
    assert '<p dir="auto" lang="de">' in html
    (chip,) = [b for b in Reader(html).all("button") if "data-citation" in b]
    assert (chip["lang"], chip["data-language"]) == ("en", "de")
    gone = turn_html(answer(cite(1, "Nobody knows.")), 1, {})
    assert '<p dir="auto" lang="">' in gone


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("de_AT", "x", "de-AT"),
        ("German", "Der Hafen und die Stadt " * 10, ""),
        (None, "Der Hafen und die Stadt " * 10, ""),
        (None, "They said that the port was theirs and it would be open. " * 3, "en"),
    ],
)
def test_the_language_of_an_article_is_the_declared_one_or_english_that_shows(
    declared: str | None, text: str, language: str
) -> None:
    document = Document("a", text, "A", language=declared)
    assert language_of(document) == language
    assert f'<h2 dir="auto" lang="{language}">' in source_html(document, [Span(0, len(text))])
