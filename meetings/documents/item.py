"""What is printed of one §, in the extract and in the minutes alike."""

from collections.abc import Iterable, Iterator
from typing import Literal

from django.utils.text import capfirst

from meetings import words
from meetings.models import (
    AgendaItem,
    Attendee,
    Ballot,
    Decision,
    MinutesRules,
    Motion,
    ProtocolNote,
    Recusal,
    Vote,
)
from memos.documents import version_document
from memos.models import MemoVersion
from partnerships.documents import Block, FactTable, Lines, Points, Prose, Section
from partnerships.markdown import keep_together, to_html

Level = Literal[2, 3]
Piece = tuple[str, list[Block]]


def item_sections(item: AgendaItem, rules: MinutesRules, level: Level) -> Iterator[Section]:
    """The sections of a §; `item` is best fetched `with_everything()`."""
    if item.diary_number:
        yield Section("", (Prose(f"{words.DIARY} {item.diary_number}"),), level=level)
    decision = getattr(item, "decision", None)
    decided = _decided(item, decision)
    matter: Piece = (words.MATTER, matter_blocks(item, level))
    order = [decided, matter] if rules.decision_comes_first else [matter]
    order += _proceedings(item, level)
    if decision:
        order.append((words.ORDER, [Prose(to_html(decision.order_text, top_heading=level + 1))]))
    order += _votes(item)
    order += [] if rules.decision_comes_first else [decided]
    order += _dissent(item, level)
    order.append((words.BASES, [Lines(list(bases(item)))]))
    for heading, blocks in order:
        yield Section(heading, tuple(blocks), level=level)
    if decision:
        recipients = [str(recipient) for recipient in decision.recipients.all()]
        yield Section(words.SENT_TO, (Lines(recipients),), style="list", level=level)


def matter_blocks(item: AgendaItem, level: Level = 2) -> list[Block]:
    """The matter in the item's own words, else in those of the memo as it was submitted."""
    if item.case_text:
        return [Prose(to_html(item.case_text, top_heading=level + 1))]
    return _from_memo(item.memo_version) if item.memo_version else []


def bases(item: AgendaItem) -> Iterator[str]:
    """What the decision rests on, the memo itself first, each with its date."""
    if item.memo_version is None:
        return
    content = item.memo_version.content
    listed = [_dated(row["title"], row["dated_on"]) for row in content["bases"]]
    own = f"{content['document_name']} – {content['title']}"
    if not any(line.startswith(own) for line in listed):
        yield _dated(own, content["dated_on"])
    yield from listed


def order_sentence(item: AgendaItem, proposed_by: str) -> str:
    """What the chair finds when there is only one proposal."""
    proposer = words.genitive(capfirst(proposed_by)) if proposed_by else ""
    sentence = item.meeting.rules.sentence_for(proposer)
    return sentence.format(proposal_of=proposer, committee=item.committee.name)


def _dated(title: str, day: str | None) -> str:
    return f"{title}, {day}" if day else title


def _from_memo(version: MemoVersion) -> list[Block]:
    """The section of the memo that says what the matter is: so named, else the first of prose."""
    document = version_document(version)
    if document is None:
        return []
    written = [
        section
        for section in document.printed_sections
        if section.style == "normal" and all(isinstance(b, Prose) for b in section.printed_blocks)
    ]
    named = [section for section in written if section.heading.rstrip(":") == words.MATTER]
    chosen = next(iter(named or written), None)
    return chosen.printed_blocks if chosen else []


def _decided(item: AgendaItem, decision: Decision | None) -> Piece:
    heading = f"{words.genitive(capfirst(item.committee.name))} beslut"
    if item.is_answered:
        return (capfirst(item.committee.name), [Prose(words.ANSWERED)])
    points = [keep_together(point.text) for point in decision.points.all()] if decision else []
    return (heading, [Points(points)])


def _proceedings(item: AgendaItem, level: Level) -> Iterator[Piece]:
    yield words.RECUSALS, [Lines([_recused(row) for row in item.recusals.all()])]
    moved: list[Block] = []
    for motion in item.motions.all():
        moved += _motion(motion, level)
    yield words.MOTIONS, moved


def _recused(row: Recusal) -> str:
    sentence = f"{row.member} anmäler jäv och deltar inte i handläggningen av ärendet"
    return f"{sentence}: {row.reason.rstrip('.')}."


def _motion(motion: Motion, level: Level) -> Iterator[Block]:
    yield Prose(words.MOVES[Motion.Kind(motion.kind)].format(member=motion.member))
    yield Prose(to_html(motion.text, top_heading=level + 1))


def _votes(item: AgendaItem) -> Iterator[Piece]:
    for vote in item.votes.all():
        yield words.VOTES, list(_vote(vote))


def _vote(vote: Vote) -> Iterator[Block]:
    yield Prose(f"Ja-röst för {vote.yes_means}. Nej-röst för {vote.no_means}.")
    rows = [(str(row.member), words.VOTED[Ballot.Choice(row.choice)]) for row in vote.ballots.all()]
    yield FactTable(("Ledamot", "Röst"), rows, caption="Voteringslista")
    counts = vote.counts
    told = [f"{counts[choice]} {word.lower()}" for choice, word in words.VOTED.items()]
    yield Prose(f"Utfall: {', '.join(told)}.")


def _dissent(item: AgendaItem, level: Level) -> Iterator[Piece]:
    """Reservations, who took no part, and notes, which decide nothing."""
    reserved: list[Block] = []
    for row in item.reservations.all():
        ending = " med följande motivering:" if row.text else "."
        reserved += [
            Prose(f"{row.member} reserverar sig mot beslutet{ending}"),
            Prose(to_html(row.text, top_heading=level + 1)),
        ]
    yield words.RESERVATIONS, reserved
    yield words.ABSTENTIONS, [Lines([str(row.member) for row in item.abstentions.all()])]
    for kind, (heading, name) in words.NOTES.items():
        yield heading, list(_notes(item.notes.all(), kind, name, level))


def _notes(notes: Iterable[ProtocolNote], kind: str, name: str, level: Level) -> Iterator[Block]:
    for note in notes:
        if note.kind == kind:
            yield Prose(f"{note.member} lämnar följande {name}:")
            yield Prose(to_html(note.text, top_heading=level + 1))


def taking_part(item: AgendaItem) -> list[Attendee]:
    """The members who take part in the decision: not the biased, nor those who abstain."""
    out = {row.member_id for row in item.recusals.all()}
    out |= {row.member_id for row in item.abstentions.all()}
    everyone = item.meeting.attendees.all()
    return [person for person in everyone if person.is_deciding and person.pk not in out]
