"""Each kind of answer: typed, read, shown, refused."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QWidget

from chutdiao.domain.check import Context, evaluate
from chutdiao.domain.form import Choice, Field, FieldType, FileLimits, FormSpec, Rows, Section
from chutdiao.domain.problem import Json
from chutdiao.domain.text import LocalText
from chutdiao.ui.desk import Desk
from chutdiao.ui.fields.factory import widget_for
from chutdiao.ui.fields.frame import FieldWidget
from chutdiao.ui.fields.surroundings import Surroundings
from chutdiao.ui.fields.table import TableField

_SAMPLES = Path(__file__).parents[2] / "resources" / "samples"


def field(kind: str, **more: object) -> Field:
    return Field("f", FieldType(kind), LocalText("คำถาม", "Question"), **more)


class Bench:
    """A widget and what it told."""

    def __init__(self, desk: Desk, spec: Field) -> None:
        self.around = Surroundings(desk, "b1")
        widget = widget_for(spec, self.around)
        assert widget is not None
        self.widget: FieldWidget = widget
        self.told: list[tuple[str, Json]] = []
        self.widget.answered.connect(self._hear)
        section = Section("s", LocalText("", ""), (spec,))
        self.form = FormSpec("t", "1", LocalText("", ""), "rd", "2020-01-01", "", (section,))
        self.desk = desk
        self.show(None)

    def _hear(self, place: str, value: Json) -> None:
        self.told.append((place, value))

    def show(self, value: Json) -> None:
        answers = {} if value is None else {"f": value}
        state = evaluate(self.form, answers, Context(date(2026, 11, 23)), frozenset())
        self.widget.show_state(state.fields["f"])
        if isinstance(self.widget, TableField):
            self.widget.show_rows(state.fields)

    @property
    def last(self) -> Json:
        return self.told[-1][1]

    def said(self) -> str:
        return self.widget.problem_line.text()


@pytest.fixture
def bench(desk: Desk, qtbot):
    def make(spec: Field) -> Bench:
        made = Bench(desk, spec)
        qtbot.addWidget(made.widget)
        made.widget.show()
        return made

    return make


def keys(widget, text: str) -> None:
    """Press one key a letter; QTest itself knows only Latin ones."""
    for letter in text:
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(widget, event)


def type_into(qtbot, held: Bench, text: str) -> None:
    held.widget.edit.clear()
    keys(held.widget.edit, text)
    held.widget.edit.editingFinished.emit()


@pytest.mark.parametrize("kind", [k for k in FieldType if k is not FieldType.SIGNATURE])
def test_every_kind_has_a_widget_with_names(bench, kind):
    columns = (Field("c", FieldType.TEXT, LocalText("ช่อง", "Cell")),)
    held = bench(field(kind.value, table="tsic", columns=columns, choices=(Choice("a", LocalText.of("ก")),)))
    part = held.widget.focus_widget()
    assert part.objectName().startswith(("field.f", "choice.f"))
    assert part.accessibleName()


@pytest.mark.parametrize("typed", ["1 ก.พ. 2569", "1/2/2569", "๑ กุมภาพันธ์ ๒๕๖๙"])
def test_dates_are_read_and_shown_in_the_buddhist_era(bench, qtbot, typed):
    held = bench(field("date"))
    type_into(qtbot, held, typed)
    assert held.last == "2026-02-01"
    assert "2569" in held.widget.edit.text()


def test_a_day_no_calendar_has_is_said_and_kept(bench, qtbot):
    held = bench(field("date"))
    type_into(qtbot, held, "31 ก.พ. 2569")
    assert held.said()
    assert held.last
    assert held.widget.edit.property("state") == "bad"


def test_money_has_its_words_below(bench, qtbot):
    held = bench(field("money"))
    type_into(qtbot, held, "205,000")
    assert held.last in ("205000", "205000.00")
    assert held.widget.hint.said == "สองแสนห้าพันบาทถ้วน"
    assert held.widget.edit.text() == "205,000.00"


def test_half_typed_answers_are_not_scolded_until_left(bench, qtbot):
    held = bench(field("identity", of="natural"))
    held.widget.edit.setFocus()
    keys(held.widget.edit, "15099")
    held.show(held.last)
    assert held.said() == ""
    held.widget.edit.editingFinished.emit()
    assert held.said()


def test_thai_digits_and_spaces_in_an_identity(bench, qtbot):
    held = bench(field("identity", of="natural"))
    type_into(qtbot, held, "๑ ๑๐๑๗ ๐๐๒๓๐ ๗๐ ๘")
    assert str(held.last).isascii()
    assert " " not in str(held.last)


def test_a_mend_is_a_button_that_tells_the_answer(bench, qtbot):
    held = bench(field("date"))
    type_into(qtbot, held, "30 ต.ค. 69")
    asked: list[tuple[str, Json]] = []
    held.widget.mend_asked.connect(lambda place, value: asked.append((place, value)))
    button = held.widget.problem_line.findChild(QPushButton, "mend.f")
    if button is None:
        pytest.skip("two digits are read without asking")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked[0][0] == "f"


def test_tsic_is_found_by_the_word_coffee(bench, qtbot):
    held = bench(field("reference", table="tsic"))
    edit = held.widget.edit
    keys(edit, "กาแฟ")
    assert edit.rows.rowCount() > 0
    edit._activated(edit.rows.index(0, 0))
    assert held.last == edit.rows.row_at(0).code
    assert edit.text().startswith(str(held.last))


def test_the_sub_district_brings_its_postcode(bench, qtbot):
    held = bench(field("address"))
    area = held.widget.area
    keys(area, "เชิงดอย")
    index = next(i for i in range(area.rows.rowCount()) if area.rows.row_at(i).code == "500501")
    area._activated(area.rows.index(index, 0))
    assert held.last["subdistrict"] == "500501"
    assert held.last["district"] == "5005"
    assert held.last["province"] == "50"
    assert held.last["postcode"] == "50220"


def test_radios_answer_codes_and_delete_takes_back(bench, qtbot):
    choices = (Choice("one", LocalText.of("แห่งเดียว")), Choice("more", LocalText.of("มีสาขา")))
    held = bench(field("choice", choices=choices))
    button = held.widget.findChild(QWidget, "choice.f.more")
    button.click()
    assert held.last == "more"
    qtbot.keyClick(button, Qt.Key.Key_Delete)
    assert held.last is None


def test_many_choices_are_a_list(bench):
    held = bench(field("choice", choices=tuple(Choice(str(n), LocalText.of(str(n))) for n in range(8))))
    assert isinstance(held.widget.focus_widget(), QComboBox)


def test_several_choices_keep_the_forms_order(bench):
    held = bench(field("choices", choices=(Choice("a", LocalText.of("ก")), Choice("b", LocalText.of("ข")))))
    held.widget.findChild(QWidget, "choice.f.b").click()
    held.widget.findChild(QWidget, "choice.f.a").click()
    assert held.last == ["a", "b"]


def test_a_name_has_its_parts(bench, qtbot):
    held = bench(field("name"))
    keys(held.widget.findChild(QWidget, "field.f.first"), "สมชาย")
    keys(held.widget.findChild(QWidget, "field.f.last"), "ใจดี")
    assert held.last == {"first": "สมชาย", "last": "ใจดี"}


TABLE = field(
    "table",
    rows=Rows(0, 500, ("name", "held")),
    columns=(
        Field("name", FieldType.TEXT, LocalText("ชื่อ", "Name"), required="yes"),
        Field("held", FieldType.NUMBER, LocalText("หุ้น", "Shares"), whole=True),
    ),
)


def test_rows_are_pasted_from_a_spreadsheet(bench):
    held = bench(TABLE)
    held.widget.paste_text("สมชาย\t10\nสมหญิง\t๒๐\n")
    assert [(r["name"], r["held"]) for r in held.last] == [("สมชาย", "10"), ("สมหญิง", "20")]
    held.show(held.last)
    assert held.widget.model.rowCount() == 2


def test_a_paste_of_ten_thousand_rows_is_refused_and_nothing_is_lost(bench):
    held = bench(TABLE)
    held.show([{"_row": "r1", "name": "เดิม", "held": "1"}])
    held.widget.paste_text("x\t1\n" * 10_000)
    assert held.told == []
    assert held.said()
    assert held.widget.model.rowCount() == 1


def test_a_cell_tells_its_own_place(bench):
    held = bench(TABLE)
    held.show([{"_row": "r1", "name": "เดิม", "held": "1"}])
    model = held.widget.model
    model.setData(model.index(0, 1), "๑๕")
    assert held.told[-1] == ("f[r1].held", "15")


def test_rows_are_added_and_removed_by_wish(bench, qtbot):
    held = bench(TABLE)
    held.show([{"_row": "r1", "name": "เดิม", "held": "1"}])
    added, removed = [], []
    held.widget.row_added.connect(added.append)
    held.widget.row_removed.connect(lambda table, row: removed.append((table, row)))
    held.widget.add.click()
    held.widget.remove.click()
    assert added == ["f"]
    assert removed == [("f", "r1")]


def _encrypted() -> bytes:
    import io

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(_SAMPLES / "map.pdf"))
    writer.encrypt("secret")
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


FILE = field("file", limits=FileLimits(bytes=60_000, pages=2, files=1))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.pdf", lambda: b"", "ว่างเปล่า"),
        ("locked.pdf", _encrypted, "รหัสผ่าน"),
        ("big.pdf", lambda: b"%PDF-" + b"x" * 70_000, "เกินที่หน่วยงานรับ"),
        ("photo.png", lambda: (_SAMPLES / "map.pdf").read_bytes(), "นามสกุล"),
    ],
)
def test_bad_files_are_refused_with_the_reason(bench, asker, tmp_path, ws, name, data, said):
    path = tmp_path / name
    path.write_bytes(data())
    held = bench(FILE)
    asker.opened = [str(path)]
    held.widget.choose.click()
    assert said in held.said()
    assert held.widget.read() is None
    assert not ws.files.documents("b1")


def test_a_stick_pulled_out_is_said(bench, asker, tmp_path):
    held = bench(FILE)
    asker.opened = [str(tmp_path / "gone.pdf")]
    held.widget.choose.click()
    assert "gone.pdf" in held.said()


def test_a_good_file_is_kept_by_content_and_can_be_taken_out(bench, asker, ws, business):
    held = bench(FILE)
    asker.opened = [str(_SAMPLES / "map.pdf")]
    held.widget.choose.click()
    (entry,) = held.last
    assert ws.files.read(entry["sha256"]) == (_SAMPLES / "map.pdf").read_bytes()
    assert entry["name"] == "map.pdf"
    held.widget.findChild(QPushButton, "remove.f.map.pdf").click()
    assert held.last is None
