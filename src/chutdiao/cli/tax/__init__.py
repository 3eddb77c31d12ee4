"""The words below ``chutdiao tax``."""
