"""The demo's followers, read from the file beside this one, which the demo data also goes by."""

from pathlib import Path

import yaml
from pydantic import TypeAdapter

from emulator.settings import Follower

FILE = Path(__file__).with_name("followers.yaml")


def load(path: Path = FILE) -> tuple[Follower, ...]:
    """Read the followers in the file's order. Raises: ValueError when an openid stands twice."""
    followers = TypeAdapter(tuple[Follower, ...]).validate_python(yaml.safe_load(path.read_text("utf-8")))
    openids = {follower.openid for follower in followers}
    if len(openids) != len(followers):
        raise ValueError(f"{path.name}: an openid stands twice")
    return followers
