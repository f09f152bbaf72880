"""The section of config.yaml about what citizens may do with their reports, and how often."""

from pydantic import Field

from core.settings import Section


class ComplaintsSettings(Section):
    """Limits per person, and the periods that no law sets."""

    filings_per_day: int = Field(default=10, ge=1)
    urge_every_days: int = Field(default=3, ge=1)
    reopen_within_days: int = Field(default=30, ge=1)
    keep_personal_days: int = Field(default=1095, ge=1)
