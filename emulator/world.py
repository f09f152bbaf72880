"""The whole state of the played platform, put together from its parts; one per program."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from emulator.chance import Chance, Time
from emulator.codes import Codes
from emulator.envelopes import Envelope, Fields, Variant
from emulator.faults import Faults
from emulator.journal import Journal, Side
from emulator.media import MediaStore
from emulator.oauth import Grants
from emulator.people import People
from emulator.push import Push, Pusher
from emulator.receipts import Receipts
from emulator.replies import ReplyJudge
from emulator.sayings import Sayings
from emulator.settings import EmulatorSettings, Follower, Limits, RegisteredApp, TemplateDefinition
from emulator.templates import SentOnce
from emulator.tokens import TokenOffice


@dataclass(frozen=True, slots=True)
class Setting:
    """What a world is made from, kept so that a reset can make it again."""

    settings: EmulatorSettings
    app: RegisteredApp
    followers: tuple[Follower, ...]
    templates: tuple[TemplateDefinition, ...]
    clock: Callable[[], float]
    seed: int


@dataclass(slots=True)
class Counters:
    """What the invariants look at, beside the parts' own counts."""

    after_unsubscribe: list[dict[str, Any]] = field(default_factory=list)
    templates_today: dict[str, int] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)


class World:
    """One account, its followers, and everything given out to them."""

    def __init__(self, setting: Setting, journal: Journal, pusher: Pusher, time: Time) -> None:
        self.setting, self.journal, self.pusher, self.time = setting, journal, pusher, time
        self.app, self.limits = setting.app, setting.settings.limits
        self.chance = Chance(setting.seed, time)
        self.templates = {t.template_id: t for t in setting.templates}
        self.media = MediaStore(setting.settings.storage, self.limits.media_life_s, time.now, self.chance)
        self.sayings = Sayings(self.app.account_id)
        self.fresh()

    def fresh(self) -> None:
        """Begin anew: tokens, windows, menu, codes, faults; media and numbers go on."""
        self.people = People(self.setting.followers, self.limits, self.time.now)
        self.tokens = TokenOffice(self.app, self.limits, self.time, self.chance)
        self.codes = Codes(self.time.now, self.chance)
        self.grants = Grants(self.limits, self.time.now, self.chance)
        self.sent_once = SentOnce(self.limits.duplicate_window_s, self.time.now)
        self.receipts = Receipts()
        self.faults = Faults()
        self.counters = Counters()
        self.menu: list[dict[str, Any]] | None = None
        self.ticket: tuple[str, float] | None = None

    @property
    def address(self) -> str:
        """Return this platform's own address, which pictures of people carry."""
        return f"http://{self.setting.settings.host}:{self.setting.settings.port}"

    def moment(self) -> int:
        """Return the whole second that goes into CreateTime."""
        return int(self.time.now())

    def push(
        self,
        openid: str,
        kind: str,
        fields: Fields,
        *,
        variant: Variant = Variant.HONEST,
        visible: bool = True,
    ) -> Push:
        """Make a push; nothing is sent yet."""
        return Push(openid, kind, fields, variant, visible)

    def wire(self, kind: str, openid: str = "", **data: Any) -> None:
        """Record traffic that no follower sees."""
        self.journal.add(Side.WIRE, openid, type=kind, **data)


def build(setting: Setting) -> World:
    """Put a world together."""
    time = Time(setting.clock)
    journal = Journal(time.now, life=int(time.now() * 1000))
    chance = Chance(setting.seed + 1, time)
    envelope = Envelope(setting.app, time, chance)
    limits: Limits = setting.settings.limits
    media = MediaStore(setting.settings.storage, limits.media_life_s, time.now, chance)
    judge = ReplyJudge(setting.app, envelope.seals(), media.has)
    return World(setting, journal, Pusher(envelope, judge, journal, limits), time)


WORLD = web.AppKey("world", World)
