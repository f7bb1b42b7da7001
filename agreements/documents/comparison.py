"""Two revisions side by side: words, terms, each contribution, and the change in kronor."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Literal

from django.utils.translation import gettext as _

from agreements.models import Contribution, ContributionTotals, Party, PartyTotal, Revision
from organisations.models import Partner
from partnerships.money import kronor, percent

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
Change = Literal["same", "removed", "added"]


@dataclass(frozen=True)
class Run:
    """Words in a row that both have, or that only one has."""

    change: Change
    text: str


@dataclass(frozen=True)
class TextChange:
    """A text of the revision, before and after, word by word."""

    label: str
    runs: tuple[Run, ...]

    @property
    def is_changed(self) -> bool:
        return any(run.change != "same" for run in self.runs)


@dataclass(frozen=True)
class LineChange:
    """A contribution before and after; one of them is None when it was added or removed.

    `line` is the one as it is now or, when it was removed, as it was.
    """

    line: Contribution
    before: Contribution | None
    after: Contribution | None
    is_comparable: bool = True

    @property
    def amount(self) -> Decimal | None:
        """After less before in SEK; a line that is not there counts 0. None when not known."""
        if not self.is_comparable:
            return None
        old = self.before.stated_amount if self.before else Decimal(0)
        new = self.after.stated_amount if self.after else Decimal(0)
        if old is None or new is None or self.before_basis != self.after_basis:
            return None
        return new - old

    @property
    def before_basis(self) -> str:
        return self.before.period_basis if self.before else self.line.period_basis

    @property
    def after_basis(self) -> str:
        return self.after.period_basis if self.after else self.line.period_basis

    @property
    def facts(self) -> list[TextChange]:
        """Label, kind, form, period and calculation, where the two differ."""
        if not (self.before and self.after):
            return []
        pairs = zip(_facts(self.before), _facts(self.after), strict=True)
        changes = [compare_words(label, old, new) for (label, old), (_label, new) in pairs]
        return [change for change in changes if change.is_changed]

    @property
    def state(self) -> str:
        """`added`, `removed`, `changed` or `same`."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        same = self.before.stated_amount == self.after.stated_amount and not self.facts
        return "same" if same else "changed"


@dataclass(frozen=True)
class SideChange:
    """One party's contributions in both revisions, with both sums."""

    name: str
    lines: tuple[LineChange, ...]
    before: Decimal | None
    after: Decimal | None

    @property
    def amount(self) -> Decimal | None:
        """The change of the party's sum in SEK; None when a sum is not known."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True)
class Comparison:
    """What differs between two revisions of an agreement."""

    before: Revision
    after: Revision
    texts: tuple[TextChange, ...]
    sides: tuple[SideChange, ...]


def compare(before: Revision, after: Revision) -> Comparison:
    """Compare two revisions fetched `with_contributions()`, the earlier first."""
    texts = [
        compare_words(label, old, new)
        for (label, old), (_label, new) in zip(_texts(before), _texts(after), strict=True)
    ]
    return Comparison(before, after, tuple(texts), tuple(_sides(before, after)))


def compare_words(label: str, before: str, after: str) -> TextChange:
    """The runs of words that both texts have, that were removed and that were added."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    runs: list[Run] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run("same", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            runs.append(Run("removed", "".join(old[i1:i2])))
        if j2 > j1:
            runs.append(Run("added", "".join(new[j1:j2])))
    return TextChange(label, tuple(runs))


def _texts(revision: Revision) -> Iterator[tuple[str, str]]:
    yield _("Agreed on"), str(revision.agreed_on or _("not known"))
    yield _("In force from"), str(revision.in_force_from or _("not known"))
    yield _("Purpose"), revision.purpose
    yield _("Target group"), revision.target_group
    yield _("Note"), revision.note


def _facts(line: Contribution) -> Iterator[tuple[str, str]]:
    yield _("Label"), line.label
    yield _("Kind"), line.get_kind_display()
    yield _("Given"), line.get_form_display()
    yield _("Period"), line.get_period_basis_display()
    yield _("Calculation"), " + ".join(str(part) for part in line.parts.all())
    yield _("On-costs"), percent(line.on_cost_rate) if line.on_cost_rate else ""
    yield _("Price per inhabitant"), kronor(line.per_inhabitant) if line.per_inhabitant else ""


def _sides(before: Revision, after: Revision) -> Iterator[SideChange]:
    old = {(side.party, side.partner): side for side in ContributionTotals.of(before).parties}
    new = {(side.party, side.partner): side for side in ContributionTotals.of(after).parties}
    # A revision without any line does not say that nothing is given: it is not known.
    is_comparable = all(any(side.lines for side in sides.values()) for sides in (old, new))
    keys: list[tuple[Party, Partner | None]] = list(dict.fromkeys([*new, *old]))
    for key in keys:
        was, now = old.get(key), new.get(key)
        side = now or was
        rows = pair_lines(was.lines if was else (), now.lines if now else (), is_comparable)
        if side and (lines := tuple(rows)):
            yield SideChange(side.name, lines, _sum(was, is_comparable), _sum(now, is_comparable))


def _sum(side: PartyTotal | None, is_comparable: bool) -> Decimal | None:
    """The side's sum: 0 when others give and it does not, None when that is not known."""
    if side and side.lines:
        return side.amount
    return Decimal(0) if is_comparable else None


def pair_lines(
    before: Sequence[Contribution], after: Sequence[Contribution], is_comparable: bool = True
) -> Iterator[LineChange]:
    """Each line with the one it was copied from, else with one of the same label."""
    left = list(before)
    for line in after:
        was = next((row for row in left if row.pk == line.copied_from_id), None)
        was = was or next((row for row in left if row.label == line.label), None)
        if was:
            left.remove(was)
        yield LineChange(line, was, line, is_comparable)
    for line in left:
        yield LineChange(line, line, None, is_comparable)
