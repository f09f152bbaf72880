"""What is published reaches every process on the database by itself; without a database the shipped answers stand."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web

import commands
import server
from core.work import Actor, ActorKind
from knowledge import jobs
from knowledge.queries import versions
from knowledge.services import editing, reviewing
from knowledge.web import keys as knowledge_keys
from tests.fakes import HandClock
from tests.flows.conftest import settings

ENTRY = "fuel-pump-cycle"
QUESTION = "加油机多久检定一次"
NEWER = "燃油加油机每半年检定一次（这一句是新发布的）。"
ZHOU = Actor(ActorKind.STAFF, id="4", name="周文静")
LIU = Actor(ActorKind.STAFF, id="6", name="刘振东")


async def published(app: web.Application) -> int:
    """Write, review and publish a new answer at one of the processes."""
    press = app[knowledge_keys.PRESS]
    content = app[server.INDEXES].known.content
    before = press.database.read_now(versions.published, item_id=ENTRY)
    assert before is not None
    draft = press.database.work_now(
        ZHOU,
        editing.save,
        entry=replace(versions.as_entry(before), answer=NEWER),
        based_on=before.number,
        content=content,
    )
    press.database.work_now(ZHOU, reviewing.submit, version_id=draft.id)
    press.database.work_now(LIU, reviewing.approve, version_id=draft.id)
    rehearsal = await jobs.rehearse(press, LIU, version_ids=[draft.id])
    return await jobs.publish(press, LIU, rehearsal_id=rehearsal, note="说法更直白")


def answered(app: web.Application) -> str:
    """Return what a process answers now."""
    scene = app[server.INDEXES].scene()
    entry = scene.knowledge.answer(QUESTION, on=scene.today).entry
    return entry.answer if entry else ""


@pytest.mark.slow
async def test_both_processes_and_the_command_answer_anew(
    house: tuple[Path, str],
    clock: HandClock,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, database_url = house
    monkeypatch.chdir(folder)
    config = settings(folder, database_url)
    async with AsyncExitStack() as stack:
        apps = []
        for _ in range(2):
            runner = web.AppRunner(server.create_app(config, clock=clock, sole=False), access_log=None)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            apps.append(runner.app)
        assert [one[server.INDEXES].known.number for one in apps] == [1, 1]
        assert await published(apps[0]) == 2
        for _ in range(300):  # two seconds and a build, on a machine that may be busy
            if [answered(one) for one in apps] == [NEWER, NEWER]:
                break
            await asyncio.sleep(0.1)
        assert [answered(one) for one in apps] == [NEWER, NEWER]
        versions_read = [one[server.INDEXES].scene().versions[ENTRY] for one in apps]
        assert len(set(versions_read)) == 1
    capsys.readouterr()
    await asyncio.to_thread(commands.run_bot, config, ["ask", QUESTION, "--json"])
    assert NEWER in json.loads(capsys.readouterr().out)["text"]


async def test_before_there_is_a_schema_the_shipped_answers_stand(
    empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ground = server.house(settings(tmp_path, empty_database_url))
    indexes = server.indexes(ground)
    with ThreadPoolExecutor(1) as compute:
        assert not await indexes.follow(ground.database, compute)
    scene = indexes.scene()
    assert scene.knowledge.answer(QUESTION, on=scene.today).entry is not None
    ground.database.close()
