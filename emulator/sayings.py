"""What a follower can do, as the fields the platform pushes for it."""

from emulator.envelopes import Fields
from emulator.media import Medium


class Sayings:
    """Builds the fields of messages and events; every push begins with the same three."""

    def __init__(self, account_id: str) -> None:
        self._account_id = account_id

    def text(self, openid: str, at: int, number: int, content: str, *, menu_id: str = "") -> Fields:
        """Say a text; a tap on a menu message is a text with `bizmsgmenuid`."""
        tail: Fields = (("bizmsgmenuid", menu_id),) if menu_id else ()
        return self._message(openid, at, number, "text", (("Content", content), *tail))

    def image(self, openid: str, at: int, number: int, medium: Medium, address: str) -> Fields:
        """Send a photograph whose bytes wait at media/get."""
        return self._message(openid, at, number, "image", (("PicUrl", address), ("MediaId", medium.media_id)))

    def voice(self, openid: str, at: int, number: int, media_id: str) -> Fields:
        """Send a voice message; recognition comes empty, as it does since it was retired."""
        rest: Fields = (("MediaId", media_id), ("Format", "amr"), ("Recognition", ""))
        return self._message(openid, at, number, "voice", rest)

    def location(self, openid: str, at: int, number: int, place: tuple[str, str, str]) -> Fields:
        """Send a place: latitude, longitude, label."""
        latitude, longitude, label = place
        rest: Fields = (
            ("Location_X", latitude),
            ("Location_Y", longitude),
            ("Scale", 16),
            ("Label", label),
        )
        return self._message(openid, at, number, "location", rest)

    def link(self, openid: str, at: int, number: int, page: tuple[str, str, str]) -> Fields:
        """Send a page: title, description, address."""
        title, description, url = page
        rest: Fields = (("Title", title), ("Description", description), ("Url", url))
        return self._message(openid, at, number, "link", rest)

    def click(self, openid: str, at: int, key: str) -> Fields:
        """Tap a menu button that carries a key."""
        return self.event(openid, at, "CLICK", (("EventKey", key),))

    def view(self, openid: str, at: int, url: str) -> Fields:
        """Tap a menu button that opens a page."""
        return self.event(openid, at, "VIEW", (("EventKey", url), ("MenuId", "1")))

    def subscribe(self, openid: str, at: int, *, scene: str = "", ticket: str = "") -> Fields:
        """Begin to follow, from a scanned code where a scene is given."""
        if not scene:
            return self.event(openid, at, "subscribe", (("EventKey", ""),))
        return self.event(openid, at, "subscribe", (("EventKey", f"qrscene_{scene}"), ("Ticket", ticket)))

    def unsubscribe(self, openid: str, at: int) -> Fields:
        """Stop following."""
        return self.event(openid, at, "unsubscribe", (("EventKey", ""),))

    def scan(self, openid: str, at: int, scene: str, ticket: str) -> Fields:
        """Scan a code while following."""
        return self.event(openid, at, "SCAN", (("EventKey", scene), ("Ticket", ticket)))

    def receipt(self, openid: str, at: int, number: int, status: str) -> Fields:
        """Report a template message's fate; it is `MsgID` here, not `MsgId`."""
        return self.event(openid, at, "TEMPLATESENDJOBFINISH", (("MsgID", number), ("Status", status)))

    def event(self, openid: str, at: int, name: str, rest: Fields = ()) -> Fields:
        """Build any event."""
        return (*self._head(openid, at, "event"), ("Event", name), *rest)

    def _message(self, openid: str, at: int, number: int, kind: str, rest: Fields) -> Fields:
        return (*self._head(openid, at, kind), *rest, ("MsgId", number))

    def _head(self, openid: str, at: int, kind: str) -> Fields:
        return (
            ("ToUserName", self._account_id),
            ("FromUserName", openid),
            ("CreateTime", at),
            ("MsgType", kind),
        )
