"""`tools/with_postgres.py python -m bench.report_figures [AGREEMENTS [PAYMENTS EACH]]`.

Times the sums of the sector report beside bare SQL of the same sums, in the same run on the same
data, checks that both come to the same, and fails when a bound is exceeded.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable

import django
from django.core.management import call_command
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
os.environ.setdefault("SECRET_KEY", "for-measuring-only-" + "0123456789" * 5)
os.environ.setdefault("ALLOWED_HOSTS", "localhost")
YEARS = (2024, 2025)
ROUNDS = 5
MOST_TIMES_BARE, MOST_SECONDS = 3.0, 2.0

PAYMENTS = """
insert into payments_payment (municipality_id, source_id, batch_id, row_number, external_key, paid_on,
  direction, amount, account, project, voucher, reference, reversed_key, payee_name, payee_number,
  text, search_key, matching, matched_by, agreement_id, partner_id)
select c.municipality_id, %(source)s, %(batch)s, n + 1, 'b' || a.id || '-' || n,
  date '2022-01-01' + ((a.id * 31 + n * 173) %% 1640)::int, 'paid',
  case when (a.id + n) %% 50 = 0 then -500 else 1000 + (a.id %% 97) * 250 end,
  '4530', '', 'V' || n, '', '', '', '', '', '', 'matched', 'partner', a.id,
  (select p.partner_id from agreements_agreementpartner p where p.agreement_id = a.id limit 1)
from agreements_agreement a join organisations_committee c on c.id = a.committee_id
cross join generate_series(1, %(each)s) n
"""
BARE_PAID = """
select extract(year from p.paid_on)::int, a.kind, a.committee_id, sum(p.amount), count(*)
from payments_payment p join agreements_agreement a on a.id = p.agreement_id
where p.municipality_id = %s and p.paid_on between '2024-01-01' and '2025-12-31'
group by 1, 2, 3
"""
BARE_IN_FORCE = """
select kind, committee_id,
  count(*) filter (where begins_certainly <= '2024-12-31' and (over_possibly is null or over_possibly > '2024-01-01')),
  count(*) filter (where begins_certainly <= '2025-12-31' and (over_possibly is null or over_possibly > '2025-01-01'))
from agreements_agreement where is_decided and committee_id in
  (select id from organisations_committee where municipality_id = %s) group by 1, 2
"""
BARE_PROMISED = """
with applied as (
  select distinct on (r.agreement_id) r.id, a.kind, a.committee_id
  from agreements_revision r join agreements_agreement a on a.id = r.agreement_id
  join organisations_committee o on o.id = a.committee_id
  where o.municipality_id = %(municipality)s and a.is_decided and r.decided_at is not null
    and r.in_force_earliest <= make_date(%(year)s, 12, 31)
    and a.begins_certainly <= make_date(%(year)s, 12, 31)
    and (a.over_possibly is null or a.over_possibly > make_date(%(year)s, 1, 1))
  order by r.agreement_id, r.in_force_earliest desc, r.number desc)
select applied.kind, applied.committee_id,
  sum(c.stated_amount) filter (where c.party = 'municipality' and c.period_basis = 'per_year')
from applied join agreements_contribution c on c.revision_id = applied.id group by 1, 2
"""


def main(agreements: int, each: int) -> int:
    """Fill, measure, compare; 1 when a bound is exceeded."""
    django.setup()
    call_command("migrate", verbosity=0)
    municipality = _fill(agreements, each)
    from report.figures import Cells, Scope, by_partner

    scope = Scope(municipality, YEARS)
    cells = Cells.of(scope)
    _agree(cells, municipality.pk)
    bare = _median(lambda: _bare(municipality.pk))
    sums = _median(lambda: Cells.of(scope))
    partners = _median(lambda: by_partner(scope))
    print(f"{agreements:,} agreements, {agreements * each:,} payments, {connection.vendor}")
    print(
        f"bare SQL {bare:.3f} s, all sums {sums:.3f} s ({sums / bare:.2f} x), partners {partners:.3f} s"
    )
    held = sums <= MOST_TIMES_BARE * bare and sums <= MOST_SECONDS
    print(
        f"bounds: {MOST_TIMES_BARE:g} x bare SQL and {MOST_SECONDS:g} s: {'held' if held else 'EXCEEDED'}"
    )
    return 0 if held else 1


def _fill(agreements: int, each: int):
    """Agreements by multiplying a thousand, payments from one insert."""
    from django.utils.timezone import now

    from bench.fill import fill
    from demo.payment_generator import PaymentGenerator
    from organisations.models import Municipality

    fill(agreements)
    municipality = Municipality.objects.get(name="Exempelby kommun")
    batch = PaymentGenerator(municipality, seed=1, at=now())._batch()
    with connection.cursor() as cursor:
        cursor.execute(PAYMENTS, {"source": batch.source_id, "batch": batch.pk, "each": each})
        cursor.execute("vacuum analyze")
    return municipality


def _bare(municipality: int) -> list[list[tuple]]:
    found = []
    with connection.cursor() as cursor:
        for sql in (BARE_PAID, BARE_IN_FORCE):
            cursor.execute(sql, [municipality])
            found.append(cursor.fetchall())
        for year in YEARS:
            cursor.execute(BARE_PROMISED, {"municipality": municipality, "year": year})
            found.append(cursor.fetchall())
    return found


def _agree(cells, municipality: int) -> None:
    """Both ways come to the same; a fast wrong answer is worth nothing."""
    paid, _in_force, *promised = _bare(municipality)
    for year, kind, committee, amount, number in paid:
        sums = cells.sums(year=year, kind=kind, committee=committee)
        if (sums.paid, sums.payment_count) != (amount, number):
            sys.exit(f"Paid differs in {year}, {kind}, {committee}.")
    for year, rows in zip(YEARS, promised, strict=True):
        for kind, committee, amount in rows:
            if cells.sums(year=year, kind=kind, committee=committee).promised != amount:
                sys.exit(f"Promised differs in {year}, {kind}, {committee}.")


def _median(call: Callable[[], object]) -> float:
    times = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


if __name__ == "__main__":
    numbers = [int(number) for number in sys.argv[1:]]
    sys.exit(main(*(numbers + [100_000, 10][len(numbers) :])))
