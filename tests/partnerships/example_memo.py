"""A memo of record, word for word as a municipality published it, as the tests' example."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from PIL import Image

from partnerships.documents import (
    AmountRow,
    AmountTable,
    Document,
    HeaderField,
    Lines,
    Points,
    Prose,
    Section,
    Signatory,
    Signatures,
)
from partnerships.markdown import keep_together, to_html

SUMMARY = """\
Linköpings kommun och Linköpings Stadsmission ingick ett idéburet offentligt partnerskap i december 2017, i syfte att möjliggöra för personerna i målgruppen att bryta sitt utanförskap och närma sig arbetsmarknaden genom att tillskapa platser och placeringar för främst nyanlända flyktingar.

Under våren 2019 reviderades partnerskapet med anledning av att parterna såg att den ursprungliga målgruppen hade utvecklats, varpå detta justerades i överenskommelsen. Deltagare som inte uppfyllde målgruppsdefinitionen anvisades till plats hos Stadsmissionen genom så kallade ”individuella avtal” vilket innebär ytterligare en kostnad för kommunen. Den reviderade överenskommelsen breddade därför målgruppen, och anvisningar sker enligt den sedan maj 2019.

Partnerskapet och insatserna för individerna som anvisas till Linköpings Stadsmission inom IOP ”Hoppfull framtid” visar på ett gott utfall, varför det kommer att förnyas enligt formuleringen om giltighet. Partnerskapet förnyas och kommer att gälla 2020-01-01 – 2021-12-31. Det finns efter det möjlighet till ytterligare förlängning en gång.
"""

BACKGROUND = """\
I september 2019 gjorde styrgruppen en genomgång av status rörande anvisningar och målgrupper i enlighet med den reviderade överenskommelsen från april 2019. Då fanns totalt 14 deltagare inne i arbetsträningsinsats på både second hand-butiken och på Von Dufva. Det är förfrågningar från flera olika verksamheter att få komma åt platserna, både för arbetsträning och praktik. Praktikplatser kommer via denna IOP och med avtal m Omsorgskontoret.

Anvisningarna från Arbetsmarknadscentrum till insatsen fungerar bra då handläggarna nu använder sig av beställningsmallar. Arbetsmarknadskonsulent lägger mer tid på beställningen som kommer till Stadsmissionen, i syfte att ge Stadsmissionen bättre förutsättningar att förbereda och göra bra lämplighetsprövningar och riskbedömningar vid placering i arbetsgrupperna. Man har också i samförstånd gjort en mer strukturerad planering över studiebesök i verksamheten, vilket sparar tid för både handläggare och deltagare.

För alla team och arbetsmarknadskonsulenter på Arbetsmarknadscentrum finns i uppdrag att arbeta nära samverkanspartner inom befintliga insatser.
"""

DECISION_BASIS = "Överenskommelse om IOP – Linköpingsstadsmision (april 2019).docx"
MUNICIPALITY_PAYS = (
    "Linköpings kommun bidrar med lönen för två heltidstjänster för handläggargrödet."
)
PARTNER_GIVES = "Linköpings Stadsmissions bidrag med stöd i form av:"
GOALS = (
    "Projektet ligger i linje med och bidrar till att kommunen kan uppfylla målet Stark gemenskap och "
    "människor i arbete. Det här samarbetet ligger också i linje med kommunens avsikt att utveckla "
    "samverkan med idéburen sektor och sociala företag."
)
EQUALITY = (
    "Genom att bredda målgruppen ges fler möjlighet att delta i arbetsträningssatsningar inom ramarna för "
    "partnerskapet. Insatserna som sådana riktar sig till både män och kvinnor."
)
CONSULTATION = (
    "Inför revideringen under april 2019 genomfördes samråd med kommunjurist, som tillstyrkte förslaget "
    "till utformningen av det aktuella partnerskapet."
)
FOLLOW_UP = "Uppföljning sker inom ramarna för partnerskapet."
CO_DETERMINATION = (
    "Information eller förhandling enligt lag (1976:580) om medbestämmande i arbetslivet"
)

POST = "Heltidstjänst inkl. sociala avgifter och semesterersättning"
MUNICIPALITY_ROWS = ((POST, "550 000 kr"), (POST, "550 000 kr"))
COACHING = (
    "Yrkescoachning inom yrken enligt punkt 5 (5 yrkescoachare á 27 000/månad 20 %/12 månader) "
    "Verksamhetsledare á 35 000/månaden 30 % (10 % *3 Café, restaurang, Second hand)"
)
ROOMS = (
    "Utbildningslokal 10 000/månaden (Teoretisk yrkesutbildning, jobbsökaraktivitet, coachning och "
    "handledning, workshops)"
)
EQUIPMENT = (
    "Teknik, utbildning och utbildningsmaterial (Datorer för jobbsök, workshops, yrkesutbildning, "
    "seminarier och studiebesök)"
)
VOLUNTEERS = "Volontärsinsats – Mentorskap för deltagarna (25 000/månaden 20 % i 12 månader)"
PARTNER_ROWS = (
    (COACHING, "649 500 kr"),
    (ROOMS, "120 000 kr"),
    (EQUIPMENT, "70 000 kr"),
    (VOLUNTEERS, "141 000 kr"),
)

HEADINGS = (
    "Idéburet offentligt partnerskap, Linköpings Stadsmission",
    "Förslag till beslut",
    "Ärende",
    "Beslutsunderlag",
    "Bakgrund",
    "Ekonomiska konsekvenser",
    "Kommunala mål",
    "Jämställdhet",
    "Samråd",
    "Uppföljning och utvärdering",
    CO_DETERMINATION,
    "Beslutet skickas till",
)


def amount_table(rows, total_label, total):
    return AmountTable(
        rows=tuple(
            AmountRow(keep_together(label), keep_together(amount)) for label, amount in rows
        ),
        label_heading="Post",
        amount_heading="Belopp",
        total_label=total_label,
        total=keep_together(total),
    )


def text_section(heading, text, **options):
    return Section(heading, (Prose(to_html(text)),), **options)


ECONOMY = Section(
    "Ekonomiska konsekvenser",
    (
        Prose(to_html(MUNICIPALITY_PAYS)),
        amount_table(MUNICIPALITY_ROWS, "Totalt från Linköpings kommun per år:", "1 100 000 kr"),
        Prose(to_html(PARTNER_GIVES)),
        amount_table(PARTNER_ROWS, "Totalt från Linköpings stadsmission per år:", "980 500 kr"),
    ),
)

MEMO = Document(
    title=HEADINGS[0],
    document_name="Tjänsteskrivelse",
    municipality_name="Linköpings kommun",
    letterhead_colour="#1d3a57",
    header_fields=(
        HeaderField("Förvaltning", ("Utbildningskontoret",)),
        HeaderField("Datum", ()),
        HeaderField("Till", ("Arbetsmarknadsnämnden",)),
        HeaderField("Handläggare", ("Tor Andersson", "Helena Paulsson")),
        HeaderField("Diarienummer", ("",)),
    ),
    footer_text="Utbildningskontoret · Linköpings kommun",
    created_at=datetime(2019, 11, 4, 9, 30, tzinfo=UTC),
    modified_at=datetime(2019, 11, 5, 8, 0, tzinfo=UTC),
    author="Utbildningskontoret, Linköpings kommun",
    description="Tjänsteskrivelse till Arbetsmarknadsnämnden",
    sections=(
        Section(
            "Förslag till beslut", (Points(("Arbetsmarknadsnämnden noterar informationen.",)),)
        ),
        text_section("Ärende", SUMMARY),
        Section(
            "Beslutsunderlag",
            (Lines((DECISION_BASIS,)),),
            style="list",
        ),
        text_section("Bakgrund", BACKGROUND, starts_page=True),
        ECONOMY,
        text_section("Kommunala mål", GOALS),
        text_section("Jämställdhet", EQUALITY),
        text_section("Samråd", CONSULTATION),
        text_section("Uppföljning och utvärdering", FOLLOW_UP),
        text_section(CO_DETERMINATION, "MBL-information eller förhandling är inte påkallad."),
        Section(
            "",
            (
                Signatures(
                    "Utbildningskontoret",
                    (Signatory("Tor Andersson"), Signatory("Helena Paulsson")),
                ),
            ),
            style="signature",
        ),
        Section(
            "Beslutet skickas till",
            (Lines(("Verksamhetschef, Linköpings Stadsmission", "Ledningsgrupper AMC, AFI")),),
            style="list",
        ),
    ),
)


def memo(**changes):
    """The example, with other values where the test says so."""
    return replace(MEMO, **changes)


def with_text(markdown):
    """The example with one section of running text."""
    return memo(sections=(Section("Rubrik", (Prose(to_html(markdown)),)),))


def picture(mode="RGBA", size=(600, 200), kind="PNG", **options):
    """A picture file, for a logo."""
    target = BytesIO()
    Image.new(mode, size).save(target, kind, **options)
    return target.getvalue()
