"""An agreement's life drawn to scale, with fuzzy edges where dates are vague; and the same as rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.models import Agreement, AgreementOn, Responsibility, Revision, Term
from partnerships.dates import ApproximateDate
from partnerships.dates.bounds import moved
from partnerships.together import ask_together

LEFT, WIDTH, ROW, TOP = 240, 960, 26, 28  # of the drawing, in its own units
MOST_YEARS = 12  # labels on the axis
LONGEST_LABEL = 34


@dataclass(frozen=True)
class Happening:
    """Something on the timeline: a period or, without `ends`, what happened on a day.

    `is_open` is a period that still goes on. The dates are as vague as their sources.
    """

    group: str
    kind: str
    label: str
    starts: ApproximateDate | None
    ends: ApproximateDate | None = None
    is_open: bool = False
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Bar:
    """A happening at its place: certain from `x1` to `x2`, possible from `x0` to `x3`."""

    happening: Happening
    y: int
    x0: float
    x1: float
    x2: float
    x3: float

    @property
    def middle(self) -> int:
        """The height of the row's text."""
        return self.y + 17

    @property
    def short_label(self) -> str:
        label = self.happening.label
        return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"

    @property
    def is_event(self) -> bool:
        """Did it happen on one day, however vague?"""
        return not self.happening.is_open and self.happening.ends is None

    @property
    def pieces(self) -> list[tuple[str, float, float]]:
        """What is drawn: fuzzy or certain, from where, how wide."""
        if self.is_event:
            starts = self.happening.starts
            kind = "certain" if starts and starts.is_exact else "fuzzy"
            return [(kind, self.x0, max(self.x3 - self.x0, 6))]
        pieces = [
            ("fuzzy", self.x0, min(self.x1, self.x3) - self.x0),
            ("certain", self.x1, self.x2 - self.x1),
            ("fuzzy", max(self.x1, self.x2), self.x3 - max(self.x1, self.x2)),
        ]
        return [(kind, x, width) for kind, x, width in pieces if width > 0]


@dataclass(frozen=True)
class Timeline:
    """The drawing, and the happenings behind it in the order of the table."""

    happenings: tuple[Happening, ...]
    day: date
    width = WIDTH
    left = LEFT

    @cached_property
    def first(self) -> date:
        """The first of January of the first year drawn."""
        years = [row.starts.earliest.year for row in self.happenings if row.starts]
        return date(min([*years, self.day.year]), 1, 1)

    @cached_property
    def last(self) -> date:
        """The last of December of the last year drawn."""
        dates = [value for row in self.happenings for value in (row.starts, row.ends) if value]
        return date(max([value.latest.year for value in dates] + [self.day.year]), 12, 31)

    @property
    def height(self) -> int:
        return TOP + ROW * (len(self.happenings) + len(self.groups)) + 8

    @cached_property
    def groups(self) -> list[tuple[int, str]]:
        """The height and the heading of each group."""
        groups: list[tuple[int, str]] = []
        for index, row in enumerate(self.happenings):
            if not groups or groups[-1][1] != row.group:
                groups.append((TOP + (index + len(groups)) * ROW + 18, row.group))
        return groups

    @property
    def day_x(self) -> float:
        """Where the chosen day is."""
        return self._x(self.day)

    @property
    def years(self) -> list[tuple[float, int]]:
        """Where the years with a label begin."""
        span = self.last.year - self.first.year + 1
        step = -(-span // MOST_YEARS)
        return [
            (self._x(date(year, 1, 1)), year)
            for year in range(self.first.year, self.last.year + 1, step)
        ]

    @cached_property
    def bars(self) -> list[Bar]:
        """Every happening at its place, one row each."""
        headings = 0
        bars: list[Bar] = []
        for index, row in enumerate(self.happenings):
            headings += index == 0 or self.happenings[index - 1].group != row.group
            bars.append(self._bar(row, TOP + (index + headings) * ROW))
        return bars

    def _bar(self, row: Happening, y: int) -> Bar:
        possibly = row.starts.possibly_from if row.starts else self.first
        certainly = row.starts.certainly_from if row.starts else self.last
        if row.is_open:
            until = over = self.last
        elif row.ends:
            until, over = row.ends.certainly_until, row.ends.possibly_until
        else:
            until = over = row.starts.latest if row.starts else self.last
        edges = (possibly, certainly, moved(until, days=1), moved(over, days=1))
        return Bar(row, y, *(round(self._x(edge), 1) for edge in edges))

    def _x(self, day: date) -> float:
        share = (day - self.first).days / ((self.last - self.first).days + 1)
        return LEFT + min(max(share, 0), 1) * (WIDTH - LEFT)


def timeline_of(answer: AgreementOn, user: User | None = None) -> Timeline:
    """The agreement's timeline, with what other apps add of what the user may read."""
    groups = (_revisions, _terms, _responsibilities, _terminations)
    happenings = [row for group in groups for row in group(answer)]
    if user is not None:
        happenings += happenings_elsewhere(answer.facts.agreement, user)
    return Timeline(tuple(happenings), answer.day)


def happenings_elsewhere(agreement: Agreement, user: User) -> Iterator[Happening]:
    """What other apps add of what the user may read: dialogues, memos, reports, decisions."""
    sources = [import_string(path) for path in settings.TIMELINE_SOURCES]
    for rows in ask_together([source(agreement, user) for source in sources]):
        yield from rows


def _revisions(answer: AgreementOn) -> Iterator[Happening]:
    decided = [row for row in answer.facts.revisions if not row.is_draft]
    decided.sort(key=lambda row: row.in_force_from.possibly_from if row.in_force_from else date.max)
    for index, row in enumerate(decided):
        ends = _handover(decided[index + 1 :]) or _end_of(answer)
        yield Happening(
            _("Revisions"),
            "revision",
            f"{row}, {row.get_kind_display()}",
            row.in_force_from,
            ends,
            is_open=ends is None,
            note=_("agreed %(date)s") % {"date": row.agreed_on} if row.agreed_on else "",
            url=row.get_absolute_url(),
        )


def _handover(later: Iterable[Revision]) -> ApproximateDate | None:
    """When the next revision takes over, as vague as its start."""
    for row in later:
        starts = row.in_force_from
        if starts:
            exact = starts.counts_from_its_first_day
            return ApproximateDate.exactly(moved(starts.earliest, days=-1)) if exact else starts
    return None


def _end_of(answer: AgreementOn) -> ApproximateDate | None:
    over = answer.life.over_certainly
    return ApproximateDate.exactly(moved(over, days=-1)) if over else None


def _terms(answer: AgreementOn) -> Iterator[Happening]:
    for row in answer.facts.terms:
        yield Happening(
            _("Terms"),
            "term",
            str(row),
            row.starts,
            row.ends,
            is_open=row.ends is None,
            note=_term_note(row),
        )


def _term_note(term: Term) -> str:
    notes = [] if term.basis == Term.Basis.ORIGINAL else [term.get_basis_display()]
    if term.end_is_inferred:
        notes.append(_("the last day is inferred"))
    return ", ".join(str(note) for note in notes)


def _responsibilities(answer: AgreementOn) -> Iterator[Happening]:
    headings = {
        Responsibility.Kind.COST: _("Bears the cost"),
        Responsibility.Kind.ADMINISTRATION: _("Administers"),
    }
    for kind, heading in headings.items():
        rows = [row for row in answer.facts.responsibilities if row.kind == kind]
        rows.sort(key=lambda row: row.starts.possibly_from if row.starts else date.min)
        for row in rows:
            yield Happening(
                heading,
                kind.value,
                str(row),
                row.starts,
                row.ends,
                is_open=row.ends is None,
                note=row.within,
            )


def _terminations(answer: AgreementOn) -> Iterator[Happening]:
    for row in answer.facts.terminations:
        by = row.decided_by_role or row.get_by_display()
        yield Happening(
            _("Terminations"),
            "termination",
            str(row),
            row.effective_from,
            note=_("by %(who)s") % {"who": by},
        )
