"""How a memo is written so that it can be decided on: what a reviewer would mark in the margin.

Warnings only. Each says which rule it comes from; the rules are those that municipalities teach:
points that stand alone, dated documents, a summary that the minutes can use.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from agreements.models import Obligation
from memos.models import Memo, MemoTemplate, TemplateSection

LINE = 90  # characters, about what a printed line holds
LONG = 8 * LINE
SHARED_WORDS = 0.8  # of an undertaking's words, in one paragraph, are a quotation of it
SHORTEST_WORD = 4
LEANING = re.compile(
    r"\b(?:enligt|i enlighet med|se) (?:ovan|nedan|föreliggande|detta förslag|förslaget)"
    r"|\bovan(?:stående|nämnda)\b|\bföreliggande förslag\b",
    re.IGNORECASE,
)
DECISIONS = re.compile(
    r"\b(?:godkänner|noterar|antar|avslår|bifaller|uppdrar|fastställer|överlämnar|beviljar"
    r"|förlänger|tecknar|säger upp|upphäver|ställer sig|ger|utser|delegerar|avsätter)\b",
    re.IGNORECASE,
)
NEW_SENTENCE = re.compile(r"[.;!?]\s+[A-ZÅÄÖ]")
SUMMARY = re.compile(r"sammanfattning|^ärende(?:t|beskrivning)?$", re.IGNORECASE)
NUMBERED_GOAL = re.compile(r"\bmål(?:et|en)? \d+", re.IGNORECASE)
CATALOGUE = re.compile(
    r"budget|målförteckning|program|plan\b|planen|strategi|agenda|\b(?:19|20)\d\d\b", re.IGNORECASE
)
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Remark:
    """Something to look at, and the rule that it comes from."""

    text: str
    why: str = ""

    def __str__(self):
        return self.text


def broken(memo: Memo, *, on: date) -> Iterator[Remark]:
    """What the memo, fetched `with_parts()`, does otherwise than the house rules say."""
    yield from _facts(memo)
    yield from _points(memo)
    yield from _summary(memo)
    yield from _basis(memo)
    yield from _goals(memo)
    if memo.agreement_id:
        yield from _ended_obligations(memo, on)


def _facts(memo: Memo) -> Iterator[Remark]:
    if memo.dated_on is None:
        yield Remark(_("The memo has no date."), _("It is named by its date in the minutes."))
    if not memo.diary_number:
        yield Remark(
            _("The memo has no diary number."), _("By it the matter is found in the diary.")
        )


def _points(memo: Memo) -> Iterator[Remark]:
    for number, point in enumerate(memo.proposal_points.all(), start=1):
        yield from _point(number, point.text.strip(), memo.template.numbering)


def _point(number: int, text: str, numbering: str) -> Iterator[Remark]:
    begins_with_att = text.lower().startswith("att ")
    if begins_with_att and numbering == MemoTemplate.Numbering.ATT_CLAUSES:
        yield Remark(
            _("Point %(number)s begins with “att”, which the template prints already.")
            % {"number": number},
            _("The template begins every point with “att”."),
        )
    elif begins_with_att:
        yield Remark(
            _("Point %(number)s begins with “att”. Write it as a sentence of its own.")
            % {"number": number},
            _("A point is written as if decided, so that it can be moved to the minutes."),
        )
    if found := LEANING.search(text):
        yield Remark(
            _("Point %(number)s leans on another text (“%(words)s”).")
            % {"number": number, "words": found[0]},
            _("The minutes hold the point without what stands around it here."),
        )
    if len(DECISIONS.findall(text)) > 1 or NEW_SENTENCE.search(text):
        yield Remark(
            _("Point %(number)s seems to say more than one thing. Divide it.") % {"number": number},
            _("One measure in each point: then each can be decided, and followed up, by itself."),
        )


def _summary(memo: Memo) -> Iterator[Remark]:
    """A long text begins with what it comes to, where the template has a place for it."""
    places = [section for section in memo.template.sections.all() if _is_summary(section)]
    written = {section.template_section_id: section.text.strip() for section in memo.sections.all()}
    length = sum(len(text) for text in written.values())
    if places and length > LONG and not any(written.get(place.pk) for place in places):
        yield Remark(
            _("“%(heading)s” is empty, and the text is longer than eight lines.")
            % {"heading": places[0].heading},
            _("The summary becomes the description of the matter in the minutes."),
        )


def _is_summary(section: TemplateSection) -> bool:
    return section.has_text and bool(SUMMARY.search(section.heading.strip()))


def _basis(memo: Memo) -> Iterator[Remark]:
    bases = list(memo.decision_bases.all())
    for basis in bases:
        if basis.dated_on is None:
            yield Remark(
                _("The document “%(title)s” in the decision basis has no date.")
                % {"title": basis.title},
                _("Every document of the basis is dated, so that it is known which one was meant."),
            )
    own = memo.template.document_name.lower()
    if bases and not bases[0].title.lower().startswith(own):
        yield Remark(
            _("The decision basis does not begin with this memo."),
            _("The memo itself comes first, then the others in the order in which they are sent."),
        )


def _goals(memo: Memo) -> Iterator[Remark]:
    for paragraph in _paragraphs(memo):
        if (found := NUMBERED_GOAL.search(paragraph)) and not CATALOGUE.search(paragraph):
            yield Remark(
                _("“%(goal)s” is named without the list that it stands in.") % {"goal": found[0]},
                _("The numbers of goals change from list to list. Name the list and its year."),
            )


def _ended_obligations(memo: Memo, on: date) -> Iterator[Remark]:
    """Undertakings that the memo tells of as if they applied, though they had ended."""
    day = memo.dated_on or on
    paragraphs = [_words(paragraph) for paragraph in _paragraphs(memo)]
    for obligation in Obligation.objects.filter(agreement=memo.agreement_id).select_related(
        "ended_by"
    ):
        words = _words(obligation.text)
        told = any(len(words & other) >= SHARED_WORDS * len(words) for other in paragraphs)
        if words and told and not obligation.possibly_applied(day):
            yield Remark(
                _("The memo tells of “%(obligation)s”, which has ended.")
                % {"obligation": obligation.text},
                _("The agreement's undertakings say when each of them applied."),
            )


def _paragraphs(memo: Memo) -> list[str]:
    texts = [section.text for section in memo.sections.all()]
    return [piece for text in texts for piece in re.split(r"\n\s*\n", text) if piece.strip()]


def _words(text: str) -> set[str]:
    return {word for word in WORD.findall(text.lower()) if len(word) >= SHORTEST_WORD}
