"""What the citizen reads at each turn of a case: dates first, plain words, no promise of an outcome."""

from collections.abc import Iterable
from datetime import date

from complaints.rules.admissibility import Ground, remedies
from complaints.rules.clocks import Track
from complaints.rules.lifecycle import TRACK_NAMES
from integrity.rules.labels import FIELD_NAMES, MATCH_NAMES, Field, Match

WEEKDAYS = "一二三四五六日"
HANDOVER = "投诉和举报统一由全国 12315 平台办理；取得该平台编号之前，这里会写明“未转 12315”。"


def on(day: date, today: date) -> str:
    """Return a date as people say it, 11月26日（周四）, with its year where that is not `today`'s."""
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def received(track: Track, *, due: date, provisional: bool, office: str, today: date) -> str:
    """Tell that the case has arrived, who looks at it and by when they decide."""
    about = "（日期为暂定）" if provisional else ""
    return f"您的{TRACK_NAMES[track]}已收到，由{office}查看。最晚 {on(due, today)}{about}会告诉您是否受理。"


def accepted(track: Track, *, due: date | None, office: str, today: date) -> str:
    """Tell that the case is taken on and what comes next."""
    by = f"，最晚 {on(due, today)}" if due else ""
    if track is Track.TIPOFF:
        return f"{office}已受理您的举报，正在核查线索。是否立案的决定{by or '会按规定期限'}作出。您的信息会保密。"
    return (
        f"{office}已受理您的投诉。接下来会联系您和商家，在双方都同意的前提下调解{by}。"
        "请留意电话；请保留小票、付款记录和实物照片。"
    )


def supplement(text: str, *, due: date | None, today: date) -> str:
    """Ask for what is missing; the office's own period keeps running."""
    by = f"请尽量在 {on(due, today)} 之前补充，" if due else "请尽快补充，"
    return f"还需要您补充：{text.strip()}\n{by}在本页上传照片或留言即可。"


def refused(track: Track, *, ground: Ground, reason: str) -> str:
    """Tell a refusal with its ground, reason, what would cure it, and the ways that stay open.

    Source: 总局令第121号第15、16条; 消费者权益保护法第39条.
    """
    lines = [
        f"这件{TRACK_NAMES[track]}没有受理：{ground.told}。",
        f"依据：{ground.source.cited()}。",
        f"理由：{reason.strip()}",
        f"怎么办：{ground.cure}。",
    ]
    if track is Track.COMPLAINT:
        ways = remedies()
        lines.append(f"{ways.text}（{ways.source.cited()}）")
    return "\n".join(lines)


def agreed(result: str) -> str:
    """Tell an agreement in the words of its result."""
    return f"双方已达成一致：{result.strip()}\n如果约定没有兑现，请在本页留言告诉我们。"


def terminated(reason: str) -> str:
    """Tell the end of mediation, its reason and the ways that stay open.

    Source: 总局令第121号第23、25条; 消费者权益保护法第39条.
    """
    return f"调解已终止，争议还没有解决。原因：{reason.strip()}\n{remedies().text}"


def filed(text: str, *, due: date | None, today: date) -> str:
    """Tell that an investigation was opened on a tip-off."""
    by = f"按规定一般应在 {on(due, today)} 前作出处理决定。" if due else ""
    return f"您举报的线索经核查已经立案。{by}{_more(text)}"


def not_filed(text: str) -> str:
    """Tell that no investigation is opened, and why."""
    return f"您举报的线索经核查，没有立案。说明：{text.strip()}"


def decided(text: str) -> str:
    """Tell that the office has decided."""
    return f"您举报的事项已经办理完毕。{_more(text)}"


def withdrawn(track: Track) -> str:
    """Tell that the citizen's withdrawal was taken."""
    return f"您已撤回这件{TRACK_NAMES[track]}。材料按规定保存，不再继续办理；如果需要，可以重新提出。"


def urged(day: date, today: date) -> str:
    """Tell that the office was reminded, and from when it may be reminded again."""
    return f"已提醒承办单位尽快办理，对方能看到您催过。{on(day, today)}起可以再催一次；着急请直接打承办单位电话。"


def unsatisfied(reason: str) -> str:
    """Tell that the wish for another look was taken."""
    return f"您表示不满意：{reason.strip()}\n已转给科室负责人查看，由另外的人决定是否重新处理，结果会在这里告诉您。"


def reopened(track: Track, reason: str) -> str:
    """Tell that the case is open again, and why."""
    return f"这件{TRACK_NAMES[track]}已重新打开，继续办理。说明：{reason.strip()}"


def kept_closed(reason: str) -> str:
    """Tell that the case stays closed, why, and the ways that stay open."""
    return f"经负责人查看，这件事不再重新处理。说明：{reason.strip()}\n{remedies().text}"


def overdue(due: date, *, label: str, office: str, phone: str, today: date) -> str:
    """Tell that a promised day has passed, what that means and what the citizen may do; silence never."""
    return (
        f"“{label}”本应在 {on(due, today)} 前有结果，到今天还没有。您的件还在，没有丢，也没有因此作废。\n"
        f"您可以：在本页点“催办”；拨打{office}电话 {phone}；或拨打 12315、12345 反映。"
    )


def label_read(
    fields: Iterable[tuple[str, str, str, str]], *, shop: str, valid_until: date | None, today: date
) -> str:
    """Say what was read from a verification label, how it stands to the archive, and ask whether it is right."""
    lines = ["从照片里读到一张检定标签，请核对："]
    for field, read, archived, match in fields:
        if not read:
            continue
        beside = MATCH_NAMES[Match(match)]
        wanted = f"（档案是 {archived}）" if match == Match.DIFFERS.value else ""
        lines.append(f"· {FIELD_NAMES[Field(field)]} {read}：{beside}{wanted}")
    if shop:
        lines.append(f"这台器具登记在“{shop}”。")
    if valid_until is not None and valid_until < today:
        lines.append("按标签上的日期，检定有效期已经过了。")
    lines.append("读得对，回复“标签对”；读错了，回复“标签不对”。标签和档案不一致的，可以作为举报线索。")
    return "\n".join(lines)


def handed_over(platform_number: str) -> str:
    """Tell that the case carries the national platform's number."""
    return f"已转入全国 12315 平台，平台编号 {platform_number}。您也可以在全国 12315 平台用这个编号查询进展。"


def _more(text: str) -> str:
    return f"说明：{text.strip()}" if text.strip() else ""
