"""Which of the masses in a sentence was paid for, which was weighed again, and which is a shortage or a tare."""

import re
from dataclasses import dataclass
from enum import StrEnum

from complaints.rules.understanding_marks import Amount, Marks
from metrology.quantities import JIN_G, Mass, Volume

Quantity = Mass | Volume


class Part(StrEnum):
    """What an amount says."""

    CLAIMED = "claimed"
    MEASURED = "measured"
    SHORTAGE = "shortage"
    SHORTAGE_PER_JIN = "shortage_per_jin"
    GIVEN = "given"
    IGNORED = "ignored"
    TOTAL = "total"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Weights:
    """The amounts of one purchase; None where nothing was said."""

    claimed: Quantity | None
    measured: Quantity | None


_SHORT = re.compile(r"(?:少|差|短|缺|亏|扣)(?:了|给|我|俺|我们|称|秤|将近|足足|整整|大概|约|他|有)*\s?$")
_PER_JIN = re.compile(r"(?:每斤|每公斤|一斤)\s?(?:都|就)?(?:少|差|短|缺)(?:了|给|我)*$")
_TARE = re.compile(
    r"(?:(?<![带连])绳子?|皮筋|(?<![一二两三几每\d])袋子?|皮重|冰|冰块|包装(?!上)|(?<!每)盒子?|盒重|箱子|纸箱|筐子?|盆|泡沫箱|光.{0,3}水|水就?占|水就?有|泥沙|泥|沙子|坏的|烂的|坏果|(?<!去)壳|杀[完了]|宰了|宰完|收拾完|内脏|草绳|皮子)"
    r"[^，。,；;、 称秤才]{0,6}$"
)
_NOT_EXACT_BEFORE = re.compile(r"(?:不到|不足|将近|接近|差不多|好几|不够|没到|没有到)\s?$")
_NOT_EXACT_AFTER = re.compile(r"\s?(?:多(?!少|收|要|给|算)|来(?!的|回)|挂零|出头)")
_TANK = re.compile(
    r"(?:油箱|水箱|气瓶)(?:容积|容量)?(?:也|才|就|只|最多|顶多)?(?:标|标的|标着|是|有|装|能装)?\s?$"
)
_TANK_AFTER = re.compile(r"\s?的?(?:容积|容量|油箱)")
_OF_THE_SCALE = re.compile(r"(?:最大[称秤]量|最小[称秤]量|量程|分度值|感量|体重)(?:是|为|有)?\s?$")
_NOT_THE_GOODS = re.compile(r"\s?(?:等于|是多少|是几|换算|合多少|的(?:人|胖子|大活人))")
_EXTRA = re.compile(r"(?:(?<![顶最])多(?:给|送|称|秤|收|算|要)?|送|赠|搭)[了我俺]*\s?$")
_TOTAL = re.compile(r"(?:一共|总共|合计|加起来)(?:是|有)?\s?$")
_MEASURED = re.compile(
    r"我看[^，。,；;]{0,3}秤上?(?:显示|是)?|只有|只剩|就剩|剩下?|才|只给|就给|实际|实称|实重|实有|其实|一称|一过|一量|一约|一秤|约了约|约着|称了称|秤了秤|复秤|复称|再称|再秤|重新?称|重新?秤|称出|称得|称着|量出|量了?量"
    r"|回家|回来|到家|家来|家去|回去|拿回|变成|成了|倒出|公平秤|家里|家用|我家|厨房秤|体重秤|弹簧秤|邻居|隔壁|自己|(?<!给)我[称秤]|检测|顶多|去皮|化冻|解冻后|控|挤|沥|涨了|车上|收到|过磅|净剩|金店|就\s?$|就[有是]\s?$|(?<![一二三四五六七八九十两几0-9])只\s?$|得了"
)
_CLAIMED = re.compile(
    r"买|要了|要|割|点了|抓|打了|加了|捎|拿了|挑了|给我(?:称|秤|算|打)|他(?:给我)?称|他说|老板说|说是?|标(?:的|签|称|注|着|明)?|写着?|小票|票上|秤上(?:显示|是)?|按|算成|算|当成|收|应该"
    r"|卖(?:给)?我|净含量|还是|表上|跳了|装的?\s?$|订|下单|结账|付"
)
_ONE_JIN_IN_PIECES = re.compile(r"\s?(?:\d+|[一二两三四五六七八九十]+)\s?(?:个|只|条|头|块|根)(?!钱)")
_NOT_CLAIMED = re.compile(r"(?:公平秤|的秤|房秤|家秤|里秤|重秤|簧秤|复)上?(?:显示|是)?$")
_GIVEN = re.compile(r"给(?:了|我|俺|的)*\s?$")
_PACKED = re.compile(r"\s?(?:装|一(?:瓶|袋|箱|桶|盒|罐|包)|整箱)")
_WEIGHT_STONE = re.compile(r"砝码|试秤")
_CORRECTED = re.compile(r"^\s*(?:不是.{1,12}(?:而是|应该是|是)|改成|改为|更正为|应该是|其实是)")


def weights(marks: Marks) -> Weights:
    """Return what was paid for and what was weighed again; a stated shortage gives the second.

    A tare (绳子六两), an inexact amount (不到19斤, 一斤七两多) and a tank's size say neither.
    """
    if _WEIGHT_STONE.search(marks.text) or _CORRECTED.search(marks.text):
        return Weights(None, None)
    parts = _settled([(amount, _part(marks, i)) for i, amount in enumerate(marks.amounts)])
    claimed = _first(parts, Part.TOTAL) or _first(parts, Part.CLAIMED)
    measured = _first(parts, Part.MEASURED, like=claimed)
    if measured is None and claimed is not None:
        measured = _less(claimed, parts)
    return Weights(claimed, measured)


def _part(marks: Marks, index: int) -> Part:
    amount = marks.amounts[index]
    start = marks.amounts[index - 1].span.end if index else 0
    before, after = marks.text[start : amount.span.start], marks.text[amount.span.end :]
    before = _last_clauses(before)
    if _NOT_EXACT_BEFORE.search(before) or _NOT_EXACT_AFTER.match(after) or _beside(before, after):
        return Part.IGNORED
    if amount.value == Mass(JIN_G) and _ONE_JIN_IN_PIECES.match(after):
        return Part.IGNORED
    if _PER_JIN.search(before):
        return Part.SHORTAGE_PER_JIN
    if _SHORT.search(before):
        return Part.SHORTAGE
    if _TARE.search(before):
        return Part.IGNORED
    if _GIVEN.search(before) and not re.search(r"(?:才|只|就)给", before):
        return Part.GIVEN
    return _by_cue(before, after)


def _beside(before: str, after: str) -> bool:
    """Tell an amount that is not this purchase's: a tank's or a scale's size, something given on top, a question."""
    of_a_thing = _TANK.search(before) or _TANK_AFTER.match(after) or _OF_THE_SCALE.search(before)
    return bool(of_a_thing or _NOT_THE_GOODS.match(after) or _EXTRA.search(before))


def _last_clauses(before: str) -> str:
    """Keep what bears on the amount: the present sentence, not the one before it."""
    return re.split(r"[。！!？?；;]", before)[-1]


def _by_cue(before: str, after: str) -> Part:
    """Let the nearest cue before the amount decide."""
    measured = max((found.end() for found in _MEASURED.finditer(before)), default=-1)
    claimed = max((found.end() for found in _CLAIMED.finditer(before) if _counts(before, found)), default=-1)
    if measured < 0 and _TOTAL.search(before):
        return Part.TOTAL
    if measured < 0 and claimed < 0:
        return Part.CLAIMED if _PACKED.match(after) else Part.BARE
    return Part.MEASURED if measured >= claimed else Part.CLAIMED


def _counts(before: str, found: re.Match[str]) -> bool:
    if found.group() == "要" and before[found.start() - 1 : found.start()] in ("只", "需"):
        return False
    return not _NOT_CLAIMED.search(before[: found.end()])


def _settled(parts: list[tuple[Amount, Part]]) -> list[tuple[Amount, Part]]:
    """Give bare amounts the part still free: first what was paid for, then what was weighed."""
    told = {part for _, part in parts}
    settled: list[tuple[Amount, Part]] = []
    for index, (amount, part) in enumerate(parts):
        chosen = part
        if part is Part.GIVEN:
            chosen = Part.MEASURED if Part.CLAIMED in told or settled else Part.CLAIMED
        elif part is Part.BARE:
            later = {p for _, p in parts[index + 1 :]}
            chosen = _bare(told, later)
        told.add(chosen)
        settled.append((amount, chosen))
    return settled


def _bare(told: set[Part], later: set[Part]) -> Part:
    if not told & {Part.CLAIMED, Part.TOTAL}:
        return Part.CLAIMED
    if Part.MEASURED not in told and not later & {Part.SHORTAGE, Part.SHORTAGE_PER_JIN}:
        return Part.MEASURED
    return Part.IGNORED


def _first(
    parts: list[tuple[Amount, Part]], wanted: Part, *, like: Quantity | None = None
) -> Quantity | None:
    for amount, part in parts:
        if part is wanted and (like is None or type(amount.value) is type(like)):
            return amount.value
    return None


def _less(claimed: Quantity, parts: list[tuple[Amount, Part]]) -> Quantity | None:
    """Take the stated shortage from what was paid for."""
    for amount, part in parts:
        match claimed, amount.value, part:
            case Mass(), Mass(), Part.SHORTAGE if amount.value < claimed:
                return Mass(claimed.grams - amount.value.grams)
            case Mass(), Mass(), Part.SHORTAGE_PER_JIN if amount.value.grams < JIN_G:
                return Mass(claimed.grams - claimed.grams * amount.value.grams / JIN_G)
            case Volume(), Volume(), Part.SHORTAGE if amount.value < claimed:
                return Volume(claimed.millilitres - amount.value.millilitres)
            case _:
                continue
    return None
