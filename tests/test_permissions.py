"""Every URL × role, compared with the URL resolver so that none can be forgotten."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.timezone import now

from accounts.permissions import Role
from followups.actions import Hand, received, return_report, submit_report
from partnerships.dates import ApproximateDate
from report.actions import ask_for_print, note_edition, print_edition
from tests.accounts.factories import UserFactory, member_of
from tests.agreements.factories import (
    AgreementFactory,
    FlagFactory,
    RevisionFactory,
    TerminationFactory,
    decide,
)
from tests.assessments.factories import assessment_of
from tests.dialogues.factories import MeetingFactory
from tests.followups.factories import (
    AT,
    AttachmentFactory,
    FollowUpPlanFactory,
    ReportLinkFactory,
    report_on,
)
from tests.governance.factories import GoverningDocumentFactory, ServiceTransferFactory
from tests.meetings.factories import world_of_meetings
from tests.memos.factories import MemoFactory, ReviewCommentFactory, VersionFactory
from tests.organisations.factories import CommitteeFactory, ContactFactory
from tests.payments.factories import RuleFactory, payment_on
from tests.report.factories import (
    AskedOfficeFactory,
    EditionFactory,
    ReportFigureFactory,
    ReportSectionFactory,
)
from tests.steering.factories import GroupTaskFactory
from tests.worklist.factories import SavedViewFactory

pytestmark = pytest.mark.django_db

READER, OFFICER, SECRETARY, ADMIN, STRANGER, ANONYMOUS = (
    "reader",
    "officer",
    "secretary",
    "admin",
    "stranger",
    "anonymous",
)
MEMBERS = {READER, OFFICER, SECRETARY, ADMIN}
WRITERS = {OFFICER, SECRETARY, ADMIN}  # of the sector report
BEHIND = "?measure=paid&first=2024&last=2025"
THROUGH, SIGN_IN = 200, "asked to sign in"
# name: (method, argument, who gets through, what a stranger of another municipality gets)
OPEN, OWN, NO_ROLE = 200, 404, 403  # an officer's role does not reach to the secretary's pages
TABLE = {
    "start": ("get", None, MEMBERS, OPEN),
    "agreements:agreement_list": ("get", None, MEMBERS, OPEN),
    "agreements:agreement_export": ("get", "file", MEMBERS, OPEN),
    "worklist:worklist": ("get", None, MEMBERS, OPEN),
    "worklist:worklist_export": ("get", "file", MEMBERS, OPEN),
    "worklist:saved_view_create": ("get", None, MEMBERS, OPEN),
    "worklist:saved_view_delete": ("post", "saved view", {OFFICER}, OWN),
    "worklist:personal": ("get", None, MEMBERS, OPEN),
    "agreements:agreement_create": ("get", None, {OFFICER, ADMIN}, OPEN),
    "agreements:agreement_detail": ("get", "agreement", MEMBERS, OWN),
    "agreements:agreement_edit": ("get", "agreement", {OFFICER, ADMIN}, OWN),
    "agreements:agreement_history": ("get", "agreement", MEMBERS, OWN),
    "agreements:agreement_sheet_pdf": ("get", "agreement", MEMBERS, OWN),
    "agreements:agreement_transfer": ("get", None, {OFFICER, ADMIN}, OPEN),
    "agreements:agreement_validity": ("get", "agreement", {OFFICER, ADMIN}, OWN),
    "agreements:agreement_extend": ("get", "agreement", {OFFICER, ADMIN}, OWN),
    "agreements:termination_create": ("get", "agreement", {OFFICER, ADMIN}, OWN),
    "agreements:termination_edit": ("get", "termination", {OFFICER, ADMIN}, OWN),
    "agreements:obligations_edit": ("get", "agreement", {OFFICER, ADMIN}, OWN),
    "agreements:responsibility_edit": ("get", "agreement", {OFFICER, ADMIN}, OWN),
    "agreements:particulars_edit": ("get", "agreement", {OFFICER, ADMIN}, OWN),
    "agreements:flag_create": ("get", "agreement", {OFFICER, ADMIN}, OWN),
    "agreements:flag_settle": ("get", "flag", {OFFICER, ADMIN}, OWN),
    "agreements:check_settle": ("get diary_number", "agreement", {OFFICER, ADMIN}, OWN),
    "agreements:revision_compare": ("get", "agreement", MEMBERS, OWN),
    "agreements:revision_update": ("post", "revision", {OFFICER, ADMIN}, OWN),
    "agreements:revision_create": ("post", "agreement", {OFFICER, ADMIN}, OWN),
    "agreements:revision_detail": ("get", "revision", MEMBERS, OWN),
    "agreements:revision_edit": ("get", "revision", {OFFICER, ADMIN}, OWN),
    "agreements:revision_decide": ("get", "revision", {OFFICER, ADMIN}, OWN),
    "agreements:revision_discard": ("post", "revision", {OFFICER, ADMIN}, OWN),
    "agreements:partner_agreements": ("get", "partner", MEMBERS, OPEN),
    "payments:payment_list": ("get", None, MEMBERS, OPEN),
    "payments:payment_export": ("get", "csv", MEMBERS, OPEN),
    "payments:payment_totals": ("get", None, MEMBERS, OPEN),
    "payments:payment_detail": ("get", "payment", MEMBERS, OWN),
    "payments:agreement_payments": ("get", "agreement", MEMBERS, OWN),
    "payments:partner_payments": ("get", "partner", MEMBERS, OPEN),
    "payments:payment_queue": ("get", None, {OFFICER, ADMIN}, OPEN),
    "payments:payment_match": ("get", "payment", {OFFICER, ADMIN}, OWN),
    "payments:payment_match_again": ("post", None, {OFFICER, ADMIN}, OPEN),
    "payments:payment_unmatch": ("get", "payment", {OFFICER, ADMIN}, OWN),
    "payments:payment_reversal": ("get", "payment", {OFFICER, ADMIN}, OWN),
    "payments:agreement_options": ("get", None, {OFFICER, ADMIN}, OPEN),
    "payments:rule_list": ("get", None, {OFFICER, ADMIN}, OPEN),
    "payments:rule_create": ("get", None, {OFFICER, ADMIN}, OPEN),
    "payments:rule_edit": ("get", "rule", {OFFICER, ADMIN}, OWN),
    "payments:source_list": ("get", None, {OFFICER, ADMIN}, OPEN),
    "payments:source_create": ("get", None, {OFFICER, ADMIN}, OPEN),
    "payments:source_edit": ("get", "source", {OFFICER, ADMIN}, OWN),
    "payments:batch_create": ("get", "source", {OFFICER, ADMIN}, OWN),
    "payments:batch_list": ("get", None, {OFFICER, ADMIN}, OPEN),
    "payments:batch_detail": ("get", "batch", {OFFICER, ADMIN}, OWN),
    "payments:batch_columns": ("get", "batch", {OFFICER, ADMIN}, OWN),
    "payments:batch_progress": ("get", "batch", {OFFICER, ADMIN}, OWN),
    "payments:batch_check": ("post", "batch", {OFFICER, ADMIN}, OWN),
    "payments:batch_import": ("post", "batch", {OFFICER, ADMIN}, OWN),
    "payments:batch_restart": ("post", "batch", {OFFICER, ADMIN}, OWN),
    "payments:batch_discard": ("post", "batch", {OFFICER, ADMIN}, OWN),
    "memos:memo_list": ("get", None, MEMBERS, OPEN),
    "memos:memo_export": ("get", "file", MEMBERS, OPEN),
    "memos:memo_create": ("get", None, {OFFICER}, OPEN),
    "memos:agreement_memos": ("get", "agreement", MEMBERS, OWN),
    "memos:memo_detail": ("get", "memo", {OFFICER, SECRETARY, ADMIN}, OWN),
    "memos:memo_edit": ("get", "memo", {OFFICER}, OWN),
    "memos:memo_preview": ("post", "memo section", {OFFICER}, OWN),
    "memos:memo_pdf": ("get", "memo", {OFFICER, SECRETARY, ADMIN}, OWN),
    "memos:memo_submit": ("post", "memo", {OFFICER}, OWN),
    "memos:memo_review": ("get", "memo", {OFFICER, ADMIN}, OWN),
    "memos:review_ask": ("post", "memo", {OFFICER}, OWN),
    "memos:memo_approve": ("post", "memo", {OFFICER, ADMIN}, OWN),
    "memos:memo_return": ("post", "memo", {OFFICER, ADMIN}, OWN),
    "memos:comment_resolve": ("post", "comment", {OFFICER, ADMIN}, OWN),
    "memos:memo_correct": ("get", "memo", {OFFICER}, OWN),
    "memos:memo_decide": ("get", "memo", {OFFICER, SECRETARY}, OWN),
    "memos:version_detail": ("get", "memo version", MEMBERS, OWN),
    "memos:memo_template": ("get", "memo", {OFFICER}, OWN),
    "memos:memo_word": ("get", "memo", {OFFICER, SECRETARY, ADMIN}, OWN),
    "memos:version_word": ("get", "memo version", MEMBERS, OWN),
    "memos:version_pdf": ("get", "memo version", MEMBERS, OWN),
    "memos:memo_discard": ("post", "memo", {OFFICER}, OWN),
    "followups:report_list": ("get", None, MEMBERS, OPEN),
    "followups:report_export": ("get", "file", MEMBERS, OPEN),
    "followups:agreement_follow_up": ("get", "agreement", MEMBERS, OWN),
    "followups:agreement_evaluation": ("get", "agreement", MEMBERS, OWN),
    "followups:evaluation_pdf": ("get", "agreement", MEMBERS, OWN),
    "followups:plan_create": ("get", "agreement", {OFFICER, ADMIN}, OWN),
    "followups:plan_edit": ("get", "planned agreement", {OFFICER, ADMIN}, OWN),
    "followups:plan_history": ("get", "planned agreement", MEMBERS, OWN),
    "followups:report_open": ("post", "agreement", {OFFICER, ADMIN}, OWN),
    "followups:account_create": ("get", "agreement", {OFFICER, ADMIN}, OWN),
    "followups:account_edit": ("get", "account", {OFFICER, ADMIN}, OWN),
    "followups:report_detail": ("get", "report", MEMBERS, OWN),
    "followups:report_edit": ("get", "report", {OFFICER, ADMIN}, OWN),
    "followups:report_pdf": ("get", "report", MEMBERS, OWN),
    "followups:version_detail": ("get", "version", MEMBERS, OWN),
    "followups:report_submit": ("get", "report", {OFFICER, ADMIN}, OWN),
    "followups:report_return": ("get", "report", {OFFICER, ADMIN}, OWN),
    "followups:report_approve": ("get", "report", {OFFICER, ADMIN}, OWN),
    "followups:report_reject": ("get", "report", {OFFICER, ADMIN}, OWN),
    "followups:report_skip": ("get", "report", {OFFICER, ADMIN}, OWN),
    "followups:report_resume": ("post", "report", {OFFICER, ADMIN}, OWN),
    "followups:link_send": ("get", "report", {OFFICER}, OWN),
    "followups:link_revoke": ("post", "report link", {OFFICER}, OWN),
    "followups:attachment_add": ("post", "report", {OFFICER, ADMIN}, OWN),
    "followups:attachment_fetch": ("get", "report file", MEMBERS, OWN),
    "followups:attachment_remove": ("post", "report file", {OFFICER, ADMIN}, OWN),
    "steering:agreement_steering": ("get", "agreement", MEMBERS, OWN),
    "steering:group_create": ("get", "agreement", {OFFICER, ADMIN}, OWN),
    "steering:group_detail": ("get", "group", MEMBERS, OWN),
    "steering:group_edit": ("get", "group", {OFFICER, ADMIN}, OWN),
    "steering:group_history": ("get", "group", MEMBERS, OWN),
    "steering:meeting_create": ("get", "group", {OFFICER, ADMIN}, OWN),
    "steering:meeting_detail": ("get", "group meeting", MEMBERS, OWN),
    "steering:meeting_edit": ("get", "group meeting", {OFFICER, ADMIN}, OWN),
    "steering:meeting_remove": ("get", "group meeting", {OFFICER, ADMIN}, OWN),
    "steering:meeting_issue": ("post", "group meeting", {OFFICER, ADMIN}, OWN),
    "steering:meeting_pdf": ("get", "group meeting", MEMBERS, OWN),
    "steering:task_settle": ("get", "group task", {OFFICER, ADMIN}, OWN),
    "steering:task_resume": ("post", "group task", {OFFICER, ADMIN}, OWN),
    "steering:task_hand_over": ("get", "group task", {OFFICER, ADMIN}, OWN),
    "meetings:meeting_list": ("get", None, MEMBERS, OPEN),
    "meetings:desk": ("get", None, {SECRETARY}, NO_ROLE),
    "meetings:meeting_create": ("get", None, {SECRETARY}, NO_ROLE),
    "meetings:meeting_detail": ("get", "meeting", MEMBERS, OWN),
    "meetings:meeting_edit": ("get", "meeting", {SECRETARY}, NO_ROLE),
    "meetings:meeting_call": ("post", "meeting", {SECRETARY}, NO_ROLE),
    "meetings:meeting_hold": ("post", "meeting", {SECRETARY}, NO_ROLE),
    "meetings:meeting_cancel": ("post", "meeting", {SECRETARY}, NO_ROLE),
    "meetings:agenda_pdf": ("get", "agenda", MEMBERS, OWN),
    "meetings:item_add": ("post memo", "meeting", {SECRETARY}, NO_ROLE),
    "meetings:item_create": ("get", "meeting", {SECRETARY}, NO_ROLE),
    "meetings:meeting_number": ("get", "meeting", {SECRETARY}, NO_ROLE),
    "meetings:meeting_adjust": ("get", "meeting", {SECRETARY}, NO_ROLE),
    "meetings:meeting_minutes": ("get", "meeting", {OFFICER, SECRETARY, ADMIN}, OWN),
    "meetings:item_detail": ("get", "adjusted item", MEMBERS, OWN),
    "meetings:item_edit": ("get", "item", {SECRETARY}, NO_ROLE),
    "meetings:item_move": ("post", "item", {SECRETARY}, NO_ROLE),
    "meetings:item_remove": ("post", "item", {SECRETARY}, NO_ROLE),
    "meetings:item_proceedings": ("get", "item", {SECRETARY}, NO_ROLE),
    "meetings:vote_create": ("get", "item", {SECRETARY}, NO_ROLE),
    "meetings:vote_edit": ("get", "vote", {SECRETARY}, NO_ROLE),
    "meetings:vote_remove": ("post", "vote", {SECRETARY}, NO_ROLE),
    "meetings:item_decide": ("get", "item", {SECRETARY}, NO_ROLE),
    "meetings:item_answer": ("post", "item", {SECRETARY}, NO_ROLE),
    "meetings:extract_word": ("get", "adjusted item", {SECRETARY}, NO_ROLE),
    "meetings:extract_pdf": ("get", "adjusted item", {SECRETARY}, NO_ROLE),
    "meetings:dispatch": ("get", "adjusted item", {SECRETARY}, NO_ROLE),
    "meetings:paper_hand_over": ("post", "recipient", {SECRETARY}, NO_ROLE),
    "meetings:matter_close": ("post", "adjusted item", {SECRETARY}, NO_ROLE),
    "meetings:condition_check": ("get", "condition", {OFFICER, SECRETARY}, OWN),
    "meetings:minutes_pdf": ("get", "minutes", MEMBERS, OWN),
    "meetings:notice_edit": ("get", "minutes", {SECRETARY}, NO_ROLE),
    "meetings:notice_pdf": ("get", "minutes", MEMBERS, OWN),
    "meetings:agreement_decisions": ("get", "agreement", MEMBERS, OWN),
    "meetings:memo_handling": ("get", "submitted memo", MEMBERS, OWN),
    "meetings:memo_put_forward": ("post", "submitted memo", {OFFICER}, OWN),
    "governance:document_list": ("get", None, MEMBERS, OPEN),
    "governance:document_export": ("get", "file", MEMBERS, OPEN),
    "governance:document_create": ("get", None, {OFFICER, ADMIN}, OPEN),
    "governance:document_detail": ("get", "document", MEMBERS, OWN),
    "governance:document_edit": ("get", "document", {OFFICER, ADMIN}, OWN),
    "governance:document_history": ("get", "document", MEMBERS, OWN),
    "governance:transfer_list": ("get", None, MEMBERS, OPEN),
    "governance:transfer_export": ("get", "file", MEMBERS, OPEN),
    "governance:transfer_create": ("get", None, {OFFICER, ADMIN}, OPEN),
    "governance:transfer_detail": ("get", "transfer", MEMBERS, OWN),
    "governance:transfer_edit": ("get", "transfer", {OFFICER, ADMIN}, OWN),
    "governance:transfer_history": ("get", "transfer", MEMBERS, OWN),
    "governance:agreement_options": ("get", None, MEMBERS, OPEN),
    "report:edition_list": ("get", None, MEMBERS, OPEN),
    "report:edition_create": ("get", None, WRITERS, OPEN),
    "report:edition_detail": ("get", "edition", MEMBERS, OWN),
    "report:edition_edit": ("get", "edition", WRITERS, OWN),
    "report:edition_discard": ("post", "edition", WRITERS, OWN),
    "report:edition_history": ("get", "edition", MEMBERS, OWN),
    "report:section_preview": ("post", "report section", WRITERS, OWN),
    "report:figure_create": ("get", "edition", WRITERS, OWN),
    "report:figure_edit": ("get", "figure", WRITERS, OWN),
    "report:figure_remove": ("post", "figure", WRITERS, OWN),
    "report:figure_rows": ("get behind", "edition", MEMBERS, OWN),
    "report:rows_export": ("get behind", "edition file", MEMBERS, OWN),
    "report:focus_edit": ("get", "edition", WRITERS, OWN),
    "report:focus_answer": ("get", "asked", WRITERS, OWN),
    "report:edition_freeze": ("get", "edition", {SECRETARY, ADMIN}, 403),
    "report:edition_memo": ("post", "edition", {OFFICER}, OWN),
    "report:edition_export": ("get", "edition file", MEMBERS, OWN),
    "report:edition_pdf": ("get", "noted edition", MEMBERS, OWN),
    "report:rendering_create": ("post", "edition", MEMBERS, OWN),
    "report:rendering_detail": ("get", "rendering", MEMBERS, OWN),
    "report:rendering_progress": ("get", "rendering", MEMBERS, OWN),
    "report:rendering_pdf": ("get", "rendering", MEMBERS, OWN),
    "organisations:partner_list": ("get", None, MEMBERS, OPEN),
    "organisations:partner_export": ("get", "file", MEMBERS, OPEN),
    "organisations:partner_create": ("get", None, {OFFICER, ADMIN}, OPEN),
    "organisations:partner_options": ("get", None, MEMBERS, OPEN),
    "organisations:partner_detail": ("get", "partner", MEMBERS, OPEN),
    "organisations:partner_edit": ("get", "partner", {OFFICER, ADMIN}, OPEN),
    "organisations:partner_history": ("get", "partner", MEMBERS, OPEN),
    "organisations:partner_merge": ("get", "partner", {ADMIN}, 403),
    "organisations:partner_contacts": ("get", "partner", {OFFICER, SECRETARY, ADMIN}, OPEN),
    "organisations:contact_create": ("get", "partner", {OFFICER, ADMIN}, OPEN),
    "organisations:contact_edit": ("get", "contact", {OFFICER, ADMIN}, OWN),
    "organisations:contact_erase": ("get", "contact", {OFFICER, ADMIN}, OWN),
    "dialogues:dialogue_list": ("get", None, MEMBERS, OPEN),
    "dialogues:dialogue_export": ("get", "file", MEMBERS, OPEN),
    "dialogues:dialogue_create": ("get", None, {OFFICER, ADMIN}, OPEN),
    "dialogues:dialogue_detail": ("get", "dialogue", MEMBERS, OWN),
    "dialogues:dialogue_edit": ("get", "dialogue", {OFFICER, ADMIN}, OWN),
    "dialogues:dialogue_close": ("get", "dialogue", {OFFICER, ADMIN}, OWN),
    "dialogues:dialogue_history": ("get", "dialogue", MEMBERS, OWN),
    "dialogues:dialogue_pdf": ("get", "dialogue", MEMBERS, OWN),
    "dialogues:meeting_create": ("get", "dialogue", {OFFICER, ADMIN}, OWN),
    "dialogues:meeting_edit": ("get", "conversation", {OFFICER, ADMIN}, OWN),
    "dialogues:meeting_remove": ("get", "conversation", {OFFICER, ADMIN}, OWN),
    "assessments:assessment_list": ("get", None, MEMBERS, OPEN),
    "assessments:assessment_export": ("get", "file", MEMBERS, OPEN),
    "assessments:assessment_create": ("get", None, {OFFICER, ADMIN}, OPEN),
    "assessments:assessment_detail": ("get", "assessment", MEMBERS, OWN),
    "assessments:assessment_edit": ("get", "assessment", {OFFICER, ADMIN}, OWN),
    "assessments:assessment_history": ("get", "assessment", MEMBERS, OWN),
    "assessments:assessment_pdf": ("get", "assessment", MEMBERS, OWN),
    "assessments:assessment_confirm": ("post", "assessment", {OFFICER}, OWN),
    "assessments:assessment_discard": ("post", "assessment", {OFFICER, ADMIN}, OWN),
    "assessments:dialogue_assessments": ("get", "dialogue", MEMBERS, OWN),
    "assessments:partner_overview": ("get", "partner", MEMBERS, OPEN),
    "assessments:partner_indicators": ("get", "partner", MEMBERS, OPEN),
    "accounts:password_change": ("get", None, MEMBERS, OPEN),
    "accounts:password_change_done": ("get", None, MEMBERS, OPEN),
}
# The partner's pages, opened by a link; tests/followups/test_handin.py tells how.
BY_LINK = {
    "followups:handin",
    "followups:handin_file",
    "followups:handin_open",
    "followups:handin_receipt",
    "followups:handin_save",
}
# Open to everyone; what they do is tested where they belong.
PUBLIC = {
    "verify",
    "set_language",
    "accessibility",
    "healthz",
    "readyz",
    "accounts:sign_in",
    "accounts:sign_out",
    "accounts:password_reset",
    "accounts:password_reset_done",
    "accounts:password_reset_confirm",
    "accounts:password_reset_complete",
    "worklist:calendar_feed",
    *BY_LINK,
    "report_open:agreement_list",
    "report_open:catalogue",
    "report_open:report_json",
    "report_open:report_csv",
    "report_open:schema",
}
OF_A_MUNICIPALITY = {
    "report_open:agreement_list",
    "report_open:catalogue",
    "report_open:report_json",
    "report_open:report_csv",
}
# Where the role is asked for before the memo is looked up.
WRITERS_ONLY = {
    "memos:memo_edit",
    "memos:memo_review",
    "memos:memo_correct",
    "memos:memo_decide",
    "memos:memo_template",
}
WITH_ARGUMENTS = {
    "accounts:password_reset_confirm",
    "worklist:calendar_feed",
    *BY_LINK,
    *OF_A_MUNICIPALITY,
}
# What is one person's own does not exist for others, whatever their role.
PERSONAL = {"worklist:saved_view_delete"}


def names_of(resolver, namespace=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names_of(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}"


class World(dict):
    """Rows by what they are called in the table; some are made when a page first asks for them."""

    def __init__(self, rows, makers):
        super().__init__(rows)
        self.makers = makers

    def __missing__(self, key):
        make = next(make for keys, make in self.makers.items() if key in keys)
        self.update(make())
        return self[key]


OF_FOLLOW_UP = ("planned agreement", "report", "version", "account", "report link", "report file")
OF_STEERING = ("group", "group meeting", "group task")
OF_REPORT = (
    "edition",
    "noted edition",
    "edition file",
    "report section",
    "figure",
    "asked",
    "rendering",
)


@pytest.fixture
def world(committee):
    return world_of(committee)


def world_of(committee):
    """One row of everything in the committee, and somebody in every role."""
    agreement = AgreementFactory(committee=committee, kind="grant")
    revision = RevisionFactory(agreement=agreement)
    memo = MemoFactory(agreement=agreement, revision=revision)
    payment = payment_on(agreement)
    meeting = MeetingFactory(dialogue__committee=committee)
    people = {role.value: member_of(committee, role) for role in Role}
    rows = {
        "agreement": [agreement.pk],
        "revision": [revision.pk],
        "partner": [agreement.partners.get().pk],
        "termination": [TerminationFactory(agreement=agreement).pk],
        "flag": [FlagFactory(agreement=agreement).pk],
        "file": ["csv"],
        "contact": [ContactFactory(municipality=committee.municipality).pk],
        "dialogue": [meeting.dialogue_id],
        "conversation": [meeting.pk],
        "assessment": [assessment_of(committee).pk],
        "memo": [memo.pk],
        "comment": [ReviewCommentFactory(memo=memo).pk],
        "memo version": [VersionFactory(memo__agreement=agreement).memo_id, 1],
        "memo section": [memo.pk, memo.template.sections.get(content="text").pk],
        "document": [GoverningDocumentFactory(municipality=committee.municipality).pk],
        "transfer": [ServiceTransferFactory(municipality=committee.municipality).pk],
        "saved view": [SavedViewFactory(user=people[OFFICER]).pk],
        "payment": [payment.pk],
        "source": [payment.source_id],
        "batch": [payment.batch_id],
        "rule": [RuleFactory(municipality=payment.municipality).pk],
        "csv": ["csv"],
        "people": people,
        **world_of_meetings(committee, agreement),
    }
    return World(
        rows,
        {
            OF_FOLLOW_UP: lambda: followed_up(agreement),
            OF_STEERING: lambda: steered(agreement),
            OF_REPORT: lambda: report_of(committee, people[SECRETARY]),
        },
    )


def followed_up(agreement):
    """A report that was handed in once, with a file and a link; and an account."""
    plan = FollowUpPlanFactory(agreement=agreement, filled=False)
    decide(RevisionFactory(agreement=agreement))
    report = report_on(plan)
    file = AttachmentFactory(report=report)
    version = submit_report(report, hand=Hand(UserFactory(), AT))
    return_report(report, parts=["deviations"], reason="Mer.", hand=Hand(UserFactory(), AT))
    day = ApproximateDate.parse("2018")
    account = received(agreement, on=day, account="Text.", by=UserFactory(), at=AT)
    return {
        "planned agreement": [agreement.pk],
        "report": [report.pk],
        "version": [report.pk, version.number],
        "account": [account.pk],
        "report link": [ReportLinkFactory(report=report).pk],
        "report file": [file.pk],
    }


def steered(agreement):
    """A task that a meeting of the agreement's steering group gave."""
    task = GroupTaskFactory(meeting__group__agreement=agreement)
    meeting = task.meeting
    return {"group": [meeting.group_id], "group meeting": [meeting.pk], "group task": [task.pk]}


def report_of(committee, secretary):
    """One edition being written and one that was noted, with all that belongs to them."""
    edition = EditionFactory(series__committee=committee)
    noted = EditionFactory(series=edition.series, year_from=2022, year_to=2023)
    for each in (edition, noted):
        ReportSectionFactory(edition=each, text="Det gick bra.")
    day = ApproximateDate.parse("2024-05-21")
    note_edition(noted, noted_on=day, paragraph=149, by=secretary, at=now())
    rendering = ask_for_print(edition, by=secretary, at=now())
    print_edition(rendering, clock=now)
    return {
        "edition": [edition.pk],
        "noted edition": [noted.pk],
        "edition file": [edition.pk, "csv"],
        "report section": [edition.pk, edition.sections.get().pk],
        "figure": [ReportFigureFactory(edition=edition).pk],
        "asked": [AskedOfficeFactory(edition=edition).pk],
        "rendering": [rendering.pk],
    }


def test_every_url_has_a_row_in_the_table():
    names = {name for name in names_of(get_resolver()) if not name.startswith("admin:")}

    assert names == set(TABLE) | PUBLIC


def asked(world, name):
    """The row's method, address and what it posts; what is asked for is made now."""
    (method, *query), argument, _allowed, _stranger = TABLE[name][0].split(), *TABLE[name][1:]
    url = reverse(name, args=world[argument] if argument else [])
    if method == "post":
        return method, url, {key: world[f"waiting {key}"] for key in query}
    code = f"?code={query[0]}" if query else ""
    return method, url + (BEHIND if query == ["behind"] else code), None


def met_by(person, method, url, data):
    """What the person meets there; whatever the request changed is undone."""
    client = Client()
    if person:
        client.force_login(person)
    with transaction.atomic():
        response = getattr(client, method)(url, data)
        transaction.set_rollback(True)
    if response.status_code == 302 and response.url.startswith(reverse("accounts:sign_in")):
        return SIGN_IN
    return THROUGH if response.status_code in (200, 302) else response.status_code


def meant_for(role, name):
    """What the table says that the role meets."""
    method, argument, allowed, _stranger = TABLE[name]
    if role in allowed:
        return THROUGH
    is_draft = argument == "memo" and method == "get" and name not in WRITERS_ONLY
    does_not_exist = name in PERSONAL or (role == READER and is_draft)
    return 404 if does_not_exist else 403


@pytest.mark.parametrize("name", TABLE)
def test_each_gets_through_exactly_where_the_table_says(world, stranger, name):
    there = asked(world, name)

    met = {role: met_by(world["people"][role], *there) for role in MEMBERS}
    met[STRANGER] = met_by(stranger, *there)
    met[ANONYMOUS] = met_by(None, *there)

    assert met == {
        **{role: meant_for(role, name) for role in MEMBERS},
        STRANGER: TABLE[name][3],
        ANONYMOUS: SIGN_IN,
    }


@pytest.mark.parametrize("name", sorted(PUBLIC - WITH_ARGUMENTS))
def test_a_public_url_answers_without_signing_in(client, name):
    try:
        response = client.get(reverse(name))
    except NoReverseMatch:
        pytest.fail(f"{name} needs arguments: move it to the table")

    assert response.status_code in (200, 302, 405)


def test_a_private_page_is_not_kept_by_the_browser(client, officer):
    client.force_login(officer)

    assert "no-store" in client.get(reverse("start"))["Cache-Control"]


@pytest.mark.parametrize("role", sorted(MEMBERS))
def test_only_an_administrator_enters_the_admin(client, world, role):
    client.force_login(world["people"][role])

    response = client.get(reverse("admin:index"), follow=True)

    assert response.status_code == (200 if role == ADMIN else 403)


def test_the_admin_asks_who_is_not_signed_in_to_sign_in(client, db):
    response = client.get(reverse("admin:index"), follow=True)

    assert response.request["PATH_INFO"] == reverse("accounts:sign_in")


def test_an_administrator_sees_and_reaches_only_the_own_municipality(client, world):
    other = CommitteeFactory(name="Den andra nämnden")
    client.force_login(world["people"][ADMIN])

    changelist = client.get(reverse("admin:organisations_committee_changelist"))
    change = client.get(reverse("admin:organisations_committee_change", args=[other.pk]))
    history = client.get(reverse("admin:organisations_committee_history", args=[other.pk]))

    assert other.name not in changelist.content.decode()
    assert change.status_code == 302
    assert history.status_code == 404


def test_an_administrator_can_make_nobody_operator(client, world):
    person = world["people"][READER]
    client.force_login(world["people"][ADMIN])

    client.post(
        reverse("admin:accounts_user_change", args=[person.pk]),
        {
            "email": person.email,
            "municipality": person.municipality_id,
            "is_active": "on",
            "is_superuser": "on",
            "is_staff": "on",
            "memberships-TOTAL_FORMS": 0,
            "memberships-INITIAL_FORMS": 0,
        },
    )

    person.refresh_from_db()
    assert not person.is_superuser


def test_an_operator_is_not_within_an_administrators_reach(client, world, committee):
    operator = UserFactory(municipality=committee.municipality, is_superuser=True)
    client.force_login(world["people"][ADMIN])

    change = client.get(reverse("admin:accounts_user_change", args=[operator.pk]))
    password = client.get(reverse("admin:auth_user_password_change", args=[operator.pk]))

    assert change.status_code == 302
    assert password.status_code == 404


def test_an_administrator_gives_no_role_in_another_municipality(client, world):
    person, elsewhere = world["people"][READER], CommitteeFactory()
    client.force_login(world["people"][ADMIN])

    response = client.post(
        reverse("admin:accounts_user_change", args=[person.pk]),
        {
            "email": person.email,
            "municipality": person.municipality_id,
            "is_active": "on",
            "memberships-TOTAL_FORMS": 1,
            "memberships-INITIAL_FORMS": 0,
            "memberships-0-committee": elsewhere.pk,
            "memberships-0-role": "admin",
        },
    )

    assert response.status_code == 200
    assert not person.memberships.filter(committee=elsewhere).exists()


def test_the_admins_history_is_in_swedish_and_reverts_nothing(client, world, committee):
    client.force_login(world["people"][ADMIN])
    committee.name = "Nya namnet"
    committee.save()
    url = reverse("admin:organisations_committee_history", args=[committee.pk])

    page = client.get(url).content.decode()

    assert "Ändringar" in page
    assert "revert" not in page.lower()
    assert 'style="' not in page
