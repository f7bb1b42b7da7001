"""What a drill asks of a portal's database, in a process of its own: `python -m drills.inside WHAT`."""

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
    return {"cookies": cookies, "committee": committee.pk, "partner": str(partner)}


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
    return {"agreements": agreements, "findings": [str(finding) for finding in verify()]}


if __name__ == "__main__":
    django.setup()
    asked = {"sessions": lambda: sessions(int(sys.argv[2])), "stored": stored}
    json.dump(asked[sys.argv[1]](), sys.stdout)
