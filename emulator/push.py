"""Delivers callbacks: five seconds, then the identical body again, three times at most; late replies are ignored."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import aiohttp

from emulator.envelopes import Envelope, Fields, Variant, Wire
from emulator.journal import Journal, Side
from emulator.replies import FAULT_NOTICE, Asked, ReplyJudge, Verdict
from emulator.settings import Limits

KEPT = 20_000


@dataclass(slots=True)
class Attempt:
    """One try at delivering a push; `status` 0 means that no answer came in time."""

    number: int
    status: int = 0
    elapsed_ms: float = 0.0
    error: str = ""
    body: bytes = b""

    def as_json(self) -> dict[str, Any]:
        """Return the attempt for the log."""
        return {
            "number": self.number,
            "status": self.status,
            "elapsed_ms": round(self.elapsed_ms, 1),
            "error": self.error,
        }


@dataclass(slots=True)
class Push:
    """One message to the backend and what came of it."""

    openid: str
    kind: str
    fields: Fields
    variant: Variant = Variant.HONEST
    visible: bool = True
    attempts: list[Attempt] = field(default_factory=list)
    verdict: Verdict = field(default_factory=Verdict)
    delivered: bool = False
    consistent: bool = True

    @property
    def is_event(self) -> bool:
        """Say whether the platform sent an event rather than a person's message."""
        return any(pair == ("MsgType", "event") for pair in self.fields)

    def as_json(self) -> dict[str, Any]:
        """Return the push for the control API."""
        return {
            "kind": self.kind,
            "openid": self.openid,
            "variant": self.variant,
            "fields": dict(self.fields),
            "attempts": [attempt.as_json() for attempt in self.attempts],
            "delivered": self.delivered,
            "consistent": self.consistent,
            "reply": self.verdict.shown,
            "faults": self.verdict.faults,
        }


class Pusher:
    """Sends pushes over its own HTTP session and writes what the person sees into the journal."""

    def __init__(self, envelope: Envelope, judge: ReplyJudge, journal: Journal, limits: Limits) -> None:
        self._envelope, self._judge, self._journal, self._limits = envelope, judge, journal, limits
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self.history: deque[Push] = deque(maxlen=KEPT)

    async def open(self) -> None:
        """Begin; needs the running loop."""
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=self._limits.push_deadline_s),
            headers={"User-Agent": "Mozilla/4.0"},
        )

    async def close(self) -> None:
        """Stop what is under way and let the session go."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    def start(self, push: Push, *, after_s: float = 0.0) -> "asyncio.Task[Push]":
        """Deliver in the background, after a pause where asked."""
        task = asyncio.create_task(self._later(push, after_s))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def send(self, push: Push) -> Push:
        """Deliver a push to the end: retries, judgement, journal."""
        wire = self._envelope.wrap(push.openid, push.fields, push.variant)
        self.history.append(push)
        answers = await self._deliver(push, wire)
        answered = [attempt for attempt in answers if attempt.status]
        asked = Asked(push.openid, wire.nonce, push.is_event)
        verdicts = [self._judged(attempt, asked) for attempt in answered]
        push.delivered = bool(answered) and answered[0].status == 200
        push.verdict = verdicts[0] if verdicts else Verdict(faults=["no answer in time"])
        push.consistent = all(verdict.shown == push.verdict.shown for verdict in verdicts)
        self._show(push)
        return push

    async def verify(self, *, good: bool) -> dict[str, Any]:
        """Verify the callback URL as the console's button does; report whether it behaved as it must."""
        url, echo = self._envelope.verification(good=good)
        async with self._http().get(url) as response:
            body = await response.text()
        echoed = response.status == 200 and body == echo
        return {"good": good, "status": response.status, "echoed": echoed, "passed": echoed is good}

    async def _later(self, push: Push, after_s: float) -> Push:
        await asyncio.sleep(after_s)
        return await self.send(push)

    async def _deliver(self, push: Push, wire: Wire) -> list[Attempt]:
        match push.variant:
            case Variant.OVERLAP:
                return await self._overlapping(push, wire)
            case Variant.DUPLICATE:
                return [await self._attempt(push, wire), await self._attempt(push, wire)]
            case _:
                return await self._patiently(push, wire)

    async def _patiently(self, push: Push, wire: Wire) -> list[Attempt]:
        for _ in range(1 + self._limits.push_retries):
            attempt = await self._attempt(push, wire)
            if attempt.status:
                return [attempt]
        return []

    async def _overlapping(self, push: Push, wire: Wire) -> list[Attempt]:
        first = asyncio.create_task(self._attempt(push, wire))
        await asyncio.sleep(self._limits.overlap_after_s)
        second = await self._attempt(push, wire)
        return [await first, second]

    async def _attempt(self, push: Push, wire: Wire) -> Attempt:
        attempt = Attempt(len(push.attempts) + 1)
        push.attempts.append(attempt)
        began = time.perf_counter()
        headers = {"Content-Type": wire.content_type}
        try:
            async with self._http().post(wire.url, data=BytesIO(wire.body), headers=headers) as response:
                attempt.body = await response.read()
                attempt.status = response.status
        except TimeoutError:
            attempt.error = "timeout"
        except (aiohttp.ClientError, OSError) as error:
            attempt.error = type(error).__name__
        attempt.elapsed_ms = (time.perf_counter() - began) * 1000
        return attempt

    def _judged(self, attempt: Attempt, asked: Asked) -> Verdict:
        if attempt.status != 200:
            return Verdict(faults=[f"HTTP {attempt.status}"])
        return self._judge.judge(attempt.body, asked)

    def _show(self, push: Push) -> None:
        if push.visible and push.verdict.shown:
            self._journal.add(Side.THEIRS, push.openid, **push.verdict.shown)
        elif push.visible and push.verdict.faults:
            self._journal.add(Side.NOTICE, push.openid, type="fault", text=FAULT_NOTICE)
        self._journal.add(Side.WIRE, push.openid, type="push", **_brief(push))

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("the pusher is not open")
        return self._session


def _brief(push: Push) -> dict[str, Any]:
    last = push.attempts[-1]
    return {
        "name": push.kind,
        "status": last.status,
        "tries": len(push.attempts),
        "elapsed_ms": round(last.elapsed_ms, 1),
        "faults": push.verdict.faults,
    }
