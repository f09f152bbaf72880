"""Work on a case: notes, replies, its assignee, its place, its number on the national platform, and its end."""

import re

from accounts.queries import regions
from complaints.errors import BadPlatformNumber
from complaints.models import Case, EventKind
from complaints.rules import words
from complaints.rules.clocks import ClockName
from complaints.rules.lifecycle import Step
from complaints.services import notices
from complaints.services.recording import case_of_staff, clock_due, said, take, write
from core import audit
from core.clock import local_date
from core.errors import InvalidInput
from core.work import Work

_PLATFORM_NUMBER = re.compile(r"[0-9A-Z]{8,32}")
CONCLUSIONS = (Step.AGREE, Step.TERMINATE, Step.OPEN_FILE, Step.DECLINE_FILE, Step.DECIDE)


def note(work: Work, *, number: str, version: int, text: str) -> Case:
    """Keep a note that only staff read; nothing is sent.

    Raises:
        TextNeeded: it is empty.
        CaseNotFound, CaseChanged: not in reach, or changed meanwhile.
    """
    case = case_of_staff(work, number=number, version=version)
    write(work, case, EventKind.NOTE, internal=said(text))
    audit.record(work, "case.note", f"case:{case.id}", number=case.number)
    return case


def reply(work: Work, *, number: str, version: int, text: str) -> Case:
    """Answer the citizen, who reads it in WeChat and on the case's page.

    Raises:
        TextNeeded: it is empty.
        CaseNotFound, CaseChanged: not in reach, or changed meanwhile.
    """
    case = case_of_staff(work, number=number, version=version)
    event = write(work, case, EventKind.REPLY, public=said(text))
    audit.record(work, "case.reply", f"case:{case.id}", number=case.number, event=event.id)
    notices.reply(work, case, event)
    return case


def assign(work: Work, *, number: str, version: int, assignee_id: str, assignee_name: str) -> Case:
    """Put the case into somebody's hands.

    Raises:
        CaseNotFound, CaseChanged: not in reach, or changed meanwhile.
    """
    case = case_of_staff(work, number=number, version=version)
    case.assignee_id, case.assignee_name = assignee_id, assignee_name
    write(work, case, EventKind.ASSIGNED, internal=f"由 {assignee_name} 办理", assignee=assignee_id)
    audit.record(work, "case.assign", f"case:{case.id}", number=case.number, assignee=assignee_id)
    return case


def move(work: Work, *, number: str, version: int, place: str) -> Case:
    """Put the case into the division named in `place`, as where the citizen did not know it.

    Raises:
        InvalidInput: no division of the province is named.
        CaseNotFound, CaseChanged: not in reach, or changed meanwhile.
    """
    found = regions.find(work, text=place)
    if found is None:
        raise InvalidInput("没有认出区县，请写全称，例如“历下区”。", fields={"text": "请写区县全称"})
    case = case_of_staff(work, number=number, version=version)
    before, case.region_code = case.region_code, found.code
    write(work, case, EventKind.REGION, internal=f"辖区改为 {found.full_name}", before=before)
    audit.record(work, "case.move", f"case:{case.id}", number=case.number, before=before, after=found.code)
    return case


def set_platform_number(work: Work, *, number: str, version: int, platform_number: str) -> Case:
    """Store the case's number on the national 12315 platform; from then on it counts as handed over.

    Source: 总局令第121号第40条.
    Raises:
        BadPlatformNumber: it cannot be such a number.
        CaseNotFound, CaseChanged: not in reach, or changed meanwhile.
    """
    cleaned = re.sub(r"[\s\-]", "", platform_number).upper()
    if not _PLATFORM_NUMBER.fullmatch(cleaned):
        raise BadPlatformNumber(fields={"platform_number": BadPlatformNumber.text})
    case = case_of_staff(work, number=number, version=version)
    before, case.platform_number = case.platform_number, cleaned
    event = write(
        work, case, EventKind.PLATFORM, public=words.handed_over(cleaned), number=cleaned, before=before
    )
    audit.record(
        work, "case.platform_number", f"case:{case.id}", number=case.number, before=before, after=cleaned
    )
    notices.progress(work, case, event)
    return case


def conclude(work: Work, *, number: str, version: int, step: Step, text: str) -> Case:
    """Bring the case to one of its ends, or open an investigation; `text` is what the citizen reads about it.

    Source: 总局令第121号第23、24、36条; 行政处罚程序规定第18、64条.
    Raises:
        TextNeeded: nothing explains it.
        InvalidInput: the step is not a conclusion.
        CaseNotFound, CaseChanged, StepNotAllowed: not in reach, changed meanwhile, or not possible now.
    """
    if step not in CONCLUSIONS:
        raise InvalidInput(step=step)
    explained = said(text)
    case = case_of_staff(work, number=number, version=version)
    take(work, case, step)
    event = write(work, case, EventKind.STEP, step=step)
    event.public_text = explained_end(work, case, step, explained)
    audit.record(work, f"case.{step.value}", f"case:{case.id}", number=case.number, text=explained)
    notices.progress(work, case, event)
    return case


def note_told(work: Work, *, number: str, version: int, text: str) -> Case:
    """Note that both parties were told of the end of mediation, and how; this stops that clock.

    Source: 总局令第121号第23条末款.
    Raises:
        TextNeeded: nothing says how they were told.
        CaseNotFound, CaseChanged: not in reach, or changed meanwhile.
    """
    case = case_of_staff(work, number=number, version=version)
    write(work, case, EventKind.TOLD, internal=said(text))
    audit.record(work, "case.told", f"case:{case.id}", number=case.number, text=text)
    return case


def explained_end(work: Work, case: Case, step: Step, text: str) -> str:
    """Return what the citizen reads about a conclusion; its clock, where one starts, is running already."""
    match step:
        case Step.AGREE:
            return words.agreed(text)
        case Step.TERMINATE:
            return words.terminated(text)
        case Step.OPEN_FILE:
            due, _ = clock_due(work, case, ClockName.PENALTY_DECISION)
            return words.filed(text, due=due, today=local_date(work.now))
        case Step.DECLINE_FILE:
            return words.not_filed(text)
        case _:
            return words.decided(text)
