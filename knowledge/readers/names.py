"""Reads how people call the laws, from `law_names.yaml`."""

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from knowledge.errors import ContentInvalid
from knowledge.readers.content import CONTENT

_NAMES = TypeAdapter(dict[str, list[str]])


def read_names(folder: Path = CONTENT) -> Mapping[str, tuple[str, ...]]:
    """Return further names of laws by the law's id.

    Raises:
        ContentInvalid: the file is absent or no mapping of ids to lists of names.
    """
    path = folder / "law_names.yaml"
    try:
        rows = _NAMES.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ContentInvalid(f"{path.name}：应当是“法规编号: [名称, …]”的对照表") from error
    return {law: tuple(names) for law, names in rows.items()}
