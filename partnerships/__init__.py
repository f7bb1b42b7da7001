"""The project: settings, root URLs and what every app may use. Imports no app."""
