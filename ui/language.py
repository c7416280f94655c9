"""The words of the page, in the language that its reader chose: ``languages/*.toml``.

A file is named by its language, and by what its words are about where that has a file of its own.

The script says with each request which language its page is in; what Python writes for it is
written `speaking` that language. Articles, questions and quotations never pass through here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from qa.refusal import joined

Text = str | Mapping[str, str]
"""A text with ``{places}``, or its plural forms by CLDR category; the number ``n`` chooses."""

DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the page.

    Attributes:
        code: as the ``lang`` attribute has it.
        texts: by key, ``section.name``.
    """

    code: str
    texts: Mapping[str, Text]

    @property
    def locale(self) -> Locale:
        """How the language counts, and writes dates and numbers."""
        return Locale.parse(self.code)

    def pattern(self, key: str, n: object = None) -> str:
        """Return a text before its places are filled; ``n`` chooses among plural forms.

        Raises:
            KeyError: if there is no such text.
        """
        text = self.texts[key]
        if isinstance(text, str):
            return text
        form = self.locale.plural_form(n if isinstance(n, int) else 0)
        return text[form] if form in text else text["other"]


@cache
def languages() -> Mapping[str, Language]:
    """Return all languages by code, the default one first."""
    read: dict[str, dict[str, Text]] = {}
    for file in files("ui").joinpath("languages").iterdir():
        code, *_, kind = file.name.split(".")
        if kind == "toml":
            sections = tomllib.loads(file.read_text(encoding="utf-8"))
            read.setdefault(code, {}).update(
                (f"{section}.{name}", text)
                for section, texts in sections.items()
                for name, text in texts.items()
            )
    codes = sorted(read, key=lambda code: (code != DEFAULT, code))
    return {code: Language(code, read[code]) for code in codes}


_spoken: ContextVar[str] = ContextVar("spoken", default=DEFAULT)


@contextmanager
def speaking(code: object) -> Iterator[None]:
    """Write in a language inside of this; in the default one if there is none of this code."""
    token = _spoken.set(code if isinstance(code, str) and code in languages() else DEFAULT)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> Language:
    """Return the language that is written now."""
    return languages()[_spoken.get()]


def _shown(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: figure(value) if isinstance(value, int) else value for name, value in values.items()
    }


def t(key: str, **values: object) -> str:
    """Return a text in the language that is written now, its places filled; numbers are grouped."""
    return spoken().pattern(key, values.get("n")).format(**_shown(values))


def marked_up(key: str, **values: object) -> Markup:
    """Return the same for a template: escaped, but for values that are markup already."""
    return escape(spoken().pattern(key, values.get("n"))).format(**_shown(values))


def figure(value: float, form: str = "#,##0") -> str:
    """Return a number as the language writes it; ``form`` is a CLDR pattern."""
    return str(format_decimal(value, form, locale=spoken().locale))


def percent(value: float) -> str:
    """Return a share in whole percent as the language writes it."""
    return str(format_percent(value, locale=spoken().locale))


def listed(names: Sequence[str], *, either: bool = False) -> str:
    """Join names as a sentence does: "A, B and C"; "or" before the last with ``either``."""
    return joined(names, t("language.or") if either else t("language.and"))


def day(published: str | None, *, short: bool = False) -> str:
    """Return a date for people; what is no ISO 8601 date stays as the source writes it."""
    if not published:
        return ""
    try:
        when = date.fromisoformat(published[:10])
    except ValueError:
        return published
    form = t("language.short-day" if short else "language.day")
    return str(format_date(when, form, locale=spoken().locale))
