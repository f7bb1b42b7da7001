"""`verify` finds what was forged past the portal, and says what and where."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agreements.models import Agreement
from audit.chain import seal
from audit.erasing import erase
from audit.models import Entry
from audit.verification import files_with_checksum
from memos.models import MemoVersion
from organisations.models import Partner
from tests.agreements.factories import AgreementFactory, RevisionFactory
from tests.audit.forging import forge
from tests.memos.factories import VersionFactory
from tests.organisations.factories import PartnerFactory

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def verified(*arguments) -> str:
    """What `verify` prints when it finds something."""
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("verify", *arguments, stdout=out)
    return out.getvalue()


def test_nothing_is_found_where_nothing_was_forged():
    RevisionFactory(decided=True)
    erase(Partner, PartnerFactory().pk, by=None, at=AT, reason="Begärt")
    seal(at=AT)
    out = io.StringIO()

    call_command("verify", stdout=out)

    assert out.getvalue() == "Everything is as it was logged and stored.\n"


def test_a_forged_log_entry_is_found():
    partner = PartnerFactory()
    sealed = seal(at=AT)

    forge("UPDATE audit_entry SET actor = 'Någon annan'")

    assert f"log entries {sealed.first}–{sealed.last}: " in verified()
    assert partner


def test_an_entry_that_was_removed_before_it_was_sealed_is_found():
    partner = PartnerFactory()

    forge("DELETE FROM audit_entry WHERE table_name = 'organisations_partner'")

    assert verified() == f"organisations_partner {partner.pk}: the log does not know the row\n"


def test_a_row_that_was_changed_past_the_log_is_found():
    partner = PartnerFactory()

    forge("UPDATE organisations_partner SET name = 'Förfalskad'")

    assert verified() == f"organisations_partner {partner.pk}: the row was changed past the log\n"


def test_a_row_that_was_removed_past_the_log_is_found():
    partner = PartnerFactory()

    forge("DELETE FROM organisations_partner")

    assert verified() == (
        f"organisations_partner {partner.pk}: the row is gone, and the log has not seen it go\n"
    )


def test_values_that_left_the_log_without_a_record_are_found():
    PartnerFactory()
    entry = Entry.objects.last()

    forge("UPDATE audit_entry SET old = NULL, new = NULL, salt = NULL")

    assert f"log entry {entry.pk}: its values are gone" in verified()


def test_a_log_that_was_cut_and_sealed_anew_lacks_the_seal_that_was_kept_outside():
    PartnerFactory()
    digest = seal(at=AT).digest
    call_command("verify", "--seal", digest, verbosity=0)

    forge("DELETE FROM audit_seal")

    assert f"seal {digest}: it is not in the chain" in verified("--seal", digest)


def test_one_flipped_bit_in_an_issued_document_is_found():
    version = VersionFactory()
    path = Path(version.pdf.path)
    flipped = bytearray(path.read_bytes())
    flipped[-1] ^= 1
    path.write_bytes(flipped)

    found = verified()

    assert found == (
        f"memos.MemoVersion {version.pk}, {version.pdf.name}: "
        "the file is not the one that was stored\n"
    )


def test_a_document_that_is_missing_is_found():
    version = VersionFactory()
    Path(version.pdf.path).unlink()

    assert "the file is missing" in verified()


def test_every_file_that_is_issued_or_handed_in_is_held_against_its_checksum():
    found = {(model._meta.label, field.name) for model, field, _checksum in files_with_checksum()}

    assert (MemoVersion._meta.label, "pdf") in found
    assert {label.split(".")[0] for label, _name in found} >= {
        "assessments",
        "dialogues",
        "followups",
        "memos",
        "report",
    }


def test_revisions_out_of_order_are_found():
    agreement = AgreementFactory()
    RevisionFactory(agreement=agreement, decided=True)
    second = RevisionFactory(agreement=agreement, decided=True)

    forge(f"UPDATE agreements_revision SET number = 7 WHERE id = {second.pk}")  # noqa: S608

    assert "its decided revisions are numbered 1, 7" in verified()


def test_kept_values_that_drifted_are_found():
    agreement = RevisionFactory(decided=True).agreement
    Agreement.objects.filter(pk=agreement.pk).update(begins_possibly="2001-01-01")

    assert verified() == (
        f"agreements.Agreement {agreement.pk}: "
        "kept values do not follow from its facts: begins_possibly\n"
    )
