"""What the local platform is told at start: its address, the one registered app, its followers and templates."""

from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class Mode(StrEnum):
    """How callbacks are wrapped, as chosen in the real console."""

    PLAIN = "plain"
    COMPAT = "compat"
    SAFE = "safe"


class Role(StrEnum):
    """What a follower is in the demo's story; the platform itself does not know it."""

    CITIZEN = "citizen"
    MERCHANT = "merchant"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Limits(_Frozen):
    """The platform's numbers; the real ones are the defaults, tests shorten what they would have to wait for."""

    push_deadline_s: float = Field(default=5.0, gt=0)
    push_retries: int = Field(default=3, ge=0)
    overlap_after_s: float = Field(default=0.3, ge=0)
    receipt_delay_s: float = Field(default=1.2, ge=0)
    message_window_s: int = 48 * 3600
    message_quota: int = 5
    event_window_s: int = 60
    event_quota: int = 3
    token_life_s: int = 7200
    token_overlap_s: int = 300
    tokens_per_day: int = 2000
    forced_refreshes_per_day: int = 20
    forced_refresh_spacing_s: int = 30
    templates_per_day: int = 100_000
    duplicate_window_s: int = 600
    media_life_s: int = 3 * 24 * 3600
    code_life_s: int = 300


class PageCookie(_Frozen):
    """A cookie of the backend's H5 pages that belongs to one phone and must not follow to another one's."""

    name: str
    path: str = "/"


class EmulatorSettings(_Frozen):
    """The `emulator` section of config.yaml. Media of the played platform lie in `storage`."""

    enabled: bool = False
    host: str = "127.0.0.1"
    port: int = Field(default=8081, ge=0, le=65535)
    storage: Path = Path("var/emulator")
    limits: Limits = Limits()
    page_cookies: tuple[PageCookie, ...] = ()


class RegisteredApp(_Frozen):
    """The one service account this platform knows."""

    app_id: str
    secret: SecretStr
    account_id: str
    token: SecretStr
    aes_key: SecretStr | None = None
    previous_aes_key: SecretStr | None = None
    mode: Mode = Mode.PLAIN
    callback_url: str
    name: str = "权衡 · 山东计量"


class Follower(_Frozen):
    """A person of the demo, known to the platform by openid."""

    openid: str
    name: str
    role: Role
    note: str


class TemplateField(_Frozen):
    """One row of a template: its label on the card, and what narrows the type its key names."""

    label: str
    values: tuple[str, ...] = ()
    max_length: int | None = None


class TemplateDefinition(_Frozen):
    """A template in use. Keys name their type (`thing4`, `date2`, `const1`, old style `keyword3`)."""

    template_id: str
    title: str
    fields: dict[str, TemplateField]
    category: str = "服务通知"
