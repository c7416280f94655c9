"""The report's plots: SVG of our own, drawn in the page's colours, that needs nothing else.

Text is text, colours are the page's variables, and each plot is drawn at the width at which it is
shown, so that letters keep their size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup, escape

from qa.evaluation.intervals import share
from qa.evaluation.outcomes import Columns
from qa.evaluation.statistics import BINS, bins, calibration_error

_WIDTH, _HEIGHT = 340, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 20, 12, 42
_MOST_POINTS = 240


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands on the plots: English, unless the caller speaks another language.

    Attributes:
        risk, reliability: the plots' names.
        answered, wrong: the axes of the first.
        confidence, answerable: the axes of the second.
        end: what the first comes to; ``{wrong}`` and ``{answered}`` are shares.
        gap: what the second comes to; ``{gap}`` is a share.
        point: of the second; ``{at}`` is a number, ``{hits}`` and ``{count}`` are questions.
        told: the whole to one who cannot see it: its ``{name}`` and what is on its ``{x}`` and ``{y}``.
        percent: writes a share.
        number: writes a number in [0, 1].
        figure: writes a count.
    """

    risk: str = "Risk over coverage"
    answered: str = "share of questions answered, surest first"
    wrong: str = "share of answers that are wrong"
    end: str = "{wrong} wrong at {answered} answered"
    reliability: str = "Reliability"
    confidence: str = "confidence"
    answerable: str = "share that the articles answer"
    gap: str = "{gap} off on average"
    point: str = "confidence {at}: {hits} of {count} are answerable"
    told: str = "{name}: {y} against {x}"
    percent: Callable[[float], str] = "{:.0%}".format
    number: Callable[[float], str] = "{:.2f}".format
    figure: Callable[[int], str] = str


ENGLISH = Labels()


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot, and what it comes to in a few words."""

    summary: str
    svg: Markup


def risk_coverage(columns: Columns, labels: Labels = ENGLISH) -> Plot | None:
    """The share of wrong answers against the share of questions answered, surest first."""
    given = np.flatnonzero(columns["answered"] > 0)
    if not len(given):
        return None
    surest = given[np.argsort(-columns["confidence"][given], kind="stable")]
    count = np.arange(1, len(surest) + 1)
    risk = np.cumsum(1 - columns["right"][surest]) / count
    coverage = count / len(columns)
    kept = np.unique(np.linspace(0, len(surest) - 1, min(len(surest), _MOST_POINTS)).astype(int))
    points = list(zip(coverage[kept].tolist(), risk[kept].tolist(), strict=True))
    top = _nice(max(risk))
    frame = _Frame(1.0, top, labels)
    line = "M" + "L".join(f"{frame.x(a):.1f} {frame.y(b):.1f}" for a, b in points)
    base = frame.y(0)
    area = f"{line}L{frame.x(points[-1][0]):.1f} {base}L{frame.x(points[0][0]):.1f} {base}Z"
    last = points[-1]
    told = labels.end.format(wrong=labels.percent(last[1]), answered=labels.percent(last[0]))
    return frame.drawn(
        labels.risk,
        told,
        [
            f'<path d="{area}" class="fill"/><path d="{line}" class="line"/>',
            frame.dot(*last, told),
        ],
        labels.answered,
        labels.wrong,
    )


def reliability(columns: Columns, labels: Labels = ENGLISH) -> Plot | None:
    """How often the articles answer, against the confidence that they do, in ten bins."""
    if not len(columns):
        return None
    confidence, answerable = columns["confidence"], columns["answerable"]
    where = bins(confidence)
    frame = _Frame(1.0, 1.0, labels)
    parts = [
        f'<line class="ideal" x1="{frame.x(0)}" y1="{frame.y(0)}" x2="{frame.x(1)}" y2="{frame.y(1)}"/>'
    ]
    for number in range(BINS):
        inside = where == number
        count = int(inside.sum())
        if not count:
            continue
        hits = int(answerable[inside].sum())
        interval = share(hits, count)
        at = float(confidence[inside].mean())
        told = labels.point.format(
            at=labels.number(at), hits=labels.figure(hits), count=labels.figure(count)
        )
        radius = 3 + 5 * (count / len(columns)) ** 0.5
        parts.append(
            f'<line class="whisker" x1="{frame.x(at):.1f}" x2="{frame.x(at):.1f}" '
            f'y1="{frame.y(interval.low or 0):.1f}" y2="{frame.y(interval.high or 0):.1f}"/>'
        )
        parts.append(frame.dot(at, hits / count, told, radius))
    gap = float(calibration_error(confidence, answerable)(np.ones((1, len(columns))))[0])
    summary = labels.gap.format(gap=labels.percent(gap))
    return frame.drawn(labels.reliability, summary, parts, labels.confidence, labels.answerable)


class _Frame:
    """Axes from 0 to a largest value each."""

    def __init__(self, right: float, top: float, labels: Labels) -> None:
        self._right, self._top, self._labels = right, top, labels

    def x(self, value: float) -> float:
        """From a value to a place."""
        return _LEFT + value / self._right * (_WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        """From a value to a place."""
        return _HEIGHT - _BOTTOM - value / self._top * (_HEIGHT - _TOP - _BOTTOM)

    def dot(self, x: float, y: float, told: str, radius: float = 4) -> str:
        """A point, with what it says when pointed at."""
        return (
            f'<circle class="dot" cx="{self.x(x):.1f}" cy="{self.y(y):.1f}" r="{radius:.1f}">'
            f"<title>{escape(told)}</title></circle>"
        )

    def drawn(
        self, name: str, summary: str, parts: Iterable[str], x_label: str, y_label: str
    ) -> Plot:
        """The plot with its axes."""
        percent = self._labels.percent
        grid = []
        for step in range(5):
            value = step / 4
            x, y = self.x(value * self._right), self.y(value * self._top)
            grid.append(
                f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
                f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{percent(value * self._top)}</text>'
                f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 17}" text-anchor="middle">'
                f"{percent(value * self._right)}</text>"
            )
        middle = (_LEFT + _WIDTH - _RIGHT) / 2
        labels = f'<text class="axis" x="{middle}" y="{_HEIGHT - 6}" text-anchor="middle">{escape(x_label)}</text>'
        told = self._labels.told.format(name=name, x=x_label, y=y_label)
        body = "".join((*grid, *parts, labels))
        svg = Markup(  # noqa: S704 - made here; what comes from outside is escaped above
            f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(told)}">'
            f"{body}</svg>"
        )
        return Plot(summary, svg)


def _nice(value: float) -> float:
    """The next largest value at which an axis may end."""
    return next(end for end in (0.2, 0.4, 0.6, 0.8, 1.0) if value <= end + 1e-9)
