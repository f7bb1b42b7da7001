"""The report on 2022 and 2023 in the demo, against the minutes that it is from."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.models import User
from demo.management.commands.generate_demo import INVENTED
from memos.models import Memo
from payments.models import Payment
from report.models import Edition, ReportSeries
from tests.agreements.factories import AgreementFactory
from tests.demo.kept import load_demo

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).parent / "sources" / "protokollsutdrag_rapport.txt"


@pytest.fixture
def demo():
    load_demo()


@pytest.fixture
def stated(demo):
    return Edition.objects.get(year_from=2022)


def printed(edition):
    """The texts of the frozen edition with the figures in them, as plain text."""
    texts = []
    for section in edition.snapshot["sections"]:
        text = section["text"]
        for figure in edition.snapshot["figures"]:
            for mark, name in (("", "phrase"), ("|belopp", "amount"), ("|kort", "short")):
                text = text.replace(f"[[{figure['code']}{mark}]]", figure[name])
        texts += text.replace("\u00a0", " ").split("\n\n")
    return [text for text in texts if text]


def test_the_texts_are_the_sources_word_for_word(stated):
    source = SOURCE.read_text(encoding="utf-8")

    paragraphs = printed(stated)

    assert len(paragraphs) == 3
    for paragraph in paragraphs:
        assert paragraph in source


def test_the_figures_are_printed_as_stated_and_never_made_into_one_sum(stated):
    figures = {figure["code"]: figure for figure in stated.snapshot["figures"]}
    phrases = {code: figure["phrase"].replace("\u00a0", " ") for code, figure in figures.items()}
    changes = [row["phrase"].replace("\u00a0", " ") for row in stated.snapshot["changes"]]

    assert phrases["iop"] == "cirka 20 miljoner kronor per år"
    assert figures["iop"]["excludes"] == ["en IOP"]
    assert phrases["iop-undantagen"] == "drygt 29 miljoner kronor"
    assert phrases["bidrag"] == "cirka 50 miljoner kronor per år"
    assert phrases["upphandlat-2022"] == "43,6 miljoner kronor"
    assert phrases["upphandlat-2023"] == "103,5 miljoner kronor"
    assert changes == ["+59,9 miljoner kronor (+137,4 %)"]
    assert [group["total"] for group in stated.snapshot["sums"] if group["total"]] == []
    assert any("Den IOP som inte ingår" in group["reason"] for group in stated.snapshot["sums"])


def test_the_next_edition_is_about_2024_and_2025_and_due_in_2026(demo):
    following = ReportSeries.objects.get().next_edition(date(2024, 5, 21))

    assert (following.period, following.due_year) == ("2024–2025", 2026)


def test_the_memo_on_the_next_edition_proposes_what_the_minutes_decided(client, demo):
    edition = Edition.objects.get(year_from=2024)
    client.force_login(User.objects.get(email="handlaggare@linkoping.example"))

    client.post(reverse("report:edition_memo", args=[edition.pk]))

    memo = Memo.objects.get(report_editions=edition)
    source = SOURCE.read_text(encoding="utf-8")
    for point in memo.proposal_points.all():
        assert point.text.replace("2024-2025", "2022-2023") in source
    assert memo.proposal_points.count() == 2


def test_the_board_noted_the_report_in_its_minutes_and_the_memo_came_out_of_it(stated):
    memo, item = stated.memo, stated.noted_in
    text = memo.sections.get().text.replace("\u00a0", " ")
    source = SOURCE.read_text(encoding="utf-8")

    assert item.memo == memo
    assert (str(stated.noted_on), stated.noted_under) == ("2024-05-21", 149)
    assert f"{memo.template.document_name} – {memo.title}, {memo.dated_on}" in source
    assert all(paragraph in source for paragraph in text.split("\n\n"))
    assert len(text.split("\n\n")) == 4
    assert [str(row) for row in memo.decision_bases.all()] == ["Bilaga – Rapport"]
    with stated.pdf.open("rb") as file:
        assert sha256(file.read()).hexdigest() == stated.pdf_sha256


def test_generate_payments_gives_agreements_their_payments_and_history():
    call_command("generate_demo", agreements=20, verbosity=0)

    call_command("generate_payments", per_agreement=3, verbosity=0)

    payments = Payment.objects.filter(municipality__name=INVENTED)
    assert payments.count() == 3 * payments.values("agreement").distinct().count() > 0
    assert payments.first().history.count() == 1
    assert not payments.filter(partner__isnull=True).exists()
    with pytest.raises(CommandError, match="seed"):
        call_command("generate_payments", per_agreement=1, verbosity=0)


@pytest.mark.parametrize("options", [{"per_agreement": 0}, {"municipality": "Ingenstans"}])
def test_generate_payments_refuses_with_a_sentence(options):
    AgreementFactory()

    with pytest.raises(CommandError):
        call_command("generate_payments", **{"per_agreement": 1, "verbosity": 0, **options})
