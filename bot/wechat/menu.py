"""The account's menu: 查计量, 我要投诉, 我的."""

from typing import Any

from bot.wechat.client import WechatClient


def layout(public_url: str) -> dict[str, Any]:
    """Return the menu in the platform's form: three groups, at most five entries each."""

    def view(name: str, path: str) -> dict[str, str]:
        return {"type": "view", "name": name, "url": public_url + path}

    def click(name: str, key: str) -> dict[str, str]:
        return {"type": "click", "name": name, "key": key}

    return {
        "button": [
            {
                "name": "查计量",
                "sub_button": [
                    click("问一问", "ask"),
                    view("查店", "/h5/merchants"),
                    view("查秤", "/h5/instruments"),
                ],
            },
            click("我要投诉", "report"),
            {
                "name": "我的",
                "sub_button": [
                    view("我的投诉", "/h5/cases"),
                    view("我的器具", "/h5/merchant"),
                    view("手机服务", "/h5/"),
                    click("人工", "person"),
                ],
            },
        ]
    }


async def publish(client: WechatClient, *, public_url: str) -> None:
    """Put the menu in place. Raises: PlatformFailed, UncertainOutcome."""
    await client.post("/cgi-bin/menu/create", layout(public_url))
