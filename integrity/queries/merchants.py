"""Merchants as citizens, merchants themselves and the console see them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from accounts.queries import regions
from core.text import key
from core.work import Reading
from integrity.errors import MerchantNotFound
from integrity.models import Instrument, Merchant, MerchantContact, Verification
from integrity.queries import standing
from integrity.rules import uscc
from integrity.rules.names import Entry

PAGE = 50
RECENT = 3


@dataclass(frozen=True, slots=True)
class Checked:
    """One past verification in a line."""

    instrument_name: str
    verified_on: date
    passed: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """A merchant as everybody may see it: no telephone, no person.

    `expired` are instruments whose verification does not hold today or was never recorded; `rating` is None until
    one is published.
    """

    id: int
    name: str
    sign_name: str
    uscc: str
    trade: str
    region_code: str
    place: str
    address: str
    market: str
    stall: str
    total: int
    valid: int
    recent: tuple[Checked, ...]
    rating: str | None = None

    @property
    def shown(self) -> str:
        """The name people know: the sign's, else the registered one."""
        return self.sign_name or self.name

    @property
    def expired(self) -> int:
        """How many instruments in use have no verification that holds today."""
        return self.total - self.valid


@dataclass(frozen=True, slots=True)
class Line:
    """A merchant in a list, with its instruments counted."""

    id: int
    name: str
    sign_name: str
    uscc: str
    trade: str
    place: str
    total: int
    valid: int
    reached: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list and the id after which the next one begins, or None on the last."""

    lines: tuple[Line, ...]
    after: int | None


def profile(reading: Reading, merchant_id: int) -> Profile:
    """Return a merchant with its instruments counted and its last verifications.

    Raises:
        MerchantNotFound: there is none of that id, or it is no longer active.
    """
    merchant = reading.session.get(Merchant, merchant_id)
    if merchant is None or not merchant.active:
        raise MerchantNotFound(merchant_id=merchant_id)
    total, valid = reading.session.execute(
        standing.in_use().add_columns(*standing.counted(reading)).where(Instrument.merchant_id == merchant_id)
    ).one()
    return Profile(
        id=merchant.id,
        name=merchant.name,
        sign_name=merchant.sign_name,
        uscc=merchant.uscc,
        trade=merchant.trade,
        region_code=merchant.region_code,
        place=_where(merchant, regions.places(reading)),
        address=merchant.address,
        market=merchant.market,
        stall=merchant.stall,
        total=total,
        valid=valid,
        recent=_recent(reading, merchant_id),
    )


def by_uscc(reading: Reading, code: str) -> Profile:
    """Return the merchant with this unified social credit code.

    Raises:
        MerchantNotFound: no active merchant has it.
    """
    found = reading.session.scalar(select(Merchant.id).where(Merchant.uscc == uscc.clean(code)))
    if found is None:
        raise MerchantNotFound(uscc=code)
    return profile(reading, found)


def phone(reading: Reading, merchant_id: int) -> bytes | None:
    """Return the sealed telephone of a merchant; opening it is the caller's matter, and is audited."""
    return reading.session.scalar(select(Merchant.phone).where(Merchant.id == merchant_id))


def page(
    reading: Reading, *, text: str = "", ids: Sequence[int] | None = None, after: int = 0, region: str = ""
) -> Page:
    """Return merchants in order of id: all, those of `ids` (in their order), or those whose code or exact name is `text`.

    Confined to the reading actor's region, and to `region` where given (a prefix of the code).
    """
    statement = (
        select(Merchant)
        .where(Merchant.region_code.startswith(reading.actor.region), Merchant.region_code.startswith(region))
        .order_by(Merchant.id)
        .limit(PAGE + 1)
    )
    if ids is not None:
        statement = statement.where(Merchant.id.in_(ids))
    elif text:
        word, code = key(text), uscc.clean(text)
        statement = statement.where(
            (Merchant.name_key == word)
            | (Merchant.sign_key == word)
            | Merchant.uscc.startswith(code, autoescape=True)
        )
    found = list(reading.session.scalars(statement.where(Merchant.id > after)))
    more = found[PAGE - 1].id if len(found) > PAGE else None
    shown = found[:PAGE]
    if ids is not None:
        shown.sort(key=lambda merchant: list(ids).index(merchant.id))
    return Page(tuple(_lines(reading, shown)), more)


def bound(reading: Reading, *, openid: str) -> list[int]:
    """Return the ids of the merchants a follower is bound to."""
    return list(
        reading.session.scalars(
            select(MerchantContact.merchant_id)
            .join(Merchant, Merchant.id == MerchantContact.merchant_id)
            .where(MerchantContact.openid == openid, Merchant.active)
            .order_by(MerchantContact.merchant_id)
            .limit(100)
        )
    )


def contacts(reading: Reading, merchant_id: int) -> list[tuple[str, datetime]]:
    """Return role and moment of binding of everyone who hears from us for a merchant; nobody's openid."""
    found = reading.session.execute(
        select(MerchantContact.role, MerchantContact.bound_at)
        .where(MerchantContact.merchant_id == merchant_id)
        .order_by(MerchantContact.id)
        .limit(20)
    )
    return [(role, bound_at) for role, bound_at in found]


def stamp(reading: Reading) -> tuple[int, datetime | None]:
    """Return what changes whenever a merchant is added or changed, for those who keep an index of names."""
    count, latest = reading.session.execute(select(func.count(), func.max(Merchant.updated_at))).one()
    return count, latest


def names(reading: Reading) -> Iterator[Entry]:
    """Yield every active merchant's names and place, for the index of names."""
    places = regions.places(reading)
    statement = (
        select(Merchant).where(Merchant.active).order_by(Merchant.id).execution_options(yield_per=2000)
    )
    for merchant in reading.session.scalars(statement):
        yield Entry(
            merchant_id=merchant.id,
            name=merchant.name,
            sign_name=merchant.sign_name,
            region_code=merchant.region_code,
            place=_where(merchant, places),
        )


def totals(reading: Reading) -> tuple[int, int, int]:
    """Return how many merchants, instruments in use and holding verifications the actor's region has."""
    merchants = reading.session.scalar(
        select(func.count()).where(Merchant.active, Merchant.region_code.startswith(reading.actor.region))
    )
    total, valid = reading.session.execute(
        standing.in_use()
        .add_columns(*standing.counted(reading))
        .where(Merchant.region_code.startswith(reading.actor.region))
    ).one()
    return merchants or 0, total, valid


def _lines(reading: Reading, found: Sequence[Merchant]) -> Iterator[Line]:
    ids = [merchant.id for merchant in found]
    counts = {
        merchant_id: (total, valid)
        for merchant_id, total, valid in reading.session.execute(
            standing.in_use()
            .add_columns(Instrument.merchant_id, *standing.counted(reading))
            .where(Instrument.merchant_id.in_(ids))
            .group_by(Instrument.merchant_id)
        )
    }
    reached = set(
        reading.session.scalars(
            select(MerchantContact.merchant_id).where(MerchantContact.merchant_id.in_(ids)).distinct()
        )
    )
    places = regions.places(reading)
    for merchant in found:
        total, valid = counts.get(merchant.id, (0, 0))
        yield Line(
            id=merchant.id,
            name=merchant.name,
            sign_name=merchant.sign_name,
            uscc=merchant.uscc,
            trade=merchant.trade,
            place=_where(merchant, places),
            total=total,
            valid=valid,
            reached=merchant.id in reached,
        )


def _recent(reading: Reading, merchant_id: int) -> tuple[Checked, ...]:
    rows = reading.session.execute(
        select(Instrument.name, Verification.verified_on, Verification.result)
        .join(Verification, Verification.instrument_id == Instrument.id)
        .where(Instrument.merchant_id == merchant_id)
        .order_by(Verification.verified_on.desc(), Verification.id.desc())
        .limit(RECENT)
    )
    return tuple(Checked(name, day, result == "passed") for name, day, result in rows)


def _where(merchant: Merchant, places: dict[str, regions.Place]) -> str:
    """Return 济南市历下区 and, in a market, its name and the stall."""
    found = places.get(merchant.region_code)
    parts = [found.full_name if found is not None else "", merchant.market, merchant.stall]
    return " ".join(part for part in parts if part)
