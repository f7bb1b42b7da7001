"""The demo's follow-up: what a source tells of, what is missing, and an invented example."""

from datetime import date

import pytest

from agreements.models import Agreement
from followups.documents import receipt_pdf
from followups.figures import deliveries_of, indicators_met, series_of, without_follow_up
from followups.models import FollowUpReport, PlanTemplate
from followups.records import kept_pdf
from memos.checks import remarks
from memos.models import Memo
from tests.demo.kept import load_demo
from tests.pdf_checks import checks, verapdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demo(db):
    load_demo()


def test_the_account_of_2018_is_received_and_not_measurable():
    account = FollowUpReport.objects.get(agreement__name="Medlemskap i Coompanion Östergötland")

    assert (account.state, str(account.received_on)) == ("received", "2018")
    assert account.measurability.value == "not_measurable"
    assert not account.values.exists()


def test_the_partnership_of_2019_lacks_follow_up_then_and_in_its_memo():
    found = without_follow_up(Agreement.objects.all(), date(2020, 6, 1))
    memo = Memo.objects.with_parts().get(agreement__name="Hoppfull framtid")

    assert "Hoppfull framtid" in [agreement.name for agreement in found]
    said = [str(remark) for remark in remarks(memo, on=date(2020, 6, 1))]
    assert any(text.startswith("Uppföljning saknas") for text in said)


def test_the_invented_agreement_is_followed_up_by_three_indicators_and_two_reports():
    agreement = Agreement.objects.get(partners__name="Exempelföreningen Ljusglimten")
    visitors, _work, waiting = series_of(agreement)

    assert [point.value for point in visitors.points] == [96, 134]
    assert [point.value for point in waiting.points] == [14, None]
    met = indicators_met(agreement)
    assert (met.met, met.not_met, met.unknown) == (2, 0, 1)
    assert [row.difference for row in deliveries_of(agreement)] == [
        0,
        -15_000,
        -44_000,
        0,
        0,
        15_000,
    ]
    assert "exempel" in agreement.name
    assert PlanTemplate.objects.get().municipality == agreement.municipality


def test_the_report_and_the_receipt_are_archival_and_accessible(tmp_path):
    report = FollowUpReport.objects.approved().first()
    files = {
        "report.pdf": kept_pdf(report),
        "receipt.pdf": receipt_pdf(report.versions.get()),
        "receipt-en.pdf": receipt_pdf(report.versions.get(), "en"),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    paths = [tmp_path / name for name in files]

    assert checks.problems(files["report.pdf"]) == []
    assert checks.problems(files["receipt.pdf"]) == []
    assert receipt_pdf(report.versions.get()) == files["receipt.pdf"]
    if verapdf.is_available():
        assert verapdf.validate(paths) == ""
