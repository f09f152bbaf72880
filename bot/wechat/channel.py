"""The scheduler's channel over WeChat: what each answer of the platform means for a message."""

from datetime import datetime, timedelta
from typing import assert_never

from wechatpy.constants import WeChatErrorCode as Code

from bot.errors import BadTemplateValue, PlatformFailed, UncertainOutcome
from bot.wechat import templates
from bot.wechat.client import WechatClient
from core.clock import SHANGHAI, Clock
from scheduler.messages import Outgoing, TemplateMessage, TextMessage
from scheduler.ports import Outcome, Refused, Sent, Unknown

TEMPLATE = "/cgi-bin/message/template/send"
CUSTOM = "/cgi-bin/message/custom/send"
MINUTE = timedelta(minutes=1)

UNREACHABLE = frozenset(
    {
        Code.INVALID_OPENID.value,
        Code.REQUIRE_SUBSCRIBE.value,
        Code.REQUIRE_UNBLOCK_USER.value,
        Code.USER_BLOCK_MESSAGE.value,
        Code.USER_REFUSE_TO_ACCEPT_THE_MESSAGE.value,
    }
)
PERMANENT = UNREACHABLE | {
    Code.INVALID_TEMPLATE.value,
    Code.INVALID_TEMPLATE_ARGUMENT.value,
    Code.DATA_FORMAT_ERROR.value,
    Code.OUT_OF_CONTENT_SIZE_LIMIT.value,
    Code.OUT_OF_RESPONSE_TIME_LIMIT.value,
    Code.OUT_OF_RESPONSE_COUNT_LIMIT.value,
}


class WechatChannel:
    """Sends texts as customer-service messages and notices as template messages."""

    def __init__(self, client: WechatClient, *, public_url: str, clock: Clock) -> None:
        """Take the client, and where paths of this site lie."""
        self._client, self._public_url, self._clock = client, public_url, clock

    async def send(self, recipient: str, message: Outgoing, *, key: str) -> Outcome:
        """Hand `message` to the platform once; `key` is its client_msg_id, by which repetitions are dropped."""
        try:
            return await self._sent(recipient, message, key)
        except BadTemplateValue as error:
            return Refused("bad_template", str(error.facts), permanent=True)
        except UncertainOutcome as error:
            return Unknown(error.reason)
        except PlatformFailed as error:
            return self._refused(error)

    async def _sent(self, recipient: str, message: Outgoing, key: str) -> Outcome:
        match message:
            case TextMessage(text):
                await self._client.post(
                    CUSTOM, {"touser": recipient, "msgtype": "text", "text": {"content": text}}
                )
                return Sent()
            case TemplateMessage(url=url):
                template_id, data = templates.payload(message)
                body = {"touser": recipient, "template_id": template_id, "data": data, "client_msg_id": key}
                if url:
                    body["url"] = self._public_url + url if url.startswith("/") else url
                answer = await self._client.post(TEMPLATE, body)
                return Sent(str(answer.get("msgid", "")))
            case _:
                assert_never(message)

    def _refused(self, error: PlatformFailed) -> Outcome:
        """Source: the platform's table of return codes; what to do about each is ours."""
        code, reason = error.errcode, error.reason
        if code == Code.CLIENTMSGID_EXIST.value:
            return Sent()
        retry_at = None
        if code == Code.OUT_OF_API_FREQ_LIMIT.value:
            retry_at = self._midnight()
        elif code == Code.API_MINUTE_QUOTA_REACH_LIMIT.value:
            retry_at = self._clock.now() + MINUTE
        return Refused(
            str(code), reason, retry_at=retry_at, permanent=code in PERMANENT, unreachable=code in UNREACHABLE
        )

    def _midnight(self) -> datetime:
        here = self._clock.now().astimezone(SHANGHAI)
        return (here + timedelta(days=1)).replace(hour=0, minute=0, second=5, microsecond=0)
