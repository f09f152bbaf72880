"""Tells the scheduler which instruments' verification runs out, for whom, and in which words."""

from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal

from core.work import Reading
from integrity.models import Instrument, Merchant, MerchantContact, Verification
from integrity.queries import standing
from scheduler.messages import Outgoing, TemplateMessage
from scheduler.ports import Due
from scheduler.services.reminders import facts_column, stage_reached

SUBJECT = "instrument"
TEMPLATE = "verification_due"
LONGEST_WORDS = 20
LONGEST_CODE = 32


class DueInstruments:
    """The planner of verifications that run out: a cycle is one certificate with its end."""

    subject_kind = SUBJECT

    def due(self, reading: Reading, *, stages: tuple[int, ...]) -> Select[Any]:
        """Return every instrument whose latest verification has reached a stage, once for each bound follower.

        A merchant nobody is bound to yields one row without recipient, for the call list.
        """
        shown = func.coalesce(func.nullif(Merchant.sign_name, ""), Merchant.name)
        facts = facts_column(
            reading,
            merchant=shown,
            instrument=Instrument.name,
            serial=Instrument.serial,
            title=shown + "：" + Instrument.name,
            detail="出厂编号 " + Instrument.serial + "，证书 " + Verification.certificate_no,
            page="/console/register/" + cast(Merchant.id, String),
        )
        return (
            _running()
            .outerjoin(MerchantContact, MerchantContact.merchant_id == Merchant.id)
            .add_columns(
                literal(SUBJECT, String).label("subject_kind"),
                Instrument.id.label("subject_id"),
                _cycle().label("cycle"),
                stage_reached(reading, Verification.valid_until.expression, stages=stages),
                MerchantContact.openid.label("recipient"),
                Verification.valid_until.label("due_on"),
                Merchant.region_code.label("region_code"),
                facts,
            )
        )

    def current(self, reading: Reading) -> Select[Any]:
        """Return the cycles still running; a new verification, or taking a device out of use, ends one."""
        return _running().add_columns(Instrument.id.label("subject_id"), _cycle().label("cycle"))

    def message(self, due: Due) -> Outgoing:
        """Word the reminder: what, until when, and what to do now."""
        return TemplateMessage(
            TEMPLATE,
            {
                "merchant": str(due.facts["merchant"])[:LONGEST_WORDS],
                "instrument": str(due.facts["instrument"])[:LONGEST_WORDS],
                "serial": _code(str(due.facts["serial"])),
                "due": f"{due.due_on.year}年{due.due_on.month}月{due.due_on.day}日",
                "note": _advice(due.stage),
            },
            url="/h5/merchant",
        )


def _running() -> Select[Any]:
    return standing.in_use().where(Verification.valid_until.is_not(None))


def _cycle() -> ColumnElement[str]:
    cycle: ColumnElement[str] = (
        Verification.certificate_no + "/" + func.substr(cast(Verification.valid_until, String), 1, 10)
    )
    return cycle


def _code(serial: str) -> str:
    """Return a serial number as WeChat takes it: 32 printable ASCII characters at most, never empty."""
    plain = "".join(character for character in serial if "!" <= character <= "~")
    return plain[:LONGEST_CODE] or "-"


def _advice(stage: int) -> str:
    if stage < 0:
        return "快到期了，请在到期前预约检定"
    return "请尽快安排检定" if stage == 0 else "已过有效期，检定合格前请停止使用"
