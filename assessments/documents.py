"""The assessment as the document that the organisation gets, and its history."""

import re
from collections.abc import Iterable, Iterator

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, override

from assessments.models import (
    Assessment,
    Criterion,
    CriterionAssessment,
    FormAnswer,
    LegalAnswer,
    LegalQuestion,
    Result,
    Value,
    result_of,
)
from assessments.models.assessment import GROUNDS
from assessments.words import actor_words, alternatives, outcome_words, reasons
from partnerships.documents import (
    Block,
    Document,
    FactTable,
    HeaderField,
    Lines,
    Points,
    Prose,
    Section,
)
from partnerships.history import Entry, entries
from partnerships.markdown import to_html
from partnerships.money import NBSP
from partnerships.pdf import render_pdf

BREAKS = re.compile(r"[ \t\r\n]+")
LANGUAGE = "sv"  # the language of record, whatever language the interface has


def assessment_document(assessment: Assessment) -> Document:
    """The assessment as a document. `assessment` is best fetched `with_answers()`."""
    with override(LANGUAGE):
        municipality = assessment.municipality
        return Document(
            title=_("Assessment of %(subject)s") % {"subject": subject_name(assessment)},
            document_name=_("Assessment before a partnership (IOP)"),
            municipality_name=municipality.name,
            sections=tuple(_sections(assessment)),
            created_at=assessment.created_at,
            modified_at=assessment.confirmed_at or assessment.created_at,
            language=LANGUAGE,
            draft_mark=_("Draft") if assessment.is_draft else "",
            letterhead_colour=municipality.colour,
            logo=municipality.logo_content(),
            header_fields=tuple(_header_fields(assessment)),
            running_identifier=f"Dnr {assessment.diary_number}" if assessment.diary_number else "",
            footer_text=municipality.footer,
            author=municipality.name,
            description=assessment.criteria_set.source,
        )


def assessment_pdf(assessment: Assessment) -> bytes:
    """The assessment as PDF/A-3a and PDF/UA-1."""
    return render_pdf(assessment_document(assessment))


def history_of(assessment: Assessment) -> list[Entry]:
    """Every change of the assessment, its judgements and answers, newest first."""
    rows = (CriterionAssessment, FormAnswer, LegalAnswer)
    return entries(
        [
            Assessment.history.filter(id=assessment.pk),
            *(model.history.filter(assessment_id=assessment.pk) for model in rows),
        ]
    )


def partner_name(assessment: Assessment) -> str:
    """What the organisation was called on the assessment's day."""
    moment = assessment.confirmed_at or assessment.created_at
    return assessment.partner.name_on(assessment.dated_on or localtime(moment).date())


def subject_name(assessment: Assessment) -> str:
    """What is assessed, by the name of its day."""
    return assessment.project.name if assessment.project else partner_name(assessment)


def _header_fields(assessment: Assessment) -> Iterator[HeaderField]:
    moment = assessment.confirmed_at
    dated_on = assessment.dated_on or (localtime(moment).date() if moment else None)
    yield HeaderField(_("Committee"), [capfirst(assessment.committee.name)])
    yield HeaderField(_("Organisation"), [partner_name(assessment)])
    yield HeaderField(_("Project"), [assessment.project.name if assessment.project else ""])
    yield HeaderField(_("Date"), [dated_on.isoformat() if dated_on else ""])
    yield HeaderField(_("Diary number"), [assessment.diary_number])


def _sections(assessment: Assessment) -> Iterator[Section]:
    result = result_of(assessment)
    yield Section(_("Result"), list(_result(assessment, result)))
    yield Section(_("The organisation"), list(_actor(assessment, result)))
    for part in Criterion.Part:
        rows = [row for row in result.judged if row.criterion.part == part]
        heading = _("Conditions on the organisation") if part == Criterion.Part.ACTOR else ""
        yield Section(heading or _("Criteria"), [_judgements(rows)])
    yield Section(_("Not assessed"), list(_not_assessed(result)))
    yield Section(_("Other ways to work together"), [Lines(alternatives(assessment))])
    yield Section(_("Legal questions"), [_legal(assessment)])
    yield Section(_("Choice of form"), list(_choice(assessment)))
    yield Section(_("From the officer"), [Prose(to_html(assessment.summary))])
    yield Section(_("What the assessment rests on"), list(_basis(assessment)))


def _result(assessment: Assessment, result: Result) -> Iterator[Block]:
    yield Prose(to_html(f"**{outcome_words(result)}**"))
    if found := reasons(assessment, result):
        yield Prose(_("The reasons are:"))
        yield Points(found)


def _actor(assessment: Assessment, result: Result) -> Iterator[Block]:
    yield Prose(actor_words(assessment, result))
    rows = [
        (row.question.text, str(row.get_answer_display() or _("not answered")), row.motivation)
        for row in assessment.form_answers.all()
        if row.question.legal_form == assessment.assessed_form
    ]
    if assessment.project_id is None:
        yield FactTable((_("Question"), _("Answer"), _("Motivation")), rows)
        yield Prose(to_html(assessment.form_motivation))


def _judgements(rows: Iterable[CriterionAssessment]) -> FactTable:
    headings = (_("Criterion"), _("Judgement"), _("Motivation and evidence"))
    return FactTable(headings, [_judgement(row) for row in rows])


def _judgement(row: CriterionAssessment) -> tuple[str, str, str]:
    texts = (
        (row.motivation, "%(text)s"),
        (row.evidence, _("Evidence: %(text)s")),
        (row.from_register, _("From the register: %(text)s")),
    )
    said = " ".join(words % {"text": _on_one_line(text)} for text, words in texts if text.strip())
    judgement = capfirst(str(row.get_value_display())).replace(" ", NBSP)
    return row.criterion.numbered_text, judgement, said


def _on_one_line(text: str) -> str:
    """The text in a cell of a table; its no-break spaces stay."""
    return BREAKS.sub(" ", text).strip()


def _not_assessed(result: Result) -> Iterator[Block]:
    if result.not_assessed:
        yield Prose(_("The following is not assessed, and counts neither as met nor as not met:"))
        yield Lines([row.criterion.numbered_text for row in result.not_assessed])
    elif result.having(Value.NOT_APPLICABLE):
        yield Prose(_("Everything that applies is assessed."))
    else:
        yield Prose(_("Everything is assessed."))


def _legal(assessment: Assessment) -> FactTable:
    rows = [
        (
            row.question.text,
            str(LegalQuestion.Block(row.question.block).label),
            str(row.get_answer_display() or _("not answered")),
            _on_one_line(row.motivation),
        )
        for row in assessment.legal_answers.all()
        if row.answer
    ]
    return FactTable((_("Question"), _("Block"), _("Answer"), _("Motivation")), rows)


def _choice(assessment: Assessment) -> Iterator[Block]:
    if assessment.chosen_form:
        chosen = assessment.get_chosen_form_display()
        yield Prose(_("Form that is chosen: %(form)s.") % {"form": chosen})
        for name, label in GROUNDS.items():
            if text := getattr(assessment, name).strip():
                yield Prose(to_html(f"**{label}**\n\n{text}"))


def _basis(assessment: Assessment) -> Iterator[Block]:
    lines = [_("Criteria: %(source)s") % {"source": assessment.criteria_set.source}]
    if assessment.dialogue:
        lines.append(_("Dialogue: %(name)s") % {"name": assessment.dialogue})
    if assessment.revision:
        revision = assessment.revision
        names = {"revision": revision, "agreement": revision.agreement}
        lines.append(_("Agreement: %(agreement)s, %(revision)s") % names)
    yield Lines(lines)
    if assessment.confirmed_at:
        day = localtime(assessment.confirmed_at).strftime("%Y-%m-%d")
        confirmed = {"who": str(assessment.confirmed_by), "date": day}
        yield Prose(_("Confirmed by %(who)s %(date)s.") % confirmed)
