"""Transfers of services through their pages."""

from decimal import Decimal

import pytest
from django.urls import reverse

from governance.models import Outcome, ServiceTransfer
from partnerships.dates import ApproximateDate
from tests.agreements.factories import AgreementFactory
from tests.governance.conftest import ARRANGEMENT, create, edit
from tests.governance.factories import (
    ActionPlanActivityFactory,
    ArrangementFactory,
    OutcomeFactory,
    ServiceTransferFactory,
)
from tests.organisations.factories import PartnerFactory, PartnerNameFactory

pytestmark = pytest.mark.django_db
OUTCOME = {"sign": "negative", "text": "– Det skapade inga fler jobb"}


def page_of(client, transfer):
    return client.get(transfer.get_absolute_url()).content.decode()


def test_transfer_create_registers_what_happened_to_whom_and_what_came_of_it(
    signed_in, committee, agreement, officer
):
    activity = ActionPlanActivityFactory(document__municipality=committee.municipality)
    partner = PartnerFactory(name="Förenade")
    PartnerNameFactory(partner=partner, name="GFSak", kind="alias")
    taken_over = {**ARRANGEMENT, "partner": "GFSak", "agreement": agreement.name}
    alone = {**ARRANGEMENT, "count": "1", "post_share": "50 %", "months": "18"}

    create(
        signed_in,
        [taken_over, alone | {"starts_on": "våren 2015"}],
        [OUTCOME, {"sign": "positive", "text": "Det föll väl ut.", "said_by": "Eva, chef"}],
        transferred_on="våren 2015",
        decided_by=committee.pk,
        activity=activity.pk,
        former_amount="500 000",
        new_amount="300 000 kr",
    )

    transfer = ServiceTransfer.objects.get()
    first, second = transfer.arrangements.all()
    assert (transfer.municipality, transfer.activity) == (committee.municipality, activity)
    assert (transfer.counts, transfer.freed_amount) == ([4, 1], 200_000)
    assert (first.partner, first.agreement) == (partner, agreement)
    assert (second.post_share, str(second.review)) == (Decimal("0.5"), "hösten 2016")
    assert second.review_on is None
    assert [outcome.sign for outcome in transfer.outcomes.all()] == ["negative", "positive"]
    assert transfer.history.get().history_user == officer


def test_the_page_shows_a_computed_review_as_computed_and_a_stated_one_as_stated(
    signed_in, municipality
):
    transfer = ServiceTransferFactory(municipality=municipality)
    spring = {"starts_on": ApproximateDate.parse("våren 2015"), "months": 18}
    row = ArrangementFactory(transfer=transfer, post_share=Decimal("0.5"), **spring)

    computed = page_of(signed_in, transfer)
    row.review_on = ApproximateDate.parse("januari 2017")
    row.save()
    stated = page_of(signed_in, transfer)

    assert "hösten 2016 <span" in computed
    assert "50\u00a0%" in computed
    assert "hösten 2016" not in stated
    assert "januari 2017" in stated


def test_the_page_says_that_a_review_is_not_known_when_it_cannot_be_computed(
    signed_in, municipality
):
    signed_in.post(reverse("set_language"), {"language": "en"})
    row = ArrangementFactory(transfer__municipality=municipality, months=17, count=1)

    page = page_of(signed_in, row.transfer)

    assert "To be reviewed</dt><dd>not known" in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"label": "x" * 61}, "label"),
        ({"service": ""}, "service"),
        ({"transferred_on": "4/5"}, "transferred_on"),
        ({"former_amount": "-1"}, "former_amount"),
        ({"new_amount": "mycket"}, "new_amount"),
        ({"activity": "999999"}, "activity"),
        ({"decided_by": "x"}, "decided_by"),
        ({"web_address": "file:///etc/passwd"}, "web_address"),
    ],
)
def test_transfer_create_says_what_is_wrong_keeps_what_was_typed_and_saves_nothing(
    signed_in, changed, field
):
    response = create(signed_in, [ARRANGEMENT], [OUTCOME], **changed)

    page = response.content.decode()
    assert response.context["form"].errors[field]
    assert 'role="alert"' in page
    assert "Constraint" not in page
    assert ARRANGEMENT["description"] in page
    assert OUTCOME["text"] in page
    assert not ServiceTransfer.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"count": "0"}, "count"),
        ({"count": "-4"}, "count"),
        ({"count": "fyra"}, "count"),
        ({"recipients": ""}, "recipients"),
        ({"post_share": "0"}, "post_share"),
        ({"post_share": "99999999"}, "post_share"),
        ({"months": "0"}, "months"),
        ({"months": "1,5"}, "months"),
        ({"starts_on": "2015-13"}, "starts_on"),
        ({"starts_on": "våren 2015", "review_on": "2014"}, "review_on"),
        ({"partner": "Okända föreningen"}, "partner"),
        ({"agreement": "Okända avtalet"}, "agreement"),
        ({"agreement": "x" * 301}, "agreement"),
    ],
)
def test_a_faulty_arrangement_saves_nothing(signed_in, changed, field):
    response = create(signed_in, [ARRANGEMENT | changed], [OUTCOME])

    page = response.content.decode()
    assert response.context["arrangements"].errors[0][field]
    assert response.context["arrangements"][0][field].value() == changed[field]
    assert "Constraint" not in page
    assert not ServiceTransfer.objects.exists()


@pytest.mark.parametrize("changed", [{"sign": "strålande"}, {"sign": ""}, {"text": ""}])
def test_a_faulty_outcome_saves_nothing(signed_in, changed):
    response = create(signed_in, [ARRANGEMENT], [OUTCOME | changed])

    assert response.context["outcomes"].errors[0]
    assert not ServiceTransfer.objects.exists()


def test_what_belongs_to_another_municipality_cannot_be_chosen(signed_in):
    activity, elsewhere = ActionPlanActivityFactory(), AgreementFactory(name="Grannens avtal")

    response = create(
        signed_in,
        [ARRANGEMENT | {"agreement": elsewhere.name}],
        activity=activity.pk,
        decided_by=elsewhere.committee_id,
    )

    assert set(response.context["form"].errors) == {"activity", "decided_by"}
    assert response.context["arrangements"].errors[0]["agreement"]
    assert activity.heading not in response.content.decode()


def test_transfer_edit_changes_only_what_was_changed(signed_in, municipality, agreement):
    transfer = ServiceTransferFactory(municipality=municipality)
    partner = PartnerFactory(name="Förenade", org_number="802439-9704")
    kept = ArrangementFactory(
        transfer=transfer,
        partner=partner,
        agreement=agreement,
        post_share=Decimal("0.5"),
        starts_on=ApproximateDate.parse("våren 2015"),
    )
    gone = OutcomeFactory(transfer=transfer, position=1)
    url = reverse("governance:transfer_edit", args=[transfer.pk])
    form = signed_in.get(url).context["arrangements"][0]
    row = {name: form[name].value() or "" for name in form.fields if name != "DELETE"}
    removed = {"id": gone.pk, "sign": gone.sign, "text": gone.text, "DELETE": "on"}

    response = edit(signed_in, transfer, [row], [removed], initial=1, reason="Rättat namn")

    transfer.refresh_from_db()
    assert response.status_code == 302
    assert (transfer.name, kept.history.count()) == ("Huset", 1)
    assert transfer.history.first().history_change_reason == "Rättat namn"
    assert not Outcome.objects.exists()
    assert Outcome.history.first().history_type == "-"


def test_another_transfers_rows_cannot_be_reached_by_forged_ids(signed_in, municipality):
    transfer = ServiceTransferFactory(municipality=municipality)
    arrangement, outcome = ArrangementFactory(recipients="annans"), OutcomeFactory(text="annans")

    edit(
        signed_in,
        transfer,
        [ARRANGEMENT | {"id": arrangement.pk}],
        [OUTCOME | {"id": outcome.pk}],
        initial=1,
    )

    arrangement.refresh_from_db()
    outcome.refresh_from_db()
    assert (arrangement.recipients, outcome.text) == ("annans", "annans")


@pytest.mark.parametrize("prefix", ["arrangements", "outcomes"])
def test_a_row_is_added_with_everything_kept(signed_in, prefix):
    response = create(
        signed_in, [ARRANGEMENT | {"count": "fyra"}], [OUTCOME], name="", add_row=prefix
    )

    assert response.context[prefix].total_form_count() == 2
    assert response.context["arrangements"][0]["count"].value() == "fyra"
    assert 'role="alert"' not in response.content.decode()
    assert not ServiceTransfer.objects.exists()


@pytest.mark.parametrize(
    ("search", "is_found"),
    [("GSAK", True), ("gfsak", True), ("förenade", True), ("avknoppning", True), ("annan", False)],
)
def test_transfer_list_finds_by_the_transfers_words_and_every_name_of_a_partner(
    signed_in, municipality, search, is_found
):
    partner = PartnerFactory(name="Göteborgs Förenade arbetskooperativ")
    for alias in ("GSAK", "GFSak"):
        PartnerNameFactory(partner=partner, name=alias, kind="alias")
    transfer = ServiceTransferFactory(municipality=municipality, label="avknoppning")
    for count in (4, 1):
        ArrangementFactory(transfer=transfer, partner=partner, count=count)
    ArrangementFactory(partner=partner)  # in another municipality

    response = signed_in.get(reverse("governance:transfer_list"), {"q": search})

    assert response.context["page"].rows == ([transfer] if is_found else [])
    assert transfer.partners == [partner]


def test_an_activity_is_chosen_by_its_document_heading_and_text(signed_in, municipality):
    activity = ActionPlanActivityFactory(
        document__municipality=municipality,
        document__title="Planen",
        heading="Samspel",
        text="se över lokalerna " * 20,
    )
    ActionPlanActivityFactory()  # in another municipality

    form = signed_in.get(reverse("governance:transfer_create")).context["form"]

    (_empty, _none), (value, label) = form.fields["activity"].choices
    assert value.value == activity.pk
    assert label.startswith("Planen: Samspel – se över lokalerna")
    assert len(label) <= 110


def test_the_municipalitys_own_word_for_civil_society_is_used(signed_in, municipality):
    municipality.civil_society_label = "föreningslivet"
    municipality.save()
    transfer = ServiceTransferFactory(municipality=municipality)

    assert "föreningslivet" in page_of(signed_in, transfer)
    for name in ("document_list", "transfer_list"):
        assert "föreningslivet" in signed_in.get(reverse(f"governance:{name}")).content.decode()


def test_hostile_text_is_printed_as_text(signed_in, municipality):
    hostile = "<script>alert(1)</script>"
    transfer = ServiceTransferFactory(municipality=municipality, description=hostile, note=hostile)
    ArrangementFactory(transfer=transfer, description=hostile, recipients=hostile)
    OutcomeFactory(transfer=transfer, text=hostile, said_by=hostile)

    page = page_of(signed_in, transfer)

    assert hostile not in page
    assert page.count("&lt;script&gt;") >= 6


@pytest.mark.parametrize("name", ["detail", "edit"])
def test_more_rows_do_not_mean_more_queries_for_each(
    signed_in, committee, django_assert_max_num_queries, name
):
    transfer = ServiceTransferFactory(municipality=committee.municipality)
    for count in range(1, 31):
        ArrangementFactory(
            transfer=transfer,
            partner=PartnerFactory(),
            agreement=AgreementFactory(committee=committee),
            count=count,
        )
        OutcomeFactory(transfer=transfer)

    with django_assert_max_num_queries(20):
        response = signed_in.get(reverse(f"governance:transfer_{name}", args=[transfer.pk]))

    assert response.status_code == 200
