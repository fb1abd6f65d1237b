"""Anonymise, approve and publish domestic homicide reviews."""

__version__ = "0.1.0"
