"""The commands: what `server.py` and `python -m <room>` do, each opened on the same configuration."""

import argparse
import asyncio
import getpass
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, Final

import uvloop
from aiohttp import ClientSession, web
from sqlalchemy import func, select

import accounts.demo
import bot.commands
import complaints.commands
import complaints.demo
import emulator.followers
import emulator.run
import integrity.commands
import integrity.demo
import knowledge.commands
import knowledge.demo
import scheduler.commands
import server
from accounts import passwords
from accounts.models import Staff
from accounts.permissions import Role
from accounts.services import citizens, reference, staff
from bot.wechat import templates
from bot.wechat.client import WechatClient
from configuration import Config, configured
from core import log, migration
from core.child import watched
from core.errors import AppError, InvalidInput, NotPermitted
from core.files import FileStore
from core.work import SYSTEM, Reading, Work
from emulator.settings import EmulatorSettings, Mode, PageCookie, RegisteredApp, TemplateDefinition
from knowledge.readers.shipped import Shipped, read_shipped
from knowledge.services import seeding
from portal.sessions import Door, cookie_name
from scheduler.engine import Engine
from server import House, house

REFUSED = 1
RUNNING: Final[dict[str, Any]] = {"print": None, "access_log": None, "shutdown_timeout": 10}

Command = Callable[[Config, Sequence[str]], int]


def main(argv: Sequence[str]) -> int:
    """Run a command; return 0 done, 1 refused with one line on stderr, 2 usage."""
    parser = argparse.ArgumentParser(prog="server.py", description="权衡 Quanheng")
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    parser.add_argument("command", choices=[*COMMANDS, *ROOMS])
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    options = parser.parse_args(argv)
    command = (COMMANDS | ROOMS)[options.command]
    try:
        config = configured(options.config, os.environ)
        log.configure(config.log.level)
        return command(config, options.rest)
    except AppError as error:
        print(error.text, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return 0


def serve(config: Config, argv: Sequence[str]) -> int:
    """Serve the pages, the callback and the API; start and watch the local platform while it is enabled."""
    parser = argparse.ArgumentParser(prog="server.py serve")
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args(argv)
    with _opened(config):
        _greet(config)
    if options.workers > 1:
        return _serve_workers(config, options.workers)
    app = server.create_app(config)
    if config.emulator.enabled:
        app.cleanup_ctx.append(_emulator)
    web.run_app(
        app,
        loop=uvloop.new_event_loop(),
        host=config.server.host,
        port=config.server.port,
        **RUNNING,
    )
    return 0


def _serve_workers(config: Config, workers: int) -> int:
    """Serve with `workers` processes under gunicorn; the local platform runs beside them."""
    from gunicorn.app.base import BaseApplication

    class Served(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            for name, value in {
                "bind": f"{config.server.host}:{config.server.port}",
                "workers": workers,
                "worker_class": "aiohttp.GunicornUVLoopWebWorker",
                "preload_app": True,
                "graceful_timeout": 10,
                "timeout": 30,
            }.items():
                self.cfg.set(name, value)

        def load(self) -> Callable[[], Awaitable[web.Application]]:
            async def factory() -> web.Application:
                return server.create_app(config, sole=False)

            return factory

    child = subprocess.Popen([sys.executable, "-m", "emulator"]) if config.emulator.enabled else None
    try:
        Served().run()
    finally:
        if child is not None:
            child.terminate()
    return 0


async def _emulator(_app: web.Application) -> AsyncIterator[None]:
    async with watched(["-m", "emulator"]):
        yield


def worker(config: Config, argv: Sequence[str]) -> int:
    """Run what happens by itself, without pages: planning and delivery, beside any number of web processes."""
    argparse.ArgumentParser(prog="server.py worker").parse_args(argv)
    asyncio.run(_worker(house(config)))
    return 0


async def _worker(ground: House) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with _client(ground) as client:
        engine = Engine(server.tools(ground, client))
        engine.start()
        await stop.wait()
        engine.stop()
    ground.database.close()


def migrate(config: Config, argv: Sequence[str]) -> int:
    """Bring the schema and the reference data up to date, on an empty database too."""
    argparse.ArgumentParser(prog="server.py migrate").parse_args(argv)
    with _opened(config, migrated=False) as ground:
        migration.upgrade(ground.database.engine)
        ground.database.work_now(SYSTEM, reference.load)
        ground.database.work_now(SYSTEM, seeding.seed, shipped=read_shipped())
    print("数据库结构和基础数据已是最新。")
    return 0


def demo(config: Config, argv: Sequence[str]) -> int:
    """Fill the database with the demonstration's people, merchants, instruments and cases, dated around today."""
    parser = argparse.ArgumentParser(prog="server.py demo")
    parser.add_argument("--if-empty", action="store_true", help="do nothing where staff exist already")
    parser.add_argument("--again", action="store_true", help="add what is missing, dated around today")
    options = parser.parse_args(argv)
    if not config.demo.enabled:
        raise NotPermitted("演示数据只能在演示模式下生成（demo.enabled）。")
    with _opened(config) as ground:
        if options.if_empty and ground.database.read_now(_staffed):
            return 0
        ground.database.work_now(SYSTEM, fill_demo, files=ground.files, shipped=read_shipped())
    print("演示数据已就绪。")
    return 0


def fill_demo(work: Work, *, files: FileStore, shipped: Shipped) -> None:
    """Fill a database with reference data, the shipped answers and everything of the demonstration."""
    reference.load(work)
    seeding.seed(work, shipped=shipped)
    accounts.demo.seed(work)
    followers = emulator.followers.load()
    for follower in followers:
        citizens.meet(work, openid=follower.openid)
    merchants = [
        {"openid": one.openid, "name": one.name, "note": one.note}
        for one in followers
        if one.role == "merchant"
    ]
    integrity.demo.seed(work, followers=merchants)
    complaints.demo.seed(work, files=files)
    people = [one.openid for one in followers if one.role != "merchant"]
    editor = accounts.demo.actor(work, username="editor")
    knowledge.demo.seed(work, followers=people, editor=editor, content=shipped.content)


def _staffed(reading: Reading) -> bool:
    return bool(reading.session.scalar(select(func.count()).select_from(Staff)))


def admin(config: Config, argv: Sequence[str]) -> int:
    """Create the first administrator, or any other member of staff; the password is asked for or read from stdin."""
    parser = argparse.ArgumentParser(prog="server.py admin")
    parser.add_argument("action", choices=["create"])
    parser.add_argument("--username", required=True)
    parser.add_argument("--name", default="")
    parser.add_argument("--role", choices=[role.value for role in Role], default=Role.ADMIN.value)
    parser.add_argument(
        "--region", default="", help="code prefix the person is confined to; empty is the province"
    )
    options = parser.parse_args(argv)
    password = getpass.getpass("密码：") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    passwords.check_strength(password, username=options.username)
    with _opened(config) as ground:
        ground.database.work_now(
            SYSTEM,
            staff.create,
            username=options.username,
            name=options.name or options.username,
            password_hash=passwords.hashed(password),
            role=Role(options.role),
            region=options.region,
        )
    print(f"已创建账号 {options.username}。")
    return 0


def run_bot(config: Config, argv: Sequence[str]) -> int:
    """Run `python -m bot`; only some of its commands open the house."""
    with ExitStack() as until_done:

        def ground() -> bot.commands.Ground:
            opened = until_done.enter_context(_opened(config))
            built = server.indexes(opened)
            built.follow_now(opened.database)
            opened.database.read_now(built.refresh)
            return bot.commands.Ground(opened.database, opened.clock, built.scene)

        return bot.commands.main(argv, ground)


@contextmanager
def _opened(config: Config, *, migrated: bool = True) -> Iterator[House]:
    ground = house(config)
    try:
        if migrated and not migration.is_current(ground.database.engine):
            raise InvalidInput("数据库结构不是最新的，请先运行：python server.py migrate")
        yield ground
    finally:
        ground.database.close()


def run_scheduler(config: Config, argv: Sequence[str]) -> int:
    """Run `python -m scheduler`."""
    with _opened(config) as ground:
        return asyncio.run(_scheduler(ground, argv))


async def _scheduler(ground: House, argv: Sequence[str]) -> int:
    async with _client(ground) as client:
        return await scheduler.commands.main(argv, server.tools(ground, client))


@asynccontextmanager
async def _client(ground: House) -> AsyncIterator[WechatClient]:
    async with ClientSession() as session:
        yield WechatClient(session, ground.config.wechat, ground.database, clock=ground.clock)


def run_knowledge(config: Config, argv: Sequence[str]) -> int:
    """Run `python -m knowledge`; only some of its commands open the database."""
    with ExitStack() as until_done:
        return knowledge.commands.main(argv, lambda: until_done.enter_context(_opened(config)).database)


def run_integrity(config: Config, argv: Sequence[str]) -> int:
    """Run `python -m integrity`."""
    with _opened(config, migrated=False) as ground:
        return integrity.commands.main(argv, ground.database, config.integrity)


def run_emulator(config: Config, argv: Sequence[str]) -> int:
    """Run `python -m emulator`: the local platform alone, with exactly the configured app."""
    argparse.ArgumentParser(prog="python -m emulator").parse_args(argv)
    if not config.emulator.enabled:
        raise NotPermitted("本地平台没有开启（emulator.enabled）。")
    app, settings, used = platform_of(config)
    emulator.run.run(settings, app, emulator.followers.load(), used, with_parent=not sys.stdin.isatty())
    return 0


def platform_of(config: Config) -> tuple[RegisteredApp, EmulatorSettings, tuple[TemplateDefinition, ...]]:
    """Return what the local platform knows: the one configured app, its settings, the templates in use."""
    wechat = config.wechat
    app = RegisteredApp(
        app_id=wechat.app_id,
        secret=wechat.app_secret,
        account_id=wechat.account_id,
        token=wechat.token,
        aes_key=wechat.encoding_aes_key,
        previous_aes_key=wechat.previous_aes_key if wechat.previous_aes_key.get_secret_value() else None,
        mode=Mode(wechat.mode.value),
        callback_url=f"{config.public_url}/wechat",
    )
    cookies = (PageCookie(name=cookie_name(Door.H5), path="/h5"),)
    used = tuple(TemplateDefinition.model_validate(one) for one in templates.definitions())
    return app, config.emulator.model_copy(update={"page_cookies": cookies}), used


def _greet(config: Config) -> None:
    url = config.public_url
    lines = [f"权衡 Quanheng 已启动：{url}/"]
    if config.phone_url:
        lines.append(f"  手机页面   {config.phone_url}/   （本机扮演的微信，选一位市民或商户试试）")
    lines.append(f"  手机服务   {url}/h5/")
    signin = (
        f"   用户名 {accounts.demo.ACCOUNTS[0].username}，密码 {accounts.demo.PASSWORD}"
        if config.demo.enabled
        else ""
    )
    lines.append(f"  工作台     {url}/console/login{signin}")
    lines.append(f"  接口说明   {url}/api/v1/docs")
    print("\n".join(lines), flush=True)


def _pure(command: Callable[[Sequence[str]], int]) -> Command:
    def run(_config: Config, argv: Sequence[str]) -> int:
        return command(argv)

    return run


COMMANDS: dict[str, Command] = {
    "serve": serve,
    "worker": worker,
    "migrate": migrate,
    "demo": demo,
    "admin": admin,
}
ROOMS: dict[str, Command] = {
    "bot": run_bot,
    "knowledge": run_knowledge,
    "complaints": _pure(complaints.commands.main),
    "integrity": run_integrity,
    "scheduler": run_scheduler,
    "emulator": run_emulator,
}
