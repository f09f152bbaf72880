"""Publications: the latest number (asked often, so cheap), what one says, and what lies between two."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, inspect, select

from core.work import Reading
from knowledge.errors import PublicationNotFound
from knowledge.models import ItemVersion, Publication, PublicationItem
from knowledge.rules.bodies import entry_of, wording_of
from knowledge.rules.differences import FieldChange, between
from knowledge.rules.versions import OPEN, Edition, ItemKind, Origin, kind_of, title

PAGE = 50


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item that two publications have in different versions; a version that is not there is None."""

    item_id: str
    kind: ItemKind
    title: str
    old: ItemVersion | None
    new: ItemVersion | None

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """Return what changed, field by field."""
        return between(self.old.body if self.old else None, self.new.body if self.new else None)


def latest_number(reading: Reading) -> int:
    """Return the number of the latest publication, 0 where nothing was published."""
    return reading.session.scalar(select(func.max(Publication.number))) or 0


def newer(reading: Reading, *, than: int) -> Edition | None:
    """Return the latest edition where its number is another than `than`; asked every second, so cheap.

    Before the tables are there, nothing is published.
    """
    if than == 0 and not inspect(reading.session.connection()).has_table(Publication.__tablename__):
        return None
    number = latest_number(reading)
    return None if number in (0, than) else edition(reading, number=number)


def publication(reading: Reading, *, number: int) -> Publication:
    """Return one publication.

    Raises:
        PublicationNotFound: there is none with this number.
    """
    found = reading.session.get(Publication, number)
    if found is None:
        raise PublicationNotFound(number=number)
    return found


def publications(reading: Reading, *, before: int = 0, limit: int = PAGE) -> Sequence[Publication]:
    """Return publications, the latest first; with `before`, those with a lower number."""
    query = select(Publication).order_by(Publication.number.desc()).limit(limit)
    return reading.session.scalars(query.where(Publication.number < before) if before else query).all()


def edition(reading: Reading, *, number: int) -> Edition:
    """Return what publication `number` says.

    Raises:
        PublicationNotFound: there is none with this number.
    """
    publication(reading, number=number)
    return edition_of(number, taken(reading, number=number).values())


def drafted(reading: Reading) -> Edition:
    """Return what would be published if every version under way were: the latest publication with them in it.

    Where the program and an editor both have a version under way, the editor's counts.
    """
    number = latest_number(reading)
    new = taken(reading, number=number)
    open_ones = select(ItemVersion).where(ItemVersion.state.in_([state.value for state in OPEN]))
    theirs_last = open_ones.order_by(ItemVersion.origin != Origin.SHIPPED.value, ItemVersion.id)
    for one in reading.session.scalars(theirs_last):
        if one.removes:
            new.pop(one.item_id, None)
        else:
            new[one.item_id] = one
    return edition_of(number, new.values())


def edition_of(number: int, versions: Iterable[ItemVersion]) -> Edition:
    """Return the edition that consists of `versions`, in the order in which they are given."""
    kept = tuple(versions)
    return Edition(
        number=number,
        entries=tuple(entry_of(one.item_id, one.body) for one in kept if kind_of(one.body) is ItemKind.ENTRY),
        wordings=tuple(
            wording_of(one.item_id, one.body) for one in kept if kind_of(one.body) is ItemKind.SYNONYM
        ),
        versions={one.item_id: one.id for one in kept},
    )


def taken(reading: Reading, *, number: int) -> dict[str, ItemVersion]:
    """Return the versions a publication took, by item id and in its order."""
    rows = reading.session.scalars(
        select(ItemVersion)
        .join(PublicationItem, PublicationItem.version_id == ItemVersion.id)
        .where(PublicationItem.number == number)
        .order_by(PublicationItem.position)
    )
    return {one.item_id: one for one in rows}


def changes(reading: Reading, *, old: int, new: int) -> list[ItemChange]:
    """Return the items in which two publications differ, by id.

    Raises:
        PublicationNotFound: one of them does not exist.
    """
    for number in (old, new):
        publication(reading, number=number)
    return compared(taken(reading, number=old), taken(reading, number=new))


def compared(old: Mapping[str, ItemVersion], new: Mapping[str, ItemVersion]) -> list[ItemChange]:
    """Return the items whose versions differ between two sets, by id."""
    return [
        _change(item_id, old.get(item_id), new.get(item_id))
        for item_id in sorted({*old, *new})
        if _id(old.get(item_id)) != _id(new.get(item_id))
    ]


def _change(item_id: str, old: ItemVersion | None, new: ItemVersion | None) -> ItemChange:
    known = new or old
    body = known.body if known is not None else {}
    return ItemChange(item_id, kind_of(body), title(body), old, new)


def _id(version: ItemVersion | None) -> int | None:
    return None if version is None else version.id
