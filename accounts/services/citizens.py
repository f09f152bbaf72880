"""Citizens as WeChat tells us of them: met, following, gone; the privacy notice and their consents."""

from sqlalchemy import select

from accounts.models import Citizen, Consent
from core.work import Work

NOTICE_VERSION = "2026-11"


def meet(work: Work, *, openid: str) -> Citizen:
    """Return the citizen behind `openid`, known from now on."""
    citizen = work.session.scalar(select(Citizen).where(Citizen.openid == openid))
    if citizen is None:
        citizen = Citizen(openid=openid, followed=True, first_seen_at=work.now)
        work.session.add(citizen)
        work.session.flush()
    return citizen


def follow(work: Work, *, openid: str) -> None:
    """Note that a person follows the account (again)."""
    meet(work, openid=openid).followed = True


def unfollow(work: Work, *, openid: str) -> None:
    """Forget the profile of a person who left the account; files of cases stay under their own legal basis."""
    citizen = meet(work, openid=openid)
    citizen.followed = False
    citizen.name = citizen.phone = citizen.address = None
    citizen.privacy_shown_at = None


def note_privacy_shown(work: Work, *, openid: str) -> bool:
    """Note that the privacy notice was shown; true when this is the first time."""
    citizen = meet(work, openid=openid)
    first = citizen.privacy_shown_at is None
    if first:
        citizen.privacy_shown_at = work.now
    return first


def consent(work: Work, *, openid: str, kind: str) -> None:
    """Record a consent under the current version of the notice; giving it twice changes nothing."""
    found = work.session.scalar(
        select(Consent).where(
            Consent.openid == openid, Consent.kind == kind, Consent.version == NOTICE_VERSION
        )
    )
    if found is None:
        work.session.add(Consent(openid=openid, kind=kind, version=NOTICE_VERSION, given_at=work.now))
    else:
        found.withdrawn_at = None
