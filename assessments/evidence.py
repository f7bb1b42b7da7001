"""What the register itself shows of a criterion, and when it contradicts a judgement."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from agreements.models import Agreement, ContributionTotals, PartyTotal, Revision
from assessments.double_funding import supports
from assessments.models import Assessment, Criterion, CriterionAssessment, Value
from organisations.models import Partner
from partnerships.money import kronor

SUPPORTING = {Value.MET, Value.PARTLY}
Evidence = Criterion.Evidence


@dataclass(frozen=True)
class Finding:
    """What the register shows, in a sentence, and why a criterion cannot be met (empty when it can)."""

    text: str = ""
    obstacle: str = ""
    needs_motivation: bool = False


def finding_for(row: CriterionAssessment, assessment: Assessment, by: User) -> Finding:
    """What the register shows of the criterion; nothing for most criteria."""
    match row.criterion.evidence:
        case Evidence.CONTRIBUTIONS:
            return of_contributions(assessment.revision_id)
        case Evidence.DOUBLE_FUNDING:
            return of_other_support(agreements_of(assessment, by))
    return Finding()


def refusal(row: CriterionAssessment, finding: Finding, *, allows_partly: bool) -> str:
    """Why the judgement cannot stand, as a sentence; empty when it can."""
    motivated = bool(row.motivation.strip())
    if row.value == Value.PARTLY and not allows_partly:
        return _("By these criteria a criterion is met or not; it cannot be met partly.")
    if row.value == Value.NOT_APPLICABLE and not motivated:
        return _("Say why the criterion does not apply.")
    if row.value not in SUPPORTING:
        return ""
    if finding.obstacle:
        return finding.obstacle
    if finding.needs_motivation and not motivated:
        return " ".join([finding.text, _("Say why the criterion is met all the same.")])
    is_shown = bool(finding.text or row.evidence.strip())
    if row.criterion.evidence == Evidence.CONTRIBUTIONS and not is_shown:
        return _(
            "Choose the draft of the agreement that shows both parties' contributions, or write under evidence what shows them."
        )
    return ""


def of_contributions(revision_id: int | None) -> Finding:
    """Both parties' contributions by the revision."""
    if revision_id is None:
        return Finding()
    revision = Revision.objects.with_contributions().get(pk=revision_id)
    totals = ContributionTotals.of(revision)
    text = _("%(revision)s of %(agreement)s: %(contributions)s.") % {
        "revision": revision,
        "agreement": revision.agreement,
        "contributions": "; ".join(_words(side) for side in totals.parties),
    }
    without = [side.name for side in totals.parties if _brings_nothing(side)]
    if not without:
        return Finding(text)
    obstacle = _(
        "By the draft of the agreement %(names)s contributes nothing, so the criterion cannot be met. Enter the contribution in the draft first."
    ) % {"names": ", ".join(without)}
    return Finding(text, obstacle)


def of_other_support(agreements: Iterable[Agreement]) -> Finding:
    """Other support from the municipality, which may be for the same thing."""
    found = [support.sentence for support in supports(agreements)]
    return Finding(" ".join(found), needs_motivation=bool(found))


def agreements_of(assessment: Assessment, by: User):
    """The municipality's agreements with the partner that the user may read."""
    return (
        Agreement.objects.visible_to(by)
        .filter(
            committee__municipality=assessment.municipality,
            parties__partner__in=Partner.objects.same_as(assessment.partner),
        )
        .select_related("grant__scheme", "committee")
        .distinct()
    )


def _brings_nothing(side: PartyTotal) -> bool:
    """Has the side no line, or lines of 0 only? What is not known is not nothing."""
    return not any(line.stated_amount is None or line.stated_amount > 0 for line in side.lines)


def _words(side: PartyTotal) -> str:
    """`Linköpings kommun 1 100 000 kr per år`."""
    if not side.lines:
        words = [_("nothing")]
    elif side.basis is None:
        words = [_("amounts for different periods")]
    else:
        words = [kronor(side.amount), str(side.basis.label)]
    if side.unknown_count and side.amount is not None:
        words.append(_("and amounts not known"))
    return " ".join([side.name, *words])
