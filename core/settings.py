"""The sections of config.yaml that belong to the technical ground."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr


class Section(BaseModel):
    """A section of config.yaml: frozen, and no key passes unnoticed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DatabaseSettings(Section):
    """Where rows are kept."""

    url: str = "sqlite:///var/quanheng.db"
    pool_size: int = Field(default=16, ge=1, le=128)
    reader_threads: int = Field(default=4, ge=1, le=32)
    statement_timeout_s: int = Field(default=30, ge=1)


class FilesSettings(Section):
    """Where photographs are kept, and how large one may be."""

    root: Path = Path("var/files")
    max_bytes: int = Field(default=12_000_000, ge=1)
    max_pixels: int = Field(default=40_000_000, ge=1)


class LogSettings(Section):
    """What is written to stderr."""

    level: str = "INFO"


class SecretSettings(Section):
    """Keys that never stand in the file: base64 of 32 bytes each."""

    encryption_key: SecretStr = SecretStr("")
    index_key: SecretStr = SecretStr("")
    session_key: SecretStr = SecretStr("")
