"""Item models over rows the widgets show."""
