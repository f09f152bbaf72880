"""我的数据: what every room keeps of a person, shown, handed over, and erased where no law keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from core import audit
from core.work import Reading, Work


@dataclass(frozen=True, slots=True)
class Part:
    """What one room keeps of a person: plain JSON rows under a heading they understand."""

    name: str
    title: str
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """What one room did when asked to erase: how much is gone, what stays and why (the legal reason in words)."""

    title: str
    removed: int
    kept: tuple[str, ...] = ()


class Keeper(Protocol):
    """A room that keeps data of a person; the composition root lists them."""

    def see(self, reading: Reading, *, openid: str) -> Part:
        """Return everything the room keeps of the person, unsealed."""
        ...

    def erase(self, work: Work, *, openid: str) -> Erased:
        """Remove what no law or open case needs."""
        ...


def see(work: Work, *, openid: str, keepers: Sequence[Keeper]) -> list[Part]:
    """Return all that is kept of a person; looking is written to the audit."""
    parts = [keeper.see(work, openid=openid) for keeper in keepers]
    audit.record(work, "person.see", f"citizen:{work.vault.index(openid, purpose='audit')}")
    return parts


def erase(work: Work, *, openid: str, keepers: Sequence[Keeper]) -> list[Erased]:
    """Erase what may be erased in every room, in one transaction, and say what stays and why."""
    done = [keeper.erase(work, openid=openid) for keeper in keepers]
    audit.record(
        work,
        "person.erase",
        f"citizen:{work.vault.index(openid, purpose='audit')}",
        removed=sum(one.removed for one in done),
    )
    return done
