"""CNCĐ: community digital technology teams, from a hamlet's log to the province's desk."""

__version__ = "0.1.0"
