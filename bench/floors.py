"""What the portal's pages are compared with: views that do as little as a view can."""

from html import escape

from django.db import connection
from django.http import HttpResponse

ROWS = """
    select a.id, a.name, a.kind, a.diary_number, a.over_certainly, c.name, p.name
    from agreements_agreement a
    join organisations_committee c on c.id = a.committee_id
    join agreements_agreementpartner ap on ap.agreement_id = a.id
    join organisations_partner p on p.id = ap.partner_id
    order by a.sort_key, a.id limit 50 {offset}
"""


def hello(request):
    """Nothing but the middleware, for somebody who is signed in."""
    return HttpResponse("hello")


def raw(request):
    """Fifty rows of the register as a cursor gives them, escaped and joined by hand."""
    return HttpResponse(_table(ROWS.format(offset="")))


def offset(request):
    """The same in the middle of the register, found the way that does not scale."""
    middle = int(request.GET["rows"]) // 2
    return HttpResponse(_table(ROWS.format(offset=f"offset {middle}")))


def _table(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows = cursor.fetchall()
    cells = ("".join(f"<td>{escape(str(value))}</td>" for value in row) for row in rows)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
