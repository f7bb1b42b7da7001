"""The agreement as it was on a day, and as the portal knew it: the page, and the same as PDF."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_current_timezone, localdate, now
from django.views.decorators.http import require_safe

from agreements.checks import open_findings, outdated
from agreements.documents import (
    agreement_sheet,
    facts_known_at,
    facts_of,
    fetch_with_facts,
    particulars_of,
    timeline_of,
)
from agreements.forms import AsOfForm
from agreements.models import Agreement, AgreementOn, ContributionTotals, Revision, SourceFlag
from partnerships.access import role_required
from partnerships.pdf import render_pdf


@dataclass(frozen=True)
class Asked:
    """What a request asks: the day, and the day until whose end the portal's knowledge counts."""

    form: AsOfForm
    today: date

    @classmethod
    def of(cls, request) -> "Asked":
        is_asked = {"on", "known"} & set(request.GET)
        return cls(AsOfForm(request.GET if is_asked else None), localdate())

    @cached_property
    def on(self) -> date:
        """The day to answer for: today unless a day was typed."""
        return self._typed("on") or self.today

    @cached_property
    def known(self) -> date | None:
        """The day until whose end the portal's knowledge counts; None for now."""
        known = self._typed("known")
        return known if known and known < self.today else None

    @property
    def moment(self) -> datetime:
        """The first moment after the known day."""
        day_after = (self.known or self.today) + timedelta(days=1)
        return datetime.combine(day_after, time.min, get_current_timezone())

    @property
    def is_today(self) -> bool:
        return self.on == self.today and not self.known

    def answer(self, agreement: Agreement) -> AgreementOn | None:
        """The agreement then; None when the portal did not hold it yet."""
        if not self.known:
            return AgreementOn(facts_of(agreement), self.on)
        facts = facts_known_at(agreement, self.moment)
        return AgreementOn(facts, self.on) if facts else None

    def _typed(self, name):
        return self.form.cleaned_data.get(name) if self.form.is_valid() else None


@require_safe
@role_required("agreements.view_agreement")
def agreement_detail(request, pk):
    """The agreement on a day (`?on=`, else today) with what was known on a day (`?known=`)."""
    asked = Asked.of(request)
    agreement = _agreement(request, pk)
    answer = asked.answer(agreement)
    context = {"agreement": agreement, "asked": asked, "answer": answer}
    if answer:
        context |= _context(request, agreement, asked, answer)
    return render(request, "agreements/agreement_detail.html", context)


@require_safe
@role_required("agreements.view_agreement")
def agreement_sheet_pdf(request, pk):
    """The same answer as PDF."""
    asked = Asked.of(request)
    agreement = _agreement(request, pk)
    answer = asked.answer(agreement)
    if answer is None:
        raise Http404
    document = agreement_sheet(answer, list(agreement.flags.all()), known=asked.known, at=now())
    name = f"avtal-{agreement.pk}-{asked.on.isoformat()}.pdf"
    return HttpResponse(
        render_pdf(document),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _agreement(request, pk):
    agreements = Agreement.objects.visible_to(request.user).filter(pk=pk)
    found = fetch_with_facts(agreements.select_related("office", "officer"))
    if not found:
        raise Http404
    return found[0]


def _context(request, agreement, asked, answer):
    revisions = sorted(answer.facts.revisions, key=lambda row: (row.number, row.pk), reverse=True)
    shown = _revision_to_show(answer, revisions, is_today=asked.is_today)
    flags = list(agreement.flags.all())
    found = open_findings(answer, flags)
    still_open = [flag for flag in flags if flag.state == SourceFlag.State.OPEN]
    return {
        "particulars": particulars_of(agreement),
        "revisions": [(revision, ContributionTotals.of(revision)) for revision in revisions],
        "shown": shown,
        "totals": ContributionTotals.of(shown) if shown else None,
        "drafts": [(row, outdated(row, revisions)) for row in revisions if row.is_draft],
        "timeline": timeline_of(answer, request.user),
        "findings": found,
        "open_flags": still_open,
        "flag_count": len(found) + len(still_open),
        "settled_flags": [flag for flag in flags if flag.state != SourceFlag.State.OPEN],
        "may_change": asked.is_today
        and request.user.has_perm("agreements.change_agreement", agreement),
        "may_write_memo": request.user.has_perm("memos.add_memo", agreement),
    }


def _revision_to_show(
    answer: AgreementOn, revisions: list[Revision], *, is_today: bool
) -> Revision | None:
    """What applied on the day; today also what applied last, or the first draft."""
    found = answer.revision.revision
    if found or not is_today:
        return found
    decided = next((revision for revision in revisions if not revision.is_draft), None)
    return decided or next(iter(revisions), None)
