"""The sorts of departments a synthetic government has, as data: functions, funds, units and subjects of projects."""

from typing import NamedTuple

from budgets.enums import UnitNature

ASSIMILATED, FIRST, SECOND = UnitNature.ASSIMILATED, UnitNature.WELFARE_FIRST, UnitNature.WELFARE_SECOND
INSTITUTION = UnitNature.INSTITUTION


class Post(NamedTuple):
    """A unit of a department; a ``rich`` one has income of every sort."""

    name: str
    nature: UnitNature
    rich: bool = False


class Character(NamedTuple):
    """A sort of department; codes are 项 of the lists."""

    name: str
    running: str
    institution: str
    functions: tuple[str, ...]
    subjects: tuple[str, ...]
    posts: tuple[Post, ...]
    funds: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    school: bool = False


CHARACTERS = (
    Character(
        "住房和公用事业局",
        "2120101",
        "2120199",
        ("2120601", "2120303", "2120107", "2120109", "2120501", "2120104"),
        ("老旧街区设施更新", "城市环卫保障", "市政道路养护", "城市管理执法装备", "公共照明节能改造"),
        (
            Post("城市管理综合执法队", ASSIMILATED),
            Post("建设职业技术学院", SECOND, rich=True),
            Post("市政设施养护所", FIRST),
            Post("建筑档案馆", INSTITUTION),
        ),
        funds=("2120803", "2120804", "2121301", "2121401"),
        capitals=("2230202", "2230107"),
    ),
    Character(
        "教育局",
        "2050101",
        "2050202",
        ("2050201", "2050202", "2050203", "2050204", "2050803"),
        ("学前教育资源建设", "义务教育学校修缮", "教师培训", "校园信息化", "营养改善计划"),
        (Post("实验小学", FIRST), Post("第一中学", SECOND, rich=True), Post("教育考试中心", ASSIMILATED)),
        funds=("2296004",),
    ),
    Character(
        "保密管理局",
        "2040901",
        "2040950",
        ("2040904", "2040905", "2040999"),
        ("保密技术检查", "保密宣传教育", "专用设备更新"),
        (Post("保密技术服务中心", FIRST),),
    ),
    Character(
        "卫生健康局",
        "2100101",
        "2100302",
        ("2100408", "2100409", "2100410", "2100717", "2100201"),
        ("基本公共卫生服务", "重大公共卫生服务", "疾病预防宣传", "医疗设备购置", "计划生育服务"),
        (Post("人民医院", SECOND, rich=True), Post("中心卫生院", FIRST), Post("卫生监督所", ASSIMILATED)),
    ),
    Character(
        "医疗保障局",
        "2101501",
        "2101550",
        ("2101504", "2101505", "2101506"),
        ("医保信息系统运行", "医保政策宣传", "基金监管检查"),
        (Post("医疗保障服务中心", FIRST),),
    ),
    Character(
        "农业农村局",
        "2130101",
        "2130104",
        ("2130122", "2130108", "2130109", "2130153", "2130126"),
        ("耕地质量提升", "病虫害防控", "农产品质量检测", "农村人居环境整治", "农业技术推广"),
        (
            Post("农业技术推广站", FIRST),
            Post("动物疫病预防控制中心", ASSIMILATED),
            Post("农业科学研究所", SECOND, rich=True),
        ),
        funds=("2120814", "2120815"),
    ),
    Character(
        "国有资产监督管理局",
        "2150701",
        "2150799",
        ("2150702", "2150799", "2159999"),
        ("国有企业改革服务", "国有资产清查", "产权登记管理"),
        (Post("国有资产服务中心", FIRST),),
        capitals=("2230105", "2230107", "2230299"),
    ),
    Character(
        "组织部",
        "2013201",
        "2013250",
        ("2013202", "2013204", "2013299"),
        ("干部教育培训", "基层党组织建设", "人才引进服务"),
        (Post("党员教育中心", ASSIMILATED), Post("人才服务中心", FIRST)),
    ),
    Character(
        "文化和旅游局",
        "2070101",
        "2070109",
        ("2070104", "2070108", "2070111", "2070113", "2070112"),
        ("公共文化场馆免费开放", "群众文化活动", "文化遗产保护", "旅游宣传推介"),
        (Post("图书馆", FIRST), Post("文化馆", FIRST), Post("文化市场执法队", ASSIMILATED)),
        funds=("2296003", "2296010"),
    ),
    Character(
        "民政局",
        "2080201",
        "2081005",
        ("2080206", "2080208", "2081002", "2081006"),
        ("社区治理", "养老服务体系建设", "社会救助核查", "地名管理"),
        (Post("社会福利院", FIRST), Post("救助管理站", INSTITUTION)),
        funds=("2296002",),
    ),
    Character(
        "职业技术大学",
        "2050305",
        "2050305",
        ("2050305", "2050205", "2050302"),
        ("实训基地建设", "科研平台建设", "学生资助", "图书资料购置"),
        (Post("附属实验学校", FIRST), Post("附属技工学校", SECOND, rich=True), Post("继续教育学院", INSTITUTION)),
        school=True,
    ),
    Character(
        "应急管理局",
        "2240101",
        "2240150",
        ("2240104", "2240106", "2240108", "2240109"),
        ("安全生产监管", "应急救援装备", "灾害风险普查", "应急物资储备"),
        (Post("综合应急救援队", FIRST), Post("安全生产执法队", ASSIMILATED)),
    ),
)


def character_of(slot: int) -> Character:
    """Return the sort of the department in a slot."""
    return CHARACTERS[slot % len(CHARACTERS)]


def posts_of(character: Character, units: int | None) -> list[Post]:
    """Return the units of a department, 本级 first; a single unit, and that of a school, has income of every sort."""
    nature = SECOND if character.school or units == 1 else UnitNature.ADMINISTRATIVE
    head = Post("", nature, rich=nature == SECOND)
    wanted = len(character.posts) + 1 if units is None else units
    if wanted < len(character.posts) + 1:
        posts = sorted(character.posts, key=lambda post: not post.rich)
        return [head, *posts[: wanted - 1]]
    more = [
        Post(f"{post.name}{number // len(character.posts) + 1}分部", post.nature)
        for number in range(len(character.posts), wanted - 1)
        for post in (character.posts[number % len(character.posts)],)
    ]
    return [head, *character.posts, *more]
