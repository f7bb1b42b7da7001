"""A decision through its page: the memo's points, what is refused, and where it stands."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from agreements.models import Revision, Termination
from meetings.actions import check_condition, record_decision
from meetings.forms.decision import EffectForm
from meetings.models import Decision, DecisionCondition
from partnerships.dates import ApproximateDate
from tests.agreements.factories import RevisionFactory
from tests.meetings.conftest import decided, draft_of, with_effect
from tests.meetings.factories import ItemFactory
from tests.memos.factories import AT

pytestmark = pytest.mark.django_db


def posted(item, **changes):
    """What the form of a decision sends when nothing but this is changed."""
    data = {"outcome": "decided", "order": "only_one", "proposed_by": "Kontoret", "order_text": ""}
    for prefix, count in (("points", 1), ("conditions", 0), ("recipients", 1)):
        data |= {f"{prefix}-TOTAL_FORMS": count, f"{prefix}-INITIAL_FORMS": 0}
    data["points-INITIAL_FORMS"] = len(item.proposed_points)
    data |= {"points-0-text": item.proposed_points[0] if item.memo_version else "En punkt."}
    data |= {"points-0-source": "0", "recipients-0-function": "Samtliga nämnder"}
    return data | changes


def test_the_page_shows_the_memos_points_and_the_change_beside_them(client, handled, secretary):
    client.force_login(secretary)
    url = reverse("meetings:item_decide", args=[handled.pk])
    assert "Exempelnämnden noterar informationen." in client.get(url).content.decode()

    response = client.post(
        url, posted(handled, **{"points-0-text": "Exempelnämnden godkänner informationen."})
    )

    assert response.status_code == 302
    page = client.get(handled.get_absolute_url()).content.decode()
    assert "<del>noterar</del>" in page
    assert "<ins>godkänner</ins>" in page
    assert Decision.objects.get().recipients.get().function == "Samtliga nämnder"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"points-0-text": ""}, "at least one point"),
        ({"order": "vote"}, "in which order"),
        ({"outcome": "nonsense"}, "giltigt val"),
        ({"order_text": "<script>"}, "script"),
        ({"conditions-TOTAL_FORMS": "1", "conditions-0-text": "Villkor"}, "on which day"),
        ({"points-TOTAL_FORMS": "1000000"}, ""),
        ({"points-0-source": "-5"}, ""),
    ],
)
def test_bad_input_gets_a_sentence_and_changes_nothing(
    client, handled, secretary, changes, sentence
):
    client.force_login(secretary)

    response = client.post(
        reverse("meetings:item_decide", args=[handled.pk]), posted(handled, **changes)
    )

    assert response.status_code == 200
    if sentence != "giltigt val":
        assert sentence in response.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("changes", "recorded"),
    [
        ({"outcome": "referred_back"}, "Ärendet återremitteras."),
        ({"outcome": "tabled"}, "Ärendet bordläggs."),
        ({"outcome": "tabled", "points-0-text": ""}, "Ärendet bordläggs."),
        ({"outcome": "tabled", "points-0-text": "Till juni."}, "Till juni."),
    ],
)
def test_a_matter_put_off_leaves_the_memos_points_and_gets_its_usual_sentence(
    client, handled, secretary, changes, recorded
):
    client.force_login(secretary)

    client.post(reverse("meetings:item_decide", args=[handled.pk]), posted(handled, **changes))

    assert Decision.objects.get().points.get().text == recorded


def test_the_effect_is_chosen_in_the_form_and_refused_with_the_agreements_sentence(
    client, handled, secretary, agreement
):
    revision = RevisionFactory(agreement=agreement, in_force_from=None)
    client.force_login(secretary)
    url, prefix = reverse("meetings:item_decide", args=[handled.pk]), f"effect-{agreement.pk}"
    data = posted(handled, **{f"{prefix}-kind": "revision", f"{prefix}-revision": revision.pk})

    page = client.post(url, data).content.decode()
    assert "Say from when the revision is in force" in page
    assert not Decision.objects.exists()
    revision.in_force_from = ApproximateDate.parse("2025-01-01")
    revision.save()
    client.post(url, data)

    assert not Revision.objects.get(pk=revision.pk).is_draft


def posted_effect(item, agreement, **effect):
    """What the form sends with this about the agreement."""
    return posted(item, **{f"effect-{agreement.pk}-{name}": it for name, it in effect.items()})


@pytest.fixture
def decide(client, handled, secretary):
    """Sends the form of the item's decision as the secretary, and gives what comes back."""
    client.force_login(secretary)
    url = reverse("meetings:item_decide", args=[handled.pk])
    return lambda data: client.post(url, data)


def message_of(response):
    """What the page that follows says was done."""
    (message,) = get_messages(response.wsgi_request)
    return str(message)


@pytest.mark.parametrize(
    ("chosen", "says"), [("", "nothing changes"), ("noted", "information or a report is noted")]
)
def test_a_draft_without_its_effect_is_refused_and_stays_chosen(
    decide, handled, agreement, chosen, says
):
    revision = RevisionFactory(agreement=agreement)

    response = decide(posted_effect(handled, agreement, kind=chosen, revision=revision.pk))

    form = response.context["forms"].effects[0]
    assert form.errors == {
        "revision": [
            f"You have chosen a draft revision, but “In the agreement” says “{says}”. Choose “a draft revision is decided”, or take away the choice of draft."
        ]
    }
    assert f'<option value="{revision.pk}" selected' in response.content.decode()
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("scope", "full"),
        ("what", "Bilaga 2"),
        ("effective_from", "2025-01-01"),
        ("decider_reason", "Delegation"),
    ],
)
def test_a_termination_without_its_effect_is_refused_and_shown(
    decide, handled, agreement, name, typed
):
    response = decide(posted_effect(handled, agreement, kind="", **{name: typed}))

    form = response.context["forms"].effects[0]
    assert "You have filled in a termination" in form.errors[name][0]
    assert form[name].value() == typed
    assert '<details class="remarks" open>' in response.content.decode()
    assert not Decision.objects.exists()


def test_a_draft_beside_a_termination_is_refused(decide, handled, agreement):
    revision = RevisionFactory(agreement=agreement)
    of_termination = {"scope": "full", "effective_from": "2025-01-01"}

    response = decide(
        posted_effect(
            handled, agreement, kind="termination", revision=revision.pk, **of_termination
        )
    )

    assert list(response.context["forms"].effects[0].errors) == ["revision"]
    assert not Decision.objects.exists()


def test_what_the_portal_suggests_is_no_choice(agreement):
    revision = RevisionFactory(agreement=agreement)
    typed = {"kind": "", "revision": revision.pk, "scope": "full"}

    form = EffectForm(typed, agreement=agreement, initial=typed)

    assert form.is_valid()
    assert form.draft() is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Nothing changed in the agreement {}."),
        ({"kind": "noted"}, "It is noted, and nothing changed in the agreement {}."),
        ({"kind": "revision"}, "Revision 1 of the agreement {} is decided."),
        ({"kind": "termination", "scope": "full"}, "The agreement {} is terminated."),
        (
            {"kind": "termination", "scope": "partial", "what": "Bilaga 2"},
            "A part of the agreement {} is terminated.",
        ),
    ],
)
def test_it_is_said_what_the_decision_did_in_the_agreement(
    decide, handled, agreement, typed, sentence
):
    of_kind = {
        "revision": {"revision": RevisionFactory(agreement=agreement).pk},
        "termination": {"effective_from": "2025-01-01"},
    }

    response = decide(
        posted_effect(handled, agreement, **typed, **of_kind.get(typed.get("kind"), {}))
    )

    assert message_of(response) == f"The decision is recorded. {sentence.format(agreement)}"


def test_without_an_agreement_it_is_only_said_that_it_is_recorded(client, item, secretary):
    client.force_login(secretary)

    response = client.post(reverse("meetings:item_decide", args=[item.pk]), posted(item))

    assert message_of(response) == "The decision is recorded."


def test_an_effect_that_was_forgotten_is_chosen_when_the_words_are_recorded_anew(
    decide, handled, agreement, secretary, memo
):
    decided(handled, secretary)
    revision = RevisionFactory(agreement=agreement)

    response = decide(posted_effect(handled, agreement, kind="revision", revision=revision.pk))

    assert "is decided." in message_of(response)
    assert Decision.objects.get().effects.get().revision == revision
    assert not Revision.objects.get(pk=revision.pk).is_draft
    memo.refresh_from_db()
    assert memo.state == "decided"


@pytest.mark.parametrize("outcome", ["decided", "tabled"])
def test_an_effect_that_comes_too_late_is_refused_with_a_sentence(
    decide, handled, agreement, secretary, outcome
):
    draft = with_effect(handled, agreement, kind="noted")
    draft.decision.outcome = outcome
    draft.effects = draft.effects if outcome == "decided" else []
    record_decision(handled, draft, by=secretary, at=AT)
    late = posted_effect(handled, agreement, kind="termination", scope="full")

    response = decide(late)

    assert response.context["forms"].effects == []
    assert "is not changed any more" in response.content.decode()
    assert not Termination.objects.exists()
    assert message_of(decide(posted(handled))) == "The decision is recorded."


@pytest.fixture
def checked(handled, secretary, officer):
    """A condition that an officer has checked before the minutes are adjusted."""
    draft = draft_of()
    draft.conditions.rows = [DecisionCondition(text="Redovisas", check_on=date(2025, 1, 1))]
    (condition,) = record_decision(handled, draft, by=secretary, at=AT).conditions.all()
    return check_condition(
        condition, finding="Uppfyllt, rapport nr 7", on=date(2025, 1, 2), by=officer
    )


def with_condition(item, condition, **changes):
    """What the form sends with one condition."""
    stored = {"text": condition.text, "check_on": condition.check_on, "pk": condition.pk} | changes
    row = {f"conditions-0-{name}": value for name, value in stored.items()}
    counts = {"conditions-TOTAL_FORMS": 1, "conditions-INITIAL_FORMS": 1}
    return posted(item, **counts, **row)


@pytest.mark.parametrize("text", ["Redovisas", "Redovisas i nämnden"])
def test_what_an_officer_found_stays_when_the_words_are_recorded_anew(
    client, handled, secretary, checked, text
):
    client.force_login(secretary)
    url = reverse("meetings:item_decide", args=[handled.pk])
    assert f'name="conditions-0-pk" value="{checked.pk}"' in client.get(url).content.decode()

    response = client.post(url, with_condition(handled, checked, text=text))

    assert response.status_code == 302
    kept = DecisionCondition.objects.get()
    assert (kept.pk, kept.text, kept.position) == (checked.pk, text, 1)
    assert (kept.finding, kept.checked_on) == ("Uppfyllt, rapport nr 7", date(2025, 1, 2))


@pytest.mark.parametrize("changes", [{"text": "", "check_on": ""}, {"DELETE": "on"}, {"pk": ""}])
def test_a_condition_that_was_checked_is_not_removed(client, handled, secretary, checked, changes):
    client.force_login(secretary)

    response = client.post(
        reverse("meetings:item_decide", args=[handled.pk]),
        with_condition(handled, checked, **changes),
    )

    assert "“Redovisas” has been checked and is not removed" in response.content.decode()
    assert DecisionCondition.objects.get() == checked


def test_a_condition_that_nobody_has_checked_is_removed(client, handled, secretary, checked):
    DecisionCondition.objects.update(checked_on=None, checked_by=None, finding="")
    client.force_login(secretary)

    client.post(
        reverse("meetings:item_decide", args=[handled.pk]),
        with_condition(handled, checked, DELETE="on"),
    )

    assert not DecisionCondition.objects.exists()


def test_another_decisions_condition_is_not_taken_over(client, handled, secretary, checked):
    other = record_decision(ItemFactory(meeting=handled.meeting), draft_of(), by=secretary, at=AT)
    foreign = other.conditions.create(text="En annans", check_on=date(2025, 1, 1))
    client.force_login(secretary)
    data = with_condition(handled, checked)
    data |= {"conditions-TOTAL_FORMS": 2, "conditions-1-text": "Min"}
    data |= {"conditions-1-check_on": "2025-02-01", "conditions-1-pk": foreign.pk}

    client.post(reverse("meetings:item_decide", args=[handled.pk]), data)

    foreign.refresh_from_db()
    assert (foreign.decision, foreign.text) == (other, "En annans")
    assert [row.text for row in checked.decision.conditions.all()] == ["Redovisas", "Min"]


def test_what_is_found_while_the_form_is_on_its_way_stays(handled, secretary, officer, checked):
    DecisionCondition.objects.update(checked_on=None, checked_by=None, finding="")
    stale = DecisionCondition.objects.get()
    check_condition(stale, finding="Uppfyllt", on=date(2025, 1, 2), by=officer)
    draft = draft_of()
    draft.decision, draft.conditions.rows = checked.decision, [stale]

    record_decision(handled, draft, by=secretary, at=AT)

    assert DecisionCondition.objects.get().finding == "Uppfyllt"


def test_another_agreements_draft_cannot_be_chosen(client, handled, secretary, agreement):
    other = RevisionFactory()
    client.force_login(secretary)
    prefix = f"effect-{agreement.pk}"

    response = client.post(
        reverse("meetings:item_decide", args=[handled.pk]),
        posted(handled, **{f"{prefix}-kind": "revision", f"{prefix}-revision": other.pk}),
    )

    assert response.status_code == 200
    assert Revision.objects.get(pk=other.pk).is_draft


def test_the_decision_stands_on_the_agreements_page_and_timeline(
    client, handled, secretary, agreement
):
    record_decision(handled, with_effect(handled, agreement, kind="noted"), by=secretary, at=AT)
    client.force_login(secretary)

    part = client.get(reverse("meetings:agreement_decisions", args=[agreement.pk])).content.decode()

    assert "Exempelärendet" in part


def test_an_item_without_a_meeting_of_ones_own_does_not_exist(client, secretary):
    client.force_login(secretary)

    assert client.get(ItemFactory().get_absolute_url()).status_code == 404


def test_a_row_that_is_wrong_is_named_by_its_list_and_once(client, handled, secretary):
    client.force_login(secretary)
    typed = posted(handled, outcome="nonsense", **{"recipients-0-function": "x" * 201})

    response = client.post(reverse("meetings:item_decide", args=[handled.pk]), typed)

    page = response.content.decode()
    assert page.count('href="#id_outcome"') == 1
    assert page.count('href="#id_recipients-0-function">Recipient 1, ') == 1
