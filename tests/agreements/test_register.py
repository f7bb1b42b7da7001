"""The register: who sees what, filters, search, sorting and paging."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate

from agreements.models import Agreement, Status
from partnerships.dates import ApproximateDate
from partnerships.pagination import page_of
from tests.accounts.factories import UserFactory
from tests.agreements.factories import AgreementFactory, RevisionFactory, TermFactory
from tests.organisations.factories import CommitteeFactory, PartnerFactory, PartnerNameFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def statuses_filtered_by():
    """The statuses whose filter lets something through."""
    agreements = Agreement.objects.with_status(TODAY)
    return [status for status in Status if agreements.in_status(status, TODAY).exists()]


def names(response):
    return [agreement.name for agreement in response.context["page"].rows]


def test_a_user_sees_the_agreements_of_the_committees_where_a_role_is_held(
    agreement, officer, stranger
):
    roleless = UserFactory(municipality=agreement.municipality)

    assert list(Agreement.objects.visible_to(officer)) == [agreement]
    assert not Agreement.objects.visible_to(stranger)
    assert not Agreement.objects.visible_to(roleless)


def test_a_deactivated_user_sees_nothing(agreement, officer):
    officer.is_active = False

    assert not Agreement.objects.visible_to(officer)


@pytest.mark.parametrize(
    ("revisions", "status"),
    [
        ([], Status.DRAFT),
        ([{}], Status.DRAFT),
        ([{"decided": True}], Status.ACTIVE),
        (
            [{"decided": True, "in_force_from": ApproximateDate.exactly(date(2026, 6, 2))}],
            Status.UPCOMING,
        ),
        ([{"decided": True, "in_force_from": None}], Status.UNKNOWN),
        ([{"decided": True, "in_force_from": ApproximateDate.parse("2026")}], Status.UNCERTAIN),
        ([{"decided": True}, {}], Status.ACTIVE),
    ],
)
def test_the_status_follows_from_the_decided_revisions(agreement, revisions, status):
    for traits in revisions:
        RevisionFactory(agreement=agreement, **traits)

    assert Agreement.objects.with_status(TODAY).get().status == status
    assert statuses_filtered_by() == [status]


@pytest.mark.parametrize(
    ("ends", "status"),
    [
        ("2026-05-31", Status.EXPIRED),
        ("2026-06-01", Status.ACTIVE),
        ("maj 2026", Status.EXPIRED),
        ("juni 2026", Status.ACTIVE),
        ("sommaren 2026", Status.ACTIVE),
        ("våren 2026", Status.EXPIRED),
        ("2026", Status.UNCERTAIN),
    ],
)
def test_the_status_follows_from_the_last_day_of_the_latest_term(agreement, ends, status):
    RevisionFactory(agreement=agreement, decided=True)
    TermFactory(agreement=agreement, ends=ApproximateDate.parse("2025-12-31"))
    TermFactory(agreement=agreement, extension=True, ends=ApproximateDate.parse(ends))

    assert Agreement.objects.with_status(TODAY).get().status == status
    assert statuses_filtered_by() == [status]


def test_the_register_filters_by_kind_status_and_partner(client, committee, officer):
    partner = PartnerFactory()
    wanted = AgreementFactory(committee=committee, kind="grant", partner=partner)
    AgreementFactory(committee=committee, kind="grant")
    AgreementFactory(committee=committee, partner=partner)
    client.force_login(officer)

    response = client.get(
        reverse("agreements:agreement_list"),
        {"kind": "grant", "status": "draft", "partner": partner.pk},
    )

    assert names(response) == [wanted.name]


@pytest.mark.parametrize("few", [1000, 0], ids=["words are rare", "words are common"])
def test_the_register_finds_by_name_diary_number_and_old_name_of_a_partner(
    client, committee, officer, monkeypatch, few
):
    monkeypatch.setattr("partnerships.search.FEW", few)
    partner = PartnerFactory(name="Coompanion Östergötland")
    PartnerNameFactory(partner=partner, name="Östgöta Coop Center")
    AgreementFactory(
        committee=committee, name="Medlemskapet", diary_number="KS 2007-388", partner=partner
    )
    AgreementFactory(committee=committee)
    client.force_login(officer)

    for text in ("medlem", "2007-388", "KS2007-388", "ÖSTGÖTA coop", "coompanion medlemskapet"):
        assert names(client.get(reverse("agreements:agreement_list"), {"q": text})) == [
            "Medlemskapet"
        ]


def test_a_very_common_word_shows_what_was_registered_last_first(
    client, committee, officer, monkeypatch
):
    monkeypatch.setattr("partnerships.search.FEW", 2)
    for letter in "bcaed":
        AgreementFactory(committee=committee, name=f"Läxhjälp {letter}")
    client.force_login(officer)

    page = client.get(reverse("agreements:agreement_list"), {"q": "läxhjälp", "sort": "name"})
    narrowed = client.get(reverse("agreements:agreement_list"), {"q": "läxhjälp b", "sort": "name"})

    assert names(page) == [f"Läxhjälp {letter}" for letter in "deacb"]
    assert "de senast registrerade kommer först" in page.content.decode()
    assert "aria-sort" not in page.content.decode()
    assert names(narrowed) == ["Läxhjälp b"]
    assert "de senast registrerade kommer först" not in narrowed.content.decode()


def test_what_is_found_by_its_name_and_its_partners_is_one(client, committee, officer, monkeypatch):
    monkeypatch.setattr("partnerships.search.FEW", 2)
    for letter in "ba":
        AgreementFactory(
            committee=committee,
            name=f"Läxhjälp {letter}",
            partner=PartnerFactory(name=f"Läxhjälp {letter}"),
        )
    client.force_login(officer)

    page = client.get(reverse("agreements:agreement_list"), {"q": "läxhjälp"})

    assert names(page) == ["Läxhjälp a", "Läxhjälp b"]
    assert page.context["page"].count == 2


def test_a_word_that_is_common_elsewhere_is_counted_and_sorted_all_the_same(
    client, committee, officer, monkeypatch
):
    monkeypatch.setattr("partnerships.search.FEW", 2)
    for number in range(9):
        AgreementFactory(name=f"Läxhjälp {number} i en annan nämnd")
    for letter in "ba":
        AgreementFactory(committee=committee, name=f"Läxhjälp {letter}")
    client.force_login(officer)

    page = client.get(reverse("agreements:agreement_list"), {"q": "läxhjälp"})

    assert names(page) == ["Läxhjälp a", "Läxhjälp b"]
    assert page.context["page"].count == 2


@pytest.mark.parametrize("field", ["ends_within", "notice_within"])
def test_what_comes_soon_is_shown_soonest_first(client, committee, officer, field):
    today = localdate()
    for name, days in (("A", 60), ("B", 10), ("C", 30), ("D", 300)):
        day = today + timedelta(days=days)
        AgreementFactory(committee=committee, name=name)
        Agreement.objects.filter(name=name).update(over_certainly=day, notice_by=day)
    client.force_login(officer)

    def shown(**query):
        return names(client.get(reverse("agreements:agreement_list"), {field: 90} | query))

    assert shown() == ["B", "C", "A"]
    assert shown(sort="-name") == ["C", "B", "A"]


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "nonsense"},
        {"committee": "999999"},
        {"status": "' OR 1=1"},
        {"page": "forged"},
        {"sort": "password"},
        {"partner": "x"},
        {"q": "x" * 500},
    ],
)
def test_the_register_ignores_what_it_cannot_read(client, agreement, officer, query):
    client.force_login(officer)

    response = client.get(reverse("agreements:agreement_list"), query)

    assert names(response) == [agreement.name]


@pytest.mark.parametrize("sort", ["name", "-name", "end", "-end", "diary", "-diary", "registered"])
def test_paging_shows_every_row_once_in_every_sort_and_back_again(client, committee, officer, sort):
    for number in range(60):
        agreement = AgreementFactory(committee=committee, diary_number=f"KS 2024-{number % 7}")
        RevisionFactory(agreement=agreement, decided=True)
        last_day = ApproximateDate.exactly(date(2027, 1, 1 + number % 5))
        TermFactory(agreement=agreement, ends=last_day)
    client.force_login(officer)
    url = reverse("agreements:agreement_list")

    pages, cursor = [], ""
    while cursor is not None:
        response = client.get(url, {"sort": sort, "page": cursor})
        pages.append(names(response))
        cursor = response.context["page"].next
    back = client.get(url, {"sort": sort, "page": response.context["page"].previous})

    assert [len(page) for page in pages] == [25, 25, 10]
    assert len({name for page in pages for name in page}) == 60
    assert names(back) == pages[1]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (lambda every: every.order_by("sort_end", "pk"), "agreement_by_last_end"),
        (lambda every: every.order_by("-sort_end", "-pk"), "agreement_by_last_end"),
        (
            lambda every: every.filter(officer=1).order_by("sort_key", "pk"),
            "agreement_by_officer_name",
        ),
        (
            lambda every: every.in_status(Status.DRAFT, TODAY).order_by("sort_key", "pk"),
            "agreement_drafts_by_name",
        ),
        (
            lambda every: every.without_notice().order_by("sort_key", "pk"),
            "agreement_no_notice_by_name",
        ),
    ],
)
def test_a_page_is_read_from_an_index_in_its_order(db, rows, index):
    plan = rows(Agreement.objects.with_status(TODAY))[:26].explain()

    assert index in plan
    assert "TEMP B-TREE" not in plan


def test_a_cursor_of_another_sort_is_page_one(client, committee, officer):
    for _number in range(26):
        AgreementFactory(committee=committee)
    client.force_login(officer)
    url = reverse("agreements:agreement_list")
    cursor = client.get(url, {"sort": "name"}).context["page"].next

    response = client.get(url, {"sort": "end", "page": cursor})

    assert response.context["page"].previous is None
    assert len(names(response)) == 25


@pytest.mark.parametrize(
    "name",
    [
        "agreements:agreement_list",
        "memos:memo_list",
        "organisations:partner_list",
        "organisations:partner_options",
    ],
)
@pytest.mark.parametrize("text", ["a\0b", "%_\\", "'; --", "å" * 5000, "\u202e😀"])
def test_a_search_takes_any_text(client, agreement, officer, name, text):
    client.force_login(officer)

    assert client.get(reverse(name), {"q": text}).status_code == 200


def test_a_page_is_stable_when_rows_come_in_before_it(committee):
    for number in range(10):
        AgreementFactory(committee=committee, name=f"B{number}")
    first = page_of(Agreement.objects.all(), key="sort_key", size=5)
    AgreementFactory(committee=committee, name="A")

    second = page_of(Agreement.objects.all(), key="sort_key", cursor=first.next, size=5)

    assert [agreement.name for agreement in second.rows] == [
        f"B{number}" for number in range(5, 10)
    ]


def test_the_register_takes_as_many_queries_for_fifty_rows_as_for_five(
    client, committee, officer, django_assert_max_num_queries
):
    for _number in range(25):
        RevisionFactory(agreement=AgreementFactory(committee=committee), decided=True)
    client.force_login(officer)

    with django_assert_max_num_queries(14):
        client.get(reverse("agreements:agreement_list"))


def test_another_committees_agreements_are_not_offered_in_the_filter(client, officer, committee):
    other = CommitteeFactory(municipality=committee.municipality)
    client.force_login(officer)

    response = client.get(reverse("agreements:agreement_list"))

    choices = response.context["form"].fields["committee"].choices
    assert (other.pk, str(other)) not in choices
    assert (committee.pk, str(committee)) in choices
