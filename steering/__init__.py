"""How the parties steer an agreement together: groups, their meetings, decisions and tasks."""
