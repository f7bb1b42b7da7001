"""Builds the demo's municipalities from their files."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from accounts.demo import DEMO_SIGN_INS
from accounts.models import Membership, User
from accounts.permissions import Role
from agreements.models import (
    Agreement,
    AgreementPartner,
    AgreementTheme,
    CalculationPart,
    Contribution,
    Party,
    Revision,
    StatedTotal,
    Theme,
)
from demo.agreements import add_facts
from demo.dialogues import add_beginning
from demo.followups import load_accounts, load_plan, load_report, load_template
from demo.governance import load_governance
from demo.meetings import load_meetings
from demo.report import load_report_series
from demo.steering import load_steering
from memos.actions import decide_by_role, submit_memo
from memos.models import (
    Consultation,
    DecisionBasis,
    Interpellation,
    InterpellationQuestion,
    Memo,
    MemoSection,
    MemoTemplate,
    ProposalPoint,
    Recipient,
    Signatory,
    TemplateSection,
)
from organisations.models import (
    Committee,
    Municipality,
    Office,
    Partner,
    PartnerName,
    PopulationFigure,
    Unit,
)
from partnerships.dates import ApproximateDate
from partnerships.history import attributed

DATA = Path(__file__).parent / "data"
REASON = "Inläst ur källdokumentet"
MEMO_LISTS: dict[str, Any] = {
    "proposal_points": ProposalPoint,
    "decision_bases": DecisionBasis,
    "consultations": Consultation,
    "signatories": Signatory,
    "recipients": Recipient,
    "questions": InterpellationQuestion,
}


def read(name: str) -> dict[str, Any]:
    """The content of one of the demo's files."""
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


class DemoMunicipality:
    """One municipality of the demo, built row by row with its officer as author."""

    def __init__(self, name: str, *, at: datetime):
        self.facts, self.at, self.reason = read(name), at, REASON
        self.municipality = Municipality.objects.create(**self.facts["municipality"])
        self.officer = self._people()

    def build(self) -> None:
        """Everything that the file holds."""
        for name in self.facts.get("themes", []):
            self.keep(Theme(municipality=self.municipality, name=name))
        self.add(self.facts)
        for template in self.facts["templates"]:
            self._template(template)
        for memo in self.facts["memos"]:
            self._memo(read(memo))
        for beginning in self.facts.get("beginnings", []):
            add_beginning(
                self.municipality, read(beginning), keep=self.keep, by=self.officer, at=self.at
            )
        load_governance(self.facts, municipality=self.municipality, keep=self.keep)
        load_accounts(self.facts, municipality=self.municipality, by=self.officer, at=self.at)
        for name in self.facts.get("followed_up", []):
            self._followed_up(read(name))
        if name := self.facts.get("report"):
            load_report_series(
                read(name), municipality=self.municipality, read=read, by=self.officer, at=self.at
            )
        for name in self.facts.get("steering", []):
            load_steering(read(name), keep=self.keep, by=self.officer, at=self.at)
        load_meetings(
            self.facts, municipality=self.municipality, keep=self.keep, read=read, at=self.at
        )

    def add(self, facts: dict[str, Any]) -> None:
        """The partners and agreements among the facts."""
        for partner in facts["partners"]:
            self._partner(partner)
        for agreement in facts["agreements"]:
            self._agreement(agreement)

    def keep(self, row):
        """Save the row as the officer's work."""
        attributed(row, by=self.officer, reason=self.reason).save()
        return row

    def _people(self) -> User:
        """The committees, offices and sign-ins; gives the officer."""
        committees = [
            Committee.objects.create(municipality=self.municipality, **committee)
            for committee in self.facts["committees"]
        ]
        for office in self.facts["offices"]:
            Office.objects.create(municipality=self.municipality, name=office)
        for unit in self.facts.get("units", []):
            office = self.municipality.offices.filter(name=unit.pop("office", "")).first()
            Unit.objects.create(municipality=self.municipality, office=office, **unit)
        for figure in self.facts.get("population", []):
            PopulationFigure.objects.create(municipality=self.municipality, **figure)
        members_of = [
            committee for committee in committees if committee.name in self.facts["members_of"]
        ]
        people = {}
        for person in DEMO_SIGN_INS:
            if person.municipality == self.municipality.name:
                people[person.role] = self._person(person, members_of)
        return people[Role.OFFICER]

    def _person(self, person, committees: list[Committee]) -> User:
        user = User.objects.create_user(
            person.email,
            person.password,
            first_name=person.first_name,
            last_name=person.last_name,
            municipality=self.municipality,
        )
        for committee in committees:
            Membership.objects.create(user=user, committee=committee, role=person.role)
        return user

    def _partner(self, facts: dict[str, Any]) -> None:
        names = {
            PartnerName.Kind.FORMER: facts.pop("former", []),
            PartnerName.Kind.ALIAS: facts.pop("aliases", []),
        }
        partner = self.keep(Partner(**facts))
        for kind, rows in names.items():
            for row in rows:
                name = row if isinstance(row, dict) else {"name": row}
                self.keep(PartnerName(partner=partner, kind=kind, **name))

    def _agreement(self, facts: dict[str, Any]) -> None:
        agreement = self.keep(
            Agreement(
                kind=facts["kind"],
                name=facts["name"],
                diary_number=facts.get("diary_number", ""),
                committee=self.municipality.committees.get(name=facts["committee"]),
                office=self.municipality.offices.filter(name=facts.get("office", "")).first(),
                officer=self.officer,
                signed_by_role=facts.get("signed_by_role", ""),
                extensions_allowed=facts.get("extensions_allowed"),
            )
        )
        for position, name in enumerate(facts["partners"], start=1):
            partner = Partner.objects.get(name=name)
            self.keep(AgreementPartner(agreement=agreement, partner=partner, position=position))
        for name in facts.get("themes", []):
            theme = self.municipality.themes.get(name=name)
            self.keep(AgreementTheme(agreement=agreement, theme=theme))
        for number, revision in enumerate(facts["revisions"], start=1):
            self._revision(agreement, number, dict(revision))
        add_facts(agreement, facts, keep=self.keep, read=read)

    def _followed_up(self, facts: dict[str, Any]) -> None:
        """An agreement with its partner, its follow-up plan and its reports."""
        self._partner(facts["partner"])
        self._agreement(facts["agreement"])
        load_template(facts["template"], municipality=self.municipality, keep=self.keep)
        agreement = Agreement.objects.get(name=facts["agreement"]["name"])
        load_plan(agreement, facts, keep=self.keep)
        for report in facts["reports"]:
            load_report(agreement, report, by=self.officer)

    def _revision(self, agreement: Agreement, number: int, facts: dict[str, Any]) -> None:
        """A revision of the past: registered as decided, whatever the register lacks of its partners."""
        lines = facts.pop("contributions", [])
        totals = facts.pop("stated_totals", [])
        for name in ("agreed_on", "in_force_from"):
            facts[name] = ApproximateDate.parse(facts[name])
        if number == 1:
            facts["kind"] = Revision.Kind.ORIGINAL
        revision = self.keep(Revision(agreement=agreement, number=number, **facts))
        for position, line in enumerate(lines, start=1):
            self._contribution(revision, position, dict(line))
        for total in totals:
            side = self._side(total.pop("party"))
            self.keep(
                StatedTotal(revision=revision, **side, amount=Decimal(total.pop("amount")), **total)
            )
        revision.decided_at, revision.decided_by = self.at, self.officer
        self.keep(revision)

    def _contribution(self, revision: Revision, position: int, facts: dict[str, Any]) -> None:
        parts = facts.pop("calculation", [])
        amount, price = facts.pop("stated_amount", None), facts.pop("per_inhabitant", None)
        line = self.keep(
            Contribution(
                revision=revision,
                position=position,
                **self._side(facts.pop("party")),
                stated_amount=amount and Decimal(amount),
                per_inhabitant=price and Decimal(price),
                **facts,
            )
        )
        for part_position, part in enumerate(parts, start=1):
            numbers = {name: Decimal(value) for name, value in part.items()}
            self.keep(CalculationPart(contribution=line, position=part_position, **numbers))

    @staticmethod
    def _side(name: str) -> dict[str, Any]:
        if name == Party.MUNICIPALITY:
            return {"party": Party.MUNICIPALITY}
        return {"party": Party.PARTNER, "partner": Partner.objects.get(name=name)}

    def _template(self, facts: dict[str, Any]) -> None:
        sections = facts.pop("sections")
        labels, sentences = facts.pop("labels", {}), facts.pop("sentences", {})
        template = self.keep(
            MemoTemplate(municipality=self.municipality, **facts, **labels, **sentences)
        )
        for position, section in enumerate(sections, start=1):
            self.keep(TemplateSection(template=template, position=position, **section))

    def _memo(self, facts: dict[str, Any]) -> None:
        agreement = Agreement.objects.filter(
            name=facts.get("agreement"), committee__municipality=self.municipality
        ).first()
        template = MemoTemplate.objects.get(municipality=self.municipality, name=facts["template"])
        memo = self.keep(
            Memo(
                committee=self.municipality.committees.get(name=facts["committee"]),
                agreement=agreement,
                revision=agreement.latest_revision if agreement else None,
                template=template,
                title=facts["title"],
                diary_number=facts.get("diary_number", ""),
                dated_on=facts.get("dated_on"),
                office=self.municipality.offices.filter(name=facts.get("office")).first(),
                union_consultation=facts.get("union_consultation", ""),
                created_by=self.officer,
            )
        )
        for heading, text in facts["sections"].items():
            section = template.sections.get(heading=heading)
            self.keep(MemoSection(memo=memo, template_section=section, text=text.strip()))
        for name, model in MEMO_LISTS.items():
            for position, row in enumerate(facts.get(name, []), start=1):
                self.keep(model(memo=memo, position=position, **row))
        if "interpellation" in facts:
            self.keep(Interpellation(memo=memo, **facts["interpellation"]))
        if facts["is_submitted"]:
            submit_memo(memo, by=self.officer, at=self.at)
        if decision := facts.get("role_decision"):
            decide_by_role(memo, **decision, by=self.officer, at=self.at)
