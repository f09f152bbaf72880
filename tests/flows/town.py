"""A town to tell stories in: our server, the played platform, a hand-set clock, people who write and tap."""

import asyncio
import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import unquote

import aiohttp

from tests.fakes import HandClock

CHIP = re.compile(
    r'<a href="weixin://bizmsgmenu\?msgmenucontent=([^&"]+)&(?:amp;)?msgmenuid=(\d+)">([^<]*)</a>'
)
LINK = re.compile(r'<a href="(https?://[^"]+)">([^<]*)</a>')
FORM_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')


@dataclass
class Person:
    """Somebody with a phone."""

    town: "Town"
    openid: str
    seen: int = 0

    async def says(self, text: str) -> str:
        """Send a text and return what comes back, chips and links as they stand in it."""
        return await self.does(kind="text", content=text)

    async def does(self, **action: Any) -> str:
        """Do something on the phone and return what comes back."""
        await self.skip()
        await self.town.control("POST", "/control/send", json={"openid": self.openid, **action})
        return "\n".join(await self.hears())

    async def sends_photo(self, data: bytes) -> str:
        """Send a photograph and return what comes back."""
        await self.skip()
        headers = {"Content-Type": "image/jpeg"}
        await self.town.control("POST", f"/control/photo?openid={self.openid}", data=data, headers=headers)
        return "\n".join(await self.hears())

    async def taps(self, label: str, heard: str) -> str:
        """Tap the chip with `label` in what was heard."""
        chips = {unescape(name): (unquote(said), number) for said, number, name in CHIP.findall(heard)}
        said, number = chips[label]
        return await self.does(kind="text", content=said, menu_id=number)

    async def hears(self, *, within: float = 0) -> list[str]:
        """Return what has arrived since last time, waiting up to `within` seconds for the first."""
        path = f"/control/conversations/{self.openid}?after={self.seen}&wait={within}"
        entries = (await self.town.control("GET", path))["entries"]
        if entries:
            self.seen = entries[-1]["seq"]
        return [_words(entry) for entry in entries if entry["side"] in {"theirs", "notice"}]

    async def hears_until(self, words: str, *, within: float = 15) -> str:
        """Wait until something with `words` arrives and return it."""
        end = asyncio.get_running_loop().time() + within
        heard: list[str] = []
        while asyncio.get_running_loop().time() < end:
            heard += await self.hears(within=1)
            found = [line for line in heard if words in line]
            if found:
                return found[-1]
        raise AssertionError(f"{words!r} did not arrive; heard {heard}")

    async def skip(self) -> None:
        """Pass over what has arrived so far."""
        await self.hears()


@dataclass
class Officer:
    """Somebody at the console, in a browser session of their own."""

    town: "Town"
    http: aiohttp.ClientSession

    async def reads(self, path: str, *, status: int = 200) -> str:
        """Open a page of the console."""
        async with self.http.get(self.town.site + path) as answer:
            text = await answer.text()
            assert answer.status == status, (answer.status, text[:2000])
            return text

    async def submits(self, page: str, path: str, *, status: int = 200, **fields: str) -> str:
        """Send a form of `page` to `path` and return the page it leads to."""
        token = FORM_TOKEN.search(page)
        assert token, page[:500]
        data = {"csrf": token.group(1), **fields}
        async with self.http.post(self.town.site + path, data=data) as answer:
            text = await answer.text()
            assert answer.status == status, (answer.status, text[:3000])
            return text


@dataclass
class Town:
    """The addresses, the clock and the people."""

    site: str
    platform: str
    clock: HandClock
    http: aiohttp.ClientSession
    app: Any

    async def control(self, method: str, path: str, **kwargs: Any) -> Any:
        """Ask the platform's control interface."""
        async with self.http.request(method, self.platform + path, **kwargs) as answer:
            text = await answer.text()
            assert answer.status < 400, (path, answer.status, text)
            return await answer.json()

    def person(self, name: str) -> Person:
        """Return a follower by the end of the openid (wangxiuying)."""
        role = (
            "merchant"
            if name in {"wanghaixian", "lishucai", "chenjiayou", "xuchaoshi", "mayanjing"}
            else "citizen"
        )
        return Person(self, f"oQHdemo_{role}_{name}")

    async def officer(self, username: str) -> Officer:
        """Sign a member of the demonstration's staff in."""
        from accounts.demo import PASSWORD

        officer = Officer(self, aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)))
        page = await officer.reads("/console/login")
        await officer.submits(page, "/console/login", username=username, password=PASSWORD)
        return officer

    async def surfs(self, person: Person) -> aiohttp.ClientSession:
        """Return a phone browser that WeChat recognises as `person`."""
        session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        await session.post(self.platform + "/phone/look", json={"openid": person.openid})
        return session


def _words(entry: dict[str, Any]) -> str:
    if entry.get("type") == "template":
        rows = "；".join(f"{row['label']}：{row['value']}" for row in entry.get("rows", []))
        return f"【{entry.get('title')}】{rows} {entry.get('url', '')}"
    return str(entry.get("content") or entry.get("text") or entry)
