"""Makes the document faces from Adobe's Source Sans 3 and Source Serif 4. Run by hand on an upgrade:

    python derive.py SOURCE_SANS_FOLDER SOURCE_SERIF_FOLDER

In Adobe's files the no-break space is drawn with the glyph of the ordinary space. A PDF keeps one
character for each glyph, so that `649 500 kr` would be read back, searched and copied with ordinary
spaces. Here the no-break space has a glyph of its own. Features that documents do not use are left
out. The licence (OFL 1.1) reserves the name Source for unchanged files, hence the new names.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

HERE = Path(__file__).parent
NO_BREAK_SPACE = 0xA0
FEATURES = ["calt", "ccmp", "kern", "liga", "lnum", "locl", "mark", "mkmk", "pnum", "tnum"]
SANS = (
    "SourceSans3",
    "Source Sans 3",
    "HandlingSans",
    "Handling Sans",
    ["Regular", "It", "Semibold"],
)
SERIF = (
    "SourceSerif4",
    "Source Serif 4",
    "HandlingSerif",
    "Handling Serif",
    ["Regular", "It", "Semibold", "SemiboldIt"],
)


def derive(source: Path, target: Path, names: dict[str, str]) -> None:
    """Write one face, with the same bytes for the same source."""
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(
        layout_features=FEATURES, hinting=False, name_IDs=["*"], notdef_outline=True
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap())
    subsetter.subset(font)
    _give_glyph_to_no_break_space(font)
    _rename(font, names)
    font.save(target)


def _give_glyph_to_no_break_space(font: TTFont) -> None:
    font.setGlyphOrder([*font.getGlyphOrder(), "nbspace"])
    font["glyf"].glyphs["nbspace"] = Glyph()
    font["hmtx"]["nbspace"] = font["hmtx"]["space"]
    for table in font["cmap"].tables:
        if NO_BREAK_SPACE in table.cmap:
            table.cmap[NO_BREAK_SPACE] = "nbspace"


def _rename(font: TTFont, names: dict[str, str]) -> None:
    """The names of family and face; copyright, trademark and licence stay as they are."""
    for record in font["name"].names:
        if record.nameID in {1, 3, 4, 6, 16, 17, 18, 20, 21, 22, 25}:
            text = record.toUnicode()
            for old, new in names.items():
                text = text.replace(old, new)
            record.string = text


if __name__ == "__main__":
    for folder, (old_file, old_name, new_file, new_name, faces) in zip(
        map(Path, sys.argv[1:]), (SANS, SERIF), strict=True
    ):
        for face in faces:
            derive(
                folder / f"{old_file}-{face}.ttf",
                HERE / f"{new_file}-{face}.ttf",
                {old_name: new_name, old_file: new_file},
            )
