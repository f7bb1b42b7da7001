"""What the members did on an item is written down, and votes are counted."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from meetings.actions.errors import ProceedingsRefusedError
from meetings.actions.locks import locked_item, remove, save_list
from meetings.models import AgendaItem, Attendee, Ballot, Vote
from memos.actions import ListDraft
from partnerships.history import attributed


@transaction.atomic
def save_proceedings(item: AgendaItem, *, lists: dict[str, ListDraft], by: User) -> None:
    """Save motions, reservations, notes, abstentions and recusals, each list by its name.

    Raises ProceedingsRefusedError with a sentence for the user.
    """
    locked = locked_item(item)
    people = {name: {row.member for row in draft.rows} for name, draft in lists.items()}
    _check_people(locked, people)
    for draft in lists.values():
        save_list(draft, {"item": locked}, by=by)


@transaction.atomic
def save_vote(vote: Vote, *, choices: dict[Attendee, str], by: User) -> Vote:
    """Save a vote with how each member voted; an empty choice is no ballot.

    Raises ProceedingsRefusedError with a sentence for the user.
    """
    locked = locked_item(vote.item)
    recused = {row.member_id for row in locked.recusals.all()}
    given = {member: choice for member, choice in choices.items() if choice}
    if biased := [member for member in given if member.pk in recused]:
        raise ProceedingsRefusedError(
            _("%(name)s is biased on this item and does not vote.") % {"name": biased[0]}
        )
    if not given:
        raise ProceedingsRefusedError(_("Say how the members voted."))
    if not vote.pk:
        vote.position = locked.votes.count() + 1
    attributed(vote, by=by).save()
    kept = {ballot.member_id: ballot for ballot in vote.ballots.all()}
    for member, choice in given.items():
        ballot = kept.pop(member.pk, None) or Ballot(vote=vote, member=member)
        ballot.choice = choice
        attributed(ballot, by=by).save()
    remove(kept.values(), by=by)
    return vote


@transaction.atomic
def remove_vote(vote: Vote, *, by: User) -> None:
    """Remove a vote that was not held. Raises MeetingRefusedError once the item is adjusted."""
    locked_item(vote.item)
    attributed(vote, by=by).delete()


def _check_people(item: AgendaItem, people: dict[str, set[Attendee]]) -> None:
    """The biased do nothing on the item; who reserves has taken part in the decision."""
    recused = people.get("recusals", set())
    voted = {ballot.member for vote in item.votes.all() for ballot in vote.ballots.all()}
    for name in ("motions", "reservations", "notes", "abstentions"):
        for person in people.get(name, set()):
            _refuse_if(
                person in recused,
                _("%(name)s is biased on this item and takes no part in it."),
                person,
            )
            _refuse_if(
                person.presence == Attendee.Presence.ABSENT,
                _("%(name)s is absent from the meeting."),
                person,
            )
    for person in recused & voted:
        _refuse_if(True, _("%(name)s is biased and has voted. Change the vote first."), person)
    for person in people.get("reservations", set()):
        took_part = person.is_deciding and person not in people.get("abstentions", set())
        _refuse_if(
            not took_part,
            _(
                "%(name)s did not take part in the decision and can make no reservation. Write a protocol note instead."
            ),
            person,
        )


def _refuse_if(is_so: bool, sentence: str, person: Attendee) -> None:
    if is_so:
        raise ProceedingsRefusedError(sentence % {"name": person})
