"""Mail backends that write letters to files, and kill their own process at the first."""

import os
import signal

from django.core.mail.backends.filebased import EmailBackend


class DiesBefore(EmailBackend):
    """The process dies before the mail server has the letter."""

    def send_messages(self, messages):
        os.kill(os.getpid(), signal.SIGKILL)


class DiesAfter(EmailBackend):
    """The process dies when the mail server has the letter, and before anybody is told."""

    def send_messages(self, messages):
        super().send_messages(messages)
        os.kill(os.getpid(), signal.SIGKILL)
