"""``forms check``: every mistake under ``forms/`` with its file, line, cause and cure."""

from chutdiao.formlib.lint.whole import Report, check_library

__all__ = ["Report", "check_library"]
