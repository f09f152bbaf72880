"""What a citizen may do while waiting and afterwards: urge, rate, say that it is not settled."""

from datetime import date

from accounts.queries.calendar import working_calendar
from complaints.errors import NotEnded, TooEarly
from complaints.models import Case, EventKind, Rating
from complaints.queries.aftercare import (
    REASON_PLACE,
    REOPEN_WITHIN_DAYS,
    URGE_EVERY,
    ending_of,
    may_ask_again,
    may_urge_on,
    rating_of,
)
from complaints.rules import words
from complaints.rules.clocks import Track
from complaints.rules.lifecycle import Step
from complaints.services import notices
from complaints.services.recording import case_of_citizen, case_of_staff, said, take, write
from core import audit
from core.clock import local_date
from core.errors import InvalidInput
from core.work import Work


def urge(work: Work, *, openid: str, number: str, text: str = "", every: int = URGE_EVERY) -> Case:
    """Remind the office of an open case, once in `every` working days; the queue shows it.

    Raises:
        CaseNotFound: not a case of this person.
        TooEarly: it is not open, or was urged less than `every` working days ago.
    """
    case = case_of_citizen(work, openid=openid, number=number)
    today = local_date(work.now)
    again = may_urge_on(work, case, every=every)
    if again is None or again > today:
        raise TooEarly(_when(again, today), number=number)
    case.urged_at, case.urges = work.now, case.urges + 1
    next_day = working_calendar(work).add_working_days(today, every).day
    write(
        work,
        case,
        EventKind.URGED,
        public=words.urged(next_day, today),
        internal=text.strip()[:500] or None,
    )
    return case


def rate(work: Work, *, openid: str, number: str, score: int, reason: str = "") -> Rating:
    """Rate how a case was handled, 1 to 5, once for each time it ended; a second rating replaces the first.

    Raises:
        CaseNotFound: not a case of this person.
        NotEnded: it has not ended.
        InvalidInput: the score is not between 1 and 5.
    """
    if not 1 <= score <= 5:
        raise InvalidInput("请在 1 到 5 分之间选择。", fields={"score": "请选择 1 到 5 分"})
    case = case_of_citizen(work, openid=openid, number=number)
    ending = ending_of(work, case)
    if ending is None:
        raise NotEnded(number=number)
    row = rating_of(work, case) or Rating(case_id=case.id, ending_id=ending.id)
    row.score, row.rated_at = score, work.now
    row.reason = work.vault.seal(reason.strip()[:500], place=REASON_PLACE) if reason.strip() else None
    work.session.add(row)
    write(work, case, EventKind.RATED, public=f"您给这次办理打了 {score} 分", score=score)
    return row


def unsatisfied(
    work: Work, *, openid: str, number: str, reason: str, within_days: int = REOPEN_WITHIN_DAYS
) -> Case:
    """Ask for another look at a case that has ended; a supervisor decides. Once for each ending.

    Raises:
        CaseNotFound: not a case of this person.
        TextNeeded: no reason is given.
        NotEnded: it has not ended, ended more than `within_days` ago, or another look was asked for already.
    """
    wanted = said(reason)
    case = case_of_citizen(work, openid=openid, number=number)
    if not may_ask_again(work, case, within_days=within_days):
        raise NotEnded(
            f"办结后 {within_days} 天内可以提出一次；这件事现在不能再提。您还可以拨打 12315 反映。",
            number=number,
        )
    case.reopening_wanted_at = work.now
    event = write(work, case, EventKind.UNSATISFIED, public=words.unsatisfied(wanted))
    notices.progress(work, case, event)
    return case


def decide_reopening(work: Work, *, number: str, version: int, reopen: bool, reason: str) -> Case:
    """Open a case again at its author's wish, or keep it closed, with reasons either way.

    Raises:
        TextNeeded: no reason is given.
        CaseNotFound, CaseChanged: not in reach, or changed meanwhile.
        NotEnded: nobody asked for it.
        StepNotAllowed: it is open already.
    """
    explained = said(reason)
    case = case_of_staff(work, number=number, version=version)
    if case.reopening_wanted_at is None:
        raise NotEnded("市民没有提出重新处理的请求。", number=number)
    case.reopening_wanted_at = None
    if reopen:
        take(work, case, Step.REOPEN)
        public = words.reopened(Track(case.track), explained)
        event = write(work, case, EventKind.STEP, step=Step.REOPEN, public=public)
    else:
        event = write(work, case, EventKind.REPLY, public=words.kept_closed(explained))
    audit.record(
        work, "case.reopen", f"case:{case.id}", number=case.number, reopened=reopen, reason=explained
    )
    notices.progress(work, case, event)
    return case


def _when(again: date | None, today: date) -> str:
    if again is None:
        return "这件事已经办结，不用再催；不满意可以提出重新处理。"
    return (
        f"已经催过了，承办单位收到了提醒。{words.on(again, today)}起可以再催一次；着急请直接打承办单位电话。"
    )
