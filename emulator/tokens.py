"""Access tokens: the plain and the stable kind, each with its own life, overlap and quota."""

from dataclasses import dataclass

from emulator.chance import Chance, Time
from emulator.errors import ApiError
from emulator.settings import Limits, RegisteredApp

LENGTH = 512
SHORTEST = 100


@dataclass(slots=True)
class Token:
    """A token that was given out. It is good until `ends_at`; `replaced` tells how it ended."""

    value: str
    expires_at: float
    ends_at: float
    replaced: bool = False


class TokenOffice:
    """Gives out tokens and judges them.

    Source: /cgi-bin/token (7200 s, 2000 a day, the old one lives 300 s more) and /cgi-bin/stable_token
    (isolated from it, the same token until 300 s before its end, forced 20 a day and 30 s apart).
    """

    def __init__(self, app: RegisteredApp, limits: Limits, time: Time, chance: Chance) -> None:
        self._app, self._limits, self._time, self._chance = app, limits, time, chance
        self._tokens: dict[str, Token] = {}
        self._plain: Token | None = None
        self._stable: Token | None = None
        self._forced_at = float("-inf")
        self._per_day: dict[tuple[str, str], int] = {}
        self.fetches = {"token": 0, "stable_token": 0, "forced": 0}

    def identify(self, app_id: str, secret: str) -> None:
        """Check the app and its secret. Raises: ApiError 41002, 41004, 40013, 40125."""
        if not app_id:
            raise ApiError(41002)
        if not secret:
            raise ApiError(41004)
        if app_id != self._app.app_id:
            raise ApiError(40013)
        if secret != self._app.secret.get_secret_value():
            raise ApiError(40125)

    def plain(self) -> tuple[str, int]:
        """Give a new token; the one before dies after the overlap. Raises: ApiError 45009."""
        self._count("token", self._limits.tokens_per_day, 45009)
        self.fetches["token"] += 1
        self._retire(self._plain, self._limits.token_overlap_s)
        self._plain = self._new()
        return self._plain.value, self._limits.token_life_s

    def stable(self, *, force: bool) -> tuple[str, int]:
        """Give the standing token, or a new one near its end or when forced. Raises: ApiError 45009, 45011."""
        now = self._time.now()
        self.fetches["stable_token"] += 1
        token = self._stable
        if force:
            token = self._forced(now)
        elif token is None or now >= token.expires_at - self._limits.token_overlap_s:
            self._retire(token, self._limits.token_overlap_s)
            token = self._new()
        self._stable = token
        return token.value, int(token.expires_at - now)

    def judge(self, value: str | None) -> None:
        """Check the token of a call. Raises: ApiError 41001, 40014, 40001, 42001."""
        if not value:
            raise ApiError(41001)
        token = self._tokens.get(value)
        if token is None:
            raise ApiError(40001 if len(value) >= SHORTEST else 40014)
        if self._time.now() >= token.ends_at:
            raise ApiError(40001 if token.replaced else 42001)

    def revoke_all(self) -> None:
        """Let every token be wrong from now on, as when somebody else took a new one."""
        for token in (self._plain, self._stable):
            self._retire(token, 0)
        self._plain = self._stable = None

    def _forced(self, now: float) -> Token:
        if now - self._forced_at < self._limits.forced_refresh_spacing_s:
            raise ApiError(45011)
        self._count("forced", self._limits.forced_refreshes_per_day, 45009)
        self.fetches["forced"] += 1
        self._forced_at = now
        self._retire(self._stable, 0)
        return self._new()

    def _new(self) -> Token:
        ends = self._time.now() + self._limits.token_life_s
        token = Token(self._chance.text(LENGTH), ends, ends)
        self._tokens[token.value] = token
        return token

    def _retire(self, token: Token | None, overlap_s: float) -> None:
        if token is None:
            return
        ends = self._time.now() + overlap_s
        if ends < token.ends_at:
            token.ends_at, token.replaced = ends, True

    def _count(self, name: str, limit: int, errcode: int) -> None:
        key = (name, self._time.day())
        if self._per_day.get(key, 0) >= limit:
            raise ApiError(errcode)
        self._per_day[key] = self._per_day.get(key, 0) + 1
