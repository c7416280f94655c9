"""What is wrong with an answer or a set: English in reports, the page's language on it, facts on disk."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from evaluation_cases import FIRST, SECOND, TEXTS, FakeAssistant, asked, cite, declined

from qa.evaluation import Outcome, evaluate, judge
from qa.evaluation.keeping import Kept
from qa.evaluation.remarks import AS_SAID, ENGLISH, Remark, in_marks, remark
from ui.language import DEFAULT, languages, speaking
from ui.remarks import told
from ui.render import fill
from ui.results import rows_of
from ui.running import Runner

QA = Path(__file__).parents[1] / "qa"
TOLD = (
    (
        remark("evidence-cited", found=1, of=2),
        "evidence cited 1/2",
        "erwartete Stellen zitiert: 1 von 2",
    ),
    (
        remark("words-missing", words="in March | in Spring; {x}"),
        "missing: in March | in Spring; {x}",
        "es fehlt: in March | in Spring; {x}",
    ),
    (
        remark("not-concise", cited=1501, said=90),
        "not concise: 1501 characters cited, 90 in the answer",
        "zu lang: 1.501 Zeichen zitiert, 90 in der Antwort",
    ),
    (
        remark("misplaced", given='"14"', at=1042, there=2016),
        '"14" is not at 1042 of its paragraph; it stands at 2016',
        '"14" steht nicht bei 1042 seines Absatzes, sondern bei 2016',
    ),
    (
        remark("article-changed", what=remark("unknown-document", name="a.txt")),
        "Its article has changed or is gone: there is no document named a.txt in the index.",
        "Der Artikel hat sich geändert oder fehlt: ein Dokument namens a.txt gibt es im Archiv nicht.",
    ),
)
WRONG = asked(id="w", question="When?", evidence=[[FIRST], [SECOND]], answer_contains=[["March"]])


@pytest.mark.parametrize(("one", "english", "german"), TOLD, ids=lambda case: str(case)[:40])
def test_a_remark_is_told_in_the_pages_language(one: Remark, english: str, german: str) -> None:
    assert str(one) == english
    with speaking("de"):
        assert (told(one).text, told(one).language) == (german, "")


def places(text: object) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", str(text)))


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("kind", sorted(set(ENGLISH) - {AS_SAID}))
def test_every_kind_can_be_told_in_every_language(code: str, kind: str) -> None:
    pattern = languages()[code].texts[f"remarks.{kind}"]
    assert places(pattern) == places(ENGLISH[kind])
    assert code == DEFAULT or pattern != ENGLISH[kind]
    with speaking(code):
        said = told(Remark(kind, dict.fromkeys(places(ENGLISH[kind]), "Quill")))
    assert said.sentence[0] == said.text[0].upper()
    assert said.language == ""


def test_words_of_an_article_stand_in_the_marks_of_the_language_unless_they_bring_their_own() -> (
    None
):
    assert in_marks("It can’t") == "“It can’t”"
    assert in_marks("It can’t", "„{text}“") == "„It can’t“"
    assert in_marks("“It {can’t},” he said", "„{text}“") == "“It {can’t},” he said"


def test_every_reason_of_a_judgement_is_told_in_german() -> None:
    answers = (
        judge(WRONG, cite("“It cannot happen again,” he said."), TEXTS),
        judge(WRONG, None, TEXTS),
        judge(asked(answerable=False), cite(FIRST), TEXTS),
    )
    with speaking("de"):
        said = [[told(one).text for one in judged.why] for judged in answers]
    assert said == [
        ["erwartete Stellen zitiert: 0 von 2", "es fehlt: March"],
        [
            "nicht beantwortet, obwohl es in den Artikeln steht",
            "erwartete Stellen zitiert: 0 von 2",
            "es fehlt: March",
        ],
        ["beantwortet, obwohl es nicht in den Artikeln steht"],
    ]


def test_a_run_shows_its_reasons_in_the_language_that_is_spoken_now() -> None:
    run = evaluate(FakeAssistant({"When?": declined()}), [WRONG])
    (row,) = rows_of([WRONG], list(run.outcomes()))
    shown = {}
    for code in languages():
        with speaking(code):
            shown[code] = (
                fill("results.html", rows=[row], run=1),
                fill("judged.html", row=row, question=WRONG),
            )
    listed, beside = shown["de"]
    assert "<span>Nicht beantwortet, obwohl es in den Artikeln steht</span>; <span>erw" in listed
    assert '<li dir="auto">Erwartete Stellen zitiert: 0 von 2</li>' in beside
    assert 'lang="en"' not in listed + beside
    assert "<span>Declined, but the articles say</span>; <span>evidence cited 0/2" in shown["en"][0]
    assert '<li dir="auto">Evidence cited 0/2</li>' in shown["en"][1]


def test_reasons_are_kept_as_facts_and_reported_in_english() -> None:
    (outcome,) = evaluate(FakeAssistant({"When?": cite(FIRST)}), [WRONG]).outcomes()
    kept = json.loads(outcome.to_json())["why"]
    assert kept[0] == {"kind": "evidence-cited", "values": {"found": 1, "of": 2}}
    assert Outcome.from_json(outcome.to_json()) == outcome
    assert outcome.fields()["why"] == ["evidence cited 1/2", "missing: March"]
    assert outcome.reasons == "evidence cited 1/2; missing: March"
    reported = Outcome.from_fields(outcome.fields())
    assert reported.reasons == outcome.reasons


def test_a_run_kept_by_an_earlier_version_opens_and_shows_its_reasons_as_they_were_said(
    tmp_path: Path,
) -> None:
    first = Runner(FakeAssistant({"When?": declined()}), Kept(tmp_path))  # type: ignore[arg-type]  # answers alike
    begun = first.start("set", [WRONG])
    last = time.monotonic() + 60
    while first.now and time.monotonic() < last:
        time.sleep(0.01)
    (path,) = tmp_path.rglob("outcomes.jsonl")
    fields = json.loads(path.read_text(encoding="utf-8"))
    fields["why"] = ["declined, but the articles say", "evidence cited 0/2"]
    path.write_text(json.dumps(fields) + "\n", encoding="utf-8")
    again = Runner(FakeAssistant({}), Kept(tmp_path))  # type: ignore[arg-type]  # answers alike
    (row,) = again.open(again.kept.run(begun.id)).rows
    with speaking("de"):
        html = fill("results.html", rows=[row], run=1) + fill(
            "judged.html", row=row, question=WRONG
        )
    assert '<span lang="en">Declined, but the articles say</span>; <span lang="en">evi' in html
    assert '<li dir="auto" lang="en">Evidence cited 0/2</li>' in html


@pytest.mark.parametrize(
    "kept", [{"kind": "unheard-of", "values": {}}, {"kind": "evidence-cited", "values": {}}, {}, 7]
)
def test_what_is_no_remark_is_not_read_as_one(kept: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError)):
        Remark.read(kept)


def test_the_page_says_nothing_of_the_command_line() -> None:
    for language in languages().values():
        said = [str(language.texts[f"remarks.{kind}"]) for kind in ENGLISH if kind != AS_SAID]
        assert [text for text in said if "onrecord" in text or "--" in text] == []


def test_every_kind_of_remark_is_made_somewhere() -> None:
    modules = [p.read_text(encoding="utf-8") for p in QA.rglob("*.py") if p.stem != "remarks"]
    assert [
        kind for kind in ENGLISH if kind != AS_SAID and f'"{kind}"' not in "".join(modules)
    ] == []
