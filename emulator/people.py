"""What the platform knows of each follower: following or not, blocks, windows for customer-service messages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from emulator.errors import ApiError
from emulator.settings import Follower, Limits

TYPING_NEEDS_S = 30
TYPING_LASTS_S = 15


@dataclass(slots=True)
class Allowance:
    """Customer-service messages that may still be sent, and until when."""

    until: float = 0.0
    left: int = 0

    def open(self, *, until: float, quota: int) -> None:
        """Begin the window anew, as every interaction of its kind does."""
        self.until, self.left = until, quota


@dataclass(slots=True)
class Person:
    """A follower's state. `blocks_templates` is their own switch, `blacklisted` the account's."""

    follower: Follower
    subscribed: bool = True
    subscribed_at: float = 0.0
    blocks_templates: bool = False
    blacklisted: bool = False
    scene: str = ""
    active_at: float = 0.0
    typing_until: float = 0.0
    from_message: Allowance = field(default_factory=Allowance)
    from_event: Allowance = field(default_factory=Allowance)


class People:
    """The followers by openid, and the rules of when they may be written to."""

    def __init__(self, followers: tuple[Follower, ...], limits: Limits, now: Callable[[], float]) -> None:
        self._limits, self._now = limits, now
        self._by_openid = {f.openid: Person(f, subscribed_at=now()) for f in followers}

    def __iter__(self) -> Iterator[Person]:
        return iter(self._by_openid.values())

    def find(self, openid: str) -> Person:
        """Return the person. Raises: ApiError 40003 for an openid that is not of this app."""
        person = self._by_openid.get(openid)
        if person is None:
            raise ApiError(40003)
        return person

    def following(self, openid: str) -> Person:
        """Return a person who may be written to. Raises: ApiError 43004, 43019."""
        person = self.find(openid)
        if not person.subscribed:
            raise ApiError(43004)
        if person.blacklisted:
            raise ApiError(43019)
        return person

    def heard(self, openid: str) -> None:
        """Note a message of the person, which opens the long window."""
        person = self.find(openid)
        person.active_at = self._now()
        person.from_message.open(
            until=person.active_at + self._limits.message_window_s, quota=self._limits.message_quota
        )

    def touched(self, openid: str) -> None:
        """Note a menu click, a scan or a subscription, which opens the short window."""
        person = self.find(openid)
        person.active_at = self._now()
        person.from_event.open(
            until=person.active_at + self._limits.event_window_s, quota=self._limits.event_quota
        )

    def spend(self, person: Person) -> None:
        """Take one customer-service message off. Raises: ApiError 45015 no window open, 45047 count used up."""
        open_ones = [a for a in (person.from_event, person.from_message) if a.until > self._now()]
        if not open_ones:
            raise ApiError(45015)
        for allowance in open_ones:
            if allowance.left > 0:
                allowance.left -= 1
                person.typing_until = 0.0
                return
        raise ApiError(45047)

    def type(self, person: Person, command: str) -> None:
        """Show or end 正在输入. Raises: ApiError 45072, 45080, 45081."""
        now = self._now()
        match command:
            case "CancelTyping":
                person.typing_until = 0.0
            case "Typing" if now - person.active_at > TYPING_NEEDS_S:
                raise ApiError(45080)
            case "Typing" if person.typing_until > now:
                raise ApiError(45081)
            case "Typing":
                person.typing_until = now + TYPING_LASTS_S
            case _:
                raise ApiError(45072)
