"""Which steps a case may take: complaint and tip-off are two machines that share their beginning."""

from enum import StrEnum

from complaints.errors import StepNotAllowed
from complaints.rules.clocks import Track


class Status(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    SUPPLEMENT = "supplement"
    ACCEPTED = "accepted"
    FILED = "filed"
    REFUSED = "refused"
    AGREED = "agreed"
    TERMINATED = "terminated"
    NOT_FILED = "not_filed"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What moves a case on."""

    ASK_SUPPLEMENT = "ask_supplement"
    SUPPLEMENT = "supplement"
    ACCEPT = "accept"
    REFUSE = "refuse"
    AGREE = "agree"
    TERMINATE = "terminate"
    OPEN_FILE = "open_file"
    DECLINE_FILE = "decline_file"
    DECIDE = "decide"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


OPEN = frozenset({Status.RECEIVED, Status.SUPPLEMENT, Status.ACCEPTED, Status.FILED})
ENDED = frozenset({Status.REFUSED, Status.AGREED, Status.TERMINATED, Status.NOT_FILED, Status.DECIDED})
WAITING = frozenset({Status.RECEIVED, Status.SUPPLEMENT})

TRACK_NAMES = {Track.COMPLAINT: "投诉", Track.TIPOFF: "举报"}

_NAMES = {
    Status.RECEIVED: "待受理",
    Status.SUPPLEMENT: "待补正",
    Status.ACCEPTED: "调解中",
    Status.FILED: "已立案",
    Status.REFUSED: "不予受理",
    Status.AGREED: "已达成一致",
    Status.TERMINATED: "已终止调解",
    Status.NOT_FILED: "不予立案",
    Status.DECIDED: "已作出决定",
    Status.WITHDRAWN: "已撤回",
}

_SHARED = {
    (Status.RECEIVED, Step.ASK_SUPPLEMENT): Status.SUPPLEMENT,
    (Status.SUPPLEMENT, Step.SUPPLEMENT): Status.RECEIVED,
    (Status.RECEIVED, Step.ACCEPT): Status.ACCEPTED,
    (Status.SUPPLEMENT, Step.ACCEPT): Status.ACCEPTED,
    (Status.RECEIVED, Step.REFUSE): Status.REFUSED,
    (Status.SUPPLEMENT, Step.REFUSE): Status.REFUSED,
}

_MOVES = {
    Track.COMPLAINT: _SHARED
    | {
        (Status.RECEIVED, Step.WITHDRAW): Status.WITHDRAWN,
        (Status.SUPPLEMENT, Step.WITHDRAW): Status.WITHDRAWN,
        (Status.ACCEPTED, Step.WITHDRAW): Status.WITHDRAWN,
        (Status.ACCEPTED, Step.AGREE): Status.AGREED,
        (Status.ACCEPTED, Step.TERMINATE): Status.TERMINATED,
        (Status.REFUSED, Step.REOPEN): Status.RECEIVED,
        (Status.AGREED, Step.REOPEN): Status.ACCEPTED,
        (Status.TERMINATED, Step.REOPEN): Status.ACCEPTED,
    },
    Track.TIPOFF: _SHARED
    | {
        (Status.RECEIVED, Step.WITHDRAW): Status.WITHDRAWN,
        (Status.SUPPLEMENT, Step.WITHDRAW): Status.WITHDRAWN,
        (Status.ACCEPTED, Step.OPEN_FILE): Status.FILED,
        (Status.ACCEPTED, Step.DECLINE_FILE): Status.NOT_FILED,
        (Status.FILED, Step.DECIDE): Status.DECIDED,
        (Status.REFUSED, Step.REOPEN): Status.RECEIVED,
        (Status.NOT_FILED, Step.REOPEN): Status.ACCEPTED,
        (Status.DECIDED, Step.REOPEN): Status.FILED,
    },
}


TONES = {
    Status.RECEIVED: "plain",
    Status.SUPPLEMENT: "warn",
    Status.ACCEPTED: "ok",
    Status.FILED: "ok",
    Status.AGREED: "ok",
}


def tone(status: Status) -> str:
    """Return how a status is coloured: what is over without agreement is grey."""
    return TONES.get(status, "paused")


def after(track: Track, status: Status, step: Step) -> Status:
    """Return the status that `step` leads to.

    A tip-off under verification is not withdrawn by its author: the clue stays with the office.

    Raises:
        StepNotAllowed: a case of this track in this status cannot take the step.
    """
    try:
        return _MOVES[track][status, step]
    except KeyError:
        raise StepNotAllowed(
            f"这件{TRACK_NAMES[track]}目前是“{name(track, status)}”，不能进行这一步。",
            status=status,
            step=step,
        ) from None


def possible(track: Track, status: Status) -> frozenset[Step]:
    """Return the steps a case of this track may take now."""
    return frozenset(step for (before, step) in _MOVES[track] if before is status)


def name(track: Track, status: Status) -> str:
    """Return the status as people call it; an accepted tip-off is being verified, not mediated."""
    if track is Track.TIPOFF and status is Status.ACCEPTED:
        return "核查中"
    return _NAMES[status]
