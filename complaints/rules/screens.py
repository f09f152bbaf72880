"""The pages of a report in the order in which they ask, which of them apply, and which facts each one writes."""

from enum import StrEnum
from types import MappingProxyType

from complaints.rules import drafts
from complaints.rules.clocks import Track
from complaints.rules.drafts import DraftFacts, Slot


class Screen(StrEnum):
    """One question a page; `RESULT` shows the sum, `CHECK` everything before it is sent."""

    WHERE = "where"
    GOODS = "goods"
    PAID = "paid"
    AGAIN = "again"
    PRICE = "price"
    WHEN = "when"
    RESULT = "result"
    PHOTOS = "photos"
    TRACK = "track"
    CONTACT = "contact"
    DEMAND = "demand"
    CHECK = "check"


SLOTS = MappingProxyType(
    {
        Screen.WHERE: Slot.MERCHANT,
        Screen.GOODS: Slot.PRODUCT,
        Screen.PAID: Slot.CLAIMED,
        Screen.AGAIN: Slot.MEASURED,
        Screen.PRICE: Slot.PRICE,
        Screen.WHEN: Slot.BOUGHT_ON,
        Screen.PHOTOS: Slot.PHOTOS,
        Screen.CONTACT: Slot.CONTACT,
        Screen.DEMAND: Slot.DEMAND,
    }
)
FACTS = MappingProxyType(
    {
        Screen.WHERE: ("merchant_name", "merchant_id", "place", "region_code"),
        Screen.GOODS: ("product", "channel"),
        Screen.PAID: ("claimed_mg", "claimed_ml"),
        Screen.AGAIN: ("measured_mg", "measured_ml", "method"),
        Screen.PRICE: ("unit_price_cents_per_kg", "paid_cents"),
        Screen.WHEN: ("bought_on",),
        Screen.TRACK: ("track", "also_tipoff"),
        Screen.CONTACT: ("contact_name", "contact_phone", "contact_address"),
        Screen.DEMAND: ("demand",),
    }
)
MAY_PASS = frozenset({Screen.PAID, Screen.AGAIN, Screen.PRICE, Screen.WHEN})
_OF_COMPLAINTS = frozenset({Screen.CONTACT, Screen.DEMAND})


def applying(facts: DraftFacts) -> list[Screen]:
    """Return the pages this report passes, in order: a tip-off asks for no name, a sum needs two amounts."""
    left_out: set[Screen] = set()
    if facts.track is not Track.COMPLAINT:
        left_out |= _OF_COMPLAINTS
    if facts.claimed_mg is None or facts.measured_mg is None:
        left_out.add(Screen.RESULT)
    return [screen for screen in Screen if screen not in left_out]


def following(facts: DraftFacts, screen: Screen) -> Screen:
    """Return the page after this one."""
    return next((one for one in applying(facts) if _place(one) > _place(screen)), Screen.CHECK)


def preceding(facts: DraftFacts, screen: Screen) -> Screen | None:
    """Return the page before this one, or None at the first."""
    return next((one for one in reversed(applying(facts)) if _place(one) < _place(screen)), None)


def resuming(facts: DraftFacts) -> Screen:
    """Return the page an unfinished report goes on with: its first open question, else the review."""
    missing = drafts.missing(facts)
    return next((screen for screen in applying(facts) if SLOTS.get(screen) in missing), Screen.CHECK)


def _place(screen: Screen) -> int:
    return list(Screen).index(screen)
