"""Claim, send, settle: nothing twice, nothing lost, nothing written by somebody whose lease ran out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.database import Database
from core.errors import AppError
from core.work import Reading, Work
from scheduler.errors import MessageNotFound, NotRetryable, StaleLease
from scheduler.jobs import Tools, deliver_all, deliver_due
from scheduler.messages import TemplateMessage, TextMessage
from scheduler.models import OutboxMessage
from scheduler.ports import Outcome, Refused, Sent, Unknown
from scheduler.rules import OutboxStatus
from scheduler.services import delivery, outbox
from scheduler.services.delivery import Terms
from tests.fakes import HandClock
from tests.scheduler.fakes import Carrier

Run = Callable[..., Any]
TERMS = Terms(batch=10, lease=timedelta(seconds=60), max_attempts=3, reminders_per_day=100)
NOTICE = TemplateMessage("case_progress", {"number": "1"}, "/h5/cases/1")


def post(work: Run, key: str = "k", message: Any = NOTICE, **rest: Any) -> bool:
    new: bool = work(outbox.enqueue, recipient="o1", message=message, dedup_key=key, **rest)
    return new


def statuses(read: Run) -> list[str]:
    def query(reading: Reading) -> list[str]:
        return list(reading.session.scalars(select(OutboxMessage.status).order_by(OutboxMessage.id)))

    found: list[str] = read(query)
    return found


def claim(work: Run, terms: Terms = TERMS) -> Any:
    return work(delivery.claim, terms=terms)


def test_a_dedup_key_is_taken_once(work: Run) -> None:
    assert post(work)
    assert not post(work)
    assert len(claim(work)) == 1


def test_what_is_said_is_sealed_in_the_row(work: Run, database: Database) -> None:
    post(work, message=TextMessage("王大妈的电话"))
    with database.engine.connect() as connection:
        content = connection.exec_driver_sql("SELECT content FROM outbox_messages").scalar_one()
    assert "王大妈".encode() not in bytes(content)


def test_a_claimed_message_is_nobody_elses(work: Run) -> None:
    post(work)
    assert len(claim(work)) == 1
    assert claim(work) == []


def test_a_message_waits_for_its_moment(work: Run, clock: HandClock) -> None:
    post(work, not_before=clock.now() + timedelta(hours=1))
    assert claim(work) == []
    clock.advance(hours=1)
    assert len(claim(work)) == 1


async def test_a_message_is_sent_once_and_settled(
    work: Run, read: Run, tools: Tools, carrier: Carrier
) -> None:
    post(work)
    await deliver_due(tools)
    await deliver_due(tools)
    assert statuses(read) == ["sent"]
    assert len(carrier.calls) == 1


async def test_a_sender_killed_between_send_and_settle_is_replaced_with_the_same_key(
    work: Run, read: Run, tools: Tools, carrier: Carrier, clock: HandClock
) -> None:
    post(work)
    (parcel,) = claim(work)
    carrier.calls.append(parcel.key)
    carrier.take(parcel.key)
    clock.advance(seconds=61)
    await deliver_due(tools)
    assert statuses(read) == ["sent"]
    assert carrier.calls == [parcel.key, parcel.key]
    assert len(carrier.taken) == 1


def test_a_lease_that_ran_out_after_the_window_is_unknown(work: Run, read: Run, clock: HandClock) -> None:
    post(work)
    claim(work)
    clock.advance(minutes=10)
    assert claim(work) == []
    assert statuses(read) == ["unknown"]


def test_a_text_whose_sender_died_is_unknown_at_once(work: Run, read: Run, clock: HandClock) -> None:
    post(work, message=TextMessage("您好"))
    claim(work)
    clock.advance(seconds=61)
    assert claim(work) == []
    assert statuses(read) == ["unknown"]


def test_a_woken_zombies_news_is_refused(work: Run, read: Run, clock: HandClock) -> None:
    post(work)
    (old,) = claim(work)
    clock.advance(seconds=61)
    (new,) = claim(work)
    with pytest.raises(StaleLease):
        work(delivery.settle, parcel=old, outcome=Sent("m1"), terms=TERMS)
    assert statuses(read) == ["sending"]
    work(delivery.settle, parcel=new, outcome=Sent("m1"), terms=TERMS)
    assert statuses(read) == ["sent"]


async def test_a_frozen_sender_does_not_begin_to_send_late(
    work: Run, read: Run, tools: Tools, carrier: Carrier, clock: HandClock
) -> None:
    async def freeze(key: str) -> Outcome:
        clock.advance(seconds=45)
        return carrier.take(key)

    single = Tools(
        database=tools.database,
        clock=clock,
        settings=tools.settings.model_copy(update={"concurrency": 1}),
        channels={"wechat": carrier},
    )
    for key in "ab":
        post(work, key)
    carrier.answers.append(freeze)
    await deliver_due(single)
    assert sorted(statuses(read)) == ["sent", "sent"]
    assert len(carrier.taken) == 2
    assert len(carrier.calls) == 2


async def test_uncertain_sends_are_repeated_within_the_window_and_never_after(
    work: Run, read: Run, tools: Tools, carrier: Carrier, clock: HandClock
) -> None:
    post(work)
    carrier.answers += [Unknown("reset")] * 20
    for _ in range(40):
        await deliver_due(tools)
        clock.advance(seconds=30)
    assert statuses(read) == ["unknown"]
    assert len(set(carrier.calls)) == 1
    assert 2 <= len(carrier.calls) <= 6


async def test_an_uncertain_text_is_not_repeated(
    work: Run, read: Run, tools: Tools, carrier: Carrier
) -> None:
    post(work, message=TextMessage("您好"))
    carrier.answers.append(Unknown("timeout"))
    await deliver_due(tools)
    assert statuses(read) == ["unknown"]
    assert len(carrier.calls) == 1


async def test_a_temporary_refusal_is_tried_again_and_in_the_end_given_up(
    work: Run, read: Run, tools: Tools, carrier: Carrier, clock: HandClock
) -> None:
    post(work)
    carrier.answers += [Refused("-1", "busy")] * 50
    for _ in range(20):
        await deliver_due(tools)
        clock.advance(hours=7)
    assert statuses(read) == ["dead"]
    assert len(carrier.calls) == tools.settings.max_attempts


async def test_a_refusal_closes_the_window_that_an_uncertain_send_opened(
    work: Run, read: Run, tools: Tools, carrier: Carrier, clock: HandClock
) -> None:
    post(work)
    carrier.answers += [Refused("45009", "quota", retry_at=clock.now() + timedelta(hours=12))]
    await deliver_due(tools)
    clock.advance(hours=12)
    await deliver_due(tools)
    assert statuses(read) == ["sent"]


async def test_a_permanent_refusal_is_not_tried_again(
    work: Run, read: Run, tools: Tools, carrier: Carrier, clock: HandClock
) -> None:
    post(work)
    carrier.answers.append(Refused("47003", "field", permanent=True))
    await deliver_due(tools)
    clock.advance(hours=1)
    await deliver_due(tools)
    assert statuses(read) == ["failed"]
    assert len(carrier.calls) == 1


async def test_dispatch_waits_for_short_pauses(work: Run, read: Run, tools: Tools, carrier: Carrier) -> None:
    class Hurried(HandClock):
        def now(self) -> Any:
            self.advance(seconds=2)
            return self.moment

    hurried = Hurried()
    post(work)
    carrier.answers += [Refused("-1", "busy"), Unknown("reset")]
    database = tools.database
    database._clock = hurried
    await deliver_all(
        Tools(database=database, clock=hurried, settings=tools.settings, channels={"wechat": carrier})
    )
    assert statuses(read) == ["sent"]
    assert len(carrier.calls) == 3


@pytest.mark.parametrize("early", [True, False])
async def test_a_receipt_finds_its_message_whichever_comes_first(
    early: bool, work: Run, read: Run, tools: Tools, carrier: Carrier
) -> None:
    async def overtaken(key: str) -> Outcome:
        work(delivery.receipt, provider_id="m7", delivered=True)
        return Sent("m7")

    post(work)
    carrier.answers.append(overtaken if early else Sent("m7"))
    await deliver_due(tools)
    if not early:
        work(delivery.receipt, provider_id="m7", delivered=True)
    work(delivery.receipt, provider_id="m7", delivered=False, reason="a late repetition")
    assert statuses(read) == ["delivered"]


async def test_a_bad_receipt_makes_the_message_failed(
    work: Run, read: Run, tools: Tools, carrier: Carrier
) -> None:
    post(work)
    carrier.answers.append(Sent("m8"))
    await deliver_due(tools)
    work(delivery.receipt, provider_id="m8", delivered=False, reason="failed:user block")
    assert statuses(read) == ["failed"]


async def test_a_receipt_that_names_no_message_changes_nothing(work: Run, read: Run, tools: Tools) -> None:
    post(work, message=TextMessage("您好"))

    class Nameless(Carrier):
        def take(self, key: str) -> Sent:
            return Sent()

    plain = Tools(
        database=tools.database, clock=tools.clock, settings=tools.settings, channels={"wechat": Nameless()}
    )
    await deliver_due(plain)
    work(delivery.receipt, provider_id="", delivered=False, reason="?")
    assert statuses(read) == ["sent"]


async def test_a_person_may_send_a_dead_message_again_and_the_audit_says_so(
    work: Run, read: Run, tools: Tools, carrier: Carrier
) -> None:
    post(work)
    carrier.answers.append(Refused("43004", "not following", permanent=True))
    await deliver_due(tools)
    work(outbox.retry, message_id=1)
    await deliver_due(tools)
    assert statuses(read) == ["sent"]
    with pytest.raises(NotRetryable):
        work(outbox.retry, message_id=1)
    with pytest.raises(MessageNotFound):
        work(outbox.retry, message_id=99)


async def test_a_channels_bug_leaves_the_outcome_unknown_and_the_others_settled(
    work: Run, read: Run, tools: Tools, carrier: Carrier
) -> None:
    async def broken(key: str) -> Outcome:
        raise AppError(key=key)

    for key in "ab":
        post(work, key)
    carrier.answers.append(broken)
    await deliver_due(tools)
    assert sorted(statuses(read)) == ["pending", "sent"]


def test_what_waits_for_a_person_who_is_gone_is_withdrawn_and_blanked(work: Run, read: Run) -> None:
    post(work)
    assert work(outbox.forget, recipient="o1") == 1

    def contents(reading: Reading) -> list[bytes]:
        return list(reading.session.scalars(select(OutboxMessage.content)))

    assert statuses(read) == [OutboxStatus.WITHDRAWN]
    assert read(contents) == [b""]


def test_an_unreadable_message_is_dead_and_holds_nobody_up(work: Run, read: Run) -> None:
    post(work, "a")
    post(work, "b")

    def spoil(work: Work) -> None:
        row = work.session.get_one(OutboxMessage, 1)
        row.content = work.vault.seal('{"kind": "fax"}', place=outbox.PLACE)

    work(spoil)
    assert [parcel.id for parcel in claim(work)] == [2]
    assert statuses(read) == ["dead", "sending"]
