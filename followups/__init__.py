"""How it went: plans with indicators, reports on their periods, and the partner's own link."""
