"""Words from which the generator makes plausible, invented associations and agreements."""

AUTHOR_EMAIL = "generator@exempelby.example"  # of the municipality that is invented altogether
PLACES = (
    "Ekbacken", "Björkhaga", "Lindvik", "Södra Ängen", "Norrmalmen", "Källby", "Stensätra", "Åkerlund",
    "Östanå", "Västerhagen", "Hagalund", "Solbacka", "Granvik", "Almby", "Rönninge backe", "Sjöängen",
    "Kvarnholm", "Tallåsen", "Ängsö by", "Fågelsång", "Klockarbol", "Mossebo", "Strandnäs", "Ljungdala",
)  # fmt: skip
ACTIVITIES = (
    ("Idrottsförening", "nonprofit_association"), ("Kulturförening", "nonprofit_association"),
    ("Kvinnojour", "nonprofit_association"), ("Hembygdsförening", "nonprofit_association"),
    ("Läxhjälp", "nonprofit_association"), ("Ungdomsgård", "nonprofit_association"),
    ("Mötesplats", "nonprofit_association"), ("Brottsofferjour", "nonprofit_association"),
    ("Odlarförening", "nonprofit_association"), ("Seniornätverk", "nonprofit_association"),
    ("Barnstiftelse", "foundation"), ("Omsorgsstiftelse", "foundation"), ("Kulturstiftelse", "foundation"),
    ("Arbetskooperativ", "economic_association"), ("Cykelkooperativ", "economic_association"),
    ("Församling", "faith_community"), ("Omsorg AB (svb)", "limited_profit_company"),
)  # fmt: skip
PURPOSES = (
    "Fler barn och unga får en meningsfull fritid nära hemmet.",
    "Människor som står långt från arbetsmarknaden får stöd på vägen till egen försörjning.",
    "Våldsutsatta får skydd, råd och stöd genom hela processen.",
    "Äldre bryter sin ensamhet genom möten, samtal och gemensamma aktiviteter.",
    "Nyanlända får vänner, språk och kontakter i sin nya kommun.",
    "Natur och miljö vårdas av dem som bor där.",
    "Familjer med knappa resurser får hjälp med kläder, mat och lov.",
    "Kulturen når också dem som sällan möter den.",
)
WAYS = (
    "Verksamheten har öppet fyra dagar i veckan, även under skolloven, och leds av erfarna ledare tillsammans med frivilliga.",
    "Parterna ordnar studiebesök, praktikplatser och samtal med arbetsgivare, och varje deltagare får en egen kontaktperson.",
    "Föreningen rekryterar, utbildar och handleder de frivilliga, och kommunen bidrar med kunskap om lagar, stöd och rättigheter.",
    "Deltagarna är själva med och planerar vad som ska göras, så att verksamheten svarar mot de behov som finns i området.",
    "Lokalerna delas med andra föreningar, vilket ger fler möten mellan människor som annars inte skulle ha träffats.",
    "Stödet är frivilligt och utan kostnad för den enskilde, och den som vill kan vara anonym under hela tiden.",
    "Samtal förs på flera språk, och material tas fram på lättläst svenska tillsammans med dem som ska använda det.",
    "Varje termin ordnas minst två öppna dagar då allmänheten, skolan och andra aktörer bjuds in för att lära känna verksamheten.",
)  # fmt: skip
TOGETHER = (
    "En styrgrupp med lika många från varje part möts fyra gånger om året, följer hur medlen används och föreslår ändringar när behoven ändras.",
    "Parterna berättar för varandra om sådant som kan påverka samarbetet, och löser i första hand oenighet genom samtal i styrgruppen.",
    "Föreningen lämnar varje år en redogörelse för antalet deltagare, vad de själva säger om verksamheten och vad som har kostat mer eller mindre än väntat.",
    "Partnerskapet bygger på tillit och på att båda bidrar med sådant som den andra inte har, och ersätter inte kommunens eget ansvar enligt lag.",
)  # fmt: skip
TARGET_DETAILS = (
    "Den som redan får motsvarande stöd genom kommunens egen verksamhet kan delta om det finns plats.",
    "Anvisning behövs inte, men handläggare och skolpersonal kan föreslå deltagare efter samtycke.",
    "Minst hälften av platserna går till boende i kommunens mest utsatta områden.",
    "Kvinnor och män, flickor och pojkar ska ha lika goda möjligheter att delta.",
    "Anhöriga och vänner är välkomna till de öppna aktiviteterna.",
)  # fmt: skip
TARGET_GROUPS = (
    "barn och unga 6–18 år", "nyanlända", "äldre över 70 år", "personer i hemlöshet",
    "våldsutsatta kvinnor och deras barn", "långtidsarbetslösa", "familjer med låg inkomst", "alla som bor i området",
)  # fmt: skip
COMMITTEES = (
    "socialnämnden", "kultur- och fritidsnämnden", "äldrenämnden", "barn- och ungdomsnämnden", "miljönämnden",
    "tekniska nämnden", "utbildningsnämnden", "omsorgsnämnden", "integrationsnämnden", "landsbygdsnämnden",
    "folkhälsonämnden", "näringslivsnämnden",
)  # fmt: skip
MUNICIPALITY_LABELS = {
    "cash": "Ekonomiskt stöd till driften", "personnel": "Samordnare, halvtid", "premises": "Lokal utan hyra",
    "equipment": "Utrustning och material", "other": "Utbildning och handledning",
}  # fmt: skip
PARTNER_LABELS = {
    "personnel": "Verksamhetsledare", "premises": "Egna lokaler", "equipment": "Material och transporter",
    "volunteers": "Volontärers arbete", "cash": "Egna insamlade medel",
}  # fmt: skip
