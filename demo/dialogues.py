"""How a partnership begins in the demo: criteria, a dialogue and an assessment."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from accounts.models import User
from assessments.actions import confirm_assessment, save_assessment, start_assessment
from assessments.models import (
    Assessment,
    CriteriaSet,
    Criterion,
    EligibleForm,
    FormQuestion,
    LegalQuestion,
)
from dialogues.models import Dialogue, DialogueMeeting, Participant
from organisations.models import Municipality, Partner, PartnerProject

Keep = Callable[[Any], Any]
NUMBERED: dict[str, Any] = {
    "conditions": Criterion,
    "criteria": Criterion,
    "form_questions": FormQuestion,
    "legal_questions": LegalQuestion,
}


def add_beginning(
    municipality: Municipality, facts: dict[str, Any], *, keep: Keep, by: User, at: datetime
) -> None:
    """A criteria set, and the dialogues and assessments of the file.

    `keep` saves a row as the officer's work.
    """
    criteria_set = _criteria_set(municipality, facts["criteria_set"], keep)
    for row in facts["dialogues"]:
        dialogue = _dialogue(municipality, dict(row["dialogue"]), keep, by)
        _assessment(dialogue, criteria_set, row["assessment"], by, at)


def _criteria_set(municipality: Municipality, facts: dict[str, Any], keep: Keep) -> CriteriaSet:
    parts = {name: facts.pop(name) for name in (*NUMBERED, "eligible_forms")}
    criteria_set = keep(CriteriaSet(municipality=municipality, **facts))
    for name, model in NUMBERED.items():
        for position, row in enumerate(parts[name], start=1):
            part = {"part": Criterion.Part.ACTOR} if name == "conditions" else {}
            keep(model(criteria_set=criteria_set, position=position, **part, **row))
    for row in parts["eligible_forms"]:
        keep(EligibleForm(criteria_set=criteria_set, **row))
    return criteria_set


def _dialogue(municipality: Municipality, facts: dict[str, Any], keep: Keep, by: User) -> Dialogue:
    partner = Partner.objects.get(name=facts.pop("partner"))
    project = keep(PartnerProject(partner=partner, name=facts.pop("project")))
    meetings = facts.pop("meetings")
    committee = municipality.committees.get(name=facts.pop("committee"))
    dialogue = keep(
        Dialogue(
            committee=committee,
            partner=partner,
            project=project,
            officer=by,
            created_by=by,
            **facts,
        )
    )
    for row in meetings:
        participants = row.pop("participants")
        meeting = keep(DialogueMeeting(dialogue=dialogue, recorded_by=by, **row))
        for person in participants:
            keep(Participant(meeting=meeting, **person))
    return dialogue


def _assessment(
    dialogue: Dialogue, criteria_set: CriteriaSet, facts: dict[str, Any], by: User, at: datetime
) -> None:
    """The assessment of the dialogue's project, confirmed as its source states it."""
    assessment = start_assessment(
        Assessment(
            committee=dialogue.committee,
            criteria_set=criteria_set,
            partner=dialogue.partner,
            project=dialogue.project,
            dialogue=dialogue,
            summary=facts["summary"],
            created_by=by,
        ),
        by=by,
    )
    judged = []
    for number, judgement in facts["criteria"].items():
        row = assessment.criterion_assessments.get(
            criterion__part=Criterion.Part.PARTNERSHIP, criterion__position=number
        )
        row.value, row.motivation = judgement["value"], judgement["motivation"]
        row.evidence = judgement["evidence"]
        judged.append(row)
    save_assessment(assessment, judged=judged, answers=[], by=by, reason=facts["reason"])
    confirm_assessment(assessment, by=by, at=at)
