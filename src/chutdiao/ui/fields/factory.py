"""Chooses the widget for a field: one line for each kind of answer."""

from chutdiao.domain.form import Field, FieldType
from chutdiao.ui.fields.address import AddressField
from chutdiao.ui.fields.choice import RADIO_MOST, ChoicesField, ComboField, RadioField
from chutdiao.ui.fields.file import FileField
from chutdiao.ui.fields.frame import FieldWidget
from chutdiao.ui.fields.name import NameField
from chutdiao.ui.fields.reference import ReferenceField
from chutdiao.ui.fields.surroundings import Surroundings
from chutdiao.ui.fields.table import TableField
from chutdiao.ui.fields.typed import (
    BranchField,
    DateField,
    EmailField,
    IdentityField,
    LongTextField,
    MoneyField,
    NumberField,
    PhoneField,
    TextField,
)

_WIDGETS: dict[FieldType, type[FieldWidget]] = {
    FieldType.TEXT: TextField,
    FieldType.NAME: NameField,
    FieldType.IDENTITY: IdentityField,
    FieldType.BRANCH: BranchField,
    FieldType.MONEY: MoneyField,
    FieldType.NUMBER: NumberField,
    FieldType.DATE: DateField,
    FieldType.CHOICE: RadioField,
    FieldType.CHOICES: ChoicesField,
    FieldType.REFERENCE: ReferenceField,
    FieldType.ADDRESS: AddressField,
    FieldType.PHONE: PhoneField,
    FieldType.EMAIL: EmailField,
    FieldType.FILE: FileField,
    FieldType.TABLE: TableField,
}


def has_widget(field: Field) -> bool:
    """Whether a field is answered on the form; signatures are given on their own page."""
    return field.type is not FieldType.SIGNATURE


def widget_for(field: Field, around: Surroundings) -> FieldWidget | None:
    """Build the widget of a field that has one."""
    if not has_widget(field):
        return None
    kind = _WIDGETS[field.type]
    if kind is TextField and field.long:
        kind = LongTextField
    if kind is RadioField and len(field.choices) > RADIO_MOST:
        kind = ComboField
    return kind(field, field.id, around)
