"""What a drill asks of a portal's database, in a process of its own: `python -m drills.inside WHAT`."""

import hashlib
import json
import sys
from typing import Any

import django

PREFIX = "Drill "
OFFICER = "handlaggare@linkoping.example"


def sessions(count: int) -> dict[str, Any]:
    """So many browsers that are signed in, and what the form needs to know."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from accounts.models import User
    from organisations.models import Partner
    from payments.models import PaymentSource

    officer = User.objects.get(email=OFFICER)
    cookies = []
    for _number in range(count):
        session = SessionStore()
        session[SESSION_KEY] = str(officer.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = officer.get_session_auth_hash()
        session.save()
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
    partner = Partner.objects.exclude(legal_form="").first()
    committee = officer.committees_to_choose("agreements.change_agreement")[0]
    source = PaymentSource.objects.visible_to(officer).get()
    return {
        "cookies": cookies, "committee": committee.pk, "partner": str(partner), "source": source.pk,
    }  # fmt: skip


def stored() -> dict[str, Any]:
    """Every agreement of the drill, whether it is whole, and what `verify` finds."""
    from agreements.models import Agreement
    from audit.models import Entry
    from audit.verification import verify

    def is_whole(agreement: Agreement) -> bool:
        logged = Entry.objects.filter(
            table_name="agreements_agreement", row_key=str(agreement.pk), event="+"
        )
        parties, history = agreement.parties.count(), agreement.history.count()
        return (parties, history, logged.count()) == (1, 1, 1)

    agreements = [
        {"name": agreement.name, "is_whole": is_whole(agreement)}
        for agreement in Agreement.objects.filter(name__startswith=PREFIX)
    ]
    return {"rows": agreements, "findings": [str(finding) for finding in verify()]}


def uploads() -> dict[str, Any]:
    """Every file of payments that was uploaded in the drill, whether it is whole, and what is too many."""
    from audit.verification import verify
    from payments.models import ImportBatch

    def is_whole(batch: ImportBatch) -> bool:
        if not batch.file.storage.exists(batch.file.name):
            return False
        with batch.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == batch.sha256

    batches = ImportBatch.objects.filter(file_name__startswith=PREFIX)
    rows = [{"name": batch.file_name, "is_whole": is_whole(batch)} for batch in batches]
    findings = [str(finding) for finding in verify()]
    if unknown := unknown_files():
        findings.append(f"{len(unknown)} stored files that no row names, such as {unknown[0]}")
    return {"rows": rows, "findings": findings}


def jobs(rounds: int) -> dict[str, Any]:
    """What became of jobs whose workers were killed."""
    from drills.jobs import killed

    return killed(rounds)


def unknown_files() -> list[str]:
    """Stored files that no row names."""
    from django.apps import apps
    from django.core.files.storage import default_storage
    from django.db.models import FileField

    from operations.archive import stored_names

    known: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, FileField):
                known |= set(model._base_manager.values_list(field.name, flat=True))
    return sorted(set(stored_names(default_storage)) - known)


if __name__ == "__main__":
    django.setup()
    asked = {
        "sessions": lambda: sessions(int(sys.argv[2])),
        "stored": stored,
        "uploads": uploads,
        "jobs": lambda: jobs(int(sys.argv[2])),
    }
    json.dump(asked[sys.argv[1]](), sys.stdout)
