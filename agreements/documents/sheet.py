"""The agreement on a day as a document of record: what its page answers, on paper."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from agreements.checks import open_findings
from agreements.models import AgreementOn, PartyTotal, SourceFlag
from agreements.words import (
    deadlines_words,
    end_words,
    held_words,
    obligation_words,
    price_words,
    status_words,
    term_words,
)
from partnerships.documents import (
    AmountRow,
    AmountTable,
    Block,
    Document,
    FactTable,
    HeaderField,
    Lines,
    Prose,
    Section,
)
from partnerships.money import kronor


def agreement_sheet(
    answer: AgreementOn, flags: Sequence[SourceFlag], *, known: date | None, at: datetime
) -> Document:
    """The agreement's facts on the day; `known` is the day that the portal's knowledge is taken to."""
    agreement = answer.facts.agreement
    municipality = agreement.municipality
    sections = [
        Section(_("On the day"), [_at_a_glance(answer)]),
        Section(_("Revision"), _revision(answer)),
        Section(_("What each party contributes"), _contributions(answer)),
        Section(_("Undertakings"), [_obligations(answer)]),
        Section(_("Validity"), [_terms(answer), _deadlines(answer)]),
        Section(_("Flags"), [Lines(_flags(answer, flags))]),
    ]
    return Document(
        title=agreement.name,
        document_name=_("Agreement on a day"),
        municipality_name=municipality.name,
        sections=sections,
        created_at=at,
        modified_at=at,
        letterhead_colour=municipality.colour,
        logo=municipality.logo_content(),
        footer_text=municipality.footer,
        header_fields=[
            HeaderField(_("As it was on"), [answer.day.isoformat()]),
            HeaderField(
                _("With what was registered by the end of"), [(known or at.date()).isoformat()]
            ),
            HeaderField(_("Diary number"), [agreement.diary_number]),
            HeaderField(
                _("Partners"),
                [party.partner.name_on(answer.day) for party in agreement.parties.all()],
            ),
        ],
        running_identifier=agreement.diary_number,
    )


def _at_a_glance(answer: AgreementOn) -> FactTable:
    rows = [
        (_("Kind"), answer.facts.agreement.get_kind_display()),
        (_("Status"), status_words(answer)),
        (_("Bears the cost"), held_words(answer.cost)),
        (_("Administers"), held_words(answer.administration)),
        (_("Term"), term_words(answer)),
        (_("Last day"), end_words(answer)),
    ]
    return FactTable((_("Question"), _("Answer")), rows)


def _revision(answer: AgreementOn) -> list[Block]:
    found = answer.revision
    if not found.revision:
        return [Prose(_("No decided revision applied."))]
    if found.is_uncertain:
        names = ", ".join(f"{row} ({row.in_force_from})" for row in found.candidates)
        return [Prose(_("It is uncertain which applied: %(names)s.") % {"names": names})]
    row = found.revision
    unstated = _("not stated in the source")
    rows = [
        (_("Revision"), f"{row}, {row.get_kind_display()}"),
        (_("Agreed on"), str(row.agreed_on or _("not known"))),
        (_("In force from"), str(row.in_force_from or _("not known"))),
        (_("Target group"), row.target_group or unstated),
        (_("Purpose"), row.purpose or unstated),
    ]
    blocks: list[Block] = [FactTable((_("Question"), _("Answer")), rows)]
    if found.agreed:
        blocks.append(
            Prose(
                _("%(revision)s was agreed (%(agreed)s) and is in force from %(start)s.")
                % {
                    "revision": found.agreed,
                    "agreed": found.agreed.agreed_on,
                    "start": found.agreed.in_force_from,
                }
            )
        )
    return blocks


def _contributions(answer: AgreementOn) -> list[Block]:
    totals = answer.totals
    blocks: list[Block] = []
    blocks += [_side(side, answer.day) for side in totals.parties if side.lines] if totals else []
    prices = [(price.line.label, price_words(price)) for price in answer.prices]
    return [*blocks, FactTable((_("Price per inhabitant"), _("Comes to")), prices)]


def _side(side: PartyTotal, day: date) -> AmountTable:
    unknown = _("not known")
    basis = side.basis.label if side.basis else _("the periods differ")
    return AmountTable(
        rows=[
            AmountRow(
                line.label, unknown if line.stated_amount is None else kronor(line.stated_amount)
            )
            for line in side.lines
        ],
        label_heading=side.partner.name_on(day) if side.partner else side.name,
        amount_heading=_("Stated, %(basis)s") % {"basis": basis},
        total_label=_("Sum of stated amounts"),
        total=unknown if side.amount is None else kronor(side.amount),
        note=_("Exclusive of %(count)s lines whose amounts are not known.")
        % {"count": side.unknown_count}
        if side.unknown_count
        else "",
    )


def _obligations(answer: AgreementOn) -> FactTable:
    rows = [
        (row.get_party_display(), obligation_words(row, is_certain))
        for row, is_certain in answer.obligations
    ]
    return FactTable((_("Party"), _("Undertaking")), rows)


def _terms(answer: AgreementOn) -> FactTable:
    rows = [
        (str(term), str(term.starts or _("not known")), str(term.ends or _("no end known")))
        for term in answer.facts.terms
    ]
    return FactTable((_("Term"), _("First day"), _("Last day")), rows)


def _deadlines(answer: AgreementOn) -> FactTable:
    rows = deadlines_words(answer)
    return FactTable((_("Deadline"), _("Day")), rows)


def _flags(answer: AgreementOn, flags: Sequence[SourceFlag]) -> list[str]:
    raised = [flag.text for flag in flags if flag.state == SourceFlag.State.OPEN]
    return raised + [finding.text for finding in open_findings(answer, list(flags))]
