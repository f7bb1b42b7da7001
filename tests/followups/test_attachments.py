"""A link adds and takes away files only so many times: what is taken away is kept."""

import pytest
from django.utils.timezone import now

from followups.actions import FollowUpRefusedError, attach, attachments, take_away
from followups.models import Attachment
from followups.uploads import CheckedFile

pytestmark = pytest.mark.django_db
FILE = CheckedFile(Attachment.Kind.PDF, "bilaga.pdf", b"%PDF-1.7")


def test_whoever_holds_a_link_cannot_fill_the_disk_by_adding_and_taking_away(
    report, user, monkeypatch
):
    monkeypatch.setattr(attachments, "MOST_EVER", 3)
    for _time in range(3):
        take_away(attach(report, FILE, by=None, at=now()), by=None, at=now())

    with pytest.raises(FollowUpRefusedError, match="tagits bort för många gånger"):
        attach(report, FILE, by=None, at=now())

    assert Attachment.objects.count() == 3
    assert attach(report, FILE, by=user, at=now()).file  # the municipality's own hand can
