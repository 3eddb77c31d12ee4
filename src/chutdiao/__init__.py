"""Chutdiao: registration, licences and taxes of a Thai small business in one place."""

__version__ = "0.1.0"
