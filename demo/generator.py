"""Makes any number of plausible, invented agreements, the same for the same seed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import models, transaction
from stdnum import luhn

from accounts.models import Membership, User
from accounts.permissions import Role
from agreements.models import (
    Agreement,
    AgreementPartner,
    CalculationPart,
    Contribution,
    Life,
    NoticePeriod,
    Party,
    PeriodBasis,
    Responsibility,
    Revision,
    Term,
    Termination,
    kept_of,
)
from demo import names
from organisations.models import Committee, LegalForm, Municipality, Office, Partner
from partnerships.dates import ApproximateDate

BATCH = 1000
LATEST_START = 16 * 365  # days from the first of 2012, so to the end of 2027
REASON = "Genererad"
AGREEMENTS_PER_PARTNER = 3
# Organisation numbers have room for twenty seeds of more than a million agreements each.
SEEDS, PARTNERS_PER_SEED = 20, 400_000
FIRST_DIGITS = {
    LegalForm.NONPROFIT_ASSOCIATION: "80",
    LegalForm.FOUNDATION: "81",
    LegalForm.REGISTERED_FAITH_COMMUNITY: "25",
    LegalForm.ECONOMIC_ASSOCIATION: "76",
    LegalForm.LIMITED_PROFIT_COMPANY: "55",
}
SOCIAL_CHARGES = Decimal("1.3142")
KINDS = [Agreement.Kind.IOP] * 3 + [Agreement.Kind.GRANT] * 4 + [Agreement.Kind.PROCUREMENT] * 2
KINDS += [Agreement.Kind.MEMBERSHIP]


@dataclass
class Rows:
    """The rows of one batch, by model, in the order in which they are written."""

    by_model: dict[type[models.Model], list[Any]] = field(default_factory=dict)

    def add(self, row: Any) -> Any:
        """Take a row into the batch."""
        self.by_model.setdefault(type(row), []).append(row)
        return row

    def write(self, *, by: User | None, at: datetime) -> None:
        """Write the rows and, for each, the row of history that saving it would have written.

        Revisions are decided last of all, since a decided one takes no more lines.
        """
        decided = [row for row in self.by_model.get(Revision, []) if row.decided_at]
        for row in decided:
            row.decided_at, row.decided_by = None, None
        for model, rows in self.by_model.items():
            for row in rows:
                _take_keys(row)
            model._default_manager.bulk_create(rows, batch_size=BATCH)
        for row in decided:
            row.decided_at, row.decided_by = at, by
        keys = [row.pk for row in decided]
        Revision.objects.filter(pk__in=keys).update(decided_at=at, decided_by=by)
        for model, rows in self.by_model.items():
            model.history.bulk_history_create(  # type: ignore[attr-defined]
                rows,
                batch_size=BATCH,
                default_user=by,
                default_change_reason=REASON,
                default_date=at,
            )


def _take_keys(row: models.Model) -> None:
    """Rows refer to rows that were written just before and have their keys now."""
    for relation in row._meta.concrete_fields:
        if isinstance(relation, models.ForeignKey) and relation.is_cached(row):
            setattr(row, relation.name, getattr(row, relation.name))


def is_used(seed: int) -> bool:
    """Have agreements been made from this seed in the installation before?"""
    numbers = [_org_number(form, seed * PARTNERS_PER_SEED) for form in FIRST_DIGITS]
    return Partner.objects.filter(org_number__in=numbers).exists()


def _org_number(form: LegalForm, serial: int) -> str:
    """A valid number, of its own for each form and serial number."""
    digits = f"{FIRST_DIGITS[form]}{2_000_000 + serial}"
    number = digits + luhn.calc_check_digit(digits)
    return f"{number[:6]}-{number[6:]}"


class Generator:
    """Fills one municipality, which has a user to have registered the agreements."""

    def __init__(self, municipality: Municipality, *, seed: int, at: datetime):
        self.municipality, self.seed, self.at = municipality, seed, at
        self.random = Random(seed)  # noqa: S311  (deterministic by design, not for secrets)
        self.by = municipality.users.order_by("pk").first()
        self.committees = self._committees()
        self.offices = [
            Office.objects.get_or_create(
                municipality=municipality, name=f"{committee.name.removesuffix('nämnden')}kontoret"
            )[0]
            for committee in self.committees
        ]

    def run(self, count: int) -> Iterator[int]:
        """Make this many agreements; gives the number made after each batch."""
        for start in range(0, count, BATCH):
            numbers = range(start, min(start + BATCH, count))
            with transaction.atomic():
                self._batch(numbers)
            yield numbers.stop

    def _committees(self) -> list[Committee]:
        """Twelve committees, in all of which the municipality's officers get their role."""
        committees = [
            Committee.objects.get_or_create(municipality=self.municipality, name=name)[0]
            for name in names.COMMITTEES
        ]
        officers = User.objects.filter(
            municipality=self.municipality, memberships__role=Role.OFFICER
        )
        for officer in officers.distinct():
            for committee in committees:
                Membership.objects.get_or_create(
                    user=officer, committee=committee, role=Role.OFFICER
                )
        return committees

    def _batch(self, numbers: range) -> None:
        first, second = Rows(), Rows()  # a second revision comes when the first is decided
        partners = [
            first.add(self._partner(number))
            for number in numbers
            if number % AGREEMENTS_PER_PARTNER == 0
        ]
        for number in numbers:
            self._agreement(first, second, number, self.random.choice(partners))
        first.write(by=self.by, at=self.at)
        second.write(by=self.by, at=self.at)

    def _partner(self, number: int) -> Partner:
        activity, form = self.random.choice(names.ACTIVITIES)
        place = self.random.choice(names.PLACES)
        serial = self.seed * PARTNERS_PER_SEED + number // AGREEMENTS_PER_PARTNER
        return Partner(
            name=f"{place} {activity} {serial}",
            org_number=_org_number(LegalForm(form), serial),
            legal_form=form,
        )

    def _agreement(self, first: Rows, second: Rows, number: int, partner: Partner) -> None:
        committee = self.random.randrange(len(self.committees))
        starts = date(2012, 1, 1) + timedelta(days=self.random.randrange(LATEST_START))
        agreement = first.add(
            Agreement(
                kind=self.random.choice(KINDS),
                name=f"{partner.name.rsplit(' ', 1)[0]} {starts.year}:{number}",
                diary_number=f"EX {starts.year}-{number + 1}",
                committee=self.committees[committee],
                office=self.offices[committee],
                officer=self.by if self.random.random() < 0.01 else None,
                created_at=self.at,
            )
        )
        first.add(AgreementPartner(agreement=agreement, partner=partner))
        term_length = timedelta(days=365 * self.random.randint(1, 5))
        has_draft = self.random.random() < 0.03
        wordings = [first] if has_draft and self.random.random() < 0.3 else [first, second]
        revisions, terms = [], []
        for index, rows in enumerate(wordings):
            is_draft = has_draft and index == len(wordings) - 1
            begins = starts + index * term_length
            revisions.append(self._revision(rows, agreement, partner, index + 1, begins, is_draft))
            if not (is_draft and index):
                terms.append(first.add(self._term(agreement, index, begins, term_length)))
        notices = self._facts(first, agreement, committee, starts, term_length)
        stops = []
        if self.random.random() < 0.05:
            stops.append(first.add(self._termination(agreement, starts + term_length)))
        for name, value in kept_of(Life.of(revisions, terms, stops), notices, None).items():
            setattr(agreement, name, value)

    def _term(self, agreement: Agreement, number: int, begins: date, length: timedelta) -> Term:
        """The initial term, or an extension by clause."""
        last_day = ApproximateDate.exactly(begins + length - timedelta(days=1))
        return Term(
            agreement=agreement,
            number=number,
            basis=Term.Basis.CLAUSE if number else Term.Basis.ORIGINAL,
            starts=ApproximateDate.exactly(begins),
            ends=last_day,
        )

    def _termination(self, agreement: Agreement, day: date) -> Termination:
        """The municipality ends it before its last term would."""
        return Termination(
            agreement=agreement,
            scope=Termination.Scope.FULL,
            by=Party.MUNICIPALITY,
            effective_from=ApproximateDate.exactly(day + timedelta(days=31)),
            notice_given_on=ApproximateDate.exactly(day - timedelta(days=60)),
        )

    def _facts(
        self, rows: Rows, agreement: Agreement, committee: int, starts: date, length: timedelta
    ) -> list[NoticePeriod]:
        """Who is responsible, with a handover for some; gives the notice that most agreements state."""
        handover = starts + length / 2 if self.random.random() < 0.1 else None
        for kind in Responsibility.Kind:
            periods: list[tuple[int, date, date | None]] = [(committee, handover or starts, None)]
            if handover:
                periods.insert(0, ((committee + 1) % len(self.committees), starts, handover))
            for body, first_day, until in periods:
                rows.add(
                    Responsibility(
                        agreement=agreement,
                        kind=kind,
                        committee=self.committees[body],
                        starts=ApproximateDate.exactly(first_day),
                        ends=until and ApproximateDate.exactly(until - timedelta(days=1)),
                    )
                )
        if self.random.random() > 0.85:
            return []
        return [
            rows.add(NoticePeriod(agreement=agreement, party=party, length=3)) for party in Party
        ]

    def _revision(
        self,
        rows: Rows,
        agreement: Agreement,
        partner: Partner,
        number: int,
        starts: date,
        is_draft: bool,
    ) -> Revision:
        revision = rows.add(
            Revision(
                agreement=agreement,
                number=number,
                kind=Revision.Kind.AMENDMENT if number > 1 else Revision.Kind.ORIGINAL,
                agreed_on=ApproximateDate.exactly(starts - timedelta(days=30)),
                in_force_from=self._vague(starts),
                purpose=self._purpose(),
                target_group=self._target_group(),
                decided_at=None if is_draft else self.at,
                decided_by=None if is_draft else self.by,
            )
        )
        for party, labels, giver in (
            (Party.MUNICIPALITY, names.MUNICIPALITY_LABELS, None),
            (Party.PARTNER, names.PARTNER_LABELS, partner),
        ):
            for position, kind in enumerate(self.random.sample(sorted(labels), 3), start=1):
                self._contribution(rows, revision, party, giver, position, kind, labels[kind])
        return revision

    def _contribution(self, rows, revision, party, giver, position, kind, label) -> None:
        part = self._part(kind)
        line = rows.add(
            Contribution(
                revision=revision,
                party=party,
                partner=giver,
                position=position,
                kind=kind,
                form=Contribution.Form.CASH if kind == "cash" else Contribution.Form.IN_KIND,
                label=label,
                stated_amount=self._stated_amount(part),
                period_basis=PeriodBasis.PER_YEAR,
            )
        )
        if part:
            part.contribution = line
            rows.add(part)

    def _part(self, kind: str) -> CalculationPart | None:
        """The calculation of a half-time post or of rented premises; other kinds have none."""
        if kind not in {"personnel", "premises"}:
            return None
        share = Decimal("0.5") if kind == "personnel" else Decimal(1)
        return CalculationPart(
            unit_price=Decimal(self.random.randrange(16, 100) * 500), share=share
        )

    def _stated_amount(self, part: CalculationPart | None) -> Decimal | None:
        """A few are not known, and one in ten calculations leaves out the social charges."""
        chance = self.random.random()
        if chance < 0.02:
            return None
        if part is None:
            return Decimal(self.random.randrange(10, 600) * 1000)
        return Decimal(round(part.amount * (SOCIAL_CHARGES if chance < 0.12 else 1)))

    def _purpose(self) -> str:
        """What the parties want, what they do and how they do it together."""
        paragraphs = ((names.PURPOSES, 3), (names.WAYS, 4), (names.TOGETHER, 2))
        return "\n\n".join(
            " ".join(self.random.sample(sentences, count)) for sentences, count in paragraphs
        )

    def _target_group(self) -> str:
        group = self.random.choice(names.TARGET_GROUPS).capitalize()
        return f"{group}. {' '.join(self.random.sample(names.TARGET_DETAILS, 2))}"

    def _vague(self, day: date) -> ApproximateDate | None:
        """Nine of ten dates are known to the day, others to the month or the year; a few are not."""
        chance = self.random.random()
        if chance < 0.01:
            return None
        if chance < 0.03:
            return ApproximateDate(f"{day:%Y}", f"{day:%Y}")
        if chance < 0.1:
            return ApproximateDate(f"{day:%Y-%m}", f"{day:%Y-%m}")
        return ApproximateDate.exactly(day)
