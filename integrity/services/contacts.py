"""Binds followers to merchants: who is reminded, and who sees the devices."""

from sqlalchemy import delete, select

from core import audit
from core.work import Work
from integrity.errors import AlreadyBound, MerchantNotFound
from integrity.models import Merchant, MerchantContact

OWNER = "owner"


def bind(work: Work, *, merchant_id: int, openid: str, role: str = OWNER) -> None:
    """Let a follower receive a merchant's reminders and see its devices.

    Whoever calls has made sure of the ownership; the proof itself (a code sent to the registered telephone) is not
    part of this service.

    Raises:
        MerchantNotFound: there is no such merchant.
        AlreadyBound: the person is bound to it already.
    """
    if work.session.get(Merchant, merchant_id) is None:
        raise MerchantNotFound(merchant_id=merchant_id)
    held = select(MerchantContact.id).where(
        MerchantContact.merchant_id == merchant_id, MerchantContact.openid == openid
    )
    if work.session.scalar(held) is not None:
        raise AlreadyBound(merchant_id=merchant_id)
    work.session.add(MerchantContact(merchant_id=merchant_id, openid=openid, role=role, bound_at=work.now))
    work.session.flush()
    audit.record(work, "merchant.bind", f"merchant:{merchant_id}", role=role)


def unbind(work: Work, *, openid: str, merchant_id: int | None = None) -> int:
    """Take a follower's bindings back, all of them or one; return how many there were."""
    condition = [MerchantContact.openid == openid]
    if merchant_id is not None:
        condition.append(MerchantContact.merchant_id == merchant_id)
    gone = list(work.session.scalars(delete(MerchantContact).where(*condition).returning(MerchantContact.id)))
    return len(gone)
