"""The section of config.yaml about the service account on WeChat."""

from enum import StrEnum

from pydantic import Field, SecretStr

from core.settings import Section


class Mode(StrEnum):
    """How callbacks are wrapped, as chosen in the platform's console."""

    PLAIN = "plain"
    COMPAT = "compat"
    SAFE = "safe"


class WechatSettings(Section):
    """The registered app, its secrets, and where the platform is.

    `budget_s` is how long a passive reply may take before it is sent later instead (the platform waits 5 s).
    Texts of a report with less than `burst_gap_s` between two of them are one turn with one answer.
    """

    app_id: str = "wx5f0c7d31e4b82a96"
    account_id: str = "gh_3b7a51c09d24"
    app_secret: SecretStr = SecretStr("")
    token: SecretStr = SecretStr("")
    encoding_aes_key: SecretStr = SecretStr("")
    previous_aes_key: SecretStr = SecretStr("")
    mode: Mode = Mode.SAFE
    api_base: str = "http://127.0.0.1:8081"
    oauth_base: str = "http://127.0.0.1:8081"
    budget_s: float = Field(default=4.5, gt=0, le=4.8)
    burst_gap_s: float = Field(default=0.7, ge=0, le=1.5)
    freshness_s: int = Field(default=600, ge=30)
    max_body_bytes: int = Field(default=65_536, ge=1024)
