"""What a follower does, from a request of the phone page or a test to the push that it becomes."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from emulator.envelopes import Fields, Variant
from emulator.errors import ApiError
from emulator.journal import Side
from emulator.push import Push
from emulator.world import World


class _Action(BaseModel):
    model_config = ConfigDict(extra="forbid")

    openid: str
    variant: Variant = Variant.HONEST
    wait: bool = True


class Text(_Action):
    """Say a text; `menu_id` makes it a tap on a menu message or chip."""

    kind: Literal["text"]
    content: str = Field(min_length=1, max_length=5000)
    menu_id: str = ""


class Voice(_Action):
    """Send a voice message of a medium that was stored before."""

    kind: Literal["voice"]
    media_id: str


class Location(_Action):
    """Send a place; coordinates in degrees as text."""

    kind: Literal["location"]
    latitude: str
    longitude: str
    label: str = ""


class Link(_Action):
    """Send a page."""

    kind: Literal["link"]
    title: str
    url: str
    description: str = ""


class Click(_Action):
    """Tap a menu button with a key."""

    kind: Literal["click"]
    key: str
    name: str = ""


class View(_Action):
    """Tap a menu button with an address."""

    kind: Literal["view"]
    url: str


class Subscribe(_Action):
    """Begin to follow."""

    kind: Literal["subscribe"]


class Unsubscribe(_Action):
    """Stop following."""

    kind: Literal["unsubscribe"]


class Scan(_Action):
    """Scan a code, by its ticket or by a scene alone; it subscribes who does not follow yet."""

    kind: Literal["scan"]
    ticket: str = ""
    scene: str = ""


Action = Annotated[
    Text | Voice | Location | Link | Click | View | Subscribe | Unsubscribe | Scan,
    Field(discriminator="kind"),
]


def perform(world: World, action: Action) -> Push:
    """Change what the platform knows, show it in the dialog, and return the push to deliver."""
    person = world.people.find(action.openid)
    if not person.subscribed and not isinstance(action, Subscribe | Scan | View):
        raise ApiError(43004)
    match action:
        case Text() | Voice() | Location() | Link():
            fields = _said(world, action)
        case Click() | View():
            fields = _tapped(world, action)
        case Scan():
            fields = _scanned(world, action)
        case Subscribe():
            fields = _subscribed(world, action.openid)
        case Unsubscribe():
            person.subscribed = False
            world.journal.add(Side.NOTICE, action.openid, type="unsubscribed", text="已取消关注")
            fields = world.sayings.unsubscribe(action.openid, world.moment())
    visible = not isinstance(action, View | Unsubscribe)
    return world.push(action.openid, action.kind, fields, variant=action.variant, visible=visible)


def photograph(world: World, openid: str, body: bytes, variant: Variant) -> Push:
    """Send a photograph: store the bytes, show it, return the push."""
    person = world.people.find(openid)
    if not person.subscribed:
        raise ApiError(43004)
    medium = world.media.put("image", body)
    world.journal.add(Side.MINE, openid, type="image", media_id=medium.media_id)
    world.people.heard(openid)
    address = f"{world.address}/mmbiz/{medium.media_id}"
    fields = world.sayings.image(openid, world.moment(), world.chance.number(), medium, address)
    return world.push(openid, "image", fields, variant=variant)


def _said(world: World, action: Text | Voice | Location | Link) -> Fields:
    openid, at, number = action.openid, world.moment(), world.chance.number()
    match action:
        case Text():
            shown = {"type": "text", "text": action.content}
            fields = world.sayings.text(openid, at, number, action.content, menu_id=action.menu_id)
        case Voice():
            medium = world.media.get(action.media_id)[0]
            shown = {"type": "voice", "media_id": medium.media_id}
            fields = world.sayings.voice(openid, at, number, medium.media_id)
        case Location():
            shown = {"type": "location", "label": action.label}
            place = (action.latitude, action.longitude, action.label)
            fields = world.sayings.location(openid, at, number, place)
        case Link():
            shown = {"type": "link", "title": action.title, "url": action.url}
            page = (action.title, action.description, action.url)
            fields = world.sayings.link(openid, at, number, page)
    world.people.heard(openid)
    world.journal.add(Side.MINE, openid, **shown)
    return fields


def _tapped(world: World, action: Click | View) -> Fields:
    if isinstance(action, View):
        return world.sayings.view(action.openid, world.moment(), action.url)
    world.people.touched(action.openid)
    return world.sayings.click(action.openid, world.moment(), action.key)


def _subscribed(world: World, openid: str, *, scene: str = "", ticket: str = "") -> Fields:
    person = world.people.find(openid)
    person.subscribed, person.subscribed_at, person.scene = True, world.time.now(), scene
    world.people.touched(openid)
    world.journal.add(Side.NOTICE, openid, type="subscribed", text="已关注")
    return world.sayings.subscribe(openid, world.moment(), scene=scene, ticket=ticket)


def _scanned(world: World, action: Scan) -> Fields:
    scene, ticket = action.scene, action.ticket or world.chance.text(96)
    if action.ticket:
        code = world.codes.find(action.ticket)
        if code is None:
            raise ApiError(40097, "invalid args: the code is unknown or expired")
        scene = code.scene
    if not world.people.find(action.openid).subscribed:
        return _subscribed(world, action.openid, scene=scene, ticket=ticket)
    world.people.touched(action.openid)
    return world.sayings.scan(action.openid, world.moment(), scene, ticket)
