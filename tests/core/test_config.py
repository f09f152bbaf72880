"""The configuration: the file, the environment over it, and what stops a start."""

import base64
import stat
from pathlib import Path

import pytest

from configuration import Config, configured, key
from core.config import BadConfiguration, load

SHIPPED = Path(__file__).parents[2] / "config.yaml"
KEY = base64.b64encode(b"k" * 32).decode()
SECRETS = {
    "QUANHENG__SECRETS__ENCRYPTION_KEY": KEY,
    "QUANHENG__SECRETS__INDEX_KEY": KEY,
    "QUANHENG__SECRETS__SESSION_KEY": KEY,
    "QUANHENG__WECHAT__APP_SECRET": "s" * 32,
    "QUANHENG__WECHAT__TOKEN": "token",
    "QUANHENG__WECHAT__ENCODING_AES_KEY": "a" * 43,
}
PRODUCTION = {**SECRETS, "QUANHENG__DEMO__ENABLED": "false", "QUANHENG__EMULATOR__ENABLED": "false"}


@pytest.fixture(autouse=True)
def somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Secrets are made under the working folder; a test has one of its own."""
    monkeypatch.chdir(tmp_path)


def test_the_environment_overrides_the_file_and_leaves_the_rest() -> None:
    shipped = load(Config, SHIPPED, {})
    changed = load(Config, SHIPPED, {"QUANHENG__SERVER__PORT": "9000", "PATH": "/bin"})
    assert changed.server.port == 9000
    assert changed.server.host == shipped.server.host
    assert changed.database == shipped.database


def test_a_key_that_stands_in_no_file_can_be_given(tmp_path: Path) -> None:
    empty = tmp_path / "config.yaml"
    empty.write_text("", encoding="utf-8")
    assert load(Config, empty, {"QUANHENG__SITE__NAME": "衡"}).site.name == "衡"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QUANHENG__SERVER__PORTT", "9000"),
        ("QUANHENG__SERVER__PORT", "ninety"),
        ("QUANHENG__SERVER__PORT", "70000"),
        ("QUANHENG__NOWHERE", "x"),
        ("QUANHENG__WECHAT__MODE", "secret"),
    ],
)
def test_an_unknown_or_impossible_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(BadConfiguration) as refused:
        load(Config, SHIPPED, {name: value})
    assert name.removeprefix("QUANHENG__").lower().split("__")[-1] in refused.value.text


def test_a_refusal_does_not_print_what_was_given() -> None:
    with pytest.raises(BadConfiguration) as refused:
        load(Config, SHIPPED, {"QUANHENG__WECHAT__APP_SECRETT": "do-not-print-me"})
    assert "do-not-print-me" not in refused.value.text


@pytest.mark.parametrize("content", ["- a list", "server: [unclosed"])
def test_a_file_that_is_no_configuration_is_refused(tmp_path: Path, content: str) -> None:
    wrong = tmp_path / "config.yaml"
    wrong.write_text(content, encoding="utf-8")
    with pytest.raises(BadConfiguration):
        load(Config, wrong, {})


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match=r"absent\.yaml"):
        load(Config, tmp_path / "absent.yaml", {})


def test_a_demonstration_makes_its_missing_secrets_once_and_keeps_them_private(tmp_path: Path) -> None:
    first, second = configured(SHIPPED, {}), configured(SHIPPED, {})
    assert first.secrets == second.secrets
    assert len(key(first.secrets.encryption_key, name="x")) == 32
    made = tmp_path / "var" / "demo-secrets.json"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_a_secret_that_is_given_wins_over_the_demonstrations() -> None:
    found = configured(SHIPPED, {"QUANHENG__SECRETS__SESSION_KEY": KEY})
    assert found.secrets.session_key.get_secret_value() == KEY
    assert found.secrets.index_key.get_secret_value() != KEY


@pytest.mark.parametrize("missing", sorted(SECRETS))
def test_outside_the_demonstration_a_missing_secret_stops_the_start_and_is_named(
    missing: str, tmp_path: Path
) -> None:
    given = {name: value for name, value in PRODUCTION.items() if name != missing}
    with pytest.raises(BadConfiguration, match=missing):
        configured(SHIPPED, given)
    assert not (tmp_path / "var").exists()


def test_production_may_listen_anywhere() -> None:
    assert configured(SHIPPED, {**PRODUCTION, "QUANHENG__SERVER__HOST": "0.0.0.0"}).server.host == "0.0.0.0"  # noqa: S104


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "example.com", ""])  # noqa: S104
@pytest.mark.parametrize("enabled", ["DEMO", "EMULATOR"])
def test_demonstration_and_emulator_refuse_to_listen_beyond_loopback(host: str, enabled: str) -> None:
    given = {**PRODUCTION, "QUANHENG__SERVER__HOST": host, f"QUANHENG__{enabled}__ENABLED": "true"}
    with pytest.raises(BadConfiguration, match="只能监听本机"):
        configured(SHIPPED, given)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.0.1"])
def test_loopback_has_several_names(host: str) -> None:
    assert configured(SHIPPED, {"QUANHENG__SERVER__HOST": host}).demo.enabled


def test_the_emulator_itself_stays_on_loopback() -> None:
    with pytest.raises(BadConfiguration, match="只能监听本机"):
        configured(SHIPPED, {"QUANHENG__EMULATOR__HOST": "0.0.0.0"})  # noqa: S104


@pytest.mark.parametrize("value", ["", "short", "AAAA", base64.b64encode(b"k" * 31).decode(), "密钥"])
def test_a_key_is_32_bytes_in_base64(value: str) -> None:
    given = {**PRODUCTION, "QUANHENG__SECRETS__INDEX_KEY": value or " "}
    with pytest.raises(BadConfiguration, match="index_key"):
        key(configured(SHIPPED, given).secrets.index_key, name="secrets.index_key")


def test_secrets_do_not_show_when_the_configuration_is_printed() -> None:
    shown = repr(configured(SHIPPED, PRODUCTION))
    assert KEY not in shown
    assert "s" * 32 not in shown
    assert "a" * 43 not in shown
