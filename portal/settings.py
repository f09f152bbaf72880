"""The sections of config.yaml about serving pages."""

from pydantic import Field

from core.settings import Section


class ServerSettings(Section):
    """Where the web processes listen."""

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)


class SiteSettings(Section):
    """What the pages call themselves, and how they are reached from outside."""

    name: str = "权衡"
    region: str = "山东省"
    owner: str = "山东省市场监督管理局（演示）"
    hotline: str = "12315"
    privacy_contact: str = "privacy@example.invalid"
    public_url: str = ""


class DemoSettings(Section):
    """Whether demonstration people and data exist; only ever on loopback."""

    enabled: bool = False
