"""Instruments with their latest verification, and what a certificate number stands for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, or_, select

from core.clock import local_date
from core.work import Reading
from integrity.models import Instrument, Merchant, Verification
from integrity.queries import standing
from integrity.rules import certificates
from integrity.rules.validity import Standing, Validity, VerificationResult, validity

LIMIT = 500


@dataclass(frozen=True, slots=True)
class Device:
    """An instrument with its latest verification; `due` says how that stands today."""

    id: int
    merchant_id: int
    merchant_name: str
    kind: str
    name: str
    maker: str
    model: str
    serial: str
    place: str
    certificate_no: str
    verified_on: date | None
    valid_until: date | None
    institution: str
    due: Validity


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate number stands for; `replaced` when the instrument has been verified again since."""

    certificate_no: str
    instrument_id: int
    instrument_name: str
    kind: str
    maker: str
    model: str
    serial: str
    place: str
    merchant_id: int
    merchant_name: str
    region_code: str
    verified_on: date
    valid_until: date | None
    institution: str
    replaced: bool
    in_use: bool
    due: Validity


def by_certificate(reading: Reading, number: str) -> Certificate | None:
    """Return the instrument behind a certificate number, blanks, case and width aside, or None."""
    row = reading.session.execute(
        select(Verification, Instrument, Merchant, standing.is_latest().label("latest"))
        .join(Instrument, Instrument.id == Verification.instrument_id)
        .join(Merchant, Merchant.id == Instrument.merchant_id)
        .where(Verification.certificate_no == certificates.number(number))
    ).one_or_none()
    if row is None:
        return None
    verification, instrument, merchant, latest = row
    return Certificate(
        certificate_no=verification.certificate_no,
        instrument_id=instrument.id,
        instrument_name=instrument.name,
        kind=instrument.kind,
        maker=instrument.maker,
        model=instrument.model,
        serial=instrument.serial,
        place=instrument.place,
        merchant_id=merchant.id,
        merchant_name=merchant.sign_name or merchant.name,
        region_code=merchant.region_code,
        verified_on=verification.verified_on,
        valid_until=verification.valid_until,
        institution=verification.institution,
        replaced=not latest,
        in_use=instrument.active and merchant.active,
        due=validity(verification.result, verification.valid_until, local_date(reading.now)),
    )


def by_serial(reading: Reading, serial: str) -> Certificate | None:
    """Return the latest certificate of the one instrument in use with this serial number; None where there are more."""
    numbers = reading.session.scalars(
        select(Verification.certificate_no)
        .join(Instrument, Instrument.id == Verification.instrument_id)
        .where(Instrument.serial == certificates.number(serial), Instrument.active, standing.is_latest())
        .limit(2)
    ).all()
    return by_certificate(reading, numbers[0]) if len(numbers) == 1 else None


def of_merchant(reading: Reading, merchant_id: int) -> list[Device]:
    """Return a merchant's instruments in use, the most urgent first: never verified, failed, then by days left."""
    statement = _devices().where(Instrument.merchant_id == merchant_id).limit(LIMIT)
    return sorted(_built(reading, statement), key=urgency)


def urgency(device: Device) -> tuple[int, int, int]:
    """Return the place of a device in a list that begins with what to do first."""
    left = device.due.days_left
    if device.due.standing is Standing.FIRST_ONLY:
        return (2, 0, device.id)
    return (0, 0, device.id) if left is None else (1, left, device.id)


def due(reading: Reading, *, within_days: int, after: int = 0, limit: int = LIMIT) -> list[Device]:
    """Return instruments that do not hold, or will not `within_days` from today, in order of id after `after`.

    Confined to the reading actor's region.
    """
    until = local_date(reading.now) + timedelta(days=within_days)
    statement = (
        _devices()
        .where(
            Instrument.id > after,
            Merchant.region_code.startswith(reading.actor.region),
            or_(
                Verification.id.is_(None),
                Verification.result == VerificationResult.FAILED.value,
                Verification.valid_until <= until,
            ),
        )
        .order_by(Instrument.id)
        .limit(limit)
    )
    return list(_built(reading, statement))


def history(reading: Reading, instrument_id: int) -> list[Verification]:
    """Return an instrument's verifications, the latest first."""
    return list(
        reading.session.scalars(
            select(Verification)
            .where(Verification.instrument_id == instrument_id)
            .order_by(Verification.verified_on.desc(), Verification.id.desc())
            .limit(50)
        )
    )


def _devices() -> Select[Any]:
    return standing.in_use().add_columns(Instrument, Merchant, Verification)


def _built(reading: Reading, statement: Select[Any]) -> Iterator[Device]:
    today = local_date(reading.now)
    for instrument, merchant, verification in reading.session.execute(statement):
        yield _device(instrument, merchant, verification, today)


def _device(
    instrument: Instrument, merchant: Merchant, verification: Verification | None, today: date
) -> Device:
    if verification is None:
        certificate_no, verified_on, valid_until, institution, result = "", None, None, "", None
    else:
        certificate_no, institution = verification.certificate_no, verification.institution
        verified_on, valid_until = verification.verified_on, verification.valid_until
        result = verification.result
    return Device(
        id=instrument.id,
        merchant_id=merchant.id,
        merchant_name=merchant.sign_name or merchant.name,
        kind=instrument.kind,
        name=instrument.name,
        maker=instrument.maker,
        model=instrument.model,
        serial=instrument.serial,
        place=instrument.place,
        certificate_no=certificate_no,
        verified_on=verified_on,
        valid_until=valid_until,
        institution=institution,
        due=validity(result, valid_until, today),
    )
