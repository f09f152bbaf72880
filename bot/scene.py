"""What dialogs may consult: the indexes in memory and the addresses of our pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from bot.knowing import Knowing
from complaints.settings import ComplaintsSettings
from core.clock import local_date
from integrity.services.search import MerchantIndex
from knowledge.rules.entries import Law
from knowledge.rules.library import Library
from knowledge.services.provisions import Provisions

HOUR_S = 3600


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment's view: indexes are replaced as a whole when something is published, never changed in place.

    `versions` tells which version of an entry is read, `reporting` how often a person may report and urge.
    `library` holds the statutes one may quote, `provisions` finds their articles; None before any was imported.
    """

    knowledge: Knowing
    laws: Mapping[str, Law]
    merchants: MerchantIndex
    public_url: str
    hotline: str
    now: datetime
    versions: Mapping[str, int] = field(default_factory=dict)
    library: Library = field(default_factory=Library)
    provisions: Provisions | None = None
    reporting: ComplaintsSettings = field(default_factory=ComplaintsSettings)

    @property
    def today(self) -> date:
        """The calendar day in Asia/Shanghai."""
        return local_date(self.now)

    def is_like(self, other: "Scene") -> bool:
        """Tell whether an answer given in `other` would be given again: the same indexes, the same hour."""
        same_hour = int(self.now.timestamp()) // HOUR_S == int(other.now.timestamp()) // HOUR_S
        return same_hour and all(getattr(self, name) is getattr(other, name) for name in _VIEW)


_VIEW = tuple(one.name for one in fields(Scene) if one.name != "now")
