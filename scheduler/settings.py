"""The section of config.yaml about what happens later."""

from datetime import time

from pydantic import Field

from core.settings import Section


class SchedulerSettings(Section):
    """When reminders are due, and how messages leave the outbox.

    `stages` are days relative to the day a validity ends: -30 is thirty days before, 7 a week after.
    """

    embedded: bool = True
    tick_seconds: int = Field(default=2, ge=1, le=300)
    plan_at: time = time(7, 30)
    stages: tuple[int, ...] = (-30, -7, 0, 7)
    quiet_from: time = time(21, 0)
    quiet_until: time = time(8, 0)
    daily_budget: int = Field(default=80_000, ge=0)
    lease_seconds: int = Field(default=60, ge=30, le=120)
    batch: int = Field(default=40, ge=1, le=200)
    concurrency: int = Field(default=8, ge=1, le=64)
    max_attempts: int = Field(default=8, ge=1, le=20)
