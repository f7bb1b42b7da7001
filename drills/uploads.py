"""Officers who upload files of payments, each another one."""

from drills.writers import Officers

BOUNDARY = "a-boundary-that-is-in-no-file"
ROWS = 1500  # some ninety kilobytes
HEADINGS = "Verifikat;Rad;Betaldatum;Belopp;Konto;Projekt;Leverantör;Orgnr;Er referens;Text"
ROW = "{name}-{number};1;2024-03-31;{number},25;4530;P1;Påhittad;;;Bidrag"


def file_of_payments(name: str, rows: int = ROWS) -> bytes:
    """An export of the finance system, as the demo's source reads it; no two names share a row."""
    lines = [HEADINGS, *(ROW.format(name=name, number=number) for number in range(1, rows + 1))]
    return "\r\n".join(lines).encode("cp1252")


class Uploaders(Officers):
    """Eight who upload side by side."""

    what = "uploads"

    @property
    def address(self) -> str:
        return f"/payments/sources/{self.known['source']}/upload/"

    def filled(self, hidden: dict[str, str], name: str) -> tuple[str, bytes]:
        head = 'Content-Disposition: form-data; name="{}"'
        fields = [f"{head.format(field)}\r\n\r\n{value}" for field, value in hidden.items()]
        file = f'{head.format("file")}; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'
        parts = [*(field.encode() for field in fields), file.encode() + file_of_payments(name)]
        delimiter = f"--{BOUNDARY}\r\n".encode()
        body = b"".join(delimiter + part + b"\r\n" for part in parts)
        return f"multipart/form-data; boundary={BOUNDARY}", body + f"--{BOUNDARY}--\r\n".encode()
