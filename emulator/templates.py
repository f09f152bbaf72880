"""Templates: what the platform demands of each typed field, and what it lets through as the card's rows."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from emulator.errors import ApiError
from emulator.settings import TemplateDefinition, TemplateField

_DAY = r"\d{4}(年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2})"
_HOUR = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?"
_CHINESE = r"[\u3400-\u9fff]"
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]")
_OLD_STYLE_CUT = 20

# Source: template message parameters by type (thing, character_string, time …), the public parameter table.
_SHAPES: dict[str, re.Pattern[str]] = {
    "thing": re.compile(r"[^\r\n]{1,20}"),
    "character_string": re.compile(r"[\x20-\x7e]{1,32}"),
    "number": re.compile(r"-?\d{1,32}(\.\d+)?"),
    "letter": re.compile(r"[A-Za-z]{1,32}"),
    "symbol": re.compile(r"[^\w\s]{1,5}"),
    "time": re.compile(rf"({_DAY}\s?)?{_HOUR}(~({_DAY}\s?)?{_HOUR})?|{_DAY}(~{_DAY})?"),
    "date": re.compile(rf"{_DAY}(\s?{_HOUR})?(~{_DAY}(\s?{_HOUR})?)?"),
    "amount": re.compile(r"[¥￥$€]?\d{1,10}(\.\d{1,2})?元?"),
    "phone_number": re.compile(r"[0-9+\-() ]{1,17}"),
    "car_number": re.compile(r"[\u3400-\u9fffA-Z0-9]{2,8}"),
    "name": re.compile(rf"({_CHINESE}|·){{1,10}}|[A-Za-z .]{{1,20}}"),
    "phrase": re.compile(rf"{_CHINESE}{{1,5}}"),
    "const": re.compile(r"[^\r\n]{1,20}"),
}


def kind(key: str) -> str:
    """Return the type that a field's key names: `thing4` is a thing."""
    return key.rstrip("0123456789")


def invalid(key: str) -> ApiError:
    """Return the refusal that names the field."""
    return ApiError(47003, f"argument invalid! data.{key}.value invalid")


def rows(definition: TemplateDefinition, data: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the card's rows in the template's order. Raises: ApiError 47003 naming the first bad field."""
    for key in data:
        if key not in definition.fields and kind(key) not in ("first", "remark"):
            raise invalid(key)
    return [
        {"label": field.label, "value": _value(key, field, data.get(key))}
        for key, field in definition.fields.items()
    ]


def _value(key: str, field: TemplateField, given: Any) -> str:
    value = given.get("value") if isinstance(given, dict) else None
    if not isinstance(value, str):
        raise invalid(key)
    text = _EMOJI.sub("", value).strip()
    if kind(key) == "keyword":
        return text.replace("\n", "")[:_OLD_STYLE_CUT]
    shape = _SHAPES.get(kind(key))
    if shape is None or not shape.fullmatch(text):
        raise invalid(key)
    if field.values and text not in field.values:
        raise invalid(key)
    if field.max_length is not None and len(text) > field.max_length:
        raise invalid(key)
    return text


class SentOnce:
    """Remembers client_msg_id per openid for ten minutes, and counts deliveries for the invariants."""

    def __init__(self, window_s: int, now: Callable[[], float]) -> None:
        self._window_s, self._now = window_s, now
        self._sent: dict[tuple[str, str], tuple[int, float]] = {}
        self.deliveries: dict[tuple[str, str], int] = {}

    def earlier(self, openid: str, client_msg_id: str) -> int | None:
        """Return the message number of a recent send with the same id."""
        number, at = self._sent.get((openid, client_msg_id), (0, float("-inf")))
        return number if client_msg_id and self._now() - at < self._window_s else None

    def note(self, openid: str, client_msg_id: str, number: int) -> None:
        """Remember a send."""
        if client_msg_id:
            key = (openid, client_msg_id)
            self._sent[key] = (number, self._now())
            self.deliveries[key] = self.deliveries.get(key, 0) + 1

    def doubled(self) -> list[dict[str, Any]]:
        """Return the client_msg_ids that reached somebody more than once."""
        return [
            {"openid": openid, "client_msg_id": key, "deliveries": count}
            for (openid, key), count in self.deliveries.items()
            if count > 1
        ]
