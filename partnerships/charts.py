"""Charts as accessible SVG: the same figures as drawing and as table, in the page and in the PDF.

Colours stand as presentation attributes for the PDF; the page's style sheet replaces them by its
own through the classes, so that a chart follows light, dark and forced colours.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from partnerships.money import NBSP, plain_number

WIDTH, HEIGHT = 640, 300
TOP, RIGHT, BOTTOM = 44, 16, 34
CHARACTER = 7  # about the width of a character, in units of the drawing
TICKS = 5
MOST_LABELLED = 16  # marks that carry their value; more would lie on each other
FILLS = ("#0b5f5f", "#c9622c", "#4a5f8c", "#8a6d1d", "#6b4a7c", "#4f6b2f")
INK, QUIET, GRID = "#1e2b3c", "#56606e", "#d3d7dd"
FONT = "Inter, Document Sans, sans-serif"


@dataclass(frozen=True)
class Series:
    """One line, or the bars of one colour. A value that is None is not known, never 0."""

    name: str
    values: Sequence[Decimal | None]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Figures over categories, most often periods; `targets` has one for each category or is empty."""

    title: str
    categories: Sequence[str]
    series: Sequence[Series]
    kind: Literal["line", "bars", "stacked"] = "bars"
    heading: str = ""
    unit: str = ""
    targets: Sequence[Decimal | None] = ()

    def __post_init__(self):
        lengths = {len(row.values) for row in self.series} | {len(self.categories)}
        if len(lengths) > 1 or (self.targets and len(self.targets) != len(self.categories)):
            raise ValueError("Every series and the targets have a value for each category.")

    @property
    def is_empty(self) -> bool:
        """Is there nothing to draw?"""
        return not any(value is not None for row in self.series for value in row.values)

    def words(self, value: Decimal | None) -> str:
        """A value as it is written in the table and beside its mark."""
        if value is None:
            return _("not known")
        return f"{plain_number(value)}{NBSP}{self.unit}" if self.unit else plain_number(value)

    @property
    def headings(self) -> list[str]:
        """The table's headings."""
        names = [row.name for row in self.series]
        return [self.heading, *names, *([_("Target")] if self.targets else [])]

    @property
    def rows(self) -> list[list[str]]:
        """The table's rows: a category, the value of each series and, if there are any, the target."""
        columns = [row.values for row in self.series]
        columns += [self.targets] if self.targets else []
        return [
            [category, *(self.words(column[index]) for column in columns)]
            for index, category in enumerate(self.categories)
        ]

    @property
    def summary(self) -> str:
        """What the drawing shows, in a sentence, for those who do not see it."""
        names = ", ".join(row.name for row in self.series)
        first, last = (self.categories[0], self.categories[-1]) if self.categories else ("", "")
        return _("%(title)s: %(names)s, %(first)s to %(last)s. The figures are in the table.") % {
            "title": self.title,
            "names": names,
            "first": first,
            "last": last,
        }

    @property
    def svg(self) -> SafeString:
        """The drawing as a part of a page."""
        return mark_safe(_text(_Drawing(self).root()))  # noqa: S308  (made by an XML writer)


class _Drawing:
    """Places the marks of one chart."""

    def __init__(self, chart: Chart):
        self.chart = chart
        self.ticks = _ticks(*_extent(chart))
        widest = max(len(plain_number(tick)) for tick in self.ticks)
        self.left = 20 + CHARACTER * widest
        self.step = (WIDTH - self.left - RIGHT) / max(1, len(chart.categories))
        marks = len(chart.series) * len(chart.categories)
        self.is_labelled = marks <= MOST_LABELLED

    def root(self) -> ET.Element:
        """The whole drawing."""
        svg = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {WIDTH} {HEIGHT}",
                "width": str(WIDTH),
                "height": str(HEIGHT),
                "class": "chart",
                "role": "img",
                "aria-label": self.chart.summary,
                "font-family": FONT,
                "font-size": "12",
            },
        )
        svg.extend(self._legend())
        svg.extend(self._axis())
        draw: dict[str, Callable[[], Iterator[ET.Element]]] = {
            "line": self._lines,
            "bars": self._bars,
            "stacked": self._stack,
        }
        svg.extend(draw[self.chart.kind]())
        svg.extend(self._targets())
        return svg

    def _legend(self) -> Iterator[ET.Element]:
        x = float(self.left)
        names = [row.name for row in self.chart.series]
        for index, name in enumerate(names):
            yield _mark("rect", index, x=x, y=10, width=12, height=12)
            yield _label(name, x + 18, 20, css="chart-text")
            x += 34 + CHARACTER * len(name)
        if self.chart.targets:
            yield _shape("line", css="chart-target", x1=x, y1=16, x2=x + 20, y2=16, **_DASHED)
            yield _label(_("Target"), x + 26, 20, css="chart-text")

    def _axis(self) -> Iterator[ET.Element]:
        for tick in self.ticks:
            y = self._y(tick)
            yield _shape(
                "line", css="chart-grid", x1=self.left, y1=y, x2=WIDTH - RIGHT, y2=y, stroke=GRID
            )
            yield _label(plain_number(tick), self.left - 8, y + 4, css="chart-quiet", anchor="end")
        for index, category in enumerate(self._thinned()):
            if category:
                yield _label(
                    category, self._x(index), HEIGHT - 12, css="chart-quiet", anchor="middle"
                )

    def _thinned(self) -> list[str]:
        """The categories, of which some are left out when they would lie on each other."""
        widest = max((len(name) for name in self.chart.categories), default=1) * CHARACTER
        every = max(1, math.ceil(widest / self.step))
        return [
            name if index % every == 0 else "" for index, name in enumerate(self.chart.categories)
        ]

    def _lines(self) -> Iterator[ET.Element]:
        for number, row in enumerate(self.chart.series):
            known = [
                (self._x(index), self._y(value), value)
                for index, value in enumerate(row.values)
                if value is not None
            ]
            for run in self._runs(row.values):
                points = " ".join(f"{_short(x)},{_short(y)}" for x, y in run)
                line = _mark("polyline", number, points=points)
                line.attrib |= {"fill": "none", "stroke": FILLS[number % len(FILLS)]}
                line.attrib |= {"stroke-width": "2.5", "class": f"chart-line chart-{number + 1}"}
                yield line
            for x, y, value in known:
                yield _mark("circle", number, cx=x, cy=y, r=4)
                if self.is_labelled:
                    yield _label(plain_number(value), x, y - 9, css="chart-text", anchor="middle")
            yield from self._unknown(row.values, lambda index: self._x(index))

    def _runs(self, values: Sequence[Decimal | None]) -> Iterator[list[tuple[float, float]]]:
        """Points that follow each other; a value that is not known breaks the line."""
        run: list[tuple[float, float]] = []
        for index, value in enumerate([*values, None]):
            if value is not None:
                run.append((self._x(index), self._y(value)))
            elif run:
                yield run
                run = []

    def _bars(self) -> Iterator[ET.Element]:
        width = self.step * 0.7 / max(1, len(self.chart.series))
        for number, row in enumerate(self.chart.series):

            def middle(index: int, number: int = number) -> float:
                return self._x(index) + (number - (len(self.chart.series) - 1) / 2) * width

            for index, value in enumerate(row.values):
                if value is None:
                    continue
                yield self._bar(number, middle(index), width, Decimal(0), value)
                if self.is_labelled:
                    top = min(self._y(value), self._y(Decimal(0)))
                    yield _label(
                        plain_number(value),
                        middle(index),
                        top - 6,
                        css="chart-text",
                        anchor="middle",
                    )
            yield from self._unknown(row.values, middle)

    def _stack(self) -> Iterator[ET.Element]:
        for index in range(len(self.chart.categories)):
            base = Decimal(0)
            for number, row in enumerate(self.chart.series):
                value = row.values[index]
                if value:
                    yield self._bar(number, self._x(index), self.step * 0.6, base, base + value)
                    base += value
            values = [row.values[index] for row in self.chart.series]
            written = plain_number(base) if None not in values else f"≥{NBSP}{plain_number(base)}"
            if any(value is not None for value in values):
                yield _label(
                    written, self._x(index), self._y(base) - 6, css="chart-text", anchor="middle"
                )
            else:
                yield self._question(self._x(index))

    def _bar(
        self, number: int, middle: float, width: float, low: Decimal, high: Decimal
    ) -> ET.Element:
        ends = sorted((self._y(low), self._y(high)))
        return _mark(
            "rect",
            number,
            x=middle - width / 2 + 1,
            y=ends[0],
            width=max(1, width - 2),
            height=max(1, ends[1] - ends[0]),
        )

    def _unknown(
        self, values: Sequence[Decimal | None], place: Callable[[int], float]
    ) -> Iterator[ET.Element]:
        for index, value in enumerate(values):
            if value is None:
                yield self._question(place(index))

    def _question(self, x: float) -> ET.Element:
        """Where a value would stand if it were known."""
        return _label("?", x, self._y(Decimal(0)) - 6, css="chart-quiet", anchor="middle")

    def _targets(self) -> Iterator[ET.Element]:
        for index, target in enumerate(self.chart.targets):
            if target is not None:
                x, y = self._x(index), self._y(target)
                ends = {"x1": x - self.step / 2, "y1": y, "x2": x + self.step / 2, "y2": y}
                yield _shape("line", css="chart-target", **ends, **_DASHED)

    def _x(self, index: int) -> float:
        return self.left + self.step * (index + 0.5)

    def _y(self, value: Decimal) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        share = float((value - low) / (high - low))
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


_DASHED = {"stroke": INK, "stroke_width": "1.5", "stroke_dasharray": "5 3"}


def _extent(chart: Chart) -> tuple[Decimal, Decimal]:
    """The lowest and the highest value to draw; 0 is always among them."""
    if chart.kind == "stacked":
        columns = zip(*(row.values for row in chart.series), strict=True)
        values = [sum((value or Decimal(0) for value in column), Decimal(0)) for column in columns]
    else:
        values = [value for row in chart.series for value in row.values if value is not None]
    values += [target for target in chart.targets if target is not None]
    return min([Decimal(0), *values]), max([Decimal(0), *values])


def _ticks(low: Decimal, high: Decimal) -> list[Decimal]:
    """Round values from below the lowest to above the highest, 1, 2 or 5 and zeros apart."""
    span = (high - low) or Decimal(1)
    rough = span / TICKS
    magnitude = Decimal(10) ** math.floor(rough.log10())
    step = next(magnitude * times for times in (1, 2, 5, 10) if magnitude * times >= rough)
    first = math.floor(low / step)
    last = max(first + 1, math.ceil(high / step))
    return [step * number for number in range(first, last + 1)]


def _mark(tag: str, number: int, **attributes: object) -> ET.Element:
    """A mark of a series, told from others by colour, class and outline."""
    fill = FILLS[number % len(FILLS)]
    return _shape(tag, css=f"chart-mark chart-{number + 1}", fill=fill, **attributes)


def _shape(tag: str, *, css: str, **attributes: object) -> ET.Element:
    written = {name.replace("_", "-"): _short(value) for name, value in attributes.items()}
    return ET.Element(tag, {"class": css, **written})


def _label(text: str, x: float, y: float, *, css: str, anchor: str = "start") -> ET.Element:
    fill = QUIET if css == "chart-quiet" else INK
    label = _shape("text", css=css, x=x, y=y, text_anchor=anchor, fill=fill)
    label.text = text
    return label


def _short(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def _text(root: ET.Element) -> str:
    return ET.tostring(root, encoding="unicode")
