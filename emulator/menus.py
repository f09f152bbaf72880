"""The account's own menu: three groups of five, each button checked as the platform checks it."""

from typing import Any

from emulator.errors import ApiError

_KEYED = {
    "click",
    "scancode_push",
    "scancode_waitmsg",
    "pic_sysphoto",
    "pic_photo_or_album",
    "pic_weixin",
    "location_select",
}
_MOST_GROUPS, _MOST_BUTTONS = 3, 5
_GROUP_BYTES, _BUTTON_BYTES = 16, 60
_KEY_BYTES, _URL_BYTES = 128, 1024


def checked(menu: Any) -> list[dict[str, Any]]:
    """Return the menu's buttons. Raises: ApiError 40016–40025 with the platform's codes."""
    buttons = menu.get("button") if isinstance(menu, dict) else None
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= _MOST_GROUPS:
        raise ApiError(40016)
    for button in buttons:
        _check_name(button, _GROUP_BYTES, 40018)
        inner = button.get("sub_button") or []
        if not inner:
            _check_action(button)
        if len(inner) > _MOST_BUTTONS:
            raise ApiError(40023)
        for each in inner:
            _check_name(each, _BUTTON_BYTES, 40025)
            _check_action(each)
    return buttons


def _check_name(button: Any, most: int, errcode: int) -> None:
    name = button.get("name") if isinstance(button, dict) else None
    if not isinstance(name, str) or not 1 <= len(name.encode("utf-8")) <= most:
        raise ApiError(errcode)


def _check_action(button: dict[str, Any]) -> None:
    kind = button.get("type")
    if kind in _KEYED:
        if not 1 <= len(str(button.get("key", "")).encode("utf-8")) <= _KEY_BYTES:
            raise ApiError(40019)
    elif kind == "view":
        url = str(button.get("url", ""))
        if not url.startswith(("http://", "https://")) or len(url.encode("utf-8")) > _URL_BYTES:
            raise ApiError(40020)
    else:
        raise ApiError(40017)
