"""Calls the platform: one token for all, refreshed once where it is refused, every failure one of two errors."""

import asyncio
import json
import logging
from typing import Any, Final

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout
from wechatpy.constants import WeChatErrorCode

from bot.errors import PlatformFailed, UncertainOutcome
from bot.settings import WechatSettings
from bot.wechat.tokens import Tokens
from core.clock import Clock
from core.database import Database

LOG = logging.getLogger(__name__)

TIMEOUT: Final = ClientTimeout(total=10, connect=3)
OK: Final = 0
RENEWAL: Final = "/cgi-bin/stable_token"
BUSY_TRIES: Final = 3
STALE_TOKEN: Final = frozenset(
    {
        WeChatErrorCode.INVALID_CREDENTIAL.value,
        WeChatErrorCode.INVALID_ACCESS_TOKEN.value,
        WeChatErrorCode.EXPIRED_ACCESS_TOKEN.value,
    }
)


class WechatClient:
    """The platform's interface for one process; tokens are shared with the others through the database."""

    def __init__(
        self, session: ClientSession, settings: WechatSettings, database: Database, *, clock: Clock
    ) -> None:
        """Take the HTTP session of the process; no call is made yet."""
        self.settings = settings
        self._session = session
        self._tokens = Tokens(database, clock=clock, fetch=self._fetch_token)

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Post JSON with the token and return the answer.

        Raises:
            PlatformFailed: the platform refused; `errcode` says why.
            UncertainOutcome: nobody can tell whether the call took effect.
        """
        data = json.dumps(body, ensure_ascii=False).encode()
        return await self._with_token("POST", path, {}, data)

    async def get(self, path: str, **query: str) -> dict[str, Any]:
        """Get JSON with the token. Raises: PlatformFailed, UncertainOutcome."""
        return await self._with_token("GET", path, query, None)

    async def plain(self, path: str, **query: str) -> dict[str, Any]:
        """Get JSON of an interface without token (OAuth). Raises: PlatformFailed, UncertainOutcome."""
        return _checked(await self._call("GET", path, query, None), path)

    async def bytes_of(self, path: str, *, limit: int, **query: str) -> tuple[bytes, str]:
        """Get a file with the token, at most `limit` bytes, and its content type; a JSON answer is an error.

        Raises:
            PlatformFailed: the platform refused, or the file is larger.
            UncertainOutcome: the answer broke off.
        """
        token = await self._tokens.current()
        try:
            return await self._file(path, query | {"access_token": token.value}, limit)
        except PlatformFailed as error:
            if error.errcode not in STALE_TOKEN:
                raise
        token = await self._tokens.replace(token)
        return await self._file(path, query | {"access_token": token.value}, limit)

    async def answers(self) -> bool:
        """Tell whether the platform gives us a token just now, for readiness."""
        try:
            await asyncio.wait_for(self._tokens.current(), 3)
        except (PlatformFailed, TimeoutError):
            return False
        return True

    async def _with_token(
        self, method: str, path: str, query: dict[str, str], data: bytes | None
    ) -> dict[str, Any]:
        token = await self._tokens.current()
        for attempt in range(BUSY_TRIES):
            answer = await self._call(method, path, query | {"access_token": token.value}, data)
            code = answer.get("errcode", OK)
            if code in STALE_TOKEN and attempt == 0:
                token = await self._tokens.replace(token)
            elif code == WeChatErrorCode.SYSTEM_BUSY.value and attempt < BUSY_TRIES - 1:
                await asyncio.sleep(0.2 * 2**attempt)
            else:
                return _checked(answer, path)
        return _checked(answer, path)

    async def _fetch_token(self, *, force: bool) -> tuple[str, int]:
        body = {
            "grant_type": "client_credential",
            "appid": self.settings.app_id,
            "secret": self.settings.app_secret.get_secret_value(),
            "force_refresh": force,
        }
        try:
            answer = _checked(await self._call("POST", RENEWAL, {}, json.dumps(body).encode()), RENEWAL)
        except UncertainOutcome as error:
            # Whatever became of the token, the call that needed it has certainly not been made.
            raise PlatformFailed(errcode=0, reason=f"no token: {error.reason}", path=RENEWAL) from error
        return str(answer["access_token"]), int(answer["expires_in"])

    async def _call(
        self, method: str, path: str, query: dict[str, str], data: bytes | None
    ) -> dict[str, Any]:
        url = self.settings.api_base.rstrip("/") + path
        headers = {"Content-Type": "application/json"} if data is not None else {}
        try:
            async with self._session.request(
                method,
                url,
                params=query,
                data=data,
                headers=headers,
                timeout=TIMEOUT,
                allow_redirects=False,
            ) as answer:
                text = await answer.text(errors="replace")
                status = answer.status
        except ClientConnectorError as error:
            raise PlatformFailed(errcode=0, reason="no connection", path=path) from error
        except (ClientError, TimeoutError, OSError) as error:
            raise UncertainOutcome(errcode=0, reason=type(error).__name__, path=path) from error
        return _read(text, status, path)

    async def _file(self, path: str, query: dict[str, str], limit: int) -> tuple[bytes, str]:
        url = self.settings.api_base.rstrip("/") + path
        data = bytearray()
        try:
            async with self._session.get(url, params=query, timeout=TIMEOUT, allow_redirects=False) as answer:
                kind, status = answer.content_type, answer.status
                async for chunk in answer.content.iter_chunked(65_536):
                    data += chunk
                    if len(data) > limit:
                        raise PlatformFailed(errcode=0, reason="the file is too large", path=path)
        except (ClientError, TimeoutError, OSError) as error:
            raise UncertainOutcome(errcode=0, reason=type(error).__name__, path=path) from error
        if status != 200 or kind in {"application/json", "text/plain"} or data[:1] == b"{":
            _checked(_read(data.decode(errors="replace"), status, path), path)
            raise UncertainOutcome(errcode=0, reason="no file", path=path)
        return bytes(data), kind


def _read(text: str, status: int, path: str) -> dict[str, Any]:
    try:
        answer = json.loads(text)
    except ValueError as error:
        raise UncertainOutcome(errcode=0, reason=f"HTTP {status}, no JSON", path=path) from error
    if not isinstance(answer, dict) or status >= 500:
        raise UncertainOutcome(errcode=0, reason=f"HTTP {status}", path=path)
    return answer


def _checked(answer: dict[str, Any], path: str) -> dict[str, Any]:
    code = int(answer.get("errcode") or OK)
    if code != OK:
        raise PlatformFailed(errcode=code, reason=str(answer.get("errmsg", ""))[:200], path=path)
    return answer
