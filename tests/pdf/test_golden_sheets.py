"""Our own sheets and the papers of a company against pictures looked at by a person.

``CHUTDIAO_GOLDEN=write .venv/bin/python -m pytest tests/pdf/test_golden_sheets.py`` draws them anew; look at
each before it is committed.
"""

import os
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from tests.pdf.blank_answers import sample

from chutdiao import paths
from chutdiao.domain.check import Context, evaluate
from chutdiao.formlib.filling import fit
from chutdiao.formlib.reference import CsvTables
from chutdiao.formlib.shelf import Shelf
from chutdiao.pdf.render import sheet_pdf

GOLDEN = Path(__file__).parents[1] / "golden" / "sheets"
SHELF = Shelf(paths.forms_dir())
TABLES = CsvTables(paths.forms_dir())
FORMS = (
    "pnd1 pnd1a pnd2 pnd3 pnd53 pnd54 wht50 pnd50 pnd51 pnd91 pnd94 pp30 pp30-2 pp36 pt40 pp09 os4 loryor01 "
    "sso1-03 sso1-10 sign-tax food-licence boj1 boj3 articles meeting-minutes power-of-attorney"
).split()


def pictures(form: str) -> list[Image.Image]:
    import pypdfium2

    spec = SHELF.load(form)
    answers, problems = fit(spec, sample(form))
    assert not problems
    state = evaluate(spec, answers, Context(date(2026, 5, 7), SHELF.parameters()))
    document = pypdfium2.PdfDocument(sheet_pdf(spec, state, SHELF.print_map(form), TABLES))
    return [page.render(scale=1, grayscale=True).to_pil() for page in document]


@pytest.mark.parametrize("form", FORMS)
def test_a_sheet_looks_as_it_did(form: str) -> None:
    drawn = pictures(form)
    if os.environ.get("CHUTDIAO_GOLDEN") == "write":
        GOLDEN.mkdir(parents=True, exist_ok=True)
        for number, picture in enumerate(drawn, 1):
            picture.quantize(16).save(GOLDEN / f"{form}-page{number}.png", optimize=True)
    kept = sorted(GOLDEN.glob(f"{form}-page[0-9].png"))
    assert len(drawn) == len(kept)
    for picture, path in zip(drawn, kept, strict=True):
        with Image.open(path) as golden:
            assert picture.size == golden.size
            difference = ImageChops.difference(picture, golden.convert("L"))
        # Renderers of other versions soften edges differently; a letter that moved or is gone is more.
        changed = sum(difference.histogram()[96:])
        assert changed < 60, f"{path.name}: {changed} pixels changed"
