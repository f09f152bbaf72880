"""The section of config.yaml about cases."""

from pydantic import Field

from core.settings import Section


class ComplaintsSettings(Section):
    """Limits of drafts, photographs and lists."""

    photos_per_case: int = Field(default=9, ge=1, le=50)
    queue_page: int = Field(default=30, ge=5, le=200)
