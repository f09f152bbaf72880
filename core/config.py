"""Configuration: a YAML file, overridden key by key from the environment, checked before anything starts."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from core.errors import AppError

PREFIX = "QUANHENG__"

Model = TypeVar("Model", bound=BaseModel)


class BadConfiguration(AppError):
    """The configuration cannot be used; `text` names each key and what is wrong with it."""

    code = "bad_configuration"


def load(model: type[Model], path: Path, environ: Mapping[str, str]) -> Model:
    """Read `path`, lay the `QUANHENG__SECTION__KEY` variables of `environ` over it and validate as `model`.

    Raises:
        BadConfiguration: the file is missing or not YAML, or a key is unknown or out of range.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except FileNotFoundError as error:
        raise BadConfiguration(f"找不到配置文件 {path}") from error
    except yaml.YAMLError as error:
        raise BadConfiguration(f"配置文件 {path} 不是合格的 YAML：{error}") from error
    if not isinstance(data, dict):
        raise BadConfiguration(f"配置文件 {path} 的最外层应当是键值对")
    for name, value in environ.items():
        if name.startswith(PREFIX):
            _lay(data, name.removeprefix(PREFIX).lower().split("__"), value)
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise BadConfiguration(_explain(error)) from error


def _lay(data: dict[str, object], keys: list[str], value: str) -> None:
    for key in keys[:-1]:
        below = data.get(key)
        if not isinstance(below, dict):
            below = data[key] = {}
        data = below
    data[keys[-1]] = value


def _explain(error: ValidationError) -> str:
    lines = (
        f"{'.'.join(map(str, item['loc']))}：{item['msg']}" for item in error.errors(include_input=False)
    )
    return "配置有误。" + "；".join(lines)
