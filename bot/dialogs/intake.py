"""我要投诉: one draft filled in any order; cancel, back, change, a side question and a long silence lose nothing."""

from dataclasses import replace

from accounts.queries import regions
from accounts.services import citizens
from bot import memory, pending
from bot.dialogs import aftercare, choices, giving_up, labels, plain, review, slots
from bot.intents import lexicon
from bot.memory import Standing
from bot.messages import Chip, Inbound, InboundKind, Link, Reply
from bot.scene import Scene
from bot.turns import Kind, Topic
from complaints.rules import drafts
from complaints.rules import telling as said
from complaints.rules.clocks import Track
from complaints.rules.drafts import DraftFacts, Slot
from complaints.services import drafting, filing
from complaints.services.drafting import OpenDraft
from core.errors import InvalidInput
from core.text import key
from core.work import Work
from integrity.services.search import Outcome

NARRATIVE = 13
NOT_KNOWN = "不清楚"

VOICE = "语音我还听不懂，请打字发给我，或者拍照。"

Outcome_ = tuple[Reply | None, Topic | None]


def concerns(text: str, standing: Standing) -> bool:
    """Tell whether a message belongs to a report: one is being filled in, or the wish is said."""
    if standing.filling or plain.wants_report(text) or labels.concerns(text):
        return True
    return giving_up.wants_back(text, standing.topic) or aftercare.concerns(text)


def turn(work: Work, inbound: Inbound, *, scene: Scene, standing: Standing) -> Outcome_:
    """Take one message of a report, in a unit of work of its own."""
    opened = drafting.current(work, openid=inbound.openid)
    match inbound.kind:
        case InboundKind.IMAGE:
            return _photo(work, inbound, opened), None
        case InboundKind.VOICE if not inbound.text:
            return Reply(VOICE), None
        case InboundKind.TEXT | InboundKind.VOICE:
            if standing.filling:
                text = plain.chosen(inbound.text, standing.topic)
            else:
                text = plain.spoken(inbound.text, standing.topic, scene)
        case InboundKind.LOCATION if standing.filling and opened is not None and inbound.text.strip():
            return _Filling(work, inbound, opened, scene, standing).located(inbound.text.strip())
        case _:
            return Reply("收到了，不过我只看得懂文字、照片和位置。请打字告诉我。"), None
    if labels.concerns(text):
        return labels.answer(work, text, openid=inbound.openid), None
    if not standing.filling and not plain.wants_report(text) and aftercare.concerns(text):
        return aftercare.answer(work, text, openid=inbound.openid, scene=scene), Topic()
    if opened is None or not standing.filling:
        return _begin(work, inbound.openid, text, opened, scene, standing)
    return _Filling(work, inbound, opened, scene, standing).turn(text)


def _begin(
    work: Work, openid: str, text: str, opened: OpenDraft | None, scene: Scene, standing: Standing
) -> Outcome_:
    citizens.meet(work, openid=openid)
    facts = DraftFacts(track=Track.TIPOFF if "举报" in text and "投诉" not in text else Track.COMPLAINT)
    if giving_up.wants_back(text, standing.topic):
        if (back := giving_up.brought_back(work, standing.topic)) is None:
            return giving_up.TOO_LATE, Topic()
        facts = back
    elif key(text) == lexicon.WITH_THESE and standing.topic.facts:
        facts = drafts.merge(facts, drafts.from_json(dict(standing.topic.facts)))
    elif rest := lexicon.wish(text):
        facts = drafts.merge(facts, said.drafted(rest, now=work.now))
        if facts.merchant_name is None and len(rest) < NARRATIVE:
            facts = replace(facts, merchant_name=rest)
    resumed = opened is not None
    before, facts = DraftFacts(track=facts.track), placed(work, facts, scene)
    opened = drafting.begin(work, openid=openid, facts=facts)
    memory.set_filling(work, openid=openid, filling=True)
    pending.adopt(work, openid=openid)
    lines = []
    links: tuple[Link, ...] = ()
    if citizens.note_privacy_shown(work, openid=openid):
        lines.append(review.PRIVACY)
        links = (Link("隐私说明", f"{scene.public_url}/h5/privacy"),)
    if resumed:
        lines.append(f"您 {review.began(opened.begun_at)} 开始填的还在，接着来。")
    elif echo := review.understood(before, facts):
        lines.append(echo)
    begun = Inbound(key="", openid=openid, kind=InboundKind.TEXT)
    reply, topic = _Filling(work, begun, opened, scene, standing).ask(lines)
    return replace(reply, links=(*reply.links, *links)), topic


def _photo(work: Work, inbound: Inbound, opened: OpenDraft | None) -> Reply:
    pending.await_photo(work, inbound)
    if opened is None:
        return Reply(
            "照片收到了。是要反映缺斤少两吗？说“我要投诉”，这张照片会一起带上。",
            chips=(Chip("我要投诉", "我要投诉"),),
        )
    if opened.asked is Slot.PHOTOS:
        return Reply("照片收到了。还有就接着发，发完说“好了”。", chips=(Chip("好了", "好了"),))
    question = slots.question(opened.asked)[0] if opened.asked else "核对好了说“提交”。"
    return Reply(f"照片收到了，会附在您的材料里。\n{question}")


def placed(work: Work, facts: DraftFacts, scene: Scene) -> DraftFacts:
    """Find the merchant and the region behind what was said."""
    if facts.region_code is None and facts.place:
        found = regions.find(work, text=facts.place)
        facts = replace(facts, region_code=found.code if found else None)
    if not facts.merchant_name or facts.merchant_id is not None:
        return facts
    hits = scene.merchants.find(f"{facts.place or ''}{facts.merchant_name}", 3)
    exact = [hit for hit in hits.hits if facts.merchant_name in (hit.name, f"{hit.shown}（{hit.place}）")]
    chosen = exact[0] if len(exact) == 1 else hits.hits[0] if hits.outcome is Outcome.DIRECT else None
    if chosen is None:
        return facts
    return replace(
        facts,
        merchant_id=chosen.merchant_id,
        merchant_name=chosen.shown,
        place=chosen.place,
        region_code=chosen.region_code,
    )


class _Filling:
    """One turn of a draft that is being filled in."""

    def __init__(
        self, work: Work, inbound: Inbound, opened: OpenDraft, scene: Scene, standing: Standing
    ) -> None:
        self._work = work
        self._openid = inbound.openid
        self._key = inbound.key
        self._opened = opened
        self._facts = opened.facts
        self._asked = opened.asked
        self._scene = scene
        self._standing = standing

    def turn(self, text: str) -> Outcome_:
        """Take what was said: a command, an answer, a correction, more of the story, or a side question."""
        short = key(text)
        if (commanded := self._command(short, text)) is not None:
            return commanded
        try:
            changed = self._understood(text)
        except InvalidInput as error:
            return Reply(error.text), None
        if changed is None:
            return self._aside(text)
        before, self._facts = self._facts, placed(self._work, changed, self._scene)
        return self.ask([echo] if (echo := review.understood(before, self._facts)) else [])

    def located(self, place: str) -> Outcome_:
        """Take a place that was sent as a pin: it says which office is meant."""
        found = regions.find(self._work, text=place)
        code = found.code if found else self._facts.region_code
        before, self._facts = self._facts, replace(self._facts, place=place, region_code=code)
        return self.ask([review.understood(before, self._facts) or f"位置记下了：{place}。"])

    def ask(self, lines: list[str]) -> tuple[Reply, Topic]:
        """Keep the draft and ask for what is missing next, or show it for checking."""
        choices = self._choices()
        asked = self._next(has_choices=bool(choices))
        drafting.change(self._work, openid=self._openid, facts=self._facts, asked=asked)
        if asked is None:
            shown = review.show(self._work, self._facts, openid=self._openid)
            return replace(shown, text="\n\n".join([*lines, shown.text])), Topic()
        if choices:
            chips = tuple(Chip(f"{n}. {name}", name) for n, name in enumerate(choices, 1))
            ending = "您说的是哪一家？（点一下，或回复数字）"
            return Reply("\n\n".join([*lines, ending]), chips=(*chips, Chip("都不是", "都不是"))), Topic(
                choices=choices
            )
        question, chips = self._question(asked)
        return Reply("\n\n".join([*lines, question]), chips=chips), Topic()

    def _command(self, short: str, text: str) -> Outcome_ | None:
        if short in lexicon.CANCEL:
            return giving_up.cancel(
                self._work, openid=self._openid, facts=self._facts, standing=self._standing
            )
        if short in lexicon.BACK:
            return self._back()
        if short in lexicon.CONTINUE or short in lexicon.REVIEW or short in lexicon.REPORT:
            return self.ask([])
        if (chosen := choices.made(short, self._facts)) is not None:
            self._facts, told = chosen
            return self.ask([told])
        if (slot := slots.named(text)) is not None:
            return self._reopen(slot)
        if short in lexicon.PERSON or short in lexicon.MINE or short in lexicon.HELP:
            return self._aside(text)
        if self._asked is None:
            return self._submit() if short in lexicon.SUBMIT else None
        if short in lexicon.SKIP or (short in lexicon.NONE_OF_THESE and self._asked is Slot.MERCHANT):
            return self._skip()
        return None

    def _understood(self, text: str) -> DraftFacts | None:
        now = self._work.now
        if (corrected := slots.correct(text, self._facts, now=now)) is not None:
            return corrected
        if len(text) >= NARRATIVE and self._asked is not Slot.CONTACT:
            told = drafts.merge(self._facts, said.drafted(text, now=now))
            if told != self._facts:
                return replace(told, story="\n".join(filter(None, (self._facts.story, text)))[:2000])
        if self._asked is None:
            return None
        if self._asked is Slot.MERCHANT and self._wants_place():
            return self._place(text)
        return self._answer(self._asked, text)

    def _answer(self, asked: Slot, text: str) -> DraftFacts | None:
        """Read a short answer; what plainly answers another question goes where it belongs."""
        now, told = self._work.now, said.drafted(text, now=self._work.now)
        if asked is Slot.MERCHANT and told.merchant_name is None:
            elsewhere = replace(
                told, product=told.product if told.product == text.strip() else None, place=None
            )
            if elsewhere != DraftFacts():
                return slots.beside(text, self._facts, now=now)
        found = slots.read(asked, text, self._facts, now=now)
        return slots.beside(text, self._facts, now=now) if found is None else found

    def _aside(self, text: str) -> Outcome_:
        answered = plain.answered(self._work, text, openid=self._openid, scene=self._scene, topic=Topic())
        if answered.kind in {Kind.ANSWER, Kind.CALCULATION, Kind.LOOKUP, Kind.SMALLTALK}:
            rest = f"{answered.reply.text}\n\n——\n回到刚才："
            reply, topic = self.ask([rest])
            return replace(reply, links=answered.reply.links), topic
        if self._asked is None:
            return Reply("没看明白。没问题说“提交”；要改哪一项，例如“改3”；不弄了说“取消”。"), None
        return Reply(
            f"没看明白您的意思。{self._question(self._asked)[0]}", chips=self._question(self._asked)[1]
        ), None

    def _choices(self) -> tuple[str, ...]:
        """Return the merchants to choose from while the name is not clear."""
        facts = self._facts
        if not facts.merchant_name or facts.merchant_id is not None or facts.place == NOT_KNOWN:
            return ()
        if self._asked not in (None, Slot.MERCHANT) or Slot.MERCHANT in facts.skipped:
            return ()
        found = self._scene.merchants.find(f"{facts.place or ''}{facts.merchant_name}", 3)
        return (
            tuple(f"{hit.shown}（{hit.place}）" for hit in found.hits)
            if found.outcome is Outcome.CHOOSE
            else ()
        )

    def _wants_place(self) -> bool:
        facts = self._facts
        return (
            bool(facts.merchant_name)
            and facts.merchant_id is None
            and not facts.region_code
            and facts.place != NOT_KNOWN
        )

    def _next(self, *, has_choices: bool) -> Slot | None:
        if has_choices or self._wants_place():
            return Slot.MERCHANT
        left = drafts.missing(self._facts)
        if Slot.MEASURED in self._facts.skipped and Slot.METHOD in left:
            self._facts = drafts.skip(self._facts, Slot.METHOD)
            left = drafts.missing(self._facts)
        return left[0] if left else None

    def _question(self, slot: Slot) -> tuple[str, tuple[Chip, ...]]:
        if slot is Slot.MERCHANT and self._wants_place():
            name = self._facts.merchant_name
            return f"“{name}”在哪个区县？例如“历下区”“青岛市南区”，好知道归哪个局管。", (
                Chip("不清楚", "不知道"),
            )
        if slot is Slot.CONTACT and (lacking := slots.lacking_contact(self._facts)):
            return f"还差{lacking}，请补上。", slots.question(slot)[1]
        return slots.question(slot)

    def _place(self, text: str) -> DraftFacts | None:
        hits = self._scene.merchants.find(text, 3).hits
        if any(text == f"{hit.shown}（{hit.place}）" for hit in hits):
            return replace(self._facts, merchant_name=text)
        found = regions.find(self._work, text=text)
        if found is not None:
            return replace(self._facts, place=found.full_name, region_code=found.code)
        return self._answer(Slot.MERCHANT, text)

    def _skip(self) -> Outcome_:
        slot = self._asked
        if slot is None:
            return self.ask([])
        if slot is Slot.MERCHANT and self._facts.merchant_name:
            if not self._facts.region_code and not self._choices():
                self._facts = replace(self._facts, place=NOT_KNOWN)
            self._facts = replace(self._facts, skipped=(*self._facts.skipped, Slot.MERCHANT))
            return self.ask(["好的，就按您说的名字登记。"])
        if slot in drafts.NEEDED[self._facts.track]:
            return Reply(f"这一项不能空着。{self._question(slot)[0]}", chips=self._question(slot)[1]), None
        self._facts = drafts.skip(self._facts, slot)
        return self.ask([])

    def _back(self) -> Outcome_:
        order = list(Slot)
        at = order.index(self._asked) if self._asked else len(order)
        if at == 0:
            return Reply("已经是第一项了。" + self._question(Slot.MERCHANT)[0]), None
        return self._reopen(order[at - 1])

    def _reopen(self, slot: Slot) -> Outcome_:
        kept = tuple(item for item in self._facts.skipped if item is not slot)
        facts = replace(self._facts, skipped=kept)
        drafting.change(self._work, openid=self._openid, facts=facts, asked=slot)
        question, chips = slots.question(slot)
        now = review.value(facts, slot)
        return Reply(f"现在是：{now}\n{question}", chips=chips), Topic()

    def _submit(self) -> Outcome_:
        if drafts.obstacles(self._facts):
            return self.ask([])
        filed = filing.file(
            self._work,
            openid=self._openid,
            idempotency_key=self._key,
            per_day=self._scene.reporting.filings_per_day,
        )
        memory.set_filling(self._work, openid=self._openid, filling=False)
        due = f"{filed.acceptance_due.month}月{filed.acceptance_due.day}日"
        for kind in choices.consents(self._facts):
            citizens.consent(self._work, openid=self._openid, kind=kind)
        twin = f"同时提交的举报编号 {filed.twin.number}，是另一件，里面没有您的姓名。\n" if filed.twin else ""
        text = (
            f"提交好了，编号 {filed.number}。\n{twin}"
            f"由{filed.office_name}查看，最晚 {due} 告诉您是否受理，每一步都会在这里通知您。\n"
            "小票、付款记录和实物照片请先留着。说“我的投诉”随时查进展。"
        )
        link = Link("看进展、补材料", f"{self._scene.public_url}/h5/cases/{filed.number}")
        return Reply(text, chips=(Chip("我的投诉", "我的投诉"),), links=(link,)), Topic()
