"""Plain answers worked out once: most of what citizens ask, somebody has asked this hour already."""

from collections import OrderedDict

from bot.dialogs import plain
from bot.scene import Scene
from bot.turns import Topic, Turn

REMEMBERED = 4096
LONGEST = 200


class Ready:
    """Turns that rest on the words, the hour and the published indexes alone; others are never kept.

    Anything newly published, a change of the register's names and a new hour begin with none. For one thread.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._scene: Scene | None = None
        self._turns: OrderedDict[tuple[str, Topic], Turn | None] = OrderedDict()

    def turn(self, text: str, *, scene: Scene, topic: Topic) -> Turn | None:
        """Answer a message that has no effect; None where the database must be asked."""
        if self._scene is None or not scene.is_like(self._scene):
            self._turns.clear()
        self._scene = scene
        asked = (text, plain.rests_on(text, topic))
        if asked in self._turns:
            return self._turns[asked]
        turn = plain.at_once(text, scene=scene, topic=asked[1])
        if len(text) <= LONGEST:
            self._turns[asked] = turn
            if len(self._turns) > REMEMBERED:
                self._turns.popitem(last=False)
        return turn
