"""What is known about a shop or a certificate, as values for whoever words the answer."""

from dataclasses import dataclass
from enum import StrEnum

from core.work import Reading
from integrity.errors import MerchantNotFound
from integrity.queries import instruments, merchants
from integrity.queries.instruments import Certificate
from integrity.queries.merchants import Profile
from integrity.rules.validity import Standing
from integrity.services.search import NOBODY, Found, Outcome


class Answer(StrEnum):
    """How a certificate stands: unknown, replaced by a later one, out of use, failed, expired, or holding."""

    UNKNOWN = "unknown"
    REPLACED = "replaced"
    NOT_IN_USE = "not_in_use"
    FAILED = "failed"
    EXPIRED = "expired"
    HOLDS = "holds"


@dataclass(frozen=True, slots=True)
class CertificateAnswer:
    """What a certificate number came to; `found` is None where it is not on file."""

    number: str
    answer: Answer
    found: Certificate | None


@dataclass(frozen=True, slots=True)
class MerchantAnswer:
    """What a name came to; `profile` is read where one merchant was surely meant."""

    found: Found
    profile: Profile | None = None


def merchant_answer(reading: Reading, found: Found) -> MerchantAnswer:
    """Read the profile of the merchant surely meant; one that left the register since is not found."""
    if found.outcome is not Outcome.DIRECT:
        return MerchantAnswer(found)
    try:
        return MerchantAnswer(found, merchants.profile(reading, found.hits[0].merchant_id))
    except MerchantNotFound:
        return MerchantAnswer(NOBODY)


def certificate_answer(reading: Reading, number: str) -> CertificateAnswer:
    """Look a certificate up and say how it stands today."""
    found = instruments.by_certificate(reading, number)
    return CertificateAnswer(number, _standing(found), found)


def _standing(found: Certificate | None) -> Answer:
    if found is None:
        return Answer.UNKNOWN
    if found.replaced:
        return Answer.REPLACED
    if not found.in_use:
        return Answer.NOT_IN_USE
    if found.due.standing is Standing.FAILED:
        return Answer.FAILED
    return Answer.HOLDS if found.due.holds else Answer.EXPIRED
