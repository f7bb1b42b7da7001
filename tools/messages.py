"""The Swedish translation, without GNU gettext: `messages.py update` or `messages.py check`.

`update` collects the texts of code and templates into locale/sv/LC_MESSAGES/django.po, keeps what
is translated, drops what is no longer used, and compiles django.mo. `check` lists what is wrong.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "locale" / "sv" / "LC_MESSAGES" / "django.po"
NOT_TRANSLATED = {"tests", "tools"}

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

REMEDY = "Run `make messages`, translate in the .po what has no translation, and run it again."

# A string literal, or a space that Python would not take for one outside of a literal.
LITERAL_OR_SPACE = re.compile(r"""(u?"(?:\\.|[^"\\\n])*"|u?'(?:\\.|[^'\\\n])*')|[^\S\n]""")
PLACEHOLDER = re.compile(r"%\(\w+\).?|%[sd]|\{\w*\}")
PERCENT = re.compile(r"%(?:\(\w+\))?.?", re.DOTALL)


class SwedishCatalog(Catalog):
    """Messages whose header says nothing that changes from day to day or from person to person."""

    def __init__(self) -> None:
        comment = "# Swedish translation. Written by `make messages`."
        super().__init__(locale="sv", header_comment=comment, fuzzy=False)

    mime_headers = property(
        lambda self: [
            ("Language", "sv"),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]
    )

    def copy(self, message: Message, translation: Message | None) -> None:
        """Take over a message of the code with what is already translated of it."""
        known = (
            translation
            if translation and translation.pluralizable == message.pluralizable
            else None
        )
        self.add(
            message.id,
            known.string if known else None,
            locations=message.locations,
            flags=known.flags if known else message.flags,
            user_comments=known.user_comments if known else (),
            context=message.context,
        )

    def po(self) -> bytes:
        written = BytesIO()
        write_po(written, self, width=0, sort_output=True, include_lineno=False)
        return written.getvalue().rstrip() + b"\n"

    def mo(self) -> bytes:
        written = BytesIO()
        write_mo(written, self)
        return written.getvalue()


def sources(root: Path) -> Iterator[Path]:
    """The modules and templates whose texts a user may read."""
    for package in sorted(root.glob("*/__init__.py")):
        if package.parent.name not in NOT_TRANSLATED:
            modules = sorted(package.parent.rglob("*.py"))
            yield from (module for module in modules if "migrations" not in module.parts)
    yield from sorted(chain(root.glob("templates/**/*.html"), root.glob("templates/**/*.txt")))


def python_of(path: Path) -> str:
    """The module, or the calls of gettext that stand for a template's texts."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    calls = LITERAL_OR_SPACE.sub(lambda match: match[1] or " ", templatize(text))
    return "\n".join(line.strip() for line in calls.split("\n"))


def used_messages(root: Path = ROOT) -> Catalog:
    """Every text that the code and the templates ask gettext for."""
    used = Catalog()
    for path in sources(root):
        found = extract("python", BytesIO(python_of(path).encode()), KEYWORDS)
        for line, text, _comments, context in found:
            used.add(text, locations=[(str(path.relative_to(root)), line)], context=context)
    return used


def read_translation(path: Path = PO) -> Catalog:
    """The translation as it is written in the .po, or nothing."""
    if not path.exists():
        return Catalog(locale="sv")
    with path.open("rb") as file:
        return read_po(file, locale="sv", abort_invalid=True)


def messages_of(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def merged(used: Catalog, translation: Catalog) -> SwedishCatalog:
    catalog = SwedishCatalog()
    for message in messages_of(used):
        catalog.copy(message, translation.get(message.id, message.context))
    return catalog


def update(root: Path = ROOT, path: Path = PO) -> None:
    """Write the .po and the .mo."""
    catalog = merged(used_messages(root), read_translation(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(catalog.po())
    path.with_suffix(".mo").write_bytes(catalog.mo())


def problems(root: Path = ROOT, path: Path = PO) -> list[str]:
    """What keeps the Swedish translation from being complete, one sentence for each fault."""
    used, translation = used_messages(root), read_translation(path)
    found: list[str] = []
    for message in messages_of(used):
        translated = translation.get(message.id, message.context)
        if translated is None or translated.pluralizable != message.pluralizable:
            found.append(f"missing from the .po: {described(message)}")
        else:
            found.extend(faults(translated))
    unused = [
        message for message in messages_of(translation) if not used.get(message.id, message.context)
    ]
    found.extend(f"no longer used: {described(message)}" for message in unused)
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != merged(translation, translation).mo():
        found.append("django.mo is not what django.po compiles to")
    return found


def faults(message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    originals = texts(message.id)
    translations = texts(message.string or "")
    if not all(translations) or len(translations) < len(originals):
        yield f"untranslated: {described(message)}"
    elif message.fuzzy:
        yield f"fuzzy: {described(message)}"
    else:
        first, *others = map(placeholders, translations)
        # One language may write the number out in the singular, and the other leave it out.
        fits = first in map(placeholders, originals)
        if not fits or any(other != placeholders(originals[-1]) for other in others):
            yield f"other placeholders in the translation: {described(message)}"


def placeholders(text: str) -> frozenset[str]:
    """What is filled in. A stray percent sign counts, since filling in would stumble over it."""
    found = set(PLACEHOLDER.findall(text))
    if any(part.startswith("%") for part in found):
        found.update(PERCENT.findall(text))
    return frozenset(found - {"%%"})


def texts(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def described(message: Message) -> str:
    places = sorted({name for name, _line in message.locations})
    return f"{texts(message.id)[0]!r}" + (f" ({', '.join(places)})" if places else "")


def main(arguments: list[str]) -> None:
    match arguments:
        case ["update"]:
            update()
        case ["check"]:
            if found := problems():
                sys.exit("\n".join([*found, REMEDY]))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
