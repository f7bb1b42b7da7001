"""What an agreement is about, from the municipality's own list."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from agreements.models import AgreementTheme
from tests.agreements.factories import ThemeFactory
from tests.agreements.test_agreement_pages import agreement_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def kultur(committee):
    return ThemeFactory(municipality=committee.municipality, name="kultur")


@pytest.fixture
def idrott(committee):
    return ThemeFactory(municipality=committee.municipality, name="idrott")


def save(client, agreement, *themes, **changed):
    """Send the agreement's form as it stands, with these themes ticked."""
    data = agreement_data(agreement.committee, agreement.partners.get().name, name=agreement.name)
    address = reverse("agreements:agreement_edit", args=[agreement.pk])
    chosen = {"themes": [getattr(theme, "pk", theme) for theme in themes]}
    return client.post(address, data | chosen | changed)


def test_the_form_gives_and_takes_themes_and_the_history_tells(
    client, agreement, officer, kultur, idrott
):
    client.force_login(officer)

    save(client, agreement, kultur, idrott, reason="Enligt syftet")
    both = list(agreement.themes.order_by("name"))
    save(client, agreement, idrott, reason="Inte kultur")

    assert both == [idrott, kultur]
    assert list(agreement.themes.all()) == [idrott]
    gone = AgreementTheme.history.filter(history_type="-").get()
    assert (gone.theme, gone.history_user, gone.history_change_reason) == (
        kultur,
        officer,
        "Inte kultur",
    )
    history = client.get(reverse("agreements:agreement_history", args=[agreement.pk]))
    assert "Inte kultur" in history.content.decode()
    assert "idrott" in client.get(agreement.get_absolute_url()).content.decode()


@pytest.mark.parametrize("which", ["theirs", "999999", "kultur' --"])
def test_only_the_municipalitys_own_themes_can_be_chosen(client, agreement, officer, kultur, which):
    theirs = ThemeFactory(name="deras tema")
    client.force_login(officer)
    page = client.get(reverse("agreements:agreement_edit", args=[agreement.pk])).content.decode()

    response = save(client, agreement, theirs if which == "theirs" else which)

    assert "deras tema" not in page
    assert response.context["form"].errors["themes"]
    assert not agreement.themes.exists()


def test_where_there_is_no_list_nothing_is_asked(client, agreement, officer):
    client.force_login(officer)

    page = client.get(reverse("agreements:agreement_edit", args=[agreement.pk])).content.decode()

    assert 'name="themes"' not in page


def test_an_agreement_has_a_theme_once_and_a_used_theme_stays(agreement, kultur):
    AgreementTheme.objects.create(agreement=agreement, theme=kultur)

    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementTheme.objects.create(agreement=agreement, theme=kultur)
    with pytest.raises(ProtectedError):
        kultur.delete()


def test_a_theme_is_in_the_list_once(kultur):
    with pytest.raises(IntegrityError), transaction.atomic():
        ThemeFactory(municipality=kultur.municipality, name="kultur")
