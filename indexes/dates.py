"""Dates as sources write them, as days that can be compared."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\b(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)",
        r"\b(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})\b",
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?[ -](?:of )?{_MONTH},?[ -](?P<y>\d{{4}})\b",
        rf"\b{_MONTH} (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})\b",
        r"\b(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})\b",
        r"\b(?P<y>\d{4})-(?P<m>\d{1,2})(?![\d-])",
        rf"\b{_MONTH},? (?P<y>\d{{4}})\b",
        r"^\s*(?P<y>\d{4})\s*$",
    )
)


def day_of(published: str | None) -> str | None:
    """The day that a date names: "2019-12-10", or "2019-12" or "2019" where it says no more.

    Numbers in an order that nobody can tell (10/12/2019) name none.
    """
    place = date_in(published or "")
    return _day(place) if place else None


def date_in(text: str) -> re.Match[str] | None:
    """The first date in a text that has at least its year; those of a form that says more come first."""
    return next((found for form in _FORMS if (found := form.search(text))), None)


def _day(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    month = parts.get("m") or _number(parts.get("month"))
    return _written(parts["y"], month, parts.get("d"))


def _number(month: str | None) -> str | None:
    return str(_MONTHS.index(month.lower()) + 1) if month else None


def _written(year: str, month: str | None, day: str | None) -> str | None:
    try:
        there = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    return there[: 10 if day else 7 if month else 4]
