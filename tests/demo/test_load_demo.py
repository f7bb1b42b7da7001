"""The demo: loaded once, true to its sources, and its documents fit to be published."""

import json
import re
from decimal import Decimal
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path

import docx
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.urls import reverse
from docx.oxml.ns import qn

from accounts.models import User
from agreements.models import Agreement, Contribution, ContributionTotals, Revision
from memos.models import Memo
from organisations.models import Municipality, Partner
from partnerships.records import all_records, find_issued, render
from tests.accounts.factories import UserFactory
from tests.demo.kept import load_demo
from tests.pdf_checks import checks, structure, verapdf

pytestmark = pytest.mark.django_db
SOURCES = Path(__file__).parent / "sources"


@pytest.fixture
def demo(db):
    load_demo()


def totals_of(name):
    revision = Agreement.objects.get(name=name).latest_revision
    return ContributionTotals.of(Revision.objects.with_contributions().get(pk=revision.pk))


def rendered(tmp_path, memo):
    path = tmp_path / f"{memo.pk}.pdf"
    call_command("render_document", f"memo-{memo.pk}", output=path, stdout=StringIO())
    return path


def squeezed(text):
    """The text without white space, since a line may be broken within a word."""
    return "".join(text.split())


def lines_of(source):
    """The lines of a source, without its markup."""
    plain = re.sub(r"</?b>|\*\*|^#+ |^---$|^- |^\d\. |[<>]", "", source, flags=re.MULTILINE)
    return [
        squeezed(piece) for line in plain.splitlines() for piece in line.split("\t") if line.strip()
    ]


def test_loading_twice_changes_nothing(demo):
    counts = [
        model.objects.count() for model in (User, Partner, Agreement, Revision, Contribution, Memo)
    ]

    call_command("load_demo", verbosity=0)

    assert counts == [
        model.objects.count() for model in (User, Partner, Agreement, Revision, Contribution, Memo)
    ]


def test_loading_again_changes_nothing_when_users_came_since(demo):
    UserFactory()

    call_command("load_demo", verbosity=0)

    assert Agreement.objects.count() == 5


@pytest.mark.parametrize(
    "commands", [("load_demo", "generate_demo", "load_demo"), ("generate_demo", "load_demo")]
)
def test_the_demo_and_the_invented_municipality_go_together(db, commands):
    options = {"generate_demo": {"agreements": 3}}

    for command in commands:
        call_command(command, verbosity=0, **options.get(command, {}))

    assert Agreement.objects.count() == 8


def test_the_demo_is_not_loaded_among_real_users():
    UserFactory()

    with pytest.raises(CommandError):
        call_command("load_demo", verbosity=0)

    assert not Agreement.objects.exists()


def test_the_sign_ins_are_printed_once_for_each_role(demo):
    output = StringIO()

    call_command("load_demo", "--show", stdout=output)

    for role in ("officer", "secretary", "reader", "admin"):
        assert role in output.getvalue()


def test_hoppfull_framtid_has_the_sums_and_shares_of_its_source(demo):
    totals = totals_of("Hoppfull framtid")

    assert [side.amount for side in totals.parties] == [1_100_000, 980_500]
    assert [round(share, 3) for share in totals.shares.values()] == [
        Decimal("0.529"),
        Decimal("0.471"),
    ]
    assert not any(side.differs_from_stated for side in totals.parties)


def test_hoppfull_framtid_shows_its_deviations(demo):
    found = [
        (line.stated_amount, line.computed_amount, line.deviation, line.implied_factor)
        for line in totals_of("Hoppfull framtid").calculated
    ]

    assert found == [
        (649_500, 450_000, 199_500, Decimal("1.4433")),
        (120_000, 120_000, 0, 1),
        (141_000, 60_000, 81_000, Decimal("2.35")),
    ]


def test_what_the_sources_do_not_say_is_not_known(demo):
    assert Agreement.objects.get(name="Hoppfull framtid").diary_number == ""
    known = Partner.objects.exclude(org_number=None).exclude(name__contains="Påhittad")
    assert not known.exists()
    assert Revision.objects.get(number=2, in_force_from__startswith="2019-05").target_group == ""


def test_every_row_of_the_demo_says_who_and_why(demo):
    for model in (Agreement, Revision, Contribution, Partner, Memo):
        assert not model.history.filter(history_user=None).exists()
        assert not model.history.filter(history_change_reason__in=["", None]).exists()


OF_SOURCES = pytest.mark.parametrize(
    ("source", "title"),
    [
        ("hoppfull_framtid.txt", "Idéburet offentligt partnerskap, Linköpings Stadsmission"),
        ("coompanion.txt", "Uppsägning av avtal med Coompanion Östergötland"),
        (
            "varldens_mammor_svar.txt",
            "Svar på interpellation ställd av Miljöpartiet - IOP med Världens mammor",
        ),
    ],
)


def assert_in_order(source, text):
    rest = squeezed(text)
    for line in lines_of((SOURCES / source).read_text()):
        _before, found, rest = rest.partition(line)
        assert found, line


@OF_SOURCES
def test_a_memo_is_its_source_word_for_word_and_in_its_order(demo, tmp_path, source, title):
    content = rendered(tmp_path, Memo.objects.get(title=title)).read_bytes()

    assert_in_order(source, "".join(structure.lines(content)))


@OF_SOURCES
def test_so_is_its_word_file(demo, client, source, title):
    memo = Memo.objects.get(title=title)
    client.force_login(User.objects.get(email="handlaggare@linkoping.example"))

    answer = client.get(reverse("memos:memo_word", args=[memo.pk]))

    assert answer["Content-Disposition"].endswith('.docx"')
    body = docx.Document(BytesIO(answer.content)).element.body
    assert_in_order(source, "".join(node.text for node in body.iter(qn("w:t"))))


def test_the_documents_are_archival_and_accessible(demo, tmp_path):
    files = [rendered(tmp_path, memo) for memo in Memo.objects.all()]

    assert [checks.problems(path.read_bytes()) for path in files] == [[], [], [], []]
    if verapdf.is_available():
        assert verapdf.validate(files) == ""


def test_documents_lists_the_memos_with_their_state(demo):
    output = StringIO()

    call_command("documents", "--format", "json", stdout=output)

    memo = json.loads(output.getvalue())[0]
    assert memo == {
        "id": memo["id"],
        "kind": "memo",
        "title": "Idéburet offentligt partnerskap, Linköpings Stadsmission",
        "diary_number": "",
        "agreement": "Hoppfull framtid",
        "state": "submitted",
    }


@pytest.mark.parametrize("wrong", ["memo-999999", "memo-x", "nothing", "memo-"])
def test_render_document_says_when_there_is_no_such_document(demo, tmp_path, wrong):
    with pytest.raises(CommandError, match="documents"):
        call_command("render_document", wrong, output=tmp_path / "x.pdf")


def test_two_municipalities_do_not_see_each_other(demo):
    goteborg = User.objects.get(email="handlaggare@goteborg.example")

    names = set(Agreement.objects.visible_to(goteborg).values_list("name", flat=True))

    assert names == {"Handledning av Kooperatörshusets kooperativ"}
    assert Municipality.objects.count() == 2


def test_the_demos_memos_stand_where_their_sources_say(demo):
    states = dict(Memo.objects.values_list("agreement__name", "state"))

    assert states["Hoppfull framtid"] == "submitted"
    assert states["Medlemskap i Coompanion Östergötland"] == "decided"
    assert Memo.objects.get(state="decided").decided_by_role == "Kommundirektören"
    assert Memo.objects.get(state="decided").decided_on is None


def test_ac16_what_the_role_decision_lacks_is_told_to_the_officer_and_not_printed(demo, client):
    memo = Memo.objects.get(state="decided")
    client.force_login(User.objects.get(email="handlaggare@linkoping.example"))

    page = client.get(memo.get_absolute_url()).content.decode()

    told, paper = page.split('<article class="paper"')
    for words in ("saknar datum", "saknar diarienummer", "Verka för att utveckla", "mål 9"):
        assert words in told, words
    for words in (
        "Förslag till beslut",
        "Beslutsunderlag",
        "Beslutet skickas till",
        "saknar datum",
    ):
        assert words not in paper, words
    assert "Kommunledningsförvaltningens helhetsbedömning" in paper


def test_every_issued_document_is_known_by_its_bytes(demo):
    issued = [record for record in all_records() if record.state in {"submitted", "confirmed"}]

    assert {record.kind for record in issued} >= {"memo", "assessment"}
    for record in issued:
        checksum = sha256(render(record.id)).hexdigest()
        assert find_issued(checksum, AnonymousUser()).url == ""
    assert find_issued(sha256(b"something else").hexdigest(), AnonymousUser()) is None
