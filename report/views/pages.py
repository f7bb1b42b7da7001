"""What the page of an edition shows of its content: texts with figures that lead to their rows."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.html import format_html

from partnerships.markdown import to_html
from report.documents import filled
from report.documents.charts import chart_from
from report.models import Edition, SectionContent

WITH_FIGURES = (SectionContent.KIND, SectionContent.WHOLE)


def sections_of(edition: Edition, content: dict) -> list[dict]:
    """The sections with their texts as HTML and their own figures."""
    rows_url = reverse("report:figure_rows", args=[edition.pk])

    def linked(figure: dict, words: str) -> str:
        if figure["computed"] is None:
            return words
        url = f"{rows_url}?{figure['query']}"
        return format_html('<a class="ds-link" href="{}">{}</a>', url, words)

    return [_section(section, content, linked) for section in content["sections"]]


def _section(section: dict, content: dict, linked: Callable[[dict, str], str]) -> dict:
    kind, holds = section["kind"], section["content"]
    figures = [figure for figure in content["figures"] if figure["kind"] == kind]
    shown = {
        **section,
        "html": filled(to_html(section["text"], top_heading=3), content["figures"], linked),
        "drawings": [chart_from(chart) for chart in section["charts"]],
        "figures": figures if holds in WITH_FIGURES else [],
        "answers": _answers(content) if holds == SectionContent.FOCUS else [],
    }
    parts = ("html", "figures", "tables", "answers")
    return {**shown, "is_shown": any(shown[name] for name in parts)}


def _answers(content: dict) -> list[dict]:
    """The questions with the answers as HTML."""
    return [
        {
            "question": question["question"],
            "answers": [
                {"office": answer["office"], "html": to_html(answer["text"], top_heading=4)}
                for answer in question["answers"]
            ],
        }
        for question in content["focus"]
    ]
