"""House rules: warnings with their reason, and none where the text keeps to them."""

from datetime import date

import pytest

from agreements.models import Obligation
from memos.actions import copy_template, move_to_template
from memos.checks import remarks
from memos.models import Memo, MemoTemplate, TemplateSection
from partnerships.dates import ApproximateDate
from tests.agreements.factories import TerminationFactory
from tests.followups.factories import FollowUpPlanFactory
from tests.memos.factories import MemoFactory, MemoTemplateFactory

pytestmark = pytest.mark.django_db
ON = date(2019, 11, 1)
Content = TemplateSection.Content


@pytest.fixture
def memo(agreement, officer):
    """A memo that keeps to every rule."""
    template = MemoTemplateFactory(
        municipality=agreement.committee.municipality,
        sections=(
            ("Förslag till beslut", Content.PROPOSAL, True),
            ("Ärende", Content.TEXT, False),
            ("Bakgrund", Content.TEXT, False),
        ),
    )
    memo = MemoFactory(
        agreement=agreement,
        template=template,
        created_by=officer,
        diary_number="KS 2019-1",
        dated_on=ON,
    )
    memo.proposal_points.create(text="Exempelnämnden noterar informationen.")
    memo.decision_bases.create(title="Tjänsteskrivelse – Avtalet", dated_on=ON)
    FollowUpPlanFactory(agreement=agreement)
    return memo


def write(memo, heading, text):
    section = memo.template.sections.get(heading=heading)
    memo.sections.create(template_section=section, text=text)


def found(memo):
    return remarks(Memo.objects.with_parts().get(pk=memo.pk), on=ON)


def told(memo):
    return " ".join(remark.text for remark in found(memo))


def test_a_memo_that_keeps_to_the_rules_has_no_remark(memo):
    write(memo, "Bakgrund", "Avtalet löper ut. Det bidrar till mål 9 i kommunens budget 2019.")

    assert found(memo) == []


@pytest.mark.parametrize(
    "text",
    [
        "Att godkänna avtalet.",
        "Nämnden godkänner avtalet enligt ovan.",
        "Nämnden beslutar i enlighet med föreliggande förslag.",
        "Nämnden godkänner avtalet och uppdrar åt förvaltningen att följa upp det.",
        "Nämnden godkänner avtalet. Förvaltningen följer upp det.",
    ],
)
def test_a_point_stands_alone_and_says_one_thing(memo, text):
    memo.proposal_points.update(text=text)

    (remark,) = found(memo)
    assert "1" in remark.text
    assert remark.why


@pytest.mark.parametrize(
    "text",
    [
        "Nämnden godkänner avtalet med Stadsmissionen för 2020–2021.",
        "Nämnden uppdrar åt förvaltningen att följa upp avtalet senast 2020-12-31.",
        "Arbetsmarknadsnämnden noterar informationen.",
        "Avtalet, KS 2007-388, sägs upp.",
    ],
)
def test_a_good_point_is_left_in_peace(memo, text):
    memo.proposal_points.update(text=text)

    assert found(memo) == []


def test_att_is_not_written_where_the_template_prints_it(memo):
    template = copy_template(memo.template, by=memo.created_by)
    MemoTemplate.objects.filter(pk=template.pk).update(numbering="att")
    move_to_template(memo, template, by=memo.created_by)
    memo.proposal_points.update(text="att godkänna avtalet")

    assert "att" in told(memo)
    memo.proposal_points.update(text="godkänna avtalet")
    assert found(memo) == []


def test_a_long_text_has_a_summary_where_the_template_has_a_place_for_it(memo):
    write(memo, "Bakgrund", "Ord och ord. " * 100)
    assert "Ärende" in told(memo)

    write(memo, "Ärende", "Det korta av det långa.")

    assert found(memo) == []


def test_a_short_text_needs_no_summary(memo):
    write(memo, "Bakgrund", "Ord.")

    assert found(memo) == []


def test_every_document_of_the_basis_is_dated_and_the_memo_comes_first(memo):
    memo.decision_bases.create(position=0, title="Avtal med Stadsmissionen")

    assert len(found(memo)) == 2
    assert "Avtal med Stadsmissionen" in told(memo)


def test_a_numbered_goal_names_its_list(memo):
    write(memo, "Bakgrund", "Förslaget ligger i linje med mål 9. Kostnadseffektiv verksamhet.")

    assert "mål 9" in told(memo)


@pytest.mark.parametrize(("missing", "left"), [("dated_on", None), ("diary_number", "")])
def test_date_and_diary_number_are_asked_for(memo, missing, left):
    Memo.objects.filter(pk=memo.pk).update(**{missing: left})

    assert len(found(memo)) == 1


@pytest.mark.parametrize(("dated_on", "is_told"), [(ON, True), (date(2015, 1, 1), False)])
def test_an_undertaking_that_had_ended_is_not_told_of_as_if_it_applied(
    memo, agreement, dated_on, is_told
):
    termination = TerminationFactory(
        agreement=agreement,
        scope="partial",
        what="Skäggetorp",
        effective_from=ApproximateDate.parse("2016"),
    )
    text = "utveckla särskilt utsatta stadsdelar i Linköpings kommun"
    Obligation.objects.create(agreement=agreement, party="partner", text=text, ended_by=termination)
    Memo.objects.filter(pk=memo.pk).update(dated_on=dated_on)
    write(
        memo, "Bakgrund", "Parten ska verka för att utveckla särskilt utsatta stadsdelar i kommun."
    )

    assert (text in told(memo)) == is_told


def test_an_undertaking_that_applies_may_be_told_of(memo, agreement):
    Obligation.objects.create(agreement=agreement, party="partner", text="ge råd till föreningar")
    write(memo, "Bakgrund", "Parten ska ge råd till föreningar.")

    assert found(memo) == []


def test_remarks_are_never_in_the_way_and_never_printed(client, memo, officer):
    memo.proposal_points.update(text="Att godkänna enligt ovan.")
    client.force_login(officer)

    page = client.get(memo.get_absolute_url()).content.decode()

    assert found(memo)[0].why in page
    assert found(memo)[0].text not in page.split('<article class="paper"')[1]
