"""Words by which wishes are recognised; whole messages first, then telling parts."""

import re

REPORT = frozenset(
    {
        "我要投诉", "投诉", "我想投诉", "要投诉", "我要举报", "举报", "我想举报", "投诉举报", "我要反映", "反映问题",
        "我要维权", "投诉商家", "举报商家", "怎么投诉商家", "我要报案", "用这些信息投诉",
    }
)  # fmt: skip
WITH_THESE = "用这些信息投诉"
MINE = frozenset(
    {
        "我的投诉",
        "我的举报",
        "查进度",
        "投诉进度",
        "我的案子",
        "我的工单",
        "查投诉",
        "办到哪了",
        "进度查询",
        "我的",
    }
)
PERSON = frozenset({"人工", "转人工", "人工客服", "找人工", "客服", "真人", "人工服务", "我要人工"})
HELP = frozenset({"帮助", "菜单", "help", "功能", "你能做什么", "怎么用", "你会什么", "能干什么", "查计量"})
GREETING = frozenset(
    {"你好", "您好", "hi", "hello", "在吗", "在不在", "有人吗", "早上好", "下午好", "晚上好", "嗨", "喂"}
)
THANKS = frozenset(
    {"谢谢", "谢谢你", "谢谢您", "多谢", "感谢", "好的谢谢", "麻烦了", "辛苦了", "谢了", "3q", "谢谢啦"}
)
BYE = frozenset(
    {"再见", "拜拜", "88", "bye", "没事了", "好的", "好", "嗯", "知道了", "明白了", "收到", "ok", "行"}
)
WHO = frozenset({"你是谁", "你是机器人吗", "你是人吗", "你叫什么", "你是哪个单位"})
ABUSE = re.compile(
    r"傻[逼比叉]|sb$|^sb|他妈|妈的|滚蛋|^滚$|去死|废物|垃圾(客服|机器人|系统)|脑残|王八蛋|操你"
)
USEFUL = frozenset({"有用", "没用", "没有用"})
NONE_OF_THESE = frozenset({"都不是", "都不对", "不是"})
CANCEL = frozenset({"取消", "不投诉了", "算了", "不弄了", "退出", "取消投诉", "不举报了", "不填了", "放弃"})
CONTINUE = frozenset({"继续", "接着填", "继续填", "继续投诉", "接着来", "继续填写"})
BACK = frozenset({"上一步", "返回", "上一项", "退回", "返回上一步"})
SKIP = frozenset(
    {"跳过", "没有", "不知道", "不记得", "不记得了", "记不清", "记不清了", "不清楚", "忘了", "没", "无", "不想说", "先不填", "下一步", "没拍", "没照片"}
)  # fmt: skip
DONE = frozenset({"好了", "发完了", "完了", "没有了", "就这些", "好", "可以了", "没了", "发好了"})
REVIEW = frozenset({"看看", "检查", "核对", "看一下", "已填内容", "预览"})
SUBMIT = frozenset(
    {
        "提交",
        "确认提交",
        "确认",
        "是",
        "对",
        "没问题",
        "可以",
        "提交投诉",
        "提交举报",
        "确定",
        "是的",
        "好的提交",
    }
)
ANONYMOUS = frozenset(
    {"不留", "匿名", "改为举报", "改成举报", "不想留", "匿名举报", "不留联系方式", "我要匿名"}
)

CHANGE = re.compile(r"^(?:改|修改|更改|改第|修改第)\s*第?\s*([0-9一二三四五六七八九十]{1,2})\s*项?$")
CHANGE_NAMED = re.compile(
    r"^(?:改|修改|更改|重填)一?下?(商户|店名|商品|分量|买的分量|复称|复称的分量|方法|价格|单价|日期|时间|照片|联系方式|电话|诉求)$"
)
CASE_NUMBER = re.compile(r"(?<![0-9A-Za-z])JL\d{6}[0-9A-Z]{6}(?![0-9A-Za-z])", re.IGNORECASE)
CERTIFICATE = re.compile(
    r"(?<![0-9A-Za-z])(?=[0-9A-Za-z-]*\d{4})[A-Za-z0-9\u4e00-\u9fff（）()]*[A-Za-z0-9][A-Za-z0-9-]{7,31}(?:号)?(?![0-9A-Za-z])"
)
QUESTION = re.compile(
    r"[?？吗呢么]|怎么|什么|多久|多少|几年|哪|如何|能不能|可不可以|是否|要不要|为啥|为什么|算不算|咋"
)
REPUTATION = re.compile(
    r"(.{2,20}?)(?:这家店|这家|那家店|店)?(?:怎么样|怎样|咋样|靠谱吗|诚信吗|信得过吗|准不准|秤准吗|秤准不准|检定了吗|检定过吗|评级|信用如何|信誉|好不好|检过没|有没有检定|的秤检了吗)[?？]?$"
)
LOOK_UP = re.compile(
    r"^(?:查一?下?|查询|帮我查|看看|搜一?下?)\s*(?:店|商户|商家)?\s*(.{2,24}?)(?:的检定|的评级|的秤|的信用)?$"
)
MY_DEVICES = re.compile(
    r"^我(?:家|店里?)?的?(?:秤|器具|电子秤|加油机|设备|计量器具).*(?:到期|什么时候|有效|该检|几台|检定)"
)

_WISH = re.compile(r"^我?(?:想|要|想要)?(?:投诉|举报)(?P<rest>.{2,})$", re.DOTALL)
_ABOUT_REPORTING = re.compile(
    r"[?？]|吗$|呢$|怎么|多久|多少|几天|什么|啥|能不能|可以|区别|热线|电话|流程|材料|期限|时效|进度|奖|保密|匿名|受理|撤|"
    r"(?:第|办法》?)\s*[\d零一二三四五六七八九十百]{1,9}\s*[条條]"
)


def wish(text: str) -> str | None:
    """Return what somebody wants to report ("我要投诉老王海鲜" → 老王海鲜); None where they ask about reporting."""
    found = _WISH.match(text.strip())
    if found is None or _ABOUT_REPORTING.search(text):
        return None
    return found["rest"].strip(" ，,。:：")
