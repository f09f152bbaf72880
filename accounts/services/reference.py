"""Reference data that every installation starts from: divisions, offices, the calendar; safe to load again."""

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select

from accounts.models import CalendarDay, Office, Region
from core.calendar import shipped_rows
from core.work import Work

REGIONS = Path(__file__).parents[1] / "regions.yaml"
HOTLINE = "12315"
HOURS = "工作日 8:30—12:00、13:30—17:00，以当地公布为准"
ADDRESS = "以当地市场监管部门公布的地址为准"


class RegionRow(BaseModel):
    """A division as written in regions.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    name: str
    level: Literal["province", "city", "county"]
    parent: str | None


def load(work: Work) -> None:
    """Insert what is missing; what people have edited since stays as they left it."""
    _regions(work)
    _offices(work)
    _calendar(work)


def _regions(work: Work) -> None:
    known = set(work.session.scalars(select(Region.code)))
    rows = [RegionRow.model_validate(row) for row in yaml.safe_load(REGIONS.read_text(encoding="utf-8"))]
    for level in ("province", "city", "county"):
        work.session.add_all(
            Region(**row.model_dump()) for row in rows if row.level == level and row.code not in known
        )
        work.session.flush()


def _offices(work: Work) -> None:
    known = set(work.session.scalars(select(Office.region_code)))
    work.session.add_all(
        Office(
            region_code=region.code,
            name=f"{region.name}市场监督管理局",
            phone=HOTLINE,
            hours=HOURS,
            address=ADDRESS,
        )
        for region in work.session.scalars(select(Region).order_by(Region.code))
        if region.code not in known
    )
    work.session.flush()


def _calendar(work: Work) -> None:
    known = {day.year for day in work.session.scalars(select(CalendarDay.day))}
    work.session.add_all(
        CalendarDay(day=row.day, kind=row.kind.value, note="", source=row.source)
        for row in shipped_rows()
        if row.day.year not in known
    )
    work.session.flush()
