"""The committees' meetings: agendas, decisions, minutes, extracts and their dispatch."""
