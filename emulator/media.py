"""Temporary media: bytes on disk with what is known of them, three days of life."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from emulator.chance import Chance
from emulator.errors import ApiError

MEGABYTE = 1024 * 1024
LARGEST = {"image": 10 * MEGABYTE, "voice": 2 * MEGABYTE, "video": 10 * MEGABYTE, "thumb": 64 * 1024}
SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "audio/amr": ".amr",
    "audio/mpeg": ".mp3",
    "video/mp4": ".mp4",
}
_ALLOWED = {
    "image": {"image/jpeg", "image/png", "image/gif"},
    "thumb": {"image/jpeg"},
    "voice": {"audio/amr", "audio/mpeg"},
    "video": {"video/mp4"},
}
_HEADS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
)


@dataclass(frozen=True, slots=True)
class Medium:
    """What is known of a stored medium."""

    media_id: str
    kind: str
    content_type: str
    created_at: float

    @property
    def filename(self) -> str:
        """Return the name a download carries."""
        return self.media_id + SUFFIXES[self.content_type]


def sniff(body: bytes) -> str:
    """Return the content type the bytes show. Raises: ApiError 40005 for anything the platform does not take."""
    for head, content_type in _HEADS:
        if body.startswith(head):
            return content_type
    if body[4:8] == b"ftyp":
        return "video/mp4"
    raise ApiError(40005)


class MediaStore:
    """Keeps media in one folder, each beside a small JSON file, so that a restart loses none."""

    def __init__(self, folder: Path, life_s: int, now: Callable[[], float], chance: Chance) -> None:
        self._folder, self._life_s, self._now, self._chance = folder, life_s, now, chance

    def put(self, kind: str, body: bytes) -> Medium:
        """Store bytes. Raises: ApiError 40004, 40005, 40006, 41005."""
        if kind not in LARGEST:
            raise ApiError(40004)
        if not body:
            raise ApiError(41005)
        if len(body) > LARGEST[kind]:
            raise ApiError(40006)
        content_type = sniff(body)
        if content_type not in _ALLOWED[kind]:
            raise ApiError(40005)
        medium = Medium(self._chance.text(64), kind, content_type, self._now())
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / medium.media_id).write_bytes(body)
        self._about(medium.media_id).write_text(json.dumps(asdict(medium)), "utf-8")
        return medium

    def get(self, media_id: str) -> tuple[Medium, bytes]:
        """Return a medium and its bytes. Raises: ApiError 40007 for an unknown or expired one."""
        about = self._about(media_id)
        if not media_id or "/" in media_id or media_id.startswith(".") or not about.exists():
            raise ApiError(40007)
        medium = Medium(**json.loads(about.read_text("utf-8")))
        if self._now() - medium.created_at > self._life_s:
            raise ApiError(40007)
        return medium, (self._folder / media_id).read_bytes()

    def has(self, media_id: str) -> bool:
        """Say whether a medium is there and alive."""
        try:
            self.get(media_id)
        except ApiError:
            return False
        return True

    def _about(self, media_id: str) -> Path:
        return self._folder / f"{media_id}.json"
