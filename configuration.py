"""The whole of config.yaml: every room's section, the secrets, and the rules that bind sections together."""

import base64
import ipaddress
from collections.abc import Callable, Mapping
from pathlib import Path

from pydantic import SecretStr

from bot.settings import WechatSettings
from complaints.settings import ComplaintsSettings
from core import secrets
from core.config import PREFIX, BadConfiguration, load
from core.ids import SystemIds
from core.settings import DatabaseSettings, FilesSettings, LogSettings, SecretSettings, Section
from emulator.settings import EmulatorSettings
from integrity.settings import IntegritySettings
from portal.settings import DemoSettings, ServerSettings, SiteSettings
from scheduler.settings import SchedulerSettings

DEMO_SECRETS = Path("var/demo-secrets.json")


class Config(Section):
    """Every section, by the name it has in config.yaml."""

    server: ServerSettings = ServerSettings()
    database: DatabaseSettings = DatabaseSettings()
    files: FilesSettings = FilesSettings()
    log: LogSettings = LogSettings()
    secrets: SecretSettings = SecretSettings()
    site: SiteSettings = SiteSettings()
    demo: DemoSettings = DemoSettings()
    emulator: EmulatorSettings = EmulatorSettings()
    wechat: WechatSettings = WechatSettings()
    scheduler: SchedulerSettings = SchedulerSettings()
    integrity: IntegritySettings = IntegritySettings()
    complaints: ComplaintsSettings = ComplaintsSettings()

    @property
    def public_url(self) -> str:
        """Where the service is reached from outside, without a slash at the end."""
        return self.site.public_url.rstrip("/") or f"http://{self.server.host}:{self.server.port}"

    @property
    def phone_url(self) -> str:
        """Where the local platform's phone page is, or nothing while it is off."""
        return f"http://{self.emulator.host}:{self.emulator.port}" if self.emulator.enabled else ""


def configured(path: Path, environ: Mapping[str, str]) -> Config:
    """Read and check the configuration; a demonstration makes its missing secrets once.

    Raises:
        BadConfiguration: a key is wrong, a secret is missing outside the demonstration, or the demonstration would
            listen beyond loopback.
    """
    config = load(Config, path, environ)
    missing = [name for name in _MAKERS if not _secret(config, name)]
    if missing and not config.demo.enabled:
        names = "、".join(PREFIX + name.upper().replace(".", "__") for name in missing)
        raise BadConfiguration(f"缺少密钥，请用环境变量给出：{names}")
    if missing:
        made = secrets.kept(DEMO_SECRETS, _MAKERS)
        given = {PREFIX + name.upper().replace(".", "__"): made[name] for name in missing}
        config = load(Config, path, {**given, **environ})
    _refuse_exposure(config)
    return config


def key(secret: SecretStr, *, name: str) -> bytes:
    """Return the 32 bytes of a base64 key.

    Raises:
        BadConfiguration: it is not base64 of 32 bytes.
    """
    try:
        found = base64.b64decode(secret.get_secret_value(), validate=True)
    except ValueError as error:
        raise BadConfiguration(f"{name} 不是 base64") from error
    if len(found) != 32:
        raise BadConfiguration(f"{name} 应当是 32 字节的 base64")
    return found


def _refuse_exposure(config: Config) -> None:
    hosts = []
    if config.demo.enabled or config.emulator.enabled:
        hosts.append(config.server.host)
    if config.emulator.enabled:
        hosts.append(config.emulator.host)
    for host in hosts:
        if not _is_loopback(host):
            raise BadConfiguration(f"演示模式或本地平台开启时只能监听本机，不能监听 {host}。")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _secret(config: Config, name: str) -> str:
    section, field = name.split(".")
    value = getattr(getattr(config, section), field)
    return value.get_secret_value() if value else ""


_IDS = SystemIds()


def _key32() -> str:
    return base64.b64encode(_IDS.random_bytes(32)).decode()


_MAKERS: dict[str, Callable[[], str]] = {
    "secrets.encryption_key": _key32,
    "secrets.index_key": _key32,
    "secrets.session_key": _key32,
    "wechat.app_secret": lambda: _IDS.random_bytes(16).hex(),
    "wechat.token": lambda: _IDS.random_bytes(12).hex(),
    "wechat.encoding_aes_key": lambda: _key32().rstrip("="),
}
