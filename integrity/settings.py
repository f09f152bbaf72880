"""The section of config.yaml about merchants and their instruments."""

from pydantic import Field

from core.settings import Section


class IntegritySettings(Section):
    """How the register is searched and imported; when it reminds is the scheduler's matter."""

    import_max_bytes: int = Field(default=40_000_000, ge=1)
    import_max_rows: int = Field(default=500_000, ge=1)
