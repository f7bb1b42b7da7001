"""A tagged PDF as assistive technology meets it: a tree of elements, with their text in order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf

BLOCKS = frozenset({"H1", "H2", "H3", "H4", "H5", "H6", "P", "LI", "Caption", "TR", "Figure"})
MISSING = "\ufffd"


@dataclass
class Node:
    """An element of the structure tree. Its pieces are text, in reading order, and further nodes."""

    tag: str
    element: pikepdf.Dictionary
    parent: "Node | None" = None
    pieces: list["str | Node"] = field(default_factory=list)

    @property
    def children(self) -> list["Node"]:
        return [piece for piece in self.pieces if isinstance(piece, Node)]

    @property
    def text(self) -> str:
        return self._raw_text().strip("\n ").replace("\n", " ")

    def _raw_text(self) -> str:
        return "".join(
            piece if isinstance(piece, str) else piece._raw_text() for piece in self.pieces
        )

    def attribute(self, name: str) -> pikepdf.Object | None:
        return self.element.get("/A", {}).get(name)

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *tags: str) -> list["Node"]:
        return [node for node in self.walk() if node.tag in tags]


def read(pdf: pikepdf.Pdf) -> Node:
    """The structure tree with its text. Text outside the tree (running heads) is not in it."""
    texts = {page.obj.objgen: marked_text(page) for page in pdf.pages}
    tree = Node("Root", pdf.Root.StructTreeRoot)
    _fill(tree, texts)
    return tree


def lines(content: bytes) -> list[str]:
    """The text that is read aloud, one line for each heading, paragraph, list item or table row."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return list(_lines(read(pdf)))


def _lines(node: Node) -> Iterator[str]:
    if node.tag in BLOCKS and not any(
        inner.tag in BLOCKS for inner in node.walk() if inner is not node
    ):
        yield "\t".join(cell.text for cell in node.children) if node.tag == "TR" else node.text
    else:
        for child in node.children:
            yield from _lines(child)


def _fill(node: Node, texts: dict[tuple[int, int], dict[int, str]]) -> None:
    kids = node.element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            node.pieces.append(texts[node.element.Pg.objgen][kid])
        elif "/S" in kid:
            child = Node(str(kid.S)[1:], kid, node)
            _fill(child, texts)
            node.pieces.append(child)


def marked_text(page: pikepdf.Page) -> dict[int, str]:
    """The page's text by the number of its marked content; -1 is what lies outside, or is decoration.

    What stands on another line than the text before it begins with a line feed.
    """
    maps = {name: _character_map(font) for name, font in page.Resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    marks, current, height = [-1], {}, None
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                marks.append(int(operands[1].get("/MCID", -1)))
                found.setdefault(marks[-1], "")
            case "BMC":
                marks.append(-1)
            case "EMC":
                marks.pop()
            case "Tf":
                current = maps[str(operands[0])]
            case "Tm" if operands[5] != height:
                height = operands[5]
                found[marks[-1]] = found.get(marks[-1], "") + "\n"
            case "Tj" | "TJ":
                found[marks[-1]] = found.get(marks[-1], "") + _shown(operands[0], current)
    return found


def _shown(operand: pikepdf.Object, characters: dict[int, str]) -> str:
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return "".join(
        characters.get(int.from_bytes(codes[i : i + 2], "big"), MISSING)
        for i in range(0, len(codes), 2)
    )


def _character_map(font: pikepdf.Dictionary) -> dict[int, str]:
    source = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"^<([0-9a-f]+)> <([0-9a-f]*)>$", source, re.MULTILINE | re.IGNORECASE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
