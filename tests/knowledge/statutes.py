"""Small legal texts of our own: a statute, its later version, and an order that repeals another."""

from pathlib import Path

SHARED = Path(__file__).parents[3] / "shared" / "texts"

OLD = """# 山海省衡器条例

2010年5月27日 山海省第十届人民代表大会常务委员会第八次会议通过

## 第一章　总　则

第一条　为了规范衡器，制定本条例。

第二条　使用衡器应当遵守本条例。

本条例所称衡器，是指：

（一）秤；

（二）天平。

前款所列衡器的目录另行公布。

## 第二章　附　则

第三条　本条例自2010年7月1日起施行。
"""
NEW = (
    OLD.replace("使用衡器应当", "制造、使用衡器应当")
    .replace("第三条　本条例", "第三条　违反本条例的，责令改正。\n\n第四条　本条例")
    .replace(
        "会议通过\n", "会议通过\n\n2020年7月24日 山海省第十三届人民代表大会常务委员会第二次会议修订\n", 1
    )
    .replace("2010年7月1日起", "2020年9月1日起")
)
INTERIM = """# 衡器投诉处理暂行办法

2018年1月2日 山海省市场监督管理局令第7号公布

第一条 为了处理投诉，制定本办法。

第二条 投诉应当有下列材料：（一）姓名；（二）诉求。

第三条 本办法自2018年3月1日起施行。
"""
FINAL = """# 衡器投诉处理办法

2021年1月2日 山海省市场监督管理局令第9号公布

第一条 为了处理投诉，制定本办法。

第二条 收到投诉后七个工作日内决定是否受理。

第三条 本办法自2021年3月1日起施行。《衡器投诉处理暂行办法》同时废止。

附件

投诉书样式
"""

MARKET = """# 集市衡器规定

2015年1月2日 山海省市场监督管理局令第3号公布

第一条 市场主办者应当设置公平秤，并保证公平秤检定合格。

第二条 经营者不得破坏衡器的铅封。

第三条 本规定自2015年3月1日起施行。
"""


def written(folder: Path, **files: str) -> Path:
    """Write texts as Markdown files named by their keyword."""
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder
