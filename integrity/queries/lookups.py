"""What a conversation asks of the register: names to search, a shop in short, a certificate, one's own instruments."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from accounts.queries import regions
from core.clock import local_date
from core.work import Reading
from integrity.models import Instrument, Merchant, MerchantContact, Verification
from integrity.services.search import Entry

MOST_INSTRUMENTS = 500
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop in short; `valid` of its `total` active instruments hold a verification today."""

    merchant_id: int
    shown: str
    place: str
    total: int
    valid: int

    @property
    def expired(self) -> int:
        """Return how many hold none."""
        return self.total - self.valid


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate with its instrument and owner; `latest` tells whether no later one followed."""

    certificate_no: str
    instrument_name: str
    serial: str
    merchant_id: int
    merchant_name: str
    valid_until: date | None
    passed: bool
    latest: bool


@dataclass(frozen=True, slots=True)
class Device:
    """An instrument of one's own with the last day of its validity, None where it never passed."""

    name: str
    serial: str
    merchant_name: str
    valid_until: date | None


def stamp(reading: Reading) -> tuple[int, object]:
    """Return what changes whenever the names in the register do."""
    count, last = reading.session.execute(select(func.count(), func.max(Merchant.updated_at))).one()
    return int(count), last


def names(reading: Reading) -> list[Entry]:
    """Return every active merchant as the search index takes it in."""
    rows = reading.session.execute(
        select(
            Merchant.id,
            Merchant.name,
            Merchant.sign_name,
            Merchant.region_code,
            Merchant.market,
            Merchant.stall,
            Merchant.address,
        )
        .where(Merchant.active)
        .order_by(Merchant.id)
    )
    places = regions.places(reading)
    return [
        Entry(
            merchant_id=row.id,
            name=row.name,
            sign_name=row.sign_name,
            region_code=row.region_code,
            place=_place(
                places[row.region_code].full_name if row.region_code in places else "", row.market, row.stall
            ),
        )
        for row in rows
    ]


def shop(reading: Reading, *, merchant_id: int) -> Shop | None:
    """Return a shop in short, or None when it is not (any more) in the register."""
    merchant = reading.session.get(Merchant, merchant_id)
    if merchant is None or not merchant.active:
        return None
    ends = _ends(reading, [merchant_id])
    today = local_date(reading.now)
    region = regions.place(reading, code=merchant.region_code)
    return Shop(
        merchant_id=merchant.id,
        shown=merchant.sign_name or merchant.name,
        place=_place(region.full_name if region else "", merchant.market, merchant.stall),
        total=len(ends),
        valid=sum(end is not None and end >= today for _, _, end in ends),
    )


def certificate(reading: Reading, *, number: str) -> Certificate | None:
    """Return the certificate with this number, or None."""
    row = reading.session.execute(
        select(Verification, Instrument, Merchant)
        .join(Instrument, Instrument.id == Verification.instrument_id)
        .join(Merchant, Merchant.id == Instrument.merchant_id)
        .where(Verification.certificate_no == number.strip())
    ).first()
    if row is None:
        return None
    verification, instrument, merchant = row
    newest = reading.session.scalar(
        select(func.max(Verification.verified_on)).where(Verification.instrument_id == instrument.id)
    )
    return Certificate(
        certificate_no=verification.certificate_no,
        instrument_name=instrument.name,
        serial=instrument.serial,
        merchant_id=merchant.id,
        merchant_name=merchant.sign_name or merchant.name,
        valid_until=verification.valid_until,
        passed=verification.result == "passed",
        latest=newest == verification.verified_on,
    )


def devices(reading: Reading, *, openid: str) -> list[Device]:
    """Return the active instruments of the merchants bound to a follower, those that end first before the others."""
    bound = {
        row.id: row.sign_name or row.name
        for row in reading.session.execute(
            select(Merchant.id, Merchant.sign_name, Merchant.name)
            .join(MerchantContact, MerchantContact.merchant_id == Merchant.id)
            .where(MerchantContact.openid == openid)
        )
    }
    found = [
        Device(name=row.name, serial=row.serial, merchant_name=bound[row.merchant_id], valid_until=end)
        for row, _, end in _ends(reading, list(bound))
    ]
    return sorted(found, key=lambda device: (device.valid_until or date.min, device.serial))


def _ends(reading: Reading, merchant_ids: list[int]) -> list[tuple[Instrument, str, date | None]]:
    """Return each active instrument with the end of its last verification, None where that failed or never was."""
    if not merchant_ids:
        return []
    instruments = list(
        reading.session.scalars(
            select(Instrument)
            .where(Instrument.merchant_id.in_(merchant_ids), Instrument.active)
            .order_by(Instrument.id)
            .limit(MOST_INSTRUMENTS)
        )
    )
    last: dict[int, Verification] = {}
    for verification in reading.session.scalars(
        select(Verification)
        .where(Verification.instrument_id.in_([one.id for one in instruments]))
        .order_by(Verification.verified_on, Verification.id)
    ):
        last[verification.instrument_id] = verification
    return [
        (one, last[one.id].certificate_no, last[one.id].valid_until) if one.id in last else (one, "", None)
        for one in instruments
    ]


def _place(region: str, market: str, stall: str) -> str:
    return f"{region}{market}{stall}"
