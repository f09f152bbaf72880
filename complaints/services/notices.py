"""News of a case that goes out to the citizen by WeChat, in the transaction that makes it true."""

from complaints.models import Case, CaseEvent
from complaints.rules import lifecycle
from complaints.rules.clocks import Track
from complaints.rules.lifecycle import Status
from core.clock import local
from core.work import Work
from scheduler.messages import TemplateMessage
from scheduler.services.outbox import enqueue

NOTE_LENGTH = 200


def progress(work: Work, case: Case, event: CaseEvent) -> None:
    """Tell the citizen that the case moved on; the template's page holds the whole text."""
    status = lifecycle.name(Track(case.track), Status(case.status))
    _send(work, case, event, template="case_progress", status=status)


def reply(work: Work, case: Case, event: CaseEvent) -> None:
    """Tell the citizen what a handler answered."""
    _send(work, case, event, template="case_reply")


def _send(work: Work, case: Case, event: CaseEvent, *, template: str, status: str = "") -> None:
    first = (event.public_text or "").split("\n", 1)[0]
    values = {
        "number": case.number,
        "time": f"{local(work.now):%Y-%m-%d %H:%M}",
        "note": first[:NOTE_LENGTH],
        "merchant": case.merchant_name or "（未写明）",
        **({"status": status} if status else {}),
    }
    enqueue(
        work,
        recipient=case.openid,
        message=TemplateMessage(template, values, f"/h5/cases/{case.number}"),
        dedup_key=f"case:{case.id}:event:{event.id}",
    )
