"""A PDF as it is seen, without its structure: text by page, its right edge, the mark of a draft."""

import re
import subprocess
from io import BytesIO
from itertools import combinations

from PIL import Image

MARK = (236, 239, 242)
HAIR = 3.0  # points; the boxes of lines that are set close share about one
WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
)


def squeezed(text):
    """Without white space, which a line break in print may add or take away."""
    return re.sub(r"[\s\u00a0\u200b]+", "", text)


def page_texts(content):
    """What is seen on each page, as a reader outside the structure tree extracts it."""
    command = ["pdftotext", "-enc", "UTF-8", "-", "-"]
    result = subprocess.run(command, input=content, capture_output=True, check=True)
    return result.stdout.decode().split("\f")[:-1]


def right_edge(content):
    """How far right text reaches, in points."""
    command = ["pdftotext", "-bbox", "-", "-"]
    boxes = subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()
    return max(float(x) for x in re.findall(r'xMax="([\d.]+)"', boxes))


def words_on_words(content):
    """Pairs of words on a page that are printed over each other."""
    command = ["pdftotext", "-bbox", "-", "-"]
    boxes = subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()
    return [
        (one, other)
        for page in boxes.split("</page>")
        for (*box, one), (*second, other) in combinations(WORD.findall(page), 2)
        if _is_over(*(tuple(map(float, corners)) for corners in (box, second)))
    ]


def _is_over(box, other):
    """Do the boxes share more than a hair, across and down?"""
    across = min(box[2], other[2]) - max(box[0], other[0])
    down = min(box[3], other[3]) - max(box[1], other[1])
    return across > HAIR and down > HAIR


def points_of_mark(content, page=3):
    """How many points of a page have the colour of the mark across it."""
    command = ["pdftoppm", "-r", "50", "-f", str(page), "-l", str(page), "-png"]
    raster = subprocess.run(command, input=content, capture_output=True, check=True).stdout
    with Image.open(BytesIO(raster)) as image:
        return sum(
            count for count, colour in image.convert("RGB").getcolors(1 << 24) if colour == MARK
        )
