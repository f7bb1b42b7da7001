"""Jobs whose workers are killed, in a process with the portal's settings (see drills/inside.py)."""

import random
import secrets
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from os import environ
from typing import Any

from django.utils.timezone import now
from django_tasks import TaskResult, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from audit.verification import verify
from drills.inside import OFFICER, PREFIX, unknown_files
from drills.mail import MailServer
from drills.portal import ROOT
from drills.uploads import file_of_payments
from followups.models import ReceiptLetter
from meetings.actions import write_letters
from meetings.models import DispatchLetter, Extract
from meetings.tasks import send_extract
from payments.actions import begin_check, begin_import, check_batch, upload_batch
from payments.models import ImportBatch, PaymentSource
from payments.tasks import import_file
from report.actions import ask_for_print
from report.models import Edition, Rendering
from report.tasks import print_report
from worklist.models import Letter

ROWS = 3000
AN_HOUR = timedelta(hours=1)  # after which a claim is old and a running job is stuck
BEGINS_WITHIN = ENDS_WITHIN = 120  # seconds
PRINTING, IMPORT, LETTER = "a printing", "an import", "a letter"
TRIES = 5  # to hit a job in the middle
WORKER = ("db_worker", "--batch", "--no-startup-delay")
LETTERS = (Letter, ReceiptLetter, DispatchLetter)


@dataclass
class Jobs:
    """What was asked for, and the processes that do it."""

    officer: User
    mail: MailServer
    renderings: list[Rendering] = field(default_factory=list)
    batches: list[ImportBatch] = field(default_factory=list)
    letters: list[DispatchLetter] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)

    def printing(self) -> TaskResult:
        """A draft of the sector report is to be printed."""
        edition = Edition.objects.visible_to(self.officer).filter(frozen_at=None)[0]
        self.renderings.append(ask_for_print(edition, by=self.officer, at=now()))
        return print_report.enqueue(self.renderings[-1].pk)

    def payments(self) -> TaskResult:
        """A checked file of payments is to be imported."""
        source, name = PaymentSource.objects.get(), f"{PREFIX}{secrets.token_hex(4)}"
        content = file_of_payments(name, ROWS)
        batch = upload_batch(source, name=name, content=content, by=self.officer, at=now())
        check_batch(batch, run=begin_check(batch, by=self.officer, at=now()), clock=now)
        self.batches.append(batch)
        run = begin_import(batch, by=self.officer, at=now())
        return import_file.enqueue(batch.pk, str(run), self.officer.pk)

    def letter(self) -> TaskResult:
        """An extract is to be sent."""
        recipient = Extract.objects.all()[0].item.decision.recipients.all()[0]
        address = f"drill-{secrets.token_hex(4)}@example.org"
        self.letters += write_letters(recipient, [address], by=self.officer, at=now())
        return send_extract.enqueue(self.letters[-1].pk)

    def take(self, kind: str) -> float:
        """Ask for a job, and let a worker do it; gives the seconds that it took."""
        job = DBTaskResult.objects.filter(pk=self.ask(kind).id)
        if self.start(*WORKER).wait(ENDS_WITHIN):
            sys.exit(f"A worker failed in {kind}.")
        done = job.get()
        return (done.finished_at - done.started_at).total_seconds()

    def kill_in(self, kind: str, *, within: float) -> None:
        """Ask for jobs, and kill their workers at some moment, until one is hit in the middle."""
        for _try in range(TRIES):
            job = DBTaskResult.objects.filter(pk=self.ask(kind).id)
            worker = self.start(*WORKER)
            deadline = time.monotonic() + BEGINS_WITHIN
            while not job.exclude(status=TaskResultStatus.READY).exists():
                if worker.poll() is not None or time.monotonic() > deadline:
                    sys.exit(f"A worker did not begin {kind}.")
                time.sleep(0.005)
            time.sleep(random.uniform(0, within))
            worker.kill()
            worker.wait()
            if job.running().exists():
                self.kills[kind] += 1
                return

    def ask(self, kind: str) -> TaskResult:
        """A job of this kind."""
        asked = {PRINTING: self.printing, IMPORT: self.payments, LETTER: self.letter}
        return asked[kind]()

    def finish(self) -> float:
        """An hour later two runs of the scheduled work and two workers do the rest; gives the seconds."""
        an_hour_passes()
        begun = time.monotonic()
        for command in (("scheduled_work",), WORKER):
            for process in [self.start(*command), self.start(*command)]:
                if process.wait(ENDS_WITHIN):
                    sys.exit(f"{command[0]} failed.")
        return time.monotonic() - begun

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """One of the portal's commands; its mail goes to our server."""
        return subprocess.Popen(
            [sys.executable, "-W", "ignore", "manage.py", *command, "--verbosity=0"],
            cwd=ROOT, env={**environ, "EMAIL_URL": self.mail.url},
        )  # fmt: skip


def killed(rounds: int) -> dict[str, Any]:
    """Kill a worker in each sort of job, round by round, and say what became of the jobs."""
    with MailServer() as mail:
        jobs = Jobs(User.objects.get(email=OFFICER), mail)
        jobs.finish()  # what the demo left to be done
        takes = {kind: jobs.take(kind) for kind in (PRINTING, IMPORT, LETTER)}
        seconds = []
        for _round in range(rounds):
            for kind in takes:
                jobs.kill_in(kind, within=takes[kind])
            seconds.append(jobs.finish())
        return found(jobs) | {"seconds": max(seconds)}


def an_hour_passes() -> None:
    """What was claimed or begun is an hour old."""
    for model in LETTERS:
        for row in model.objects.filter(sent_at=None).exclude(tried_at=None):
            model.objects.filter(pk=row.pk).update(tried_at=row.tried_at - AN_HOUR)
    for job in DBTaskResult.objects.running():
        DBTaskResult.objects.filter(pk=job.pk).update(started_at=job.started_at - AN_HOUR)


def found(jobs: Jobs) -> dict[str, Any]:
    """What is done, half done and done twice."""
    letters = [letter for model in LETTERS for letter in model.objects.all()]
    written = {letter.message_id for letter in letters if letter.sent_at}
    sent = Counter(jobs.mail.taken)
    batches = ImportBatch.objects.filter(pk__in=[batch.pk for batch in jobs.batches])
    rows = {batch.pk: batch.payments.count() for batch in batches}
    imported = [batch for batch in batches if batch.state == ImportBatch.State.IMPORTED]
    printed = [row for row in jobs.renderings if _is_printed(row)]
    arrived = [letter for letter in jobs.letters if letter.message_id in sent]
    unfinished = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL)
    findings = [f"{job.task_path} is {job.status}" for job in unfinished]
    findings += [f"marked as sent, and not sent: {each}" for each in written - set(sent)]
    return {
        "asked": len(jobs.renderings) + len(jobs.batches) + len(jobs.letters),
        "done": len(printed) + len(imported) + len(arrived),
        "half": sum(count not in (0, ROWS) for count in rows.values())
        + sum(rows[batch.pk] != ROWS for batch in imported),
        "doubled": sum(max(count - ROWS, 0) for count in rows.values())
        + len(set(sent) - {letter.message_id for letter in letters}),
        "again": sum(count - 1 for count in sent.values()),
        "kills": dict(jobs.kills),
        "left_over": len(unknown_files()),
        "findings": [*findings, *map(str, verify())],
    }


def _is_printed(rendering: Rendering) -> bool:
    rendering.refresh_from_db()
    if rendering.state != Rendering.State.DONE:
        return False
    with rendering.file.open("rb") as file:
        return file.read(5) == b"%PDF-"
