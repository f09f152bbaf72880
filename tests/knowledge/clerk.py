"""Somebody at the editors' screens, in a browser session of their own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp.test_utils import TestClient
from yarl import URL

FORM_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
PASSWORD = "a steelyard weighs"


@dataclass
class Clerk:
    """Reads pages and sends their forms; `page` is what was read last, `at` where a form has led to."""

    client: TestClient[Any, Any]
    page: str = ""
    at: str = ""

    async def signs_in(self, username: str) -> "Clerk":
        """Open a session."""
        await self.reads("/console/login")
        await self.sends("/console/login", status=303, username=username, password=PASSWORD)
        return self

    async def reads(self, path: str, *, status: int = 200) -> str:
        """Open a page, going on where it leads to another."""
        answer = await self.client.get(URL(path))
        self.page = _flat(await answer.text())
        assert answer.status == status, (path, answer.status, self.page[:2000])
        self.at = answer.url.path_qs
        return self.page

    async def sends(self, path: str, *, status: int = 303, **fields: Any) -> str:
        """Send a form of the page read last; return the page it leads to, or the refusal."""
        token = FORM_TOKEN.search(self.page)
        assert token, self.page[:500]
        data = [("csrf", token.group(1)), *_pairs(fields)]
        answer = await self.client.post(path, data=data, allow_redirects=False)
        text = _flat(await answer.text())
        assert answer.status == status, (path, answer.status, text[:3000])
        if answer.status == 303:
            return await self.reads(answer.headers["Location"])
        self.page = text
        return text


def _pairs(fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (name, one)
        for name, value in fields.items()
        for one in (value if isinstance(value, list) else [value])
    ]


def _flat(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text)
