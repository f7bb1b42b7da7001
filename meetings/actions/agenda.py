"""A meeting is planned, called and held; matters are put on its agenda and taken off."""

from datetime import date, datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.models import Agreement
from meetings.actions.errors import AgendaRefusedError
from meetings.actions.locks import locked_item, locked_meeting, save_list
from meetings.documents import agenda_document
from meetings.models import Agenda, AgendaItem, Attendee, ItemAgreement, Meeting, MeetingRequest
from memos.actions import ListDraft, MemoMoveError, move_memo
from memos.models import Memo
from partnerships.history import attributed
from partnerships.locked import typed_onto
from partnerships.pdf import render_pdf

State = Meeting.State
MEETING_FIELDS = ("held_on", "begins_at", "ends_at", "place")
ITEM_FIELDS = ("title", "diary_number", "case_text")


@transaction.atomic
def plan_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Register a new meeting; those called to the committee's latest are called to it."""
    attributed(meeting, by=by).save()
    latest = Meeting.objects.filter(committee=meeting.committee).exclude(pk=meeting.pk).first()
    for person in latest.attendees.all() if latest else ():
        called = Attendee(
            meeting=meeting,
            position=person.position,
            name=person.name,
            party=person.party,
            function=person.function,
            presence=_as_called(person),
        )
        attributed(called, by=by, reason=_("As at the meeting before")).save()
    return meeting


@transaction.atomic
def save_meeting(meeting: Meeting, *, attendees: ListDraft, by: User, reason: str = "") -> Meeting:
    """Save a meeting with who is there. Raises AgendaRefusedError with a sentence for the user."""
    locked = locked_meeting(meeting)
    if locked.is_adjusted:
        raise AgendaRefusedError(_("The minutes are adjusted and not changed any more."))
    attributed(typed_onto(locked, meeting, MEETING_FIELDS), by=by, reason=reason).save()
    try:
        with transaction.atomic():
            save_list(attendees, {"meeting": locked}, by=by)
    except ProtectedError as error:
        raise AgendaRefusedError(
            _(
                "Somebody you remove has moved, voted, reserved or noted something. Remove that first."
            )
        ) from error
    except IntegrityError as error:  # the rows are saved one after the other
        raise AgendaRefusedError(
            _(
                "Two of the people would have the same name for a moment. Save one of the changes first, and then the other."
            )
        ) from error
    for item in locked.items.exclude(year=locked.held_on.year):
        item.year = locked.held_on.year
        attributed(item, by=by, reason=_("The meeting was moved")).save()
    return locked


@transaction.atomic
def put_on_agenda(memo: Memo, meeting: Meeting, *, by: User, at: datetime) -> AgendaItem:
    """Put a submitted memo last on the agenda; it is handled as it was submitted.

    Raises AgendaRefusedError with a sentence for the user.
    """
    locked = locked_meeting(meeting)
    _check_takes_items(locked)
    if locked.items.filter(memo_version__memo=memo).exists():
        raise AgendaRefusedError(
            _("The meeting has dealt with the memo. Choose one that is still to come.")
        )
    if memo.committee_id != locked.committee_id:
        raise AgendaRefusedError(
            _("The memo is written to %(committee)s. Choose a meeting of theirs.")
            % {"committee": memo.committee}
        )
    try:
        moved = move_memo(memo, to=Memo.State.ON_AGENDA, by=by, at=at, reason=str(locked))
    except MemoMoveError as error:
        raise AgendaRefusedError(str(error)) from error
    version = moved.current_version
    if version is None:
        raise AgendaRefusedError(_("Only a memo that has been submitted is put on an agenda."))
    item = AgendaItem(
        title=version.content["title"],
        diary_number=version.content["diary_number"],
        memo_version=version,
    )
    add_item(locked, item, agreements=[memo.agreement] if memo.agreement else [], by=by)
    for request in MeetingRequest.objects.filter(memo=memo):
        attributed(request, by=by, reason=_("Put on an agenda")).delete()
    return item


@transaction.atomic
def add_item(
    meeting: Meeting, item: AgendaItem, *, agreements: list[Agreement], by: User
) -> AgendaItem:
    """Put a matter last on the agenda. Raises AgendaRefusedError with a sentence for the user."""
    locked = locked_meeting(meeting)
    _check_takes_items(locked)
    last = locked.items.aggregate(last=Max("position"))["last"] or 0
    item.meeting, item.committee, item.year = locked, locked.committee, locked.held_on.year
    item.position = last + 1
    attributed(item, by=by).save()
    _name_agreements(item, agreements, by)
    return item


@transaction.atomic
def save_item(item: AgendaItem, *, agreements: list[Agreement], by: User) -> AgendaItem:
    """Save an item's own words and the agreements it is about. Raises MeetingRefusedError."""
    locked = typed_onto(locked_item(item), item, ITEM_FIELDS)
    attributed(locked, by=by).save()
    _name_agreements(locked, agreements, by)
    return locked


@transaction.atomic
def move_item(item: AgendaItem, *, up: bool, by: User) -> None:
    """Let an item change places with the one before or after it; at the end nothing happens."""
    locked = locked_item(item)
    items = list(locked.meeting.items.order_by("position", "pk"))
    here = next(place for place, row in enumerate(items) if row.pk == locked.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(items):
        return
    items[here], items[there] = items[there], items[here]
    for position, row in enumerate(items, start=1):
        if row.position != position and not row.is_adjusted:
            row.position = position
            attributed(row, by=by).save()


@transaction.atomic
def take_off(item: AgendaItem, *, by: User, at: datetime) -> None:
    """Take a matter off the agenda; its memo waits again. Raises AgendaRefusedError."""
    locked = locked_item(item)
    if locked.is_concluded:
        raise AgendaRefusedError(
            _("The meeting has dealt with the matter, so it stays in the minutes.")
        )
    memo = locked.memo
    attributed(locked, by=by, reason=_("Taken off the agenda")).delete()
    if memo:
        try:
            move_memo(memo, to=Memo.State.SUBMITTED, by=by, at=at, reason=_("Off the agenda"))
        except MemoMoveError as error:
            raise AgendaRefusedError(str(error)) from error


@transaction.atomic
def call_meeting(meeting: Meeting, *, by: User, at: datetime) -> Agenda:
    """Lay down the agenda as it stands; again when something has been added.

    Raises AgendaRefusedError with a sentence for the user.
    """
    locked = _open(meeting)
    items = list(locked.items.all())
    if not items:
        raise AgendaRefusedError(_("The agenda is empty. Put a matter on it first."))
    pdf = render_pdf(agenda_document(locked, items, issued_at=at))
    agenda = Agenda(
        meeting=locked,
        number=locked.agendas.count() + 1,
        issued_at=at,
        issued_by=by,
        pdf_sha256=sha256(pdf).hexdigest(),
    )
    agenda.pdf.save(f"agenda-{locked.pk}-{agenda.number}.pdf", ContentFile(pdf), save=False)
    attributed(agenda, by=by).save()
    _to(locked, State.CALLED, by)
    return agenda


@transaction.atomic
def hold_meeting(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """Say that the meeting has been held. Raises AgendaRefusedError with a sentence for the user."""
    locked = locked_meeting(meeting)
    check_hold(locked, on=at.date())
    return _to(locked, State.HELD, by)


def check_hold(meeting: Meeting, *, on: date) -> None:
    """Raises AgendaRefusedError unless the meeting is open and its day has come."""
    _check_open(meeting)
    if meeting.held_on > on:
        raise AgendaRefusedError(_("The day of the meeting has not come yet."))


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Call the meeting off. Raises AgendaRefusedError while something is on its agenda."""
    locked = locked_meeting(meeting)
    check_cancel(locked)
    return _to(locked, State.CANCELLED, by)


def check_cancel(meeting: Meeting) -> None:
    """Raises AgendaRefusedError unless the meeting is to come, with nothing on its agenda."""
    _check_open(meeting)
    if meeting.items.exists():
        raise AgendaRefusedError(
            _("Take the matters off the agenda first, so that they wait for another meeting.")
        )


@transaction.atomic
def put_forward(memo: Memo, meeting: Meeting, *, by: User, at: datetime) -> MeetingRequest:
    """Wish for a meeting for a submitted memo; the latest wish counts. Raises AgendaRefusedError."""
    locked = _open(meeting)
    if memo.committee_id != locked.committee_id:
        raise AgendaRefusedError(
            _("The memo is written to %(committee)s. Choose a meeting of theirs.")
            % {"committee": memo.committee}
        )
    if memo.state not in {Memo.State.SUBMITTED, Memo.State.TABLED}:
        raise AgendaRefusedError(
            _("The memo is %(state)s. Only a submitted memo is put forward.")
            % {"state": memo.get_state_display()}
        )
    request = MeetingRequest.objects.filter(memo=memo).first() or MeetingRequest(memo=memo)
    request.meeting, request.asked_by, request.asked_at = locked, by, at
    attributed(request, by=by).save()
    return request


def _as_called(person: Attendee) -> str:
    """The elected members are expected to decide, substitutes and staff to be there."""
    function = Attendee.Function
    decides = {function.CHAIR, function.VICE_CHAIR, function.MEMBER}
    presence = Attendee.Presence
    return presence.DECIDING if person.function in decides else presence.PRESENT


def _open(meeting: Meeting) -> Meeting:
    locked = locked_meeting(meeting)
    _check_open(locked)
    return locked


def _check_takes_items(meeting: Meeting) -> None:
    if not meeting.takes_items:
        raise AgendaRefusedError(
            _("The meeting is %(state)s, so nothing is put on its agenda.")
            % {"state": meeting.get_state_display()}
        )


def _check_open(meeting: Meeting) -> None:
    if not meeting.is_open:
        raise AgendaRefusedError(
            _("The meeting is %(state)s. Choose one that is still to come.")
            % {"state": meeting.get_state_display()}
        )


def _to(meeting: Meeting, state: str, by: User) -> Meeting:
    if meeting.state != state:
        meeting.state = state
        attributed(meeting, by=by, reason=str(State(state).label)).save()
    return meeting


def _name_agreements(item: AgendaItem, agreements: list[Agreement], by: User) -> None:
    named = {row.agreement_id: row for row in item.item_agreements.all()}
    for agreement in agreements:
        if named.pop(agreement.pk, None) is None:
            attributed(ItemAgreement(item=item, agreement=agreement), by=by).save()
    for row in named.values():
        attributed(row, by=by).delete()
