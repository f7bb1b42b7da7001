"""Which role may do what. One table, closed by default; `docs/architecture.md` says how it is used."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a user may do in a committee."""

    READER = "reader", _("reader")
    OFFICER = "officer", _("officer")
    SECRETARY = "secretary", _("secretary")
    ADMIN = "admin", _("administrator")

    @classmethod
    def holding(cls, permission: str) -> frozenset["Role"]:
        """The roles that hold the permission; none when nobody was given it."""
        return PERMISSIONS.get(permission, frozenset())


EVERYONE = frozenset(Role)
WRITERS = frozenset({Role.OFFICER, Role.ADMIN})

PERMISSIONS: dict[str, frozenset[Role]] = {
    "agreements.view_agreement": EVERYONE,
    "agreements.add_agreement": WRITERS,
    "agreements.change_agreement": WRITERS,
    "agreements.decide_revision": WRITERS,
    "governance.view_governingdocument": EVERYONE,
    "governance.add_governingdocument": WRITERS,
    "governance.change_governingdocument": WRITERS,
    "governance.view_servicetransfer": EVERYONE,
    "governance.add_servicetransfer": WRITERS,
    "governance.change_servicetransfer": WRITERS,
    "organisations.view_partner": EVERYONE,
    "organisations.add_partner": WRITERS,
    "organisations.change_partner": WRITERS,
    "organisations.merge_partner": frozenset({Role.ADMIN}),
    "organisations.view_contact": EVERYONE - {Role.READER},
    "organisations.change_contact": WRITERS,
    "dialogues.view_dialogue": EVERYONE,
    "dialogues.add_dialogue": WRITERS,
    "dialogues.change_dialogue": WRITERS,
    "assessments.view_assessment": EVERYONE,
    "assessments.add_assessment": WRITERS,
    "assessments.change_assessment": WRITERS,
    "assessments.confirm_assessment": frozenset({Role.OFFICER}),
    "payments.view_payment": EVERYONE,
    "payments.import_payment": WRITERS,
    "payments.match_payment": WRITERS,
    "followups.view_followupreport": EVERYONE,
    "followups.change_followupplan": WRITERS,
    "followups.change_followupreport": WRITERS,
    "followups.approve_followupreport": WRITERS,
    "followups.manage_reportlink": frozenset({Role.OFFICER}),
    "steering.view_steeringgroup": EVERYONE,
    "steering.change_steeringgroup": WRITERS,
    "memos.view_memo": EVERYONE,
    "memos.view_draft_memo": EVERYONE - {Role.READER},
    "memos.add_memo": frozenset({Role.OFFICER}),
    "memos.change_memo": frozenset({Role.OFFICER}),
    "memos.submit_memo": frozenset({Role.OFFICER}),
    "report.view_edition": EVERYONE,
    "report.change_edition": EVERYONE - {Role.READER},
    "report.answer_question": EVERYONE - {Role.READER},
    "report.freeze_edition": frozenset({Role.SECRETARY, Role.ADMIN}),
    "memos.review_memo": WRITERS,
    "memos.handle_memo": frozenset({Role.SECRETARY}),
    "memos.decide_memo_by_role": frozenset({Role.OFFICER, Role.SECRETARY}),
    "meetings.view_meeting": EVERYONE,
    "meetings.view_draft_minutes": EVERYONE - {Role.READER},
    "meetings.change_meeting": frozenset({Role.SECRETARY}),
    "meetings.export_extract": frozenset({Role.SECRETARY}),
    "meetings.put_forward_memo": frozenset({Role.OFFICER}),
    "meetings.check_condition": frozenset({Role.OFFICER, Role.SECRETARY}),
    "accounts.administer": frozenset({Role.ADMIN}),
}
