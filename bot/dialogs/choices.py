"""What a citizen decides at the review: complaint, tip-off or both; the two consents; the same matter or another."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.intents import lexicon
from complaints.rules import drafts
from complaints.rules.clocks import Track
from complaints.rules.drafts import DraftFacts, Slot

ANONYMOUS = "好的，改为举报：不用留姓名，只查违法线索，不调解退赔；办理情况您可以在这里查。"
BOTH = "好的，投诉和举报都提交：投诉用来调解退赔，举报另立一件查线索，里面没有您的姓名、电话和地址。"
COMPLAINT = "好的，按投诉办理：由市场监管局在双方同意的前提下调解，需要真实的姓名、电话和通讯地址。"
NO_PROOF = (
    "没有小票也可以。有付款记录、商品照片、秤的照片，都算凭证，发来就行。\n"
    "都没有的话，投诉可能因为说不清买过而不受理，可以说“改为举报”：不用证明您买过，局里按线索去查。"
)
SAME = "好的，记下了：和别人反映的是同一件事。您这件照样单独办理，办案人员会放在一起看。"
OTHER = "好的，按另一件事办理。"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is said back, and the facts that change."""

    told: str
    changes: Mapping[str, Any]


_CHOICES: tuple[tuple[frozenset[str], Choice], ...] = (
    (lexicon.BOTH, Choice(BOTH, {"track": Track.COMPLAINT, "also_tipoff": True})),
    (lexicon.ONLY_COMPLAINT, Choice(COMPLAINT, {"track": Track.COMPLAINT, "also_tipoff": None})),
    (lexicon.NO_PROOF, Choice(NO_PROOF, {"has_receipt": False})),
    (lexicon.ME_TOO, Choice(SAME, {"me_too": True})),
    (lexicon.OTHER_MATTER, Choice(OTHER, {"me_too": False})),
    (lexicon.PUBLISH, Choice("记下了：同意依法公示这件投诉的信息，不公示您的姓名和联系方式。", {"may_publish": True})),
    (lexicon.NOT_PUBLISH, Choice("记下了：不同意公示。", {"may_publish": None})),
    (lexicon.DELEGATE, Choice("记下了：同意委托消费者协会等组织调解，还要商家也同意。", {"may_delegate": True})),
    (lexicon.NOT_DELEGATE, Choice("记下了：不同意委托调解。", {"may_delegate": None})),
)  # fmt: skip


def made(short: str, facts: DraftFacts) -> tuple[DraftFacts, str] | None:
    """Return the facts after a choice and what is said back; None where `short` is none. `short` is `core.text.key`."""
    if short in lexicon.ANONYMOUS:
        return drafts.skip(drafts.without_person(facts), Slot.CONTACT), ANONYMOUS
    choice = next((choice for words, choice in _CHOICES if short in words), None)
    if choice is None:
        return None
    changed = replace(facts, **choice.changes)
    if changed.track is not facts.track:
        changed = replace(changed, skipped=tuple(one for one in changed.skipped if one is not Slot.CONTACT))
    return changed, choice.told


def consents(facts: DraftFacts) -> list[str]:
    """Return the kinds of consent the draft gives."""
    return [kind for kind in ("may_publish", "may_delegate") if getattr(facts, kind)]
