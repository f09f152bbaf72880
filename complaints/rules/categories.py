"""What a report is about and where the goods were bought, in the words of the queue and of the citizen."""

from enum import StrEnum


class Category(StrEnum):
    """The kinds of matter a metrology office distinguishes."""

    RETAIL = "retail"
    PREPACKAGED = "prepackaged"
    FUEL = "fuel"
    TAXI = "taxi"
    METER = "meter"
    JEWELLERY = "jewellery"
    MEDICAL = "medical"
    FREIGHT = "freight"
    OTHER = "other"


class Channel(StrEnum):
    """How the goods were bought; it decides which office is competent."""

    SHOP = "shop"
    ONLINE = "online"
    LIVESTREAM = "livestream"


CATEGORY_NAMES = {
    Category.RETAIL: "现场称重（菜市场、超市、摊位）",
    Category.PREPACKAGED: "预包装商品净含量",
    Category.FUEL: "加油",
    Category.TAXI: "出租车计价",
    Category.METER: "水电气热表、充电桩",
    Category.JEWELLERY: "金银首饰",
    Category.MEDICAL: "医疗、眼镜",
    Category.FREIGHT: "快递、废品、地磅",
    Category.OTHER: "其他",
}

CHANNEL_NAMES = {Channel.SHOP: "店里或摊位", Channel.ONLINE: "网上", Channel.LIVESTREAM: "直播间"}
