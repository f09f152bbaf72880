"""What can go wrong with a case, in sentences its reader understands."""

from core.errors import Conflict, InvalidInput, NotFound


class CaseNotFound(NotFound):
    """No such case, or not within this person's reach."""

    code = "case_not_found"
    text = "没有找到这个工单，请核对编号；只能查看本人或本辖区的工单。"


class StepNotAllowed(Conflict):
    """The case's status does not allow the step."""

    code = "step_not_allowed"
    text = "工单当前的状态不能进行这一步。"


class CaseChanged(Conflict):
    """Somebody else changed the case after the form was opened; `changes` tells what, one line each."""

    code = "case_changed"
    text = "您打开之后，这个工单有了新的变化。您填写的内容还在，请看过变化后再提交。"

    def __init__(self, changes: list[str], **facts: object) -> None:
        """Keep one line per change made meanwhile."""
        super().__init__(None, **facts)
        self.changes = changes


class DraftNotFound(NotFound):
    """There is no open draft."""

    code = "draft_not_found"
    text = "没有未完成的投诉草稿，请重新开始填写。"


class DraftChanged(Conflict):
    """Another device changed the same facts of the draft meanwhile; `names` tells which."""

    code = "draft_changed"
    text = "这几项刚在别处改过。您填写的内容还在，请看过再保存。"

    def __init__(self, names: list[str], **facts: object) -> None:
        """Keep the names of the facts that crossed."""
        super().__init__(None, **facts)
        self.names = names


class DraftIncomplete(InvalidInput):
    """The draft lacks what the law asks for; `fields` names each slot with its sentence."""

    code = "draft_incomplete"
    text = "还有必填的内容没有填写，补齐后就可以提交。"


class GroundNeeded(InvalidInput):
    """A refusal without one of the grounds in force, or without its reason."""

    code = "refusal_ground_needed"
    text = "不予受理需要选择法定情形并写明理由。"


class TextNeeded(InvalidInput):
    """A note, reply or reason was left empty."""

    code = "case_text_needed"
    text = "请写明内容。"


class BadPlatformNumber(InvalidInput):
    """What was entered cannot be a number of the national 12315 platform."""

    code = "bad_platform_number"
    text = "12315 平台编号应为 8 到 32 位的数字或字母，请核对。"


class TooManyPhotos(InvalidInput):
    """A case or draft has as many photographs as it may have."""

    code = "too_many_photos"
    text = "照片数量已达上限，请挑选最能说明问题的几张。"


class PhotoNotFound(NotFound):
    """No such photograph, or not within this person's reach."""

    code = "photo_not_found"
    text = "没有找到这张照片。"


class TooMany(Conflict):
    """A person did something more often than the settings allow; the sentence says when it is possible again."""

    code = "too_many"
    text = "今天已经达到次数上限，请明天再试；着急的话请拨打 12315。"


class TooEarly(Conflict):
    """The office was urged lately."""

    code = "urged_lately"
    text = "已经催过了，承办单位收到了提醒。"


class NotEnded(Conflict):
    """What needs an ending was asked of a case that has none, or whose ending is too long ago."""

    code = "case_not_ended"
    text = "这件事还在办理中，办结后才能评价或提出不满意。"


class NoRule(NotFound):
    """No rule of law is known for that day."""

    code = "no_rule_in_force"
    text = "没有查到当时适用的规定，请联系工作人员。"


class BadBox(InvalidInput):
    """A box to cover part of a photograph lies outside it or has no area."""

    code = "bad_cover_box"
    text = "遮挡框要在照片里面，并且左小于右、上小于下（0 到 100）。"


class PurposeNeeded(InvalidInput):
    """An original is handed out only for a purpose that is written down."""

    code = "purpose_needed"
    text = "请写明下载原件的用途，会记入审计。"
