"""Measuring instruments: which are verified how often, until when a verification holds, how far they may err."""

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path

from metrology.grammar import QuantityError
from metrology.lawtables import Confidence, LawRow, Row, Trust, in_force, load
from metrology.outcomes import Ground, Outcome


class Supervision(StrEnum):
    """How the law watches an instrument."""

    TYPE_APPROVAL = "P"
    VERIFICATION = "V"
    BOTH = "PV"


class Mode(StrEnum):
    """How compulsory verification is done."""

    PERIODIC = "periodic"
    FIRST_ONLY = "first_only"
    FIRST_THEN_REPLACED = "first_then_replaced"


class ScaleClass(StrEnum):
    """Accuracy classes of the scales used in markets."""

    III = "III"
    IIII = "IIII"


class Instrument(Row):
    """One kind of instrument; `months` is the longest period, or the service life where it is replaced."""

    key: str
    name: str
    aliases: list[str]
    regulation: str
    supervision: Supervision
    mode: Mode
    months: int | None
    mpe: str
    confidence: Trust

    @property
    def drives(self) -> bool:
        """Whether the row may decide by itself; what is not confirmed only informs."""
        return self.confidence is not Confidence.C


class ErrorRow(LawRow):
    """The permissible error of one instrument in percent of the true quantity; both ends are allowed.

    `zone` tells the flows apart where the error depends on them; `in_service` marks twice the error at verification.
    """

    key: str
    zone: str = ""
    in_service: bool = False
    low_percent: Decimal
    high_percent: Decimal

    def said(self) -> str:
        """Print the permissible error: ±0.30%, or −4%～+1% where it is not symmetrical."""
        if self.low_percent == -self.high_percent:
            return f"±{self.high_percent}%"
        return f"−{-self.low_percent}%～+{self.high_percent}%"


class ScaleBand(Row):
    """One range of load in verification intervals e, with the error permitted at verification."""

    from_e: Decimal
    up_to_e: Decimal
    mpe_e: Decimal


class ScaleTable(LawRow):
    """The permissible errors of non-automatic scales."""

    in_service_factor: int
    classes: dict[ScaleClass, list[ScaleBand]]


class InstrumentLaw(Row):
    """The catalogue with its errors."""

    instruments: list[Instrument]
    errors: list[ErrorRow]
    scales: list[ScaleTable]


class DueBasis(StrEnum):
    """Where a date of validity comes from."""

    CERTIFICATE = "certificate"
    ESTIMATED = "estimated"

    @property
    def label(self) -> str:
        """The words people read."""
        return "证书载明" if self is DueBasis.CERTIFICATE else "按检定周期推算"


@dataclass(frozen=True, slots=True)
class ValidUntil:
    """The last day a verification holds, from the certificate or estimated from the longest period."""

    day: date
    basis: DueBasis
    confidence: Confidence

    @property
    def drives(self) -> bool:
        """Whether reminders may follow the date without a person looking at it."""
        return self.confidence is not Confidence.C


@dataclass(frozen=True, slots=True)
class ErrorResult:
    """A measured error against what is permitted, all in percent of the true quantity."""

    outcome: Outcome
    error: Decimal
    ground: Ground
    text: str


@cache
def instrument_law() -> InstrumentLaw:
    """Return the catalogue, checked when first read."""
    return load(Path(__file__).with_name("instruments.yaml"), InstrumentLaw)


@cache
def _by_name() -> dict[str, Instrument]:
    rows = instrument_law().instruments
    return {word: row for row in reversed(rows) for word in (row.key, row.name, *row.aliases)}


def instrument(name: str) -> Instrument | None:
    """Return the catalogue row of a key, a name or what people call it."""
    return _by_name().get(name.strip())


def months_later(day: date, months: int) -> date:
    """Return the same day so many months on, clamped to the end of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def valid_until(
    row: Instrument, *, verified_on: date, certificate_until: date | None = None
) -> ValidUntil | None:
    """Return until when a verification holds; the certificate's own date wins over any estimate.

    None when the kind is verified only once and the certificate names no date.
    Source: 强制检定的工作计量器具检定管理办法第6条 (the period is set by the verifying body).
    """
    if certificate_until is not None:
        return ValidUntil(certificate_until, DueBasis.CERTIFICATE, Confidence.A)
    if row.months is None:
        return None
    return ValidUntil(months_later(verified_on, row.months), DueBasis.ESTIMATED, row.confidence)


def scale_mpe(
    scale: ScaleClass, *, load_g: Decimal, interval_g: Decimal, in_service: bool, on: date
) -> Decimal | None:
    """Return the permissible error of a scale at a load, in grams; None outside its class.

    Source: JJG 539-2016; in service twice the error at verification. Raises: QuantityError for an impossible load.
    """
    if interval_g <= 0 or load_g < 0:
        raise QuantityError("载荷和分度值要大于 0，请核对后再填。")
    table = in_force(instrument_law().scales, on)
    if table is None:
        return None
    load_e = load_g / interval_g
    band = next((b for b in table.classes[scale] if load_e <= b.up_to_e), None)
    factor = table.in_service_factor if in_service else 1
    return None if band is None else band.mpe_e * interval_g * factor


def scale_table(on: date) -> ScaleTable | None:
    """Return the permissible errors of scales in force on a day."""
    return in_force(instrument_law().scales, on)


def permitted(key: str, *, on: date) -> tuple[ErrorRow, ...]:
    """Return the permissible errors of a kind of instrument, one for each zone of flow."""
    return tuple(row for row in instrument_law().errors if row.key == key and row.in_force(on))


def judge_taximeter(indicated_m: Decimal, actual_m: Decimal, *, on: date) -> ErrorResult:
    """Judge a taximeter: its distance against the true one, −4 % to +1 %. Source: JJG 517-2016."""
    return judge_error("taximeter", indicated_m, actual_m, on=on)[0]


def judge_error(key: str, indicated: Decimal, actual: Decimal, *, on: date) -> tuple[ErrorResult, ...]:
    """Judge an indication against the true quantity, once for each zone; rows of confidence C conclude nothing.

    Raises: QuantityError where nothing was measured or no rule is on file.
    """
    if actual <= 0:
        raise QuantityError("实际量要大于 0，请核对后再填。")
    rows = permitted(key, on=on)
    if not rows:
        raise QuantityError("那一天没有收录适用的规程，请咨询市场监管部门。")
    error = (indicated - actual) * 100 / actual
    return tuple(_judged(row, error) for row in rows)


def _judged(row: ErrorRow, error: Decimal) -> ErrorResult:
    inside = row.low_percent <= error <= row.high_percent
    outcome = Outcome.WITHIN if inside else Outcome.OVER
    end = f"{outcome.verb}允许误差"
    if not row.drives:
        outcome, end = Outcome.CANNOT_TELL, "但允许误差尚待核对，不下结论"
    zone = f"{row.zone}允许" if row.zone else "允许"
    text = f"初步计算：示值误差 {error:+.2f}%，{zone} {row.said()}，{end}。最终以检定机构的结果为准。"
    ground = Ground(row.source, row.confidence, f"{row.zone}{row.said()}")
    return ErrorResult(outcome, error, ground, text)
