"""Agendas, minutes and extracts among the documents of record, and decisions on the timeline."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.documents import Happening
from agreements.models import Agreement
from meetings.models import Agenda, Decision, DecisionEffect, Extract, Meeting, Minutes
from partnerships.dates import ApproximateDate
from partnerships.records import Issued, Record
from partnerships.together import Questions

CHUNK = 500


class AgendaRecords:
    """Every agenda that was laid down."""

    prefix = "agenda"

    def records(self) -> Iterator[Record]:
        """The agendas, oldest first; all but a meeting's last are replaced."""
        agendas = Agenda.objects.select_related("meeting__committee").order_by("pk")
        for agenda in agendas.iterator(chunk_size=CHUNK):
            yield Record(f"agenda-{agenda.pk}", "agenda", str(agenda), "", "", "issued")

    def render(self, key: str) -> bytes | None:
        """The PDF as it was laid down; None when there is none."""
        agenda = Agenda.objects.filter(pk=key).first() if _is_number(key) else None
        return agenda.read_pdf() if agenda else None

    def find_issued(self, sha256: str, user: User | AnonymousUser) -> Issued | None:
        """The agenda with these bytes."""
        agenda = Agenda.objects.filter(pdf_sha256=sha256).order_by("pk").first()
        if agenda is None:
            return None
        latest = agenda.meeting.agendas.count()
        name = agenda.meeting.rules.agenda_name
        return _issued(agenda, agenda.meeting, name, user, agenda.number, latest)


class MinutesRecords:
    """All adjusted minutes."""

    prefix = "minutes"

    def records(self) -> Iterator[Record]:
        """The minutes, oldest first."""
        every = Minutes.objects.select_related("meeting__committee").order_by("pk")
        for minutes in every.iterator(chunk_size=CHUNK):
            yield Record(f"minutes-{minutes.pk}", "minutes", str(minutes), "", "", "adjusted")

    def render(self, key: str) -> bytes | None:
        """The PDF as adjusted; None when there is none."""
        minutes = Minutes.objects.filter(pk=key).first() if _is_number(key) else None
        return minutes.read_pdf() if minutes else None

    def find_issued(self, sha256: str, user: User | AnonymousUser) -> Issued | None:
        """The minutes with these bytes."""
        minutes = Minutes.objects.filter(pdf_sha256=sha256).order_by("pk").first()
        if minutes is None:
            return None
        return _issued(minutes, minutes.meeting, minutes.meeting.rules.minutes_name, user)


class ExtractRecords:
    """An extract of every adjusted §."""

    prefix = "extract"

    def records(self) -> Iterator[Record]:
        """The extracts, oldest first."""
        extracts = Extract.objects.select_related("item__meeting").order_by("pk")
        for extract in extracts.iterator(chunk_size=CHUNK):
            item = extract.item
            yield Record(
                id=f"extract-{extract.pk}",
                kind="extract",
                title=str(item),
                diary_number=item.diary_number,
                agreement=", ".join(extract.content.get("agreements", [])),
                state="adjusted",
            )

    def render(self, key: str) -> bytes | None:
        """The PDF as issued; None when there is none."""
        extract = Extract.objects.filter(pk=key).first() if _is_number(key) else None
        return extract.read_pdf() if extract else None

    def find_issued(self, sha256: str, user: User | AnonymousUser) -> Issued | None:
        """The extract with these bytes."""
        extract = Extract.objects.filter(pdf_sha256=sha256).order_by("pk").first()
        if extract is None:
            return None
        meeting = extract.item.meeting
        return _issued(extract, meeting, meeting.rules.extract_name, user)


def happenings(agreement: Agreement, user: User) -> Questions[list[Happening]]:
    """What committees decided on the agreement, for its timeline."""
    decisions = Decision.objects.visible_to(user).filter(item__item_agreements__agreement=agreement)
    found = decisions.select_related("item__meeting__committee")
    rows, effects = yield [
        found.order_by("item__meeting__held_on", "pk"),
        DecisionEffect.objects.filter(agreement=agreement).order_by("-pk"),
    ]
    first_effects = {effect.decision_id: effect for effect in effects}
    return [happening(row, first_effects.get(row.pk)) for row in rows]


def happening(decision: Decision, effect: DecisionEffect | None) -> Happening:
    """The decision as an event on a timeline, with what it did in the agreement."""
    item = decision.item
    where = item.meeting.committee.name
    return Happening(
        _("Decisions"),
        "decision",
        f"{where} § {item.number}" if item.number else where,
        ApproximateDate.exactly(item.meeting.held_on),
        note=str(effect.get_kind_display() if effect else decision.get_outcome_display()),
        url=decision.get_absolute_url(),
    )


def _issued(
    row: Agenda | Minutes | Extract,
    meeting: Meeting,
    name: str,
    user: User | AnonymousUser,
    number: int = 1,
    latest: int = 1,
) -> Issued:
    """What anybody may know of it; the way to it for those who may read the meeting."""
    is_readable = not isinstance(user, AnonymousUser) and (
        Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()
    )
    return Issued(
        kind=name,
        issuer=meeting.municipality.name,
        on=localtime(row.issued_at).date(),
        number=number,
        latest=latest,
        url=meeting.get_absolute_url() if is_readable else "",
    )


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdigit()
