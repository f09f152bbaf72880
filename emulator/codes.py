"""QR codes with a scene: tickets that expire, permanent ones that do not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from emulator.chance import Chance
from emulator.errors import ApiError

_LONGEST_S = 2_592_000
_DEFAULT_S = 60
_PERMANENT_MOST = 100_000
_STRING_MOST = 64


@dataclass(frozen=True, slots=True)
class Code:
    """A code that was given out; `expires_at` is None for a permanent one."""

    ticket: str
    scene: str
    url: str
    expires_at: float | None


class Codes:
    """Gives out codes by scene. Source: qrcode/create, temporary ≤ 30 days, permanent ids 1–100000."""

    def __init__(self, now: Callable[[], float], chance: Chance) -> None:
        self._now, self._chance = now, chance
        self._by_ticket: dict[str, Code] = {}

    def create(self, body: dict[str, Any]) -> tuple[Code, int | None]:
        """Make a code; return it with its life in seconds. Raises: ApiError 40053, 40097."""
        action = str(body.get("action_name", ""))
        scene = self._scene(action, body.get("action_info"))
        life = None if "LIMIT" in action else self._life(body.get("expire_seconds", _DEFAULT_S))
        expires_at = None if life is None else self._now() + life
        url = f"http://weixin.qq.com/q/{self._chance.text(24)}"
        code = Code(self._chance.text(96), scene, url, expires_at)
        self._by_ticket[code.ticket] = code
        return code, life

    def find(self, ticket: str) -> Code | None:
        """Return a code that is still good."""
        code = self._by_ticket.get(ticket)
        if code is None or (code.expires_at is not None and self._now() >= code.expires_at):
            return None
        return code

    def _life(self, seconds: Any) -> int:
        if not isinstance(seconds, int) or not 1 <= seconds <= _LONGEST_S:
            raise ApiError(40097)
        return seconds

    def _scene(self, action: str, info: Any) -> str:
        scene = info.get("scene") if isinstance(info, dict) else None
        if not isinstance(scene, dict):
            raise ApiError(40053)
        number, text = scene.get("scene_id"), scene.get("scene_str")
        match action:
            case "QR_SCENE" if isinstance(number, int) and 1 <= number < 2**32:
                return str(number)
            case "QR_LIMIT_SCENE" if isinstance(number, int) and 1 <= number <= _PERMANENT_MOST:
                return str(number)
            case "QR_STR_SCENE" | "QR_LIMIT_STR_SCENE" if (
                isinstance(text, str) and 1 <= len(text) <= _STRING_MOST
            ):
                return text
            case _:
                raise ApiError(40053)
