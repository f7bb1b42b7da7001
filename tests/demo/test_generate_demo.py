"""The generator of invented agreements."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from agreements.models import Agreement, AgreementPartner, CalculationPart, Contribution, Revision
from organisations.models import Partner

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


@pytest.mark.parametrize("options", [{"count": 0}, {"count": 1, "municipality": "Finns inte"}])
def test_the_generator_says_what_it_cannot_do(options):
    with pytest.raises(CommandError):
        generate(**options)
