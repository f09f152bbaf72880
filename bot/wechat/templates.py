"""Templates in use: our values under the platform's field keys, cut or refused by the field's type before sending."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from bot.errors import BadTemplateValue
from scheduler.messages import TemplateMessage

FILE = Path(__file__).with_suffix(".yaml")
BLANK = "—"

# Longest value per type that may be cut; source: the platform's parameter table for category templates.
_CUT = {"thing": 20, "const": 20}
_SHAPES = {
    "character_string": re.compile(r"[\x21-\x7e][\x20-\x7e]{0,31}"),
    "phrase": re.compile(r"[\u3400-\u9fff]{1,5}"),
    "time": re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}|\d{4}年\d{1,2}月\d{1,2}日( \d{2}:\d{2})?"),
    "date": re.compile(r"\d{4}-\d{2}-\d{2}|\d{4}年\d{1,2}月\d{1,2}日"),
}


class Field(BaseModel):
    """A row of the card: the key that the platform knows it by, and its label there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    label: str

    @property
    def kind(self) -> str:
        """Return the type that the key names: `thing4` is a thing."""
        return self.key.rstrip("0123456789")


class Template(BaseModel):
    """A template by our name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    template_id: str
    title: str
    fields: dict[str, Field]


@cache
def templates() -> dict[str, Template]:
    """Return the templates in use by our names."""
    rows = [Template.model_validate(row) for row in yaml.safe_load(FILE.read_text(encoding="utf-8"))]
    return {row.name: row for row in rows}


def definitions() -> list[dict[str, Any]]:
    """Return what the platform's console shows of each template: id, title, labels by key."""
    return [
        {
            "template_id": one.template_id,
            "title": one.title,
            "fields": {field.key: {"label": field.label} for field in one.fields.values()},
        }
        for one in templates().values()
    ]


def payload(message: TemplateMessage) -> tuple[str, dict[str, dict[str, str]]]:
    """Return the template's id and its data, ready to send.

    Raises:
        BadTemplateValue: the template is not in use, or a value is not of its field's type.
    """
    known = templates().get(message.template)
    if known is None:
        raise BadTemplateValue(template=message.template)
    data = {
        field.key: {"value": _value(field, message.values.get(name, ""), message.template)}
        for name, field in known.fields.items()
    }
    return known.template_id, data


def _value(field: Field, given: str, template: str) -> str:
    text = re.sub(r"\s+", " ", given).strip() or BLANK
    longest = _CUT.get(field.kind)
    if longest is not None:
        return text if len(text) <= longest else text[: longest - 1] + "…"
    shape = _SHAPES.get(field.kind)
    if shape is not None and not shape.fullmatch(text):
        raise BadTemplateValue(template=template, field=field.key)
    return text
