"""What the pages of a file say: that the headings differ from the last time, and why nothing is new."""

import pytest
from django.urls import reverse

from tests.payments.factories import (
    HEADINGS,
    SourceFactory,
    checked,
    csv_file,
    imported,
    payment_on,
    row,
)
from tests.payments.test_import_pages import signed_in, upload  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
LOST = "Rubrikerna är inte desamma som förra gången"


@pytest.fixture
def known(committee):
    """A source whose columns are chosen."""
    return SourceFactory(municipality=committee.municipality)


def test_other_headings_than_the_last_time_are_named(signed_in, known):  # noqa: F811
    headings = ["Summa" if name == "Belopp" else name for name in HEADINGS]

    asked = signed_in.get(upload(signed_in, known, csv_file(row("1"), headings=headings)).url)

    assert asked.context["form"].lost_headings == ["Belopp"]
    assert LOST in asked.content.decode()


def test_the_same_headings_and_a_first_file_are_asked_for_without_a_word(signed_in, known):  # noqa: F811
    new = SourceFactory(municipality=known.municipality, columns={})

    for source, key in ((known, "1"), (new, "2")):
        asked = signed_in.get(upload(signed_in, source, csv_file(row(key))).url)
        assert LOST not in asked.content.decode()


def test_when_every_row_is_on_another_account_it_is_said_where_the_reason_is(
    signed_in,  # noqa: F811
    known,
    officer,
):
    known.accounts = "77 78"
    known.save()
    batch = checked(known, csv_file(row("1"), row("2")), by=officer)

    text = signed_in.get(batch.get_absolute_url()).content.decode()

    assert "Alla rader har ett annat konto än dem som källan läser (77 78)" in text
    assert "Inget i filen är nytt." not in text


def test_what_was_left_out_is_named_when_the_rest_is_known(
    signed_in,  # noqa: F811
    known,
    agreement,
    officer,
):
    payment_on(agreement)
    imported(known, csv_file(row("1")), by=officer)
    batch = checked(known, csv_file(row("1"), row("2", amount="0")), by=officer, name="ny.csv")

    text = signed_in.get(batch.get_absolute_url()).content.decode()

    assert "Inget i filen är nytt. Utelämnat: belopp 0 (1)." in text
    assert reverse("payments:batch_import", args=[batch.pk]) not in text
