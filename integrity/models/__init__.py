"""What the register remembers: merchants, who hears from us for them, their instruments and verifications."""

from integrity.models.instruments import Instrument, Verification
from integrity.models.merchants import Merchant, MerchantContact

__all__ = ["Instrument", "Merchant", "MerchantContact", "Verification"]
