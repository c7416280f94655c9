"""The language files: complete, in step with each other, and the only place of the page's words."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest

from qa.evaluation.remarks import AS_SAID, ENGLISH
from qa.question import AnswerType
from ui.callers import REFUSED
from ui.conversations import Scope
from ui.language import DEFAULT, day, figure, languages, marked_up, speaking, spoken, t
from ui.views import VIEWS
from ui.wording import count, duration, in_scope

UI = Path(__file__).parents[1] / "ui"
TEMPLATES = sorted((UI / "templates").rglob("*.html"))
SCRIPTS = sorted((UI / "script").glob("*.js"))
MODULES = sorted(UI.rglob("*.py"))
OTHERS = [code for code in languages() if code != DEFAULT]

CHOSEN = {
    *(f"{view.name}.{part}" for view in VIEWS if view.listed for part in ("title", "short")),
    *(f"{view.name}.title" for view in VIEWS),
    *(
        f"settings.{level}{of}"
        for level in ("careful", "balanced", "eager")
        for of in ("", "-says")
    ),
    *(f"statements.{kind}" for kind in ("direct", "indirect", "mixed")),
    *(f"source.{noun}" for noun in ("citation", "passage", "statement", "evidence")),
    *(
        f"counts.{noun}"
        for noun in ("article", "word", "statement", "quotation", "question", "fault")
    ),
    *(
        f"evaluate.verdict-{came}"
        for came in (
            "right",
            "wrong",
            "rightly-declined",
            "wrongly-declined",
            "should-have-declined",
        )
    ),
    *(f"refusal.no-{wanted}" for wanted in get_args(AnswerType)),
    *(f"refusal.{unsaid}" for unsaid in ("unsigned", "undated", "unsourced", "untitled")),
    *(f"remarks.{kind}" for kind in ENGLISH if kind != AS_SAID),
    "language.name",
}
"""Keys that are put together where they are used."""
NAMES = {"onrecord", "JavaScript"}
"""What is called the same in every language."""


def places(text: object) -> set[str]:
    forms = text.values() if isinstance(text, dict) else [str(text)]
    return {place for form in forms for place in re.findall(r"\{([^}]*)\}", form)}


def test_the_first_language_is_english_and_there_is_another() -> None:
    assert next(iter(languages())) == DEFAULT == "en"
    assert OTHERS


@pytest.mark.parametrize("code", OTHERS)
def test_a_language_has_every_text_and_no_other_with_the_same_places(code: str) -> None:
    first, other = languages()[DEFAULT].texts, languages()[code].texts
    assert set(first) - set(other) == set(), "are missing"
    assert set(other) - set(first) == set(), "are nowhere used"
    for key, text in first.items():
        assert isinstance(text, str) == isinstance(other[key], str), key
        assert places(text) == places(other[key]), key


@pytest.mark.parametrize("code", languages())
def test_no_text_is_empty_and_plurals_have_the_forms_of_the_language(code: str) -> None:
    language = languages()[code]
    wanted = {*language.locale.plural_form.tags, "other"}
    for key, text in language.texts.items():
        assert all(f.strip() for f in (text.values() if isinstance(text, dict) else [text])), key
        if isinstance(text, dict):
            assert set(text) == wanted, key


def keys_used() -> dict[str, set[str]]:
    """Every key that stands in a template, a script or a module, with the files."""
    found: dict[str, set[str]] = {}
    for path in (*TEMPLATES, *SCRIPTS, *MODULES):
        for key in re.findall(r'"([a-z]+\.[a-z][a-z-]+)"', path.read_text(encoding="utf-8")):
            found.setdefault(key, set()).add(path.name)
    return found


def test_every_text_that_is_asked_for_exists_and_every_text_is_asked_for() -> None:
    known, used = set(languages()[DEFAULT].texts), keys_used()
    sections = {key.partition(".")[0] for key in known}
    files = re.compile(r"\.(html|css|js|jsonl?|toml|sqlite3|py)$")
    asked = {k for k in used if k.partition(".")[0] in sections and not files.search(k)}
    assert {key: used[key] for key in asked - known} == {}
    assert known >= CHOSEN
    assert known - asked - CHOSEN == set()


class _Words(HTMLParser):
    """Collects what a reader or a screen reader would be told by a template itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("style", "kbd")
        told = ("aria-label", "title", "placeholder", "alt", "data-figure", "aria-description")
        self.found += [value for name, value in attrs if name in told and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("style", "kbd")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def bare(template: str) -> list[str]:
    """The words of a template that come from no language file."""
    plain = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", template, flags=re.DOTALL)
    reader = _Words()
    reader.feed(plain)
    words = [word for text in reader.found for word in re.findall(r"[^\W\d_]{2,}", text)]
    return [word for word in words if word not in NAMES]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(UI)))
def test_a_template_has_no_words_of_its_own(path: Path) -> None:
    assert bare(path.read_text(encoding="utf-8")) == []


def test_words_in_a_template_would_be_found() -> None:
    assert bare('<p title="Hello">{{ t("a.b") }} there{% if x %}</p>') == ["Hello", "there"]
    assert bare('<a class="go" aria-label="{{ t("a.b") }}"><kbd>Esc</kbd> onrecord</a>') == []


KEYS_OF_A_KEYBOARD = {"Enter", "Escape", "ArrowUp", "ArrowDown", "Files"}


def spelled_out(script: str) -> list[str]:
    """The strings of a script that look like words for people."""
    strings = re.findall(
        r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\\n]|\\.)*)`', re.sub(r"(?m)//.*$", "", script)
    )
    told = [re.sub(r"\$\{[^}]*\}", "", one or two) for one, two in strings]
    capital = re.compile(r"(?<![\w-])[A-Z][a-z]+(?![\w-])")
    sentence = re.compile(r"[a-z]{2,}(?: [a-z]{2,})+ ?[.…!?](?:\s|$)")
    return [
        text
        for text in told
        if text not in KEYS_OF_A_KEYBOARD
        and (capital.search(text) or sentence.search(text) or "…" in text or "“" in text)
    ]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_a_script_has_no_words_of_its_own(path: Path) -> None:
    assert spelled_out(path.read_text(encoding="utf-8")) == []


def test_words_in_a_script_would_be_found() -> None:
    assert spelled_out('say("Stop"); say(`${n} articles were removed.`); say("Wait …")') == [
        "Stop",
        " articles were removed.",
        "Wait …",
    ]
    assert spelled_out('$(".turn:not([hidden]) .cite"); node("p", "failed calm", t("a.b"))') == []


def sentences(module: str) -> list[str]:
    """The strings of a module, docstrings aside, that look like words for people."""
    tree = ast.parse(module)
    documentation = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    logged = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("_log.")
        for argument in node.args
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documentation | logged
        and re.match(r"[^\w]*[A-Z][a-z]+\b(?:[ ,]+[a-z]+\b){1,}|[A-Z][a-z]+[.:!?…]", node.value)
    ]


ELSEWHERE = {
    "app.py": {"Port "},  # said in the terminal
    "callers.py": {REFUSED},  # said to another site
    "asking.py": {"According to ", "What did "},  # parts of a question, which is asked in English
}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(UI)))
def test_a_module_has_no_words_of_its_own(path: Path) -> None:
    found = set(sentences(path.read_text(encoding="utf-8")))
    assert found - ELSEWHERE.get(path.name, set()) == set()


def test_words_in_a_module_would_be_found() -> None:
    assert sentences('x = "Nothing has been added."; y = f"Only {a}"; z = "a-b"') == [
        "Nothing has been added."
    ]


def test_plurals_numbers_and_dates_follow_the_language() -> None:
    assert [count(n, "word") for n in (0, 1, 2, 1042)] == [
        "0 words",
        "1 word",
        "2 words",
        "1,042 words",
    ]
    with speaking("de"):
        assert [count(n, "word") for n in (0, 1, 2, 1042)] == [
            "0 Wörter",
            "1 Wort",
            "2 Wörter",
            "1.042 Wörter",
        ]
        assert day("2019-12-10") == "10. Dezember 2019"
        assert day("2019-03-01", short=True) == "1. März 2019"
        assert day("last week") == "last week"
        assert (duration(41.4), duration(1234)) == ("41 ms", "1,2 s")
        assert figure(1234567) == "1.234.567"
        scope = Scope(("a", "b"), "Ada Quill", "2019-12-01", "2019-12-31")
        assert in_scope(scope) == (
            "in 2 Artikeln, nur Ada Quill, vom 1. Dezember 2019 bis zum 31. Dezember 2019 erschienen"
        )
        assert in_scope(Scope(since="2020-01-01")) == "ab dem 1. Januar 2020 erschienen"
    assert in_scope(Scope(("a",), until="2020-01-01")) == "in a, published until 1 January 2020"


def test_what_is_no_language_of_the_page_is_written_in_the_first() -> None:
    for code in ("xx", "", None, 7, "de-AT"):
        with speaking(code):
            assert spoken().code == DEFAULT
    with speaking("de"):
        assert t("chat.ask") == "Fragen"
    assert t("chat.ask") == "Ask"


def test_values_are_escaped_in_a_template_and_markup_is_not() -> None:
    said = marked_up("turn.understood", question="<b>{n}</b>")
    assert said == "Understood as “&lt;b&gt;{n}&lt;/b&gt;”"
    assert marked_up("turn.understood", question=said) == f"Understood as “{said}”"
