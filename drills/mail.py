"""A mail server on the loopback that takes every letter and keeps only its Message-ID."""

import email
import random
import socketserver
import threading
import time
from contextlib import suppress

SLOWNESS = 0.3  # seconds at most, before and after a letter is taken


class Session(socketserver.StreamRequestHandler):
    """One sender's connection."""

    server: "MailServer"

    def handle(self) -> None:
        with suppress(ConnectionError):  # the sender was killed
            self._say("220 drill")
            while line := self.rfile.readline():
                word = line[:4].upper().strip()
                if word == b"DATA":
                    self._take()
                else:
                    self._say("221 bye" if word == b"QUIT" else "250 ok")

    def _take(self) -> None:
        """The letter is taken when its last line has come; its sender is told a little later."""
        self._say("354 go on")
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return  # the sender died in the middle: nothing was taken
            lines.append(line)
        time.sleep(random.uniform(0, SLOWNESS))
        self.server.taken.append(email.message_from_bytes(b"".join(lines))["Message-ID"].strip())
        time.sleep(random.uniform(0, SLOWNESS))
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """Runs for as long as the `with` takes."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.taken: list[str] = []

    @property
    def url(self) -> str:
        """For EMAIL_URL."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> "MailServer":
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.shutdown()
        self.server_close()
