"""The agencies' own files: layouts as data, rows checked before writing, files read back.

Pure: takes rows as text and gives lines, or takes lines and gives rows. ``agencyfiles`` reads and
writes the disk.
"""

from chutdiao.domain.agencyfile.layout import Choice, Column, Doubt, Field, Layout, Payees, Shape
from chutdiao.domain.agencyfile.reading import ReadBack, read_lines
from chutdiao.domain.agencyfile.rows import Period, RawRow, Sheet, read_payer, read_rows
from chutdiao.domain.agencyfile.writing import AgencyFile, to_bytes, write_rows

__all__ = [
    "AgencyFile",
    "Choice",
    "Column",
    "Doubt",
    "Field",
    "Layout",
    "Payees",
    "Period",
    "RawRow",
    "ReadBack",
    "Shape",
    "Sheet",
    "read_lines",
    "read_payer",
    "read_rows",
    "to_bytes",
    "write_rows",
]
