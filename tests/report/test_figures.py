"""Figures from rows: every sum is compared with one added up by hand in Python."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from accounts.models import User
from agreements.models import (
    Agreement,
    AgreementPartner,
    AgreementTheme,
    Contribution,
    Revision,
)
from organisations.models import Partner
from partnerships.dates import ApproximateDate
from payments.models import ImportBatch, Payment
from report.figures import (
    Cells,
    Lacks,
    Scope,
    Sums,
    answer_of,
    by_partner,
    by_theme,
    rows_of,
    sums_of_partners,
)
from report.models import Basis, Measure
from tests.accounts.factories import UserFactory
from tests.agreements.factories import AgreementFactory, ThemeFactory
from tests.organisations.factories import CommitteeFactory, PartnerFactory
from tests.payments.factories import AT, BatchFactory, PaymentFactory, payment_on

pytestmark = pytest.mark.django_db
YEARS = (2024, 2025)
serial = count()
days = st.dates(date(2023, 1, 1), date(2026, 12, 31))
amounts = st.none() | st.integers(0, 1000).map(Decimal)
lines = st.fixed_dictionaries(
    {
        "party": st.sampled_from(["municipality", "partner"]),
        "stated_amount": amounts,
        "period_basis": st.sampled_from(["per_year", "per_month", "whole_term"]),
        "form": st.sampled_from(["cash", "in_kind", "not_stated"]),
        "kind": st.sampled_from(["cash", "premises"]),
        "by_shared": st.booleans(),
    }
)
payments = st.fixed_dictionaries(
    {
        "paid_on": days,
        "amount": st.integers(-500, 500).filter(bool).map(Decimal),
        "direction": st.sampled_from(["paid", "received"]),
        "to_shared": st.booleans(),
    }
)
agreements = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["iop", "grant"]),
        "committee": st.integers(0, 1),
        "themes": st.sets(st.integers(0, 1)),
        "is_shared": st.booleans(),
        "life": st.tuples(days, st.none() | days),
        "revisions": st.lists(st.tuples(days, st.lists(lines, max_size=3)), max_size=3),
        "payments": st.lists(payments, max_size=3),
    }
)


@pytest.fixture
def committees():
    first = CommitteeFactory()
    return [first, CommitteeFactory(municipality=first.municipality)]


@dataclass
class World:
    """What the agreements of an example have in common."""

    committees: list
    batch: ImportBatch
    user: User
    shared: Partner
    themes: list


def build(facts, world):
    """One agreement with its revisions, lines and payments, as bare rows."""
    committees, batch, user = world.committees, world.batch, world.user
    begins, over = facts["life"]
    if over is not None and over <= begins:
        over = None
    agreement = AgreementFactory(committee=committees[facts["committee"]], kind=facts["kind"])
    own = agreement.partners.get()
    shared = world.shared if facts["is_shared"] else own
    Agreement.objects.filter(pk=agreement.pk).update(
        is_decided=True,
        begins_possibly=begins,
        begins_certainly=begins,
        over_possibly=over,
        over_certainly=over,
    )
    if facts["is_shared"]:
        AgreementPartner.objects.create(agreement=agreement, partner=shared, position=2)
    AgreementTheme.objects.bulk_create(
        AgreementTheme(agreement=agreement, theme=world.themes[place]) for place in facts["themes"]
    )
    for number, (starts, rows) in enumerate(facts["revisions"], start=1):
        revision = Revision.objects.create(
            agreement=agreement,
            number=number,
            kind="original" if number == 1 else "amendment",
            in_force_from=ApproximateDate.exactly(starts),
        )
        Contribution.objects.bulk_create(
            Contribution(
                revision=revision,
                label="rad",
                partner=(shared if by_shared else own) if row["party"] == "partner" else None,
                **row,
            )
            for by_shared, row in map(without("by_shared"), rows)
        )
        Revision.objects.filter(pk=revision.pk).update(decided_at=AT, decided_by=user)
    Payment.objects.bulk_create(
        Payment(
            municipality=batch.source.municipality,
            source=batch.source,
            batch=batch,
            row_number=2,
            external_key=str(next(serial)),
            agreement=agreement,
            partner=shared if to_shared else own,
            matching="matched",
            matched_by="officer",
            **row,
        )
        for to_shared, row in map(without("to_shared"), facts["payments"])
    )
    return {**facts, "life": (begins, over)}


def without(name):
    """What takes one value out of a row, and gives it beside the rest."""
    return lambda row: (row[name], {key: row[key] for key in row if key != name})


def lasts_in(facts, year):
    begins, over = facts["life"]
    return begins <= date(year, 12, 31) and (over is None or over > date(year, 1, 1))


def applied_lines(facts, year):
    """The lines of the revision that had begun last by the end of the year."""
    begun = [
        (starts, number, rows)
        for number, (starts, rows) in enumerate(facts["revisions"])
        if starts <= date(year, 12, 31)
    ]
    return max(begun, key=lambda row: row[:2])[2] if begun and lasts_in(facts, year) else []


def yearly(line):
    times = {"per_year": 1, "per_month": 12}.get(line["period_basis"])
    return None if times is None or line["stated_amount"] is None else line["stated_amount"] * times


def is_money(line):
    return line["form"] == "cash" or (line["form"] == "not_stated" and line["kind"] == "cash")


def by_hand(world, committees):
    """The same sums, added up one by one."""
    found = defaultdict(lambda: defaultdict(Decimal))
    for facts in world:
        for year in YEARS:
            key = found[year, facts["kind"], committees[facts["committee"]].pk]
            key["in_force"] += lasts_in(facts, year)
            add_payments(key, facts, year)
            for line in applied_lines(facts, year):
                amount = yearly(line)
                if amount is None:
                    key["unknown_lines"] += 1
                elif line["party"] == "partner":
                    key["promised_by_partners"] += amount
                else:
                    key["promised"] += amount
                    key["promised_money"] += amount if is_money(line) else 0
    return found


def add_payments(key, facts, year):
    for row in facts["payments"]:
        if row["paid_on"].year == year:
            key[row["direction"]] += row["amount"]
            key["payment_count"] += 1
            if row["direction"] == "paid" and row["amount"] < 0:
                key["reversed"] += row["amount"]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(agreements, max_size=4))
def test_every_sum_is_what_it_comes_to_by_hand(committees, world):
    with transaction.atomic():
        common = World(
            committees,
            BatchFactory(source__municipality=committees[0].municipality),
            UserFactory(),
            PartnerFactory(),
            [ThemeFactory(municipality=committees[0].municipality) for _number in range(2)],
        )
        world = [build(facts, common) for facts in world]
        scope = Scope(committees[0].municipality, YEARS)
        cells, expected = Cells.of(scope), by_hand(world, committees)

        for key in set(cells.found) | set(expected):
            sums = cells.found.get(key)
            for name in ("in_force", "unknown_lines", "payment_count"):
                assert getattr(sums, name, 0) == expected[key][name], (key, name)
            for name in ("paid", "received", "reversed", "promised", "promised_money"):
                assert (getattr(sums, name, None) or 0) == expected[key][name], (key, name)
            assert (getattr(sums, "promised_by_partners", None) or 0) == expected[key][
                "promised_by_partners"
            ]
        for year in YEARS:
            for kind in ("iop", "grant"):
                agrees_with_its_rows(cells, Scope(scope.municipality, (year,), kind), year)
        agrees_by_theme(scope, world, common.themes)
        agrees_for_shared_partner(scope, world, common.shared)
        total = sum((row.total for row in by_partner(scope)), Decimal(0))
        assert total == sum(values["paid"] for values in expected.values())
        transaction.set_rollback(True)


def agrees_with_its_rows(cells, scope, year):
    """Table, single figure and list of rows say the same."""
    sums = cells.sums(year=year, kind=scope.kind)
    for measure in (Measure.PAID, Measure.RECEIVED):
        rows = sum((row.amount for row in rows_of(measure, scope)), Decimal(0))
        assert (getattr(sums, measure) or 0) == rows
        assert (answer_of(measure, scope, basis=Basis.PER_YEAR).value or 0) == rows
    for measure in (Measure.PROMISED, Measure.PROMISED_MONEY, Measure.PROMISED_BY_PARTNERS):
        rows = [row.per_year for row in rows_of(measure, scope)]
        answer = answer_of(measure, scope, basis=Basis.PER_YEAR)
        assert (getattr(sums, measure) or 0) == sum(amount or 0 for amount in rows)
        assert answer.unknown == rows.count(None)
        assert (answer.value is None) == (bool(rows) and None in rows and set(rows) == {None})
    assert sums.in_force == rows_of(Measure.IN_FORCE, scope).count()


def agrees_by_theme(scope, world, themes):
    """Each theme has the sums of its agreements, and those without one stand by themselves."""
    last = max(YEARS)
    found = {theme.pk if theme else None: sums for theme, sums in by_theme(scope)}
    for place, theme in [*enumerate(themes), (None, None)]:
        chosen = [
            facts for facts in world if (place in facts["themes"] if theme else not facts["themes"])
        ]
        lines = [line for facts in chosen for line in applied_lines(facts, last)]
        sums = found.get(theme.pk if theme else None, Sums())
        own = replace(scope, years=(last,), theme=theme, lacks="" if theme else Lacks.THEME)
        assert sums.in_force == sum(lasts_in(facts, last) for facts in chosen)
        assert (sums.promised or 0) == promised(lines, "municipality")
        assert (sums.promised_by_partners or 0) == promised(lines, "partner")
        assert (sums.paid or 0) == sum(paid(facts, last) for facts in chosen)
        for measure in (Measure.PROMISED, Measure.PROMISED_BY_PARTNERS, Measure.PAID):
            answer = answer_of(measure, own, basis=Basis.PER_YEAR)
            assert (getattr(sums, measure) or 0) == (answer.value or 0)
        assert sums.in_force == rows_of(Measure.IN_FORCE, own).count()


def agrees_for_shared_partner(scope, world, shared):
    """What a partner of several agreements gets and gives; of the others' lines it has none."""
    last = max(YEARS)
    chosen = [facts for facts in world if facts["is_shared"]]
    lines = [line for facts in chosen for line in applied_lines(facts, last)]
    sums = sums_of_partners(scope, [shared]).get(shared.pk, Sums())
    own = replace(scope, years=(last,), partner=shared)
    assert sums.in_force == sum(lasts_in(facts, last) for facts in chosen)
    assert (sums.promised or 0) == promised(lines, "municipality")
    given = [line for line in lines if line["by_shared"]]
    assert (sums.promised_by_partners or 0) == promised(given, "partner")
    assert (sums.paid or 0) == sum(paid(facts, last, to_shared=True) for facts in chosen)
    for measure in (Measure.PROMISED, Measure.PROMISED_BY_PARTNERS, Measure.PAID):
        answer = answer_of(measure, own, basis=Basis.PER_YEAR)
        assert (getattr(sums, measure) or 0) == (answer.value or 0)


def promised(lines, party):
    return sum((yearly(line) or 0 for line in lines if line["party"] == party), Decimal(0))


def paid(facts, year, *, to_shared=None):
    rows = [row for row in facts["payments"] if row["paid_on"].year == year]
    return sum(
        row["amount"]
        for row in rows
        if row["direction"] == "paid" and to_shared in (None, row["to_shared"])
    )


def test_another_municipalitys_rows_are_in_no_sum(committees):
    other = AgreementFactory()
    payment_on(other, paid_on=date(2025, 3, 1))

    cells = Cells.of(Scope(committees[0].municipality, YEARS))

    assert cells.found == {}
    assert cells.unmatched == {}


def test_a_year_of_which_nothing_was_imported_is_not_known_rather_than_nothing(committees):
    agreement = AgreementFactory(committee=committees[0])
    payment_on(agreement, paid_on=date(2025, 3, 1), amount=Decimal(700))
    scope = Scope(committees[0].municipality, YEARS)

    assert answer_of(Measure.PAID, scope.of_year(2024), basis=Basis.PER_YEAR).value is None
    assert answer_of(Measure.PAID, scope.of_year(2025), basis=Basis.PER_YEAR).value == 700
    assert answer_of(Measure.RECEIVED, scope.of_year(2025), basis=Basis.PER_YEAR).value == 0
    assert answer_of(Measure.PAID, scope, basis=Basis.PER_YEAR).value is None


def test_what_is_paid_on_no_agreement_is_told_beside_the_sums(committees):
    PaymentFactory(municipality=committees[0].municipality, paid_on=date(2025, 3, 1))

    cells = Cells.of(Scope(committees[0].municipality, YEARS))

    assert cells.unmatched == {2025: (Decimal(1000), 1)}
    assert cells.sums().paid is None


def test_nobody_can_say_what_lacks_follow_up_without_an_app_for_it(committees, settings):
    settings.REPORT_SOURCES = {}
    scope = Scope(committees[0].municipality, YEARS)

    assert answer_of(Measure.WITHOUT_FOLLOW_UP, scope, basis=Basis.ON_A_DAY).value is None
