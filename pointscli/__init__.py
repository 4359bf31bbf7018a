"""points: rules and an event log in, scores, rankings and published tables out."""

__version__ = "0.1.0"
