"""Opens a merchant's telephone for a member of staff, and leaves a line in the audit."""

from core import audit
from core.errors import NotPermitted
from core.work import Work
from integrity.errors import MerchantNotFound
from integrity.models import Merchant
from integrity.models.merchants import PHONE_PLACE


def phone(work: Work, *, merchant_id: int) -> str:
    """Return a merchant's telephone, "" when none is registered.

    Raises:
        MerchantNotFound: there is no such merchant.
        NotPermitted: the merchant is outside the region the person is confined to.
    """
    merchant = work.session.get(Merchant, merchant_id)
    if merchant is None:
        raise MerchantNotFound(merchant_id=merchant_id)
    if not merchant.region_code.startswith(work.actor.region):
        raise NotPermitted("这家商户不在您的辖区。", merchant_id=merchant_id)
    audit.record(work, "merchant.reveal_phone", f"merchant:{merchant_id}")
    return work.vault.unseal(merchant.phone, place=PHONE_PLACE) if merchant.phone else ""
