"""A committee with one row of everything that an address can ask for."""

from django.utils.timezone import now

from accounts.permissions import Role
from followups.actions import Hand, received, return_report, submit_report
from partnerships.dates import ApproximateDate
from report.actions import ask_for_print, note_edition, print_edition
from tests.accounts.factories import UserFactory, member_of
from tests.addresses import OFFICER, SECRETARY
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
from tests.organisations.factories import ContactFactory
from tests.payments.factories import RuleFactory, payment_on
from tests.report.factories import (
    AskedOfficeFactory,
    EditionFactory,
    ReportFigureFactory,
    ReportSectionFactory,
)
from tests.steering.factories import GroupTaskFactory
from tests.worklist.factories import SavedViewFactory


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
