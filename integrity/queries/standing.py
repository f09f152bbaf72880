"""The latest verification of every instrument, as SQL: what all of the register's views are built on."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from core.clock import local_date
from core.work import Reading
from integrity.models import Instrument, Merchant, Verification
from integrity.rules.validity import VerificationResult

Later = aliased(Verification)


def is_latest() -> ColumnElement[bool]:
    """Return SQL that holds for a verification no later one of the same instrument has replaced."""
    after = or_(
        Later.verified_on > Verification.verified_on,
        and_(Later.verified_on == Verification.verified_on, Later.id > Verification.id),
    )
    return ~exists().where(Later.instrument_id == Verification.instrument_id, after)


def in_use() -> Select[Any]:
    """Return a SELECT without columns of instruments in use with their latest verification, which may be absent."""
    return (
        select()
        .select_from(Instrument)
        .join(Merchant, Merchant.id == Instrument.merchant_id)
        .outerjoin(Verification, and_(Verification.instrument_id == Instrument.id, is_latest()))
        .where(Instrument.active, Merchant.active)
    )


def holds(reading: Reading) -> ColumnElement[bool]:
    """Return SQL for "the verification holds today" (Asia/Shanghai); `rules.validity` in SQL."""
    today = local_date(reading.now)
    return and_(
        Verification.result == VerificationResult.PASSED.value,
        or_(Verification.valid_until.is_(None), Verification.valid_until >= today),
    )


def counted(reading: Reading) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Return SQL for how many instruments there are and how many of them hold."""
    return func.count(Instrument.id), func.coalesce(func.sum(case((holds(reading), 1), else_=0)), 0)
