"""What this room keeps of a citizen: the profile and the consents."""

from sqlalchemy import delete, select

from accounts.models import Citizen, Consent
from accounts.services.mydata import Erased, Part
from core.clock import local
from core.work import Reading, Work

TITLE = "账号与同意"
SEALED = ("name", "phone", "address")


class Profile:
    """Keeps a citizen's profile and consents."""

    def see(self, reading: Reading, *, openid: str) -> Part:
        """Return the profile, unsealed, and every consent with its dates."""
        citizen = reading.session.scalar(select(Citizen).where(Citizen.openid == openid))
        rows: list[dict[str, object]] = []
        if citizen is not None:
            told = {
                field: reading.vault.unseal(sealed, place=f"citizens.{field}")
                for field in SEALED
                if (sealed := getattr(citizen, field)) is not None
            }
            rows.append(
                {"类型": "账号", "第一次使用": f"{local(citizen.first_seen_at):%Y-%m-%d %H:%M}", **told}
            )
        consents = select(Consent).where(Consent.openid == openid).order_by(Consent.id)
        rows += [
            {
                "类型": "同意",
                "事项": one.kind,
                "说明版本": one.version,
                "同意时间": f"{local(one.given_at):%Y-%m-%d %H:%M}",
                "撤回时间": f"{local(one.withdrawn_at):%Y-%m-%d %H:%M}" if one.withdrawn_at else "",
            }
            for one in reading.session.scalars(consents)
        ]
        return Part("profile", TITLE, tuple(rows))

    def erase(self, work: Work, *, openid: str) -> Erased:
        """Remove name, telephone, address and consents; the bare account stays while one follows us."""
        removed = len(list(work.session.scalars(select(Consent.id).where(Consent.openid == openid))))
        work.session.execute(delete(Consent).where(Consent.openid == openid))
        citizen = work.session.scalar(select(Citizen).where(Citizen.openid == openid))
        if citizen is not None:
            removed += sum(getattr(citizen, field) is not None for field in SEALED)
            citizen.name = citizen.phone = citizen.address = None
            citizen.privacy_shown_at = None
        return Erased(TITLE, removed)
