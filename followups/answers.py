"""A report's answers as a list of texts: what a version keeps, and what is compared between versions."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _

from followups.models import FollowUpReport, FundsUse, IndicatorValue
from partnerships.money import kronor, plain_number

FIGURES, FUNDS, DEVIATIONS, ATTACHMENTS = "figures", "funds", "deviations", "attachments"


@dataclass(frozen=True)
class Answer:
    """One answer. `key` is the same in every version; an empty text is `not answered`."""

    key: str
    part: str
    label: str
    text: str


@dataclass(frozen=True)
class Part:
    """A part of a report that can be returned for completion on its own."""

    key: str
    heading: str


def parts_of(report: FollowUpReport) -> list[Part]:
    """The parts that the report has, in the order of its page."""
    parts = [Part(FIGURES, _("Figures"))] if report.values.all() else []
    parts += [Part(row.answer_key, str(row)) for row in report.answers.all()]
    if report.uses.all():
        parts.append(Part(FUNDS, _("Use of the contributions")))
    return [*parts, Part(DEVIATIONS, _("Deviations")), Part(ATTACHMENTS, _("Attachments"))]


def answers_of(report: FollowUpReport) -> list[Answer]:
    """The report's answers as they stand, best fetched `with_answers()`."""
    answers = [
        Answer(row.answer_key, FIGURES, str(row), _value_text(row)) for row in report.values.all()
    ]
    for answer in report.answers.all():
        key = answer.answer_key
        answers.append(Answer(key, key, str(answer), normalize_newlines(answer.text)))
    answers += [
        Answer(use.answer_key, FUNDS, str(use), _use_text(use)) for use in report.uses.all()
    ]
    deviations = normalize_newlines(report.deviations)
    answers.append(Answer(DEVIATIONS, DEVIATIONS, "", deviations))
    files = [file for file in report.attachments.all() if file.removed_at is None]
    return answers + [
        Answer(f"attachment-{file.pk}", ATTACHMENTS, file.name, file.sha256) for file in files
    ]


def as_content(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    """The answers for a version to keep."""
    return [asdict(answer) for answer in answers]


def from_content(content: Iterable[dict[str, Any]]) -> list[Answer]:
    """The answers that a version keeps."""
    return [Answer(**row) for row in content]


def changed(before: Iterable[Answer], after: Iterable[Answer]) -> dict[str, Answer | None]:
    """The keys whose answer is another than before, with the answer before; None when it is new.

    What has gone is among them too.
    """
    old = {answer.key: answer for answer in before}
    new = {answer.key: answer for answer in after}
    keys = [*new, *(key for key in old if key not in new)]
    return {
        key: old.get(key)
        for key in keys
        if key not in new or key not in old or old[key].text != new[key].text
    }


def changed_since_last_hand_in(report: FollowUpReport) -> dict[str, Answer | None]:
    """What was changed: while it is written, since the last hand-in; then, by the last hand-in.

    Empty before the second hand-in.
    """
    versions = list(report.versions.all())
    if report.is_open:
        now, before = answers_of(report), versions[-1:]
    else:
        now, before = from_content(versions[-1].content) if versions else [], versions[-2:-1]
    return changed(from_content(before[0].content), now) if before else {}


def _value_text(row: IndicatorValue) -> str:
    figure = "" if row.value is None else f"{plain_number(row.value)} {row.indicator.unit}"
    return "\n".join(filter(None, [figure, normalize_newlines(row.comment)]))


def _use_text(row: FundsUse) -> str:
    figure = "" if row.delivered is None else kronor(row.delivered)
    return "\n".join(filter(None, [figure, normalize_newlines(row.comment)]))
