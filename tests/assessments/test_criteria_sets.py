"""Sets of criteria: entered in the admin, offered while they are valid, copied to a new version."""

import pytest
from django.urls import reverse

from accounts.permissions import Role
from assessments.actions import copy_criteria_set
from assessments.models import Assessment, CriteriaSet
from tests.accounts.factories import member_of
from tests.assessments.conftest import url
from tests.assessments.factories import CriteriaSetFactory, assessment_of, make_confirmable
from tests.organisations.factories import CommitteeFactory, PartnerFactory

pytestmark = pytest.mark.django_db


def test_assessment_create_offers_only_sets_of_the_own_municipality_that_are_valid(
    signed_in, committee
):
    own = {"municipality": committee.municipality}
    offered = CriteriaSetFactory(**own)
    CriteriaSetFactory(**own, is_offered=False)
    CriteriaSetFactory(**own, valid_until="2020-01-01")
    foreign = CriteriaSetFactory()

    form = signed_in.get(url("assessment_create")).context["form"]
    response = signed_in.post(
        url("assessment_create"),
        {
            "subject": PartnerFactory().name,
            "committee": committee.pk,
            "criteria_set": foreign.pk,
        },
    )

    assert list(form.fields["criteria_set"].queryset) == [offered]
    assert response.context["form"].errors["criteria_set"]
    assert not Assessment.objects.exists()


def test_an_old_assessment_shows_its_own_words_beside_a_new_version(
    signed_in, assessment, officer, committee
):
    signed_in.post(url("assessment_confirm", make_confirmable(assessment, officer)))
    new = copy_criteria_set(assessment.criteria_set, by=officer)
    new.criteria.filter(position=1).update(text="Helt andra ord")
    CriteriaSet.objects.filter(pk=new.pk).update(is_offered=True)
    CriteriaSet.objects.filter(pk=assessment.criteria_set_id).update(is_offered=False)

    old_page = signed_in.get(assessment.get_absolute_url()).content.decode()
    offered = signed_in.get(url("assessment_create")).context["form"].fields["criteria_set"]

    assert "Kriteriets text 1" in old_page
    assert "Helt andra ord" not in old_page
    assert "Ett partnerskap bedöms vara möjligt" in old_page
    assert list(offered.queryset) == [new]


@pytest.fixture
def administrator(client, committee):
    client.force_login(member_of(committee, Role.ADMIN))
    return client


def admin_data(**changed):
    data = {
        "name": "Borlänges riktlinje",
        "version": "1",
        "rule": "wholly_or_partly",
        "is_offered": "on",
        "alternatives": "",
    }
    for prefix in ("criteria", "eligible_forms", "form_questions", "legal_questions"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    return data | changed


def test_an_administrator_enters_another_set_for_the_own_municipality(administrator, committee):
    rows = {"criteria-TOTAL_FORMS": 7}
    for index in range(7):
        rows |= {
            f"criteria-{index}-{name}": value
            for name, value in {
                "part": "partnership",
                "position": index + 1,
                "text": f"Text {index + 1}",
                "short_name": f"Namn {index + 1}",
            }.items()
        }

    administrator.post(
        reverse("admin:assessments_criteriaset_add"),
        admin_data(municipality=committee.municipality_id, **rows),
    )

    entered = CriteriaSet.objects.get()
    assert (entered.criteria.count(), entered.allows_partly) == (7, True)


def test_an_administrator_enters_no_set_for_another_municipality(administrator):
    elsewhere = CommitteeFactory().municipality

    response = administrator.post(
        reverse("admin:assessments_criteriaset_add"), admin_data(municipality=elsewhere.pk)
    )

    assert response.status_code == 200
    assert not CriteriaSet.objects.exists()


def test_in_the_admin_a_set_in_use_is_read_only_but_for_its_end(administrator, committee):
    used = assessment_of(committee).criteria_set
    address = reverse("admin:assessments_criteriaset_change", args=[used.pk])

    page = administrator.get(address)
    administrator.post(address, admin_data(name="Ny", valid_until="2026-12-31"))

    used.refresh_from_db()
    assert 'name="name"' not in page.content.decode()
    assert 'name="criteria-0-text"' not in page.content.decode()
    assert (used.name, str(used.valid_until)) == ("Exempelriktlinjen", "2026-12-31")


def test_the_admin_copies_a_set_to_a_new_version(administrator, committee):
    used = assessment_of(committee).criteria_set

    administrator.post(
        reverse("admin:assessments_criteriaset_changelist"),
        {"action": "copy_to_new_version", "_selected_action": [used.pk]},
    )

    copy = CriteriaSet.objects.exclude(pk=used.pk).get()
    assert copy.criteria.count() == used.criteria.count()
    assert not copy.is_used
