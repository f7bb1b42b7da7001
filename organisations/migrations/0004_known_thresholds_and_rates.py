"""The thresholds and exchange rates that public sources state. What they do not state is left empty."""

from datetime import date
from decimal import Decimal

from django.db import migrations

STATE_AID = "Upphandlingsmyndigheten 2024-01-17, om försumbart stöd"
NOTICE = "Konkurrensverket, tröskelvärden {}–{}"
ACT = "SFS 2024:30, tröskelvärden 2024–2025"
REGULATION = "Kommissionens delegerade förordning (EU) 2025/2152"
ACT_ON_PROCUREMENT = "Lag (2016:1145) om offentlig upphandling, {}"
# kind, valid from, valid until, euro, kronor, source
THRESHOLDS = (
    (
        "de_minimis",
        "2014-01-01",
        "2023-12-31",
        200_000,
        None,
        STATE_AID + "; förordning (EU) nr 1407/2013",
    ),
    ("de_minimis", "2024-01-01", "2030-12-31", 300_000, None, STATE_AID),
    (
        "de_minimis_sgei",
        "2012-04-29",
        "2023-12-31",
        500_000,
        None,
        STATE_AID + "; förordning (EU) nr 360/2012",
    ),
    ("de_minimis_sgei", "2024-01-01", "2030-12-31", 750_000, None, STATE_AID),
    ("procurement", "2024-01-01", "2025-12-31", 221_000, 2_389_585, ACT),
    ("procurement", "2026-01-01", "2027-12-31", 216_000, None, REGULATION),
    (
        "procurement_social",
        "2018-01-01",
        "2019-12-31",
        750_000,
        7_113_450,
        NOTICE.format(2018, 2019),
    ),
    (
        "procurement_social",
        "2022-01-01",
        "2023-12-31",
        750_000,
        7_802_550,
        NOTICE.format(2022, 2023),
    ),
    ("procurement_social", "2024-01-01", "2025-12-31", 750_000, 8_109_450, ACT),
    ("procurement_social", "2026-01-01", "2027-12-31", 750_000, None, REGULATION),
    ("direct_award", "2018-01-01", "2019-12-31", None, 586_907, NOTICE.format(2018, 2019)),
    ("direct_award", "2020-01-01", "2021-12-31", None, 615_312, NOTICE.format(2020, 2021)),
    ("direct_award", "2022-02-01", None, None, 700_000, ACT_ON_PROCUREMENT.format("19 a kap. 2 §")),
    ("direct_award_social", "2020-01-01", "2021-12-31", None, 2_156_469, NOTICE.format(2020, 2021)),
    ("documentation", "2022-02-01", None, None, 100_000, ACT_ON_PROCUREMENT.format("19 a kap.")),
)
# valid from, valid until, kronor per euro, source
RATES = (
    (
        "2018-01-01",
        "2019-12-31",
        "9.4846",
        "Härledd: 7 113 450 kronor för 750 000 euro, " + NOTICE.format(2018, 2019),
    ),
    ("2020-01-01", "2021-12-31", "10.2689", "Kommissionens kurs för tröskelvärden 2020–2021"),
    (
        "2022-01-01",
        "2023-12-31",
        "10.4034",
        "Härledd: 7 802 550 kronor för 750 000 euro, " + NOTICE.format(2022, 2023),
    ),
    ("2024-01-01", "2025-12-31", "10.8126", "Kommissionens kurs för tröskelvärden 2024–2025"),
)


def day(text):
    return text and date.fromisoformat(text)


def amount(number):
    return None if number is None else Decimal(number)


def enter(apps, schema_editor):
    Threshold = apps.get_model("organisations", "Threshold")
    ExchangeRate = apps.get_model("organisations", "ExchangeRate")
    for kind, starts, ends, eur, sek, source in THRESHOLDS:
        Threshold.objects.get_or_create(
            kind=kind,
            valid_from=day(starts),
            defaults={
                "valid_until": day(ends),
                "eur": amount(eur),
                "sek": amount(sek),
                "source": source,
            },
        )
    for starts, ends, rate, source in RATES:
        ExchangeRate.objects.get_or_create(
            valid_from=day(starts),
            defaults={"valid_until": day(ends), "sek_per_eur": Decimal(rate), "source": source},
        )


def remove(apps, schema_editor):
    """Only what was entered here and has not been changed since."""
    Threshold = apps.get_model("organisations", "Threshold")
    ExchangeRate = apps.get_model("organisations", "ExchangeRate")
    for kind, starts, _ends, _eur, _sek, source in THRESHOLDS:
        Threshold.objects.filter(kind=kind, valid_from=day(starts), source=source).delete()
    for starts, _ends, _rate, source in RATES:
        ExchangeRate.objects.filter(valid_from=day(starts), source=source).delete()


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_thresholds_and_exchange_rates")]
    operations = [migrations.RunPython(enter, remove)]
