"""config.yaml explains every key it holds, and the program uses every key it knows."""

import re
from collections.abc import Iterator

import pytest
import yaml
from pydantic import BaseModel

from configuration import Config
from core.config import load
from tests.architecture.places import ROOT, modules

SHIPPED = ROOT / "config.yaml"
SECRETS = {
    "encryption_key", "index_key", "session_key", "app_secret", "token", "encoding_aes_key", "previous_aes_key",
}  # fmt: skip
KEY_LINE = re.compile(r"^( *)([a-z_]+):(.*)$")


def test_the_shipped_file_is_accepted() -> None:
    assert load(Config, SHIPPED, {}).server.port == 8080


def test_every_key_has_its_comment() -> None:
    bare, above = [], ""
    for line in SHIPPED.read_text(encoding="utf-8").splitlines():
        found = KEY_LINE.match(line)
        if found and found.group(1) and "# " not in found.group(3) and not above.lstrip().startswith("#"):
            bare.append(found.group(2))
        above = line
    assert bare == []


def test_no_secret_stands_in_the_file() -> None:
    sections = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    assert [key for section in sections.values() for key in section if key in SECRETS] == []


def test_as_shipped_it_is_a_demonstration_on_loopback() -> None:
    config = load(Config, SHIPPED, {})
    assert (config.server.host, config.demo.enabled, config.emulator.enabled) == ("127.0.0.1", True, True)


def test_without_a_file_nothing_is_a_demonstration() -> None:
    assert not Config().demo.enabled
    assert not Config().emulator.enabled


def _leaves(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        below = field.annotation
        if isinstance(below, type) and issubclass(below, BaseModel):
            yield from _leaves(below)
        else:
            yield name


@pytest.mark.parametrize("name", sorted(set(_leaves(Config))))
def test_every_key_is_used(name: str) -> None:
    used = re.compile(rf"\.{name}\b|\"[a-z]+\.{name}\"")
    assert any(used.search(path.read_text(encoding="utf-8")) for path in modules())
