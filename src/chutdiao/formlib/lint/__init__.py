"""``forms check``: every mistake under ``forms/`` with its file, line, cause and cure."""

from chutdiao.formlib.lint.library import Report, check_library

__all__ = ["Report", "check_library"]
