"""The generator of invented agreements."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from agreements.models import Agreement, AgreementPartner, CalculationPart, Contribution, Revision
from agreements.models.agreement import Status
from organisations.models import Committee, Partner
from tests.organisations.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db
MODELS = (Partner, Agreement, AgreementPartner, Revision, Contribution, CalculationPart)


def generate(count, **options):
    call_command("generate_demo", agreements=count, verbosity=0, **options)


def fingerprint():
    return list(
        Contribution.objects.order_by("pk").values_list(
            "label", "stated_amount", "revision__agreement__name", "revision__in_force_from"
        )
    )


def test_the_same_seed_gives_the_same_agreements():
    with transaction.atomic():
        generate(12, seed=3)
        first = fingerprint()
        transaction.set_rollback(True)

    generate(12, seed=3)

    assert fingerprint() == first


def test_two_seeds_do_not_clash():
    generate(9, seed=1)
    generate(9, seed=2)

    assert Agreement.objects.count() == 18


def test_every_generated_row_is_valid_and_has_its_history():
    generate(30)

    for model in MODELS:
        for row in model.objects.all():
            row.full_clean(exclude=["diary_number"])
            entry = row.history.get()
            assert entry.history_change_reason == "Genererad"
            assert entry.history_user is not None


def test_the_history_of_a_generated_row_says_what_the_row_says():
    generate(3)

    for revision in Revision.objects.all():
        entry = revision.history.get()
        assert entry.agreement_id == revision.agreement_id
        assert (entry.in_force_from, entry.in_force_earliest) == (
            revision.in_force_from,
            revision.in_force_earliest,
        )


def test_agreements_of_every_status_are_made():
    generate(400)

    agreements = Agreement.objects.with_status(date(2026, 1, 1))

    usual = set(Status.values) - {Status.UNKNOWN, Status.UNCERTAIN}
    assert usual <= set(agreements.values_list("status", flat=True))


def test_calculations_give_the_stated_amount_or_clearly_not():
    generate(60)

    factors = {line.implied_factor for line in Contribution.objects.prefetch_related("parts")}

    assert factors == {None, 1, Decimal("1.3142")}


def test_the_invented_municipality_has_an_officer_who_sees_its_agreements():
    generate(9)

    officer = User.objects.get()

    assert Agreement.objects.visible_to(officer).count() == 9
    assert not officer.has_usable_password()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"count": 0}, "Say how many"),
        ({"count": 1, "seed": 20}, "Choose a seed"),
        ({"count": 1, "municipality": "Finns inte"}, "There is no municipality"),
    ],
)
def test_the_generator_says_what_it_cannot_do(options, sentence):
    with pytest.raises(CommandError, match=sentence):
        generate(**options)


def test_a_seed_is_used_once():
    generate(3, seed=4)

    with pytest.raises(CommandError, match="Choose another --seed"):
        generate(3, seed=4)

    assert Agreement.objects.count() == 3


def test_a_municipality_without_users_gets_nothing():
    municipality = MunicipalityFactory()

    with pytest.raises(CommandError, match="has no users"):
        generate(1, municipality=municipality.name)

    assert not Committee.objects.exists()
