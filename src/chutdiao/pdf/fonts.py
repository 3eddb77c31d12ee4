"""The fonts of official paper, registered once."""

from functools import lru_cache

from chutdiao import paths

REGULAR = "Sarabun"
BOLD = "Sarabun-Bold"


@lru_cache(1)
def register() -> None:
    """Make both weights known to ReportLab, ready for shaping."""
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    # Streams as they are: writing them in printable letters costs time and a quarter more room.
    rl_config.useA85 = 0
    folder = paths.resources_dir() / "fonts"
    for name, file in ((REGULAR, "Sarabun-Regular.ttf"), (BOLD, "Sarabun-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(folder / file), shapable=True))
