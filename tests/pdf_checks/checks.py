"""What veraPDF does not judge: heading order, scopes, stray text, and what an archive may not hold."""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

import pikepdf

from tests.pdf_checks.structure import MISSING, Node, marked_text, read

PARENTS = {
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TR": {"THead", "TBody", "TFoot", "Table"},
    "TH": {"TR"},
    "TD": {"TR"},
}
CHILDREN = {"L": {"L", "LI", "Caption"}, "LI": {"Lbl", "LBody"}, "TR": {"TH", "TD"}}
PAINTING = frozenset({"Tj", "TJ", "f", "f*", "B", "S", "s", "sh", "Do"})


def problems(content: bytes) -> list[str]:
    """Everything found wrong with the file, as sentences; empty if nothing is."""
    with pikepdf.open(BytesIO(content)) as pdf:
        tree = read(pdf)
        return [
            *_catalogue(pdf),
            *_headings(tree),
            *_nesting(tree),
            *_tables(tree, pdf.Root.StructTreeRoot),
            *_alternatives(tree),
            *_contents(pdf, tree),
            *_reach(pdf),
        ]


def _catalogue(pdf: pikepdf.Pdf) -> Iterator[str]:
    if str(pdf.Root.get("/Lang", "")) != "sv":
        yield "The language is not Swedish"
    if not pdf.Root.MarkInfo.Marked:
        yield "The file does not say that it is tagged"
    if not pdf.Root.ViewerPreferences.DisplayDocTitle:
        yield "The title is not shown in the window"
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield "The file has no title"


def _headings(tree: Node) -> Iterator[str]:
    levels = [int(node.tag[1]) for node in tree.walk() if re.fullmatch("H[1-6]", node.tag)]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"The headings do not begin with the only H1: {levels}"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield f"A heading level is skipped: {levels}"
    for node in tree.walk():
        if node.tag.startswith("H") and not node.text:
            yield f"Empty {node.tag}"


def _nesting(tree: Node) -> Iterator[str]:
    for node in tree.walk():
        parent = node.parent.tag if node.parent else ""
        if parent not in PARENTS.get(node.tag, {parent}):
            yield f"{node.tag} inside {parent}"
        kids = {child.tag for child in node.children}
        if not kids <= CHILDREN.get(node.tag, kids):
            yield f"{node.tag} holds {kids}"


def _tables(tree: Node, root: pikepdf.Dictionary) -> Iterator[str]:
    names = list(root.get("/IDTree", {}).get("/Names", []))
    index = {
        bytes(name): element.objgen for name, element in zip(names[::2], names[1::2], strict=True)
    }
    if list(index) != sorted(index):
        yield "The index of cells is not in order"
    yield from _header_cells(tree, index)
    for table in tree.all("Table"):
        widths = {len(row.children) for row in table.all("TR")}
        if len(widths) != 1:
            yield f"A table has rows of different widths: {widths}"
    for cell in tree.all("TD"):
        names = cell.attribute("/Headers")
        if not names or any(bytes(name) not in index for name in names):
            yield f"A cell does not name its header cells: {cell.text}"


def _header_cells(tree: Node, index: dict[bytes, tuple[int, int]]) -> Iterator[str]:
    for cell in tree.all("TH"):
        if str(cell.attribute("/Scope")) != (
            "/Column" if cell.parent.parent.tag == "THead" else "/Row"
        ):
            yield f"A header cell has the wrong scope: {cell.text}"
        if index.get(bytes(cell.element.ID)) != cell.element.objgen:
            yield f"A header cell is not in the index: {cell.text}"


def _alternatives(tree: Node) -> Iterator[str]:
    for figure in tree.all("Figure"):
        if not str(figure.element.get("/Alt", "")).strip():
            yield "A picture has no text in its place"


def _contents(pdf: pikepdf.Pdf, tree: Node) -> Iterator[str]:
    met = {node.element.objgen for node in tree.walk()}
    for number, page in enumerate(pdf.pages, 1):
        depth = 0
        for operator in (
            str(operator) for _operands, operator in pikepdf.parse_content_stream(page)
        ):
            depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
            if operator in PAINTING and not depth:
                yield f"Page {number} paints something neither tagged nor decoration"
        owners = pdf.Root.StructTreeRoot.ParentTree.Nums[2 * page.StructParents + 1]
        for mark, text in marked_text(page).items():
            if MISSING in text:
                yield f"Page {number} shows a glyph without a character: {text}"
            if mark >= 0 and owners[mark].objgen not in met:
                yield f"Page {number} has text outside the tree that is not decoration: {text}"


def _reach(pdf: pikepdf.Pdf) -> Iterator[str]:
    """An archival document acts on nothing, leads nowhere and leans on no other file."""
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if "/URI" in item or "/JS" in item or str(item.get("/Type", "")) == "/Action":
            yield "The file holds an action or an address"
        if str(item.get("/Type", "")) == "/FontDescriptor" and "/FontFile2" not in item:
            yield f"A font is not embedded: {item.get('/FontName')}"
        if isinstance(item, pikepdf.Stream) and "/F" in item:
            yield "A stream lies in another file"
