"""Running text of the log and of assessments, on the page as in print."""

from django import template

from partnerships.markdown import to_html

register = template.Library()


@register.filter
def prose(text):
    """Markdown as HTML, cleaned; headings begin below the page's own."""
    return to_html(text, top_heading=4)
