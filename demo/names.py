"""Words from which the generator makes plausible, invented associations and agreements."""

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
