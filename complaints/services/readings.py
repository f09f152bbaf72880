"""Photographs are read after they are kept: claimed here, read outside any transaction, compared with the archive."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy import or_, select

from complaints.errors import PhotoNotFound
from complaints.models import Case, Draft, Evidence, EvidenceKind, PhotoReading, ReadingState
from complaints.queries.scope import within
from complaints.rules import words
from complaints.services import drafting
from core import audit
from core.clock import local_date
from core.errors import InvalidInput
from core.files import StoredFile
from core.vision import Line, Seen
from core.work import Reading, Work
from integrity.queries import instruments
from integrity.queries.instruments import Certificate
from integrity.rules.codes import CodeKind, meaning
from integrity.rules.labels import Label, compare, read_label
from scheduler.messages import TextMessage
from scheduler.services import outbox

PLACE = "photo_readings.seen"
LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 3
BATCH = 4


@dataclass(frozen=True, slots=True)
class Waiting:
    """A photograph to be read now."""

    file_id: int
    sha256: str
    attempts: int


def any_due(reading: Reading) -> bool:
    """Tell whether a photograph waits to be read now."""
    due = select(PhotoReading.file_id).where(
        PhotoReading.state == ReadingState.WAITING.value, PhotoReading.next_at <= reading.now
    )
    return reading.session.scalar(due.limit(1)) is not None


def claim(work: Work) -> list[Waiting]:
    """Take up to four photographs to read; a reader that dies loses them after two minutes."""
    rows = work.session.execute(
        select(PhotoReading, StoredFile.sha256)
        .join(StoredFile, StoredFile.id == PhotoReading.file_id)
        .where(PhotoReading.state == ReadingState.WAITING.value, PhotoReading.next_at <= work.now)
        .order_by(PhotoReading.next_at, PhotoReading.file_id)
        .limit(BATCH)
        .with_for_update(skip_locked=True, of=PhotoReading)
    ).all()
    for row, _ in rows:
        row.attempts += 1
        row.next_at = work.now + LEASE
    return [Waiting(row.file_id, sha256, row.attempts) for row, sha256 in rows]


def give_up(work: Work, *, file_id: int) -> None:
    """Note that a photograph could not be read; after three attempts it is not tried again."""
    row = work.session.get_one(PhotoReading, file_id)
    if row.attempts >= MAX_ATTEMPTS:
        row.state = ReadingState.FAILED.value


def keep(work: Work, *, file_id: int, seen: Seen, public_url: str) -> None:
    """Keep what a photograph shows, laid beside the archive, and ask its owner whether a label was read right."""
    row = work.session.get_one(PhotoReading, file_id)
    label = read_label(line.text for line in seen.lines)
    codes = [meaning(code, public_url=public_url) for code in seen.codes]
    row.state, row.read_at = ReadingState.READ.value, work.now
    row.seen = work.vault.seal(json.dumps(asdict(seen), ensure_ascii=False), place=PLACE)
    row.foreign_host = next((code.host for code in codes if code.kind is CodeKind.FOREIGN), "")[:128]
    numbers = [code.number for code in codes if code.number]
    if label is None and not numbers:
        work.session.flush()
        return
    label = label or Label(certificate=numbers[0])
    found = _archived(work, label, numbers)
    row.is_label, row.label_number = True, (label.certificate or label.serial)[:64]
    row.label_valid_until = label.valid_until
    row.certificate_no = found.certificate_no if found else ""
    row.compared = _compared(label, found)
    work.session.flush()
    _ask(work, row, label, found)


def seen_of(reading: Reading, *, file_id: int) -> Seen | None:
    """Return what was read from a photograph, unsealed, or None while it was not."""
    row = reading.session.get(PhotoReading, file_id)
    if row is None or row.seen is None:
        return None
    kept = json.loads(reading.vault.unseal(row.seen, place=PLACE))
    lines = tuple(Line(one["text"], one["score"], tuple(one["box"])) for one in kept["lines"])
    return Seen(tuple(kept["codes"]), lines)


def confirm(work: Work, *, openid: str, right: bool) -> PhotoReading | None:
    """Take a person's word on the label read last from their photographs; None where none waits for it.

    A label that was read right gives the draft the scale's number and, where nothing is said yet, the shop.
    """
    found = work.session.execute(
        select(Evidence, PhotoReading)
        .join(PhotoReading, PhotoReading.file_id == Evidence.file_id)
        .outerjoin(Draft, Draft.id == Evidence.draft_id)
        .outerjoin(Case, Case.id == Evidence.case_id)
        .where(
            or_(Draft.openid == openid, Case.openid == openid),
            PhotoReading.is_label,
            Evidence.label_right.is_(None),
        )
        .order_by(PhotoReading.read_at.desc(), Evidence.id.desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    evidence, row = found
    evidence.label_right, evidence.kind = right, EvidenceKind.LABEL.value
    if right and evidence.draft_id is not None:
        _fill(work, openid, row)
    work.session.flush()
    return row


def correct(work: Work, *, number: str, photo_id: int, kind: str, right: bool | None) -> Evidence:
    """Let a handler say what a photograph shows and whether its label was read right; this is audited.

    Raises:
        InvalidInput: there is no such kind.
        PhotoNotFound: no such photograph in the handler's region.
    """
    if kind not in set(EvidenceKind):
        raise InvalidInput("请选择照片的种类。", fields={"kind": "请选择"})
    row = work.session.scalar(
        select(Evidence)
        .join(Case, Case.id == Evidence.case_id)
        .where(Case.number == number, Evidence.id == photo_id, within(work.actor.region))
    )
    if row is None:
        raise PhotoNotFound(number=number, photo_id=photo_id)
    row.kind, row.label_right = kind, right
    audit.record(work, "photo.correct", f"case:{number}", photo=photo_id, kind=kind, right=right)
    return row


def _fill(work: Work, openid: str, row: PhotoReading) -> None:
    opened = drafting.current(work, openid=openid)
    if opened is None:
        return
    changes: dict[str, object] = {"scale_number": row.certificate_no or row.label_number}
    found = instruments.by_certificate(work, row.certificate_no) if row.certificate_no else None
    if found is not None and not opened.facts.merchant_name:
        changes |= {
            "merchant_name": found.merchant_name,
            "merchant_id": found.merchant_id,
            "region_code": found.region_code,
        }
    drafting.amend(work, openid=openid, changes=changes, version=opened.version)


def _archived(reading: Reading, label: Label, numbers: Iterable[str]) -> Certificate | None:
    for number in dict.fromkeys([label.certificate, *numbers]):
        if number and (found := instruments.by_certificate(reading, number)) is not None:
            return found
    return instruments.by_serial(reading, label.serial) if label.serial else None


def _compared(label: Label, found: Certificate | None) -> list[dict[str, str]]:
    rows = compare(
        label,
        certificate=found.certificate_no if found else "",
        serial=found.serial if found else "",
        model=found.model if found else "",
        valid_until=found.valid_until if found else None,
    )
    return [
        {"field": row.field.value, "read": row.read, "archived": row.archived, "match": row.match.value}
        for row in rows
    ]


def _ask(work: Work, row: PhotoReading, label: Label, found: Certificate | None) -> None:
    text = words.label_read(
        [(one["field"], one["read"], one["archived"], one["match"]) for one in row.compared or []],
        shop=found.merchant_name if found else "",
        valid_until=label.valid_until,
        today=local_date(work.now),
    )
    for openid in _owners(work, row.file_id):
        outbox.enqueue(
            work, recipient=openid, message=TextMessage(text), dedup_key=f"label:{row.file_id}:{openid}"
        )


def _owners(reading: Reading, file_id: int) -> list[str]:
    drafts = select(Draft.openid).join(Evidence, Evidence.draft_id == Draft.id)
    cases = select(Case.openid).join(Evidence, Evidence.case_id == Case.id)
    both = drafts.where(Evidence.file_id == file_id).union(cases.where(Evidence.file_id == file_id))
    return sorted(reading.session.scalars(both))
