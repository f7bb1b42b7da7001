"""The demo's governing documents and its transfer, held against their source word for word."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import User
from governance.models import (
    ActionPlanActivity,
    Arrangement,
    GoverningDocument,
    Outcome,
    ServiceTransfer,
)
from organisations.models import Partner
from tests.demo.kept import load_demo

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).parent / "sources" / "kooperatorshuset.txt"


@pytest.fixture
def demo(db):
    load_demo()


@pytest.fixture
def goteborg(demo, client):
    """The client of Göteborg's officer."""
    client.force_login(User.objects.get(email="handlaggare@goteborg.example"))
    return client


@pytest.fixture
def transfer(demo):
    return ServiceTransfer.objects.get()


def squeezed(text):
    """The text in one line, with single spaces."""
    return " ".join(text.split())


def test_the_transfer_is_told_in_the_words_of_its_source(transfer):
    source = squeezed(SOURCE.read_text())
    texts = [
        transfer.label,
        transfer.service,
        transfer.former_funding,
        transfer.new_funding,
        transfer.activity.heading,
        transfer.activity.text,
        *transfer.description.split("\n\n"),
        *(arrangement.description for arrangement in transfer.arrangements.all()),
        *(outcome.text for outcome in transfer.outcomes.all()),
    ]

    assert [text for text in texts if squeezed(text) not in source] == []


def test_four_were_taken_over_and_one_went_its_own_way(transfer):
    taken_over, alone = transfer.arrangements.all()

    assert (taken_over.count, alone.count, transfer.recipient_count) == (4, 1, 5)
    assert taken_over.partner == Partner.objects.get(names__name="GSAK")
    assert taken_over.agreement.name == "Handledning av Kooperatörshusets kooperativ"
    assert (alone.partner, alone.agreement) == (None, None)


def test_half_a_post_for_eighteen_months_is_reviewed_in_the_autumn_of_2016(transfer):
    alone = transfer.arrangements.last()

    assert (alone.post_share, alone.months, alone.review_on) == (Decimal("0.5"), 18, None)
    assert (str(alone.review), alone.review.edtf) == ("hösten 2016", "2016-23")
    assert not alone.review.is_exact


def test_outcomes_keep_their_sign_and_quotations_their_dash(transfer):
    negative = transfer.outcomes.get(sign=Outcome.Sign.NEGATIVE)

    assert negative.text.startswith("– Kooperatörshusets avknoppning skapade inga fler jobb")
    assert negative.said_by.startswith("Lotta Lidén Lundgren")
    assert {outcome.sign for outcome in transfer.outcomes.all()} == set(Outcome.Sign.values)


def test_the_accord_of_2012_leads_through_the_action_plan_to_the_transfer(transfer):
    accord, plan = transfer.documents

    assert (accord.kind, str(accord.adopted_on)) == (GoverningDocument.Kind.ACCORD, "2012")
    assert (plan.kind, plan.adopted_on) == (GoverningDocument.Kind.ACTION_PLAN, None)


@pytest.mark.parametrize("alias", ["GSAK", "GFSak"])
def test_the_transfer_is_found_by_either_of_its_partners_short_names(goteborg, transfer, alias):
    response = goteborg.get(reverse("governance:transfer_list"), {"q": alias})

    assert response.context["page"].rows == [transfer]


def test_goteborg_reads_of_social_ekonomi_and_of_a_computed_review(goteborg, transfer):
    page = goteborg.get(transfer.get_absolute_url()).content.decode()

    assert "social ekonomi" in page
    assert "idéburen sektor" not in page
    assert "hösten 2016 <span" in page


def test_linkopings_guideline_is_the_one_that_its_sources_name(demo):
    guideline = GoverningDocument.objects.get(title="Riktlinje för Idéburet Offentligt Partnerskap")

    assert (guideline.diary_number, guideline.paragraph) == ("KS 2016-313", 29)
    assert (str(guideline.adopted_by), str(guideline.adopted_on)) == (
        "kommunstyrelsen",
        "2017-01-17",
    )
    assert guideline.is_open_ended


def test_linkoping_sees_nothing_of_goteborgs_documents(demo, client, transfer):
    client.force_login(User.objects.get(email="handlaggare@linkoping.example"))

    documents = client.get(reverse("governance:document_list")).context["page"].rows
    transfers = client.get(reverse("governance:transfer_list")).context["page"].rows

    assert {document.municipality.name for document in documents} == {"Linköpings kommun"}
    assert transfers == []
    assert client.get(transfer.get_absolute_url()).status_code == 404


def test_every_row_says_who_and_why(demo):
    for model in (GoverningDocument, ActionPlanActivity, ServiceTransfer, Arrangement, Outcome):
        assert model.history.exists()
        assert not model.history.filter(history_user=None).exists()
        assert not model.history.filter(history_change_reason__in=["", None]).exists()
